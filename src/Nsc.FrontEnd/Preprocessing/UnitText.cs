// The form that every stored unit has: plain C, fully preprocessed. A unit in this form means the same to whoever compiles it, because
// nothing in it can include, define, hide or place anything.

using System.Globalization;
using System.Text.RegularExpressions;

namespace Nsc.FrontEnd.Preprocessing;

internal static partial class UnitText
{
    /// <summary>A line that gives the next line the number that it has in the file it was written in.</summary>
    public static string Marker(int line) => string.Create(CultureInfo.InvariantCulture, $"# {line}\n");

    /// <summary>The unit without the numbers that its lines have in the file.</summary>
    public static string WithoutMarkers(string unit) => LineMarker().Replace(unit, "");

    /// <summary>The text without nsc's pragmas, which say something of its inputs and outputs.</summary>
    public static string WithoutPragmas(string unit) => NscPragmaLine().Replace(unit, "");

    /// <summary>The text of the line that has a number, or null.</summary>
    public static string? LineOf(string unit, int number)
    {
        int next = 1;
        foreach (ReadOnlySpan<char> line in unit.AsSpan().EnumerateLines())
        {
            if (line.StartsWith("# ") && int.TryParse(line[2..], NumberStyles.None, CultureInfo.InvariantCulture, out int marked))
            {
                next = marked;
            }
            else if (next++ == number)
            {
                return line.ToString();
            }
        }

        return null;
    }

    /// <summary>What a text has that no unit may have, in words that fit "the unit has ...", or null.</summary>
    public static string? Flaw(string text) => FindFlaw(text)?.What;

    /// <summary>The same with its index.</summary>
    public static (string What, int Index)? FindFlaw(string text)
    {
        foreach (Match token in Suspicious().Matches(text))
        {
            string? flaw = token.Value switch
            {
                "\"" or "'" => "a literal without an end",
                ['"' or '\'', ..] or ['#', ' ', ..] => null,
                ['R' or 'L' or 'u' or 'U', ..] => "a raw string",
                ['_', ..] => "a pragma",
                ['/', ..] => "a comment",
                _ => $"the directive or token '{token.Value}'",
            };
            if (flaw is not null)
            {
                return (flaw, token.Index);
            }
        }

        return null;
    }

    [GeneratedRegex(@"^#pragma nsc\b[^\n]*", RegexOptions.Multiline)]
    private static partial Regex NscPragmaLine();

    [GeneratedRegex(@"^# \d{1,7}\n", RegexOptions.Multiline)]
    private static partial Regex LineMarker();

    // Literals, which may hold anything; line markers; and then what is no plain C: comments, which could hide the ends of literals, directives in all spellings, line splices, pragmas,
    // raw strings, and the NUL byte.
    [GeneratedRegex("""(?:\b(?:L|u8|u|U)?R"|"(?:[^"\\\n\r\0]|\\[^\n\r\0])*"|'(?:[^'\\\n\r\0]|\\[^\n\r\0])*'|^# \d{1,7}(?=\n)|//|/\*|#|%:|\?\?.|\\|`|@|\r|\0|\b_Pragma\b|\b__pragma\b|["'])""", RegexOptions.Multiline)]
    private static partial Regex Suspicious();
}
