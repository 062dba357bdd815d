// Comparison networks and order statistics.

using Nsc.Corpus.Generator.Drafting;
using Nsc.Corpus.Generator.Values;

namespace Nsc.Corpus.Generator.Families.Mathematics;

internal static class Sorting
{
    private static readonly (int, int)[] Three = [(0, 1), (1, 2), (0, 1)];
    private static readonly (int, int)[] Four = [(0, 1), (2, 3), (0, 2), (1, 3), (1, 2)];
    private static readonly (int, int)[] Five = [(0, 1), (3, 4), (2, 4), (2, 3), (1, 4), (0, 3), (0, 2), (1, 3), (1, 2)];

    public static Family Family { get; } = new("sorting", 2, [new(Network, 2), new(Bubble), new(Rank), new(TopTwo), new(ArgumentOfMaximum), new(MedianNetwork), new(Trimmed)]);

    private static (string[] Names, int Count) Sorted(Draft f)
    {
        int n = f.Size(3, 5);
        var x = f.FreeVector("x|a|v", n);
        string[] names = [.. x.Select((v, i) => f.Variable("s" + i, v.Text))];
        foreach ((int i, int j) in n == 3 ? Three : n == 4 ? Four : Five)
        {
            f.Line(f.R.Chance(0.5)
                ? $"if ({names[i]} > {names[j]}) {{ real t = {names[i]}; {names[i]} = {names[j]}; {names[j]} = t; }}"
                : $"{{ real lo = fmin({names[i]}, {names[j]}); {names[j]} = fmax({names[i]}, {names[j]}); {names[i]} = lo; }}");
        }

        return (names, n);
    }

    private static void Network(Draft f)
    {
        (string[] s, int n) = Sorted(f);
        f.ReturnAll(f.R.Chance(0.3) ? [("low", s[0]), ("mid", s[n / 2]), ("high", s[n - 1])] : [("pick", s[f.R.Int(0, n - 1)])]);
    }

    private static void MedianNetwork(Draft f)
    {
        (string[] s, int n) = Sorted(f);
        f.Return($"{s[n / 2]} {f.R.Pick("-", "+")} {f.Quantity("k|w", 0.1, 1)} * ({s[n - 1]} - {s[0]})");
    }

    private static void Trimmed(Draft f)
    {
        (string[] s, int n) = Sorted(f);
        f.Return($"({string.Join(" + ", s[1..^1])}) / {n - 2}.0");
    }

    private static void Bubble(Draft f)
    {
        int n = f.Size(3, 5);
        string x = f.FreeArray("x|data|v", n), b = f.Fresh("buf|tmp|arr");
        f.Line($"real {b}[{n}];");
        f.Line($"for (int i = 0; i < {n}; i++) {b}[i] = {x}[i];");
        f.Open($"for (int i = 0; i < {n - 1}; i++)");
        f.Open($"for (int j = 0; j < {n - 1} - i; j++)");
        f.Line($"if ({b}[j] {f.R.Pick(">", "<")} {b}[j + 1]) {{ real t = {b}[j]; {b}[j] = {b}[j + 1]; {b}[j + 1] = t; }}");
        f.Close();
        f.Close();
        f.Return(f.R.Pick($"{b}[{f.R.Int(0, n - 1)}]", $"{b}[0] - {b}[{n - 1}]", $"{b}[0] + {f.Literal(0.1, 0.9)} * {b}[1]"));
    }

    private static void Rank(Draft f)
    {
        int n = f.Size(2, 7);
        string x = f.FreeArray("x|scores|vals", n), count = f.Whole("rank|count|less", "0");
        string i = f.Loop(n);
        f.Line($"if ({x}[{i}] {f.R.Pick("<", ">")} {x}[{f.R.Int(0, n - 1)}]) {count}++;");
        f.Close();
        f.Exit($"{count} * {f.Literal(0.3, 2)} + {x}[0]");
    }

    private static void TopTwo(Draft f)
    {
        var x = f.FreeVector("x|a|s", f.Size(3, 7));
        string low = Value.Of(Numbers.Round(x[0].Range.Low - 1, 3)).ToString();
        string first = f.Variable("best|m1", low), second = f.Variable("next|m2", low);
        foreach (Value v in x)
        {
            f.Line($"if ({v} > {first}) {{ {second} = {first}; {first} = {v}; }} else if ({v} > {second}) {{ {second} = {v}; }}");
        }

        f.Return(f.R.Pick(second, $"{first} - {second}", $"{f.Literal(0.2, 0.9)} * {first} + {second}"));
    }

    private static void ArgumentOfMaximum(Draft f)
    {
        int n = f.Size(2, 6);
        string x = f.FreeArray("x|scores|p", n), best = f.Whole("best|arg|idx", "0");
        f.Open($"for (int i = 1; i < {n}; i++)");
        f.Line($"if ({x}[i] {f.R.Pick(">", "<")} {x}[{best}]) {best} = i;");
        f.Close();
        if (f.R.Chance(0.5))
        {
            f.ExitWhole(best);
            return;
        }

        f.Return($"{best} + {f.Literal(0.1, 0.8)} * {x}[{best}]");
    }
}
