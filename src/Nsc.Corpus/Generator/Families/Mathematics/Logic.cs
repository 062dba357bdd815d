// Boolean logic over thresholds of real inputs.

using Nsc.Corpus.Generator.Drafting;
using Nsc.Corpus.Generator.Values;

namespace Nsc.Corpus.Generator.Families.Mathematics;

internal static class Logic
{
    public static Family Family { get; } = new("logic", 2, [new(Rules, 2), new(Window), new(Majority), new(GatedValue, 2), new(Flags)]);

    private static string Test(Draft f, Value x) => $"{x} {f.R.Pick(">", "<", ">=", "<=")} {Value.Of(Numbers.Round(f.R.Inside(x.Range), f.R.Int(1, 2)))}";

    private static Value[] Inputs(Draft f, int least, int most) => [.. Enumerable.Range(0, f.Size(least, most)).Select(_ => f.Free("temp|speed|level|x|y|volt|dist|press|age"))];

    private static void Rules(Draft f)
    {
        Value[] x = Inputs(f, 2, 6);
        string text = $"({Test(f, x[0])})";
        foreach (Value v in x.Skip(1))
        {
            text = $"({text} {f.R.Pick("&&", "||")} {(f.R.Chance(0.2) ? "!" : "")}({Test(f, v)}))";
        }

        if (f.R.Chance(0.4))
        {
            f.ExitWhole(text);
            return;
        }

        f.Exit($"{text} ? {f.Literal(1, 10)} : {f.Literal(-5, 0.5)}");
    }

    private static void Window(Draft f)
    {
        Value x = f.Free("x|t|signal"), k = f.Quantity("k|gain", 0.3, 3);
        string low = Value.Of(Numbers.Round(x.Range.Low + (0.25 * x.Width), 2)).ToString(), high = Value.Of(Numbers.Round(x.Range.Low + (0.7 * x.Width), 2)).ToString();
        f.Return($"({x} > {low} && {x} < {high}) ? {k} * {x} : {f.Coefficient()}");
    }

    private static void Majority(Draft f)
    {
        Value[] x = Inputs(f, 3, 5);
        string[] flags = [.. x.Select(v => f.Whole("a|b|c|ok", Test(f, v)))];
        string votes = string.Join(" + ", flags);
        if (f.R.Chance(0.5))
        {
            f.ExitWhole($"{votes} >= {(x.Length + 1) / 2}");
            return;
        }

        f.Return($"({votes}) * {f.Literal(0.2, 2)} - {f.Literal(0, 1)} * {x[0]}");
    }

    private static void GatedValue(Draft f)
    {
        Value[] x = Inputs(f, 2, 5);
        string gate = $"{Test(f, x[0])} {f.R.Pick("&&", "||")} {Test(f, x[1])}";
        Value a = f.R.OneOf(x), b = f.R.OneOf(x);
        f.Return($"({gate}) ? {a} {f.R.Pick("+", "*", "-")} {f.Coefficient()} : {f.Coefficient()} * {b}");
    }

    private static void Flags(Draft f)
    {
        Value[] x = Inputs(f, 1, 6);
        string code = f.Whole("code|flags|state", "0");
        for (int i = 0; i < x.Length; i++)
        {
            f.Line($"if ({Test(f, x[i])}) {code} |= {1 << Math.Min(i, 3)};");
        }

        f.ExitWhole(code);
    }
}
