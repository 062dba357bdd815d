// A variant of a known formula: one arithmetic operator becomes another, where no domain can be left by it.

using Nsc.Corpus.Generator.Values;

namespace Nsc.Corpus.Generator.Drafting;

internal static class Mutation
{
    private static readonly string[] Operators = [" + ", " - ", " * "];

    // Lines that divide, index, loop or call a function with a domain keep their operators.
    private static readonly string[] Untouchable = ["/", "[", "for (", "while (", "sqrt(", "log", "acos(", "asin(", "pow(", "%", "<<", ">>", " & ", "int ", "case "];

    public static IReadOnlyList<string> Apply(Rng rng, IReadOnlyList<string> lines)
    {
        var places = Places(lines).ToList();
        if (places.Count == 0)
        {
            return lines;
        }

        (int line, int column) = rng.OneOf(places);
        string old = lines[line].Substring(column, 3);
        string[] others = [.. Operators.Where(o => o != old)];
        string[] mutated = [.. lines];
        mutated[line] = lines[line][..column] + rng.OneOf(others) + lines[line][(column + 3)..];
        return mutated;
    }

    private static IEnumerable<(int Line, int Column)> Places(IReadOnlyList<string> lines) =>
        from line in Enumerable.Range(0, lines.Count)
        where !Untouchable.Any(u => lines[line].Contains(u, StringComparison.Ordinal))
        from column in Enumerable.Range(0, Math.Max(0, lines[line].Length - 2))
        where Operators.Contains(lines[line].Substring(column, 3))
        select (line, column);
}
