// Whole-number arithmetic: remainders, shifts, masks, digits, dates, fixed point.

using Nsc.Corpus.Generator.Drafting;
using Nsc.Corpus.Generator.Values;

namespace Nsc.Corpus.Generator.Families.Mathematics;

internal static class Integers
{
    public static Family Family { get; } = new("integers", 3,
        [new(Modulo), new(Shifts), new(Masks), new(BitCount, 0.7), new(Digits, 0.7), new(FixedPoint, 1.5), new(Calendar, 0.7), new(Grid), new(Steps), new(Average, 1.3), new(Packed), new(Scores, 1.3), new(Collatz, 0.5)]);

    private static Value Count(Draft f, string words = "n|x|i|value|count") => f.Integer(words, f.R.Pick(0, 0, 1, -20), f.R.Pick(15, 20, 50, 100));

    private static void Modulo(Draft f)
    {
        Value n = f.Integer("n|tick|index", 0, f.R.Pick(11, 20, 60)), m = f.Integer("m|shift|offset", 0, 12);
        int p = f.R.Int(2, 9), q = f.R.Int(2, 7);
        f.ExitWhole(f.R.Pick($"({n} + {q} * {m}) % {p}", $"{n} % {p} + {m} / {q}", $"{n} % {p} == 0 ? {m} : {n} / {p}", $"({n} * {n} + {m}) % {p * q}"));
    }

    private static void Shifts(Draft f)
    {
        Value a = f.Integer("a|x|lo", 0, 63), b = f.Integer("b|y|hi", 0, 31);
        int s = f.R.Int(1, 3), t = f.R.Int(1, 4);
        f.ExitWhole(f.R.Pick($"({a} << {s}) + ({b} >> {t})", $"({a} >> {s}) * {b}", $"({a} + {b}) >> {s}", $"({a} << {s}) - {b} * {t}"));
    }

    private static void Masks(Draft f)
    {
        Value a = f.Integer("a|flags|x", 0, 255), b = f.Integer("b|mask|y", 0, 63);
        int m = f.R.Pick(3, 7, 15, 31, 48, 85);
        f.ExitWhole(f.R.Pick($"({a} & {m}) + {b}", $"({a} ^ {b}) & {m}", $"({a} | {m}) - {b}", $"({a} & {b}) | {m}", $"({a} & 1) ? {b} : {a} >> 1"));
    }

    private static void BitCount(Draft f)
    {
        Value x = f.Integer("x|bits|word", 0, f.R.Pick(15, 63, 255));
        string n = f.Whole("n|ones|c", "0"), i = f.Loop(f.R.Int(3, 6));
        f.Line($"{n} += ({x} >> {i}) & 1;");
        f.Close();
        f.ExitWhole($"{n} * {f.R.Int(1, 5)} - {f.R.Int(0, 6)}");
    }

    private static void Digits(Draft f)
    {
        Value n = f.Integer("n|num|code", 0, f.R.Pick(99, 999));
        int w = f.R.Int(2, 4);
        f.ExitWhole(f.R.Pick($"{n} % 10 + {w} * ({n} / 10 % 10)", $"{n} / 10 - {w} * ({n} % 10)", $"({n} % 10) * ({n} / 10 % 10) + {w}"));
    }

    private static void FixedPoint(Draft f)
    {
        Value a = f.Integer("a|x|p", -128, 127), b = f.Integer("b|y|q", -128, 127), c = f.Integer("c|w|alpha", 0, 255);
        f.ExitWhole(f.R.Pick($"({a} * {c} + {b} * (255 - {c})) / 255", $"({a} * {b} + 64) >> 7", $"({a} * {f.R.Int(20, 150)} + {b} * {f.R.Int(20, 150)} + 128) >> 8", $"({a} - {b}) * {c} / 256"));
    }

    private static void Calendar(Draft f)
    {
        Value month = f.Integer("month|m", 1, 12), day = f.Integer("day|d", 1, 28);
        f.ExitWhole(f.R.Pick($"{day} + (153 * ({month} + 9) % 12 + 2) / 5", $"({month} * {f.R.Int(25, 35)} + {day}) % 7", $"{f.R.Int(28, 31)} * ({month} - 1) + {day}"));
    }

    private static void Grid(Draft f)
    {
        Value x = f.Integer("x|col|cx", 0, 15), y = f.Integer("y|row|cy", 0, 15);
        int w = f.R.Int(4, 20), u = f.R.Int(0, 9), v = f.R.Int(0, 9);
        string dx = f.Whole("dx|ax", $"{x} > {u} ? {x} - {u} : {u} - {x}"), dy = f.Whole("dy|ay", $"{y} > {v} ? {y} - {v} : {v} - {y}");
        f.ExitWhole(f.R.Pick($"{dx} + {dy}", $"{dx} > {dy} ? {dx} : {dy}", $"{y} * {w} + {x}", $"14 * ({dx} < {dy} ? {dx} : {dy}) + 10 * ({dx} > {dy} ? {dx} - {dy} : {dy} - {dx})"));
    }

    private static void Steps(Draft f)
    {
        Value n = Count(f), k = f.Quantity("k|unit_price|rate", 0.3, 5);
        int a = f.R.Int(3, 8), b = f.R.Int(9, 15);
        f.Return($"{n} <= {a} ? {n} * {k} : ({n} <= {b} ? {a} * {k} + ({n} - {a}) * {f.Literal(0.2, 3)} : {f.Literal(5, 30)} + {n} * {f.Literal(0.1, 1)})");
    }

    private static void Average(Draft f)
    {
        int n = f.Size(2, 6);
        string[] x = [.. Enumerable.Range(0, n).Select(i => f.Integer($"p{i}|v{i}|c{i}", 0, 255).ToString())];
        string sum = string.Join(" + ", x.Select(v => f.R.Chance(0.4) ? $"{f.R.Int(2, 5)} * {v}" : v));
        f.ExitWhole(f.R.Pick($"({sum} + {n / 2}) / {n}", $"({sum}) >> {f.R.Int(1, 3)}", $"({sum}) / {f.R.Int(2, 9)} - {x[0]}", $"{sum} > {100 * n} ? {x[0]} : {x[1]}"));
    }

    private static void Packed(Draft f)
    {
        Value c = f.Integer("c|rgb|pixel", 0, 4095);
        string r = f.Whole("r|hi", $"({c} >> 8) & 15"), g = f.Whole("g|mid", $"({c} >> 4) & 15"), b = f.Whole("b|lo", $"{c} & 15");
        f.ExitWhole($"{f.R.Int(2, 6)} * {r} + {f.R.Int(3, 9)} * {g} + {f.R.Int(1, 3)} * {b}");
    }

    private static void Scores(Draft f)
    {
        Value a = f.Integer("wins|kills|hits", 0, 20), b = f.Integer("losses|deaths|misses", 0, 20), x = f.Integer("draws|assists|extra", 0, 10);
        f.Return(f.R.Pick($"(real){a} / ({b} + 1)", $"{f.Literal(1, 4)} * {a} + {f.Literal(0.2, 1)} * {x} - {b}", $"({a} + 0.5 * {x}) / ({a} + {b} + {x} + 1)", $"{a} > {b} ? {a} * 2 + {x} : {x} - {b}"));
    }

    private static void Collatz(Draft f)
    {
        Value n = f.Integer("n|seed|start", 1, 30);
        string x = f.Whole("x|cur", n.Text);
        f.Loop(f.R.Int(1, 4));
        f.Line($"{x} = {x} % 2 == 0 ? {x} / 2 : {f.R.Pick(3, 5)} * {x} + 1;");
        f.Close();
        f.ExitWhole(x);
    }
}
