// Preprocessing takes comments out of a line and puts macros' bodies in. To point at the right column of the line that a person wrote,
// the tokens of both are aligned by their longest common subsequence.

using System.Text.RegularExpressions;

namespace Nsc.FrontEnd.Preprocessing;

internal static partial class TokenAlignment
{
    /// <summary>Longer lines, which nobody has written, are compared letter by letter from their start.</summary>
    private const int LongestLine = 2000;

    /// <summary>
    /// The column, from 0, in a written line of what stands at a column of the line that it was expanded to. Where a macro has made
    /// that, the column of the macro's name, and false.
    /// </summary>
    public static (int Column, bool IsExact) Find(string expanded, int column, string written)
    {
        if (expanded.Length > LongestLine || written.Length > LongestLine)
        {
            int alike = expanded.AsSpan().CommonPrefixLength(written);
            return (Math.Min(column, alike), column < alike);
        }

        Match[] made = [.. Token().Matches(expanded).Cast<Match>()], wrote = [.. Token().Matches(WithoutComments(written)).Cast<Match>()];
        int asked = Array.FindLastIndex(made, t => t.Index <= column);
        if (asked < 0 || wrote.Length == 0)
        {
            return (Math.Min(column, written.Length), false);
        }

        int[] partner = Align(made, wrote);
        if (partner[asked] >= 0)
        {
            Match token = wrote[partner[asked]];
            return (token.Index + Math.Min(column - made[asked].Index, token.Length), true);
        }

        // The macro's name is the last name before the next aligned token that has no partner itself.
        int after = Array.FindIndex(partner, asked, p => p >= 0);
        int limit = after < 0 ? wrote.Length : partner[after];
        int name = limit - 1;
        while (name >= 0 && (partner.Contains(name) || !IsName(wrote[name].Value)))
        {
            name--;
        }

        return (wrote[name < 0 ? Math.Min(limit, wrote.Length - 1) : name].Index, false);
    }

    // For each token of the first line its equal in the second, or -1.
    private static int[] Align(Match[] a, Match[] b)
    {
        var partner = new int[a.Length];
        Array.Fill(partner, -1);
        var common = new int[a.Length + 1, b.Length + 1];
        for (int i = a.Length - 1; i >= 0; i--)
        {
            for (int j = b.Length - 1; j >= 0; j--)
            {
                common[i, j] = a[i].Value == b[j].Value ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        for (int i = 0, j = 0; i < a.Length && j < b.Length;)
        {
            if (a[i].Value == b[j].Value)
            {
                partner[i++] = j++;
            }
            else if (common[i + 1, j] >= common[i, j + 1])
            {
                i++;
            }
            else
            {
                j++;
            }
        }

        return partner;
    }

    private static bool IsName(string token) => char.IsLetter(token[0]) || token[0] == '_';

    private static string WithoutComments(string line) =>
        Opaque().Replace(line, m => m.Value.StartsWith('/') ? new string(' ', m.Length) : m.Value);

    [GeneratedRegex("""[\w$]+|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\S""")]
    private static partial Regex Token();

    [GeneratedRegex("""/\*.*?(?:\*/|$)|//.*$|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'""")]
    private static partial Regex Opaque();
}
