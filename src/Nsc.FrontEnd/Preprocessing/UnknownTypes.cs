// Types of missing headers, as far as a file's use of them tells what they are: numbers where it computes with them, structures where it names members.
// All else stays unknown, and clang says what lacks.

using System.Text.RegularExpressions;

namespace Nsc.FrontEnd.Preprocessing;

internal sealed partial class UnknownTypes
{
    /// <summary>What the tag of a type ends with of which only the name is known.</summary>
    public const string Mark = "_of_a_missing_header";

    private readonly SortedDictionary<string, SortedDictionary<string, string>> _structures = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> _numbers = new(StringComparer.Ordinal);

    /// <summary>Takes what clang says of the text; what is new in words, or null for nothing. Of a structure whose members clang will ask for next there are no words yet.</summary>
    public string[]? Learn(string messages, string text)
    {
        HashSet<string> changed = [.. Incomplete().Matches(messages).Select(m => m.Groups["name"].Value).Where(n => _structures.TryAdd(n, new(StringComparer.Ordinal)))];
        foreach (Match missing in NoMember().Matches(messages))
        {
            string type = missing.Groups["type"].Value, member = missing.Groups["member"].Value;
            bool isOpaque = type.EndsWith(Mark, StringComparison.Ordinal);
            string name = isOpaque ? type[..^Mark.Length] : type;
            if ((isOpaque || _structures.ContainsKey(name)) && MemberType(member, text) is { } known)
            {
                _structures.TryAdd(name, new(StringComparer.Ordinal));
                _structures[name][member] = known;
                changed.Add(name);
            }
        }

        foreach (string name in Computed().Matches(messages).Select(m => m.Groups["name"].Value).Where(n => !_structures.ContainsKey(n)).Distinct())
        {
            changed.UnionWith(_numbers.TryAdd(name, NumberType(name, text)) ? [name] : []);
        }

        return changed.Count == 0 ? null : [.. changed.Where(n => _numbers.ContainsKey(n) || _structures[n].Count > 0).Order(StringComparer.Ordinal).Select(n => $"{n} = {(_numbers.TryGetValue(n, out string? number) ? number : Members(n))}")];
    }

    /// <summary>Lines in which such types have nothing but a name, with what is known of them.</summary>
    public string In(string lines)
    {
        foreach (string name in _structures.Keys.Concat(_numbers.Keys))
        {
            var opaque = new Regex($@"^typedef struct {name}{Mark} {{.*}} {name};$|^struct {name} {{.*}};$", RegexOptions.Multiline);
            string known = _numbers.TryGetValue(name, out string? number) ? $"typedef {number} {name};" : opaque.Match(lines).Value.StartsWith("typedef", StringComparison.Ordinal)
                ? $"typedef struct {name}{Mark} {Members(name)} {name};" : $"struct {name} {Members(name)};";
            lines = opaque.IsMatch(lines) ? opaque.Replace(lines, known) : lines + known + "\n";
        }

        return lines;
    }

    private string Members(string name) => _structures[name].Count == 0 ? "{ long unknown; }" : $"{{ {string.Concat(_structures[name].Select(m => $"{m.Value} {m.Key}; "))}}}";

    // What it is converted to when it is set, or what computes with it; null for an array or a function.
    private static string? MemberType(string member, string text)
    {
        string access = $@"(?:\.|->)\s*{member}\b";
        return Regex.IsMatch(text, $@"{access}\s*[\[(]") ? null
            : Regex.IsMatch(text, $@"\*\s*\w+\s*=\s*[\w>.\s-]*{access}\s*;") ? "void *"
            : Regex.Match(text, $@"{access}\s*=\s*\(\s*(?<type>(?:unsigned\s+)?(?:int|long|short|char|float|double)|u?int\d+_t)\s*\)") is { Success: true } set ? set.Groups["type"].Value
            : IsWhole(access, text) ? "long" : "double";
    }

    private static string NumberType(string name, string text) =>
        Regex.Matches(text, $@"\b{name}\s+(?<variable>\w+)").Any(v => IsWhole($@"\b{v.Groups["variable"].Value}\b", text)) ? "long" : "double";

    // Whether bits are taken of it, a remainder, or an element by it.
    private static bool IsWhole(string name, string text) => Regex.IsMatch(text, $@"{name}\s*\)*\s*(?:<<|>>|%|&(?!&)|\|(?!\|)|\^)|(?:<<|>>|%|(?<!&)&|(?<!\|)\||\^|~)\s*\(*\w*{name}|\[[^\];]*{name}[^\];]*\]|{name}\s*(?:\+\+|--)");

    [GeneratedRegex(@"error: incomplete definition of type '(?:const |volatile )*struct (?<name>\w+)'")]
    private static partial Regex Incomplete();

    [GeneratedRegex(@"error: no member named '(?<member>\w+)' in 'struct (?<type>\w+)'")]
    private static partial Regex NoMember();

    [GeneratedRegex(@"error: (?:assigning to|initializing|invalid operands|cannot (?:in|de)crement|operand of type|used type|passing|returning|statement requires expression of scalar|invalid argument type|controlling).*?'(?:const )?(?<name>\w+)' \(aka '(?:const )?struct \k<name>_of_a_missing_header'\)")]
    private static partial Regex Computed();
}
