// Lists of names in messages, and the names closest to a mistyped one.

namespace Nsc.Core.Text;

public static class Names
{
    private const int MostListed = 16;

    /// <summary>As in <c>'a', 'b' and 'c'</c>; long lists end in a count.</summary>
    public static string List(IEnumerable<string> names, string conjunction = "and")
    {
        string[] all = [.. names];
        string[] quoted = [.. all.Take(MostListed).Select(n => $"'{PrintableText.OneLine(n)}'")];
        string last = all.Length > MostListed ? $"{all.Length - MostListed} more" : quoted.LastOrDefault("none");
        string[] first = all.Length > MostListed ? quoted : quoted[..Math.Max(quoted.Length - 1, 0)];
        return first.Length == 0 ? last : $"{string.Join(", ", first)} {conjunction} {last}";
    }

    /// <summary>At most three names within two edits, or a third of the name's length, closest first.</summary>
    public static string[] Closest(string name, IEnumerable<string> candidates)
    {
        int most = Math.Max(2, Math.Min(name.Length, 60) / 3);
        return [.. candidates
            .Where(c => Math.Abs(c.Length - name.Length) <= most && name.Length <= 60)
            .Select(c => (Name: c, Distance: EditDistance(name, c)))
            .Where(c => c.Distance <= most)
            .OrderBy(c => c.Distance).ThenBy(c => c.Name, StringComparer.Ordinal)
            .Take(3)
            .Select(c => c.Name)];
    }

    /// <summary>The Levenshtein distance.</summary>
    private static int EditDistance(string a, string b)
    {
        int[] previous = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 0; i < a.Length; i++)
        {
            var current = new int[b.Length + 1];
            current[0] = i + 1;
            for (int j = 0; j < b.Length; j++)
            {
                int substituted = previous[j] + (a[i] == b[j] ? 0 : 1);
                current[j + 1] = Math.Min(substituted, Math.Min(previous[j + 1], current[j]) + 1);
            }

            previous = current;
        }

        return previous[^1];
    }
}
