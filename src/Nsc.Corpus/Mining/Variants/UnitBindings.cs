// The pragmas of a unit beside those for ranges: how far pointers reach, what has one value, which outputs are left out. Variants keep them.

using System.Text;
using System.Text.RegularExpressions;
using Nsc.Core.Programs;

namespace Nsc.Corpus.Mining.Variants;

internal sealed partial class UnitBindings
{
    private readonly (string Verb, string Name, string Tail)[] _lines;

    /// <param name="pragmas">Lines.</param>
    public UnitBindings(IEnumerable<string> pragmas) => _lines =
        [.. pragmas.Select(p => Binding().Match(p)).Where(m => m.Success).Select(m => (m.Groups["verb"].Value, m.Groups["name"].Value, m.Groups["rest"].Value))];

    /// <summary>Whether one is about a parameter, a variable or the result.</summary>
    public bool Names(string parameter) => _lines.Any(l => l.Verb == "ignore" && ProgramSignature.ParameterOf(l.Name) == parameter);

    /// <summary>The lines under other names; without those whose name becomes empty.</summary>
    public string Text(Func<string, string> nameOf)
    {
        var text = new StringBuilder();
        foreach ((string verb, string name, string rest) in _lines)
        {
            string parameter = ProgramSignature.ParameterOf(name), renamed = nameOf(parameter);
            text.Append(renamed.Length == 0 ? "" : $"#pragma nsc {verb}({renamed}{name[parameter.Length..]}{rest}\n");
        }

        return text.ToString();
    }

    [GeneratedRegex(@"^#pragma nsc (?<verb>extent|fix|ignore)\((?<name>[^,)]+)(?<rest>[,)].*)$")]
    private static partial Regex Binding();
}
