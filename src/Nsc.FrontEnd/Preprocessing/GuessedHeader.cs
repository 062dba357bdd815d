// What missing headers most likely had, by the names that a file uses and nothing declares: standard headers that they would include, integer
// types with telling names, macros that stand where only an attribute or a storage class can, and macros that all projects know.

using System.Text.RegularExpressions;
using Nsc.Core.Libm;

namespace Nsc.FrontEnd.Preprocessing;

internal static partial class GuessedHeader
{
    private static readonly (string Header, Regex Uses)[] s_standard =
    [
        ("stdint.h", new(@"\bu?int(?:(?:_fast|_least)?(?:8|16|32|64)|ptr|max)_t\b|\bU?INT(?:8|16|32|64)_(?:MAX|MIN|C)\b")), ("stdbool.h", new(@"\b(?:bool|true|false)\b")), ("stddef.h", new(@"\b(?:size_t|NULL)\b")),
        ("string.h", new(@"\b(?:mem(?:cpy|set|move|cmp)|str(?:len|n?cmp))\s*\(")), ("assert.h", new(@"\bassert\s*\(")),
        ("stdlib.h", new(@"\b(?:l{0,2}abs|malloc|calloc|free|exit|abort|qsort)\s*\(")), ("stdio.h", new(@"\b(?:printf|fprintf|puts|perror)\s*\(|\bstderr\b")),
        ("errno.h", new(@"\bE(?:INVAL|IO|RANGE|DOM|NOMEM|BUSY|AGAIN|NOTSUP|OPNOTSUPP|NODEV|NODATA|PERM|TIMEDOUT|NOTCONN)\b")),
        ("float.h", new(@"\b(?:FLT|DBL)_(?:EPSILON|MAX|MIN)\b")), ("limits.h", new(@"\bU?(?:SHRT|INT|LONG|LLONG)_(?:MAX|MIN)\b")),
        ("math.h", new($@"\b(?:M_\w+|NAN|INFINITY|HUGE_VAL)\b|\b(?:is(?:nan|inf|finite|normal)|signbit|(?:{string.Join('|', LibmTable.All.Select(f => f.Name))})f?)\s*\(")),
    ];

    // Clocks, whose time is a variable of the unit's.
    private static readonly string[] s_clocks =
        ["millis", "micros", "HAL_GetTick", "xTaskGetTickCount", "esp_timer_get_time", "time_us_32", "time_us_64", "k_uptime_get", "k_uptime_get_32", "osKernelGetTickCount", "GetTickCount"];

    private static readonly HashSet<string> s_words =
    [
        "__extension__", "__inline", "__inline__", "__const", "__const__", "__volatile", "__volatile__", "__signed__", "__attribute__", "__restrict", "__complex__", "__typeof__",
        "__thread", "__asm", "__asm__", "__int128", "__auto_type", "__label__", "_Noreturn", "_Static_assert", "_Alignas", "_Atomic", "_Thread_local", "_Complex", "_Bool",
    ];

    /// <summary>Lines for types of which nothing but the name is known: as much as a structure needs that holds one nobody looks at.</summary>
    /// <param name="types">Names, or a structure's with the word before it.</param>
    public static (string Text, string[] Names) Opaque(IEnumerable<string> types, string text)
    {
        HashSet<string> known = Typedefs(text);
        string[] names = [.. types.Where(n => !known.Contains(n)).Distinct().Order(StringComparer.Ordinal)];
        return (string.Concat(names.Select(n => n.Contains(' ', StringComparison.Ordinal) ? $"{n} {{ long unknown; }};\n" : Status().IsMatch(n) ? $"typedef int {n};\n" : $"typedef struct {n}{UnknownTypes.Mark} {{ long unknown; }} {n};\n")), names);
    }

    /// <summary>
    /// Lines for constants of which nothing but the name is known, and what they are in words: success is 0, errors are negative, labels of cases are numbered,
    /// any other number is a variable.
    /// </summary>
    public static (string Text, string[] Names) Constants(IEnumerable<string> identifiers, string text)
    {
        string[] names = [.. identifiers.Distinct().Where(n => ConstantName().IsMatch(n) && !Regex.IsMatch(text, $@"\b{n}\s*(?:\[|\.|->|\(|[|&^+*/-]?=[^=])"))];
        int errors = 0, labels = 0;
        (string Line, string Words)[] said = [.. names.Select(n => Value(n, text, ref errors, ref labels) is { } value ? ($"#define {n} ({value})\n", $"{n} = {value}") : ($"extern {(IsReal(n, text) ? "double" : "int")} {n};\n", n))];
        return (string.Concat(said.Select(s => s.Line)), [.. said.Select(s => s.Words)]);
    }

    private static string? Value(string name, string text, ref int errors, ref int labels) => FamiliarNames.Numbers.TryGetValue(name, out string? number) ? number
        : SuccessName().IsMatch(name) ? "0"
        : ErrorName().IsMatch(name) ? Number(--errors)
        : Regex.IsMatch(text, $@"\bcase\s+{name}\b") ? Number(labels++) : null;

    private static string Number(int value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);

    // What is added or multiplied, and no bits of it are taken.
    private static bool IsReal(string name, string text) => Regex.IsMatch(text, $@"[*/+-]\s*{name}\b|\b{name}\s*[*/+-]")
        && !Regex.IsMatch(text, $@"(?:\[|<<|>>|[&|%~^])\s*{name}\b|\b{name}\s*(?:\]|<<|>>|[&|%^])|\bcase\s+{name}\b");

    /// <summary>A header's lines for a preprocessed text, and what they are in words; none where nothing is missing.</summary>
    public static (string Text, string[] Names) For(string text)
    {
        string whole = text;
        text = SystemPart().Replace(text, "");
        HashSet<string> types = Typedefs(text);
        string[] headers = [.. s_standard.Where(s => Names(s.Uses, text) is { Length: > 0 } used && !IsIncluded(s.Header, s.Uses, whole) && !used.Any(n => IsDeclared(n, text, types))).Select(s => s.Header)];
        string[] integers = [.. Names(FamiliarNames.Type, text).Where(n => !types.Contains(n) && !IsDeclared(n, text, types))];
        string[] marks = [.. Mark().Matches(text).Select(m => m.Groups["name"].Value).Distinct().Where(n => !types.Contains(n) && !s_words.Contains(n) && !FamiliarNames.Types.ContainsKey(n) && !FamiliarNames.Macros.Any(m => m.Head == n))];
        IEnumerable<(string Head, string Meaning)> familiar = integers.Any(FamiliarNames.TypesOfFortran.Contains) ? FamiliarNames.Macros.Concat(FamiliarNames.MacrosOfFortran) : FamiliarNames.Macros;
        (string Name, string Line)[] macros = [.. familiar.Select(m => (Name: m.Head.Split('(')[0], Line: $"#define {m.Head} {m.Meaning}\n"))
            .Where(m => Regex.IsMatch(text, m.Line.StartsWith($"#define {m.Name} ", StringComparison.Ordinal) || IsConstantName(m.Name) ? $@"\b{m.Name}\b" : $@"(?<![.>]\s*)\b{m.Name}\s*\(") && !marks.Contains(m.Name) && !IsDeclared(m.Name, text, types))];
        macros =
        [
            .. macros, .. s_clocks.Where(n => Regex.IsMatch(text, $@"(?<![.>]\s*)\b{n}\s*\(\s*\)") && !IsDeclared(n, text, types))
                .Select(n => (n, $"extern unsigned long {n}_now;\n#define {n}() {n}_now\n")),
        ];
        if (integers.Any(n => Meaning(n).EndsWith("_t", StringComparison.Ordinal)) && !headers.Contains("stdint.h"))
        {
            headers = ["stdint.h", .. headers];
        }

        string lines = string.Concat(headers.Select(h => $"#include <{h}>\n")) + string.Concat(integers.Select(n => $"typedef {Meaning(n)} {n};\n"))
            + string.Concat(marks.Select(n => $"#define {n}\n")) + string.Concat(macros.Select(m => m.Line));
        return (lines, [.. headers.Select(h => $"<{h}>"), .. integers, .. marks, .. macros.Select(m => m.Name)]);
    }

    private static string[] Names(Regex pattern, string text) => [.. pattern.Matches(text).Select(m => m.Value.TrimEnd('(', ' ', '\t', '\n', '\r')).Distinct()];

    // u8, s16, uint32, float64, guint8 and the like.
    private static string Meaning(string name)
    {
        if (FamiliarNames.Types.TryGetValue(name, out string? meaning))
        {
            return meaning;
        }

        string bits = Digits().Match(name).Value;
        name = name.ToLowerInvariant().TrimStart('g');
        return name[0] == 'f' || name.StartsWith("real", StringComparison.Ordinal) ? bits == "32" ? "float" : "double" : $"{(name[0] == 'u' ? "u" : "")}int{bits}_t";
    }

    private static bool IsConstantName(string name) => name == name.ToUpperInvariant();

    // Whether the header itself was read before the first use of what it has.
    private static bool IsIncluded(string header, Regex uses, string text) =>
        Regex.Match(text, $@"^# \d+ ""[^""]*/{Regex.Escape(header)}""", RegexOptions.Multiline) is { Success: true, Index: var at } && at < uses.Match(SystemPart().Replace(text, m => new string(' ', m.Length))).Index;

    // A type, a macro's leftover in an enumeration, a function with its result before it, or any that a line begins to define.
    private static bool IsDeclared(string name, string text, HashSet<string> types) =>
        types.Contains(name) || Regex.IsMatch(text, $@"^(?!return\b|else\b)[A-Za-z_][\w \t]*[ \t*]+{Regex.Escape(name)}\s*\(", RegexOptions.Multiline) || Regex.IsMatch(text, $@"\b(?:\w{{0,40}}(?:int|float|double|void|char|long|short|_t)\s*\*?\s*{Regex.Escape(name)}\s*\(|enum\b[^;]{{0,400}}\b{Regex.Escape(name)}\s*[,=}}])");

    // The name before the semicolon that ends each typedef.
    private static HashSet<string> Typedefs(string text)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        int at = 0;
        foreach (Match start in Typedef().Matches(text).Where(m => m.Index >= at)) // What lies within one that was walked is not walked again.
        {
            at = start.Index;
            int depth = 0;
            for (; at < text.Length && (text[at] != ';' || depth > 0); at++)
            {
                depth += text[at] == '{' ? 1 : text[at] == '}' ? -1 : 0;
            }

            names.UnionWith(LastNames().Matches(text[start.Index..at][Math.Max(0, at - start.Index - 200)..]).Select(m => m.Value));
        }

        return names;
    }

    [GeneratedRegex(@"\btypedef\b")]
    private static partial Regex Typedef();

    [GeneratedRegex(@"\w+(?=\s*(?:\[[^\]]*\]\s*)*(?:,|$)|\s*\)\s*\()")]
    private static partial Regex LastNames();

    // What system headers have, up to the marker that goes on with a file of the project.
    [GeneratedRegex("^# \\d+ \"[^\"]*\"(?: [12])? 3(?: 4)?\\n(?:(?!# \\d+ \"[^\"]*\"(?: [12])?$)[^\\n]*\\n)*", RegexOptions.Multiline)]
    private static partial Regex SystemPart();

    [GeneratedRegex(@"(?:[eE]rr(?:or)?|[sS]tatus|[rR]esult|[rR]et(?:code|val)?|rc)(?:_?[tT]|_?[tT]ype|TypeDef)?(?:_t)?$|^(?:STATUS|ERROR|RESULT|HRESULT|RETCODE)$")]
    private static partial Regex Status();

    [GeneratedRegex("^[A-Z][A-Z0-9_]+$")]
    private static partial Regex ConstantName();

    [GeneratedRegex("(?:^|_)(?:OK|SUCCESS|NOERR|NO_ERR|NO_ERROR|NOERROR|E_NONE|ERR_NONE|ERROR_NONE)$")]
    private static partial Regex SuccessName();

    [GeneratedRegex("(?:^|_)(?:ERR|ERROR|FAIL|FAILURE|FAILED|INVALID|TIMEOUT|EINVAL|ERANGE|EDOM|ENOMEM|EIO|EBUSY|EAGAIN|ENOTSUP|EOPNOTSUPP|ENODEV|ENODATA|EPERM|ETIMEDOUT|ENOTCONN|ESANITY|EFAILED|NULL_PTR|BAD)(?:_|$)")]
    private static partial Regex ErrorName();

    [GeneratedRegex(@"\d+")]
    private static partial Regex Digits();

    [GeneratedRegex(@"(?:^|[;}])[ \t]*(?:(?:static|extern|const)[ \t]+)?(?<name>__[A-Za-z]\w*|[A-Z][A-Z0-9_]*)[ \t]+(?=(?:static|extern|const|volatile|inline|unsigned|signed|void|char|short|int|long|float|double|struct|enum|union|_Bool|bool|size_t|u?int\d+_t|[us]\d+)\b|\w+[ \t*]+\w+[ \t]*\()", RegexOptions.Multiline)]
    private static partial Regex Mark();
}
