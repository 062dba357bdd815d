// Loops of constant and of bounded trip: accumulation, series, filters over arrays, iterations, local arrays.

using Nsc.Corpus.Generator.Drafting;
using Nsc.Corpus.Generator.Values;

namespace Nsc.Corpus.Generator.Families.Mathematics;

internal static class Loops
{
    public static Family Family { get; } = new("loops", 7,
    [
        new(Accumulate, 2), new(OverArray, 2.5), new(TwoArrays, 2), new(Series), new(Newton), new(WhileBound, 0.7), new(LocalArray, 1.3),
        new(NestedWindow), new(Recurrence), new(TableLookup), new(Repeated),
    ]);

    private static void Accumulate(Draft f)
    {
        var grammar = Expressions.Inputs(f, 1, 5);
        Value step = grammar.Grow(1);
        string acc = f.Variable("acc|sum|total|s1", "0.0");
        string i = f.Loop(f.R.Int(2, 6));
        f.Line(f.R.Int(0, 3) switch
        {
            0 => $"{acc} += ({step.Text}) / ({i} + {f.R.Int(1, 3)});",
            1 => $"{acc} = {f.Literal(0.3, 0.95)} * {acc} + {step} * {i};",
            2 => $"{acc} += sin(({i} + 1) * {f.Literal(0.1, 0.9)} * {f.R.OneOf(f.Scalars)} * {Numbers.Literal(Numbers.Round(3 / Math.Max(1, f.Scalars.Max(s => s.Magnitude)), 1))});",
            _ => $"{acc} += {step} * {f.Literal(0.1, 2)} - {i};",
        });
        f.Close();
        f.Return(grammar.Gather(new(acc, new(-10, 10))).Text);
    }

    private static void OverArray(Draft f)
    {
        int n = f.Size(3, 16);
        string x = f.FreeArray("x|data|samples|signal|v|a", n), c = f.Coefficient(), d = f.Literal(0.1, 2);
        string acc = f.Variable("acc|sum|energy|best", "0.0");
        int form = f.R.Int(0, 7);
        if (form == 7)
        {
            f.Line($"{acc} = {x}[0];");
        }

        string i = f.Loop(n);
        f.Line(form switch
        {
            0 => $"{acc} += {x}[{i}] * {x}[{i}];",
            1 => $"{acc} += fabs({x}[{i}] - {c});",
            2 => $"if ({x}[{i}] > {c}) {acc} += {x}[{i}];",
            3 => $"{acc} = {f.Literal(0.4, 0.95)} * {acc} + {d} * {x}[{i}];",
            4 => $"{acc} += {x}[{i}] * ({i} + 1);",
            5 => $"{acc} += ({i} % 2 == 0) ? {x}[{i}] : -{x}[{i}];",
            6 => $"{acc} += {x}[{i}] / ({d} + fabs({x}[{i}]));",
            _ => $"{acc} = {f.R.Pick("fmax", "fmin")}({acc}, {x}[{i}]);",
        });
        f.Close();
        f.Return(f.R.Chance(0.3) ? $"{acc} / {n}" : f.R.Chance(0.2) ? $"sqrt(fabs({acc}))" : acc);
    }

    private static void TwoArrays(Draft f)
    {
        int n = Math.Clamp(f.Wanted / 2, 2, 8);
        if (ReservedKernels.IsKmeansDistance(n, 2, isWeighted: false))
        {
            n = f.R.Pick(2, 4);
        }

        string a = f.FreeArray("a|x|u|p", n), b = f.FreeArray("b|y|v|q", n), acc = f.Variable("acc|sum|d", f.R.Chance(0.8) ? "0.0" : f.Coefficient());
        string i = f.Loop(n);
        f.Line(f.R.Int(0, 5) switch
        {
            0 => $"{acc} += {a}[{i}] * {b}[{i}];",
            1 => $"{acc} += fabs({a}[{i}] - {b}[{i}]);",
            2 => $"{acc} += fmin({a}[{i}], {b}[{i}]);",
            3 => $"{acc} += {a}[{i}] * {b}[{n - 1} - {i}];",
            4 => $"{acc} += {a}[{i}] > {b}[{i}] ? {a}[{i}] - {b}[{i}] : 0.0;",
            _ => $"{acc} = fmax({acc}, fabs({a}[{i}] - {b}[{i}]));",
        });
        f.Close();
        f.Return(f.R.Chance(0.3) ? $"{acc} / {n}" : acc);
    }

    private static void Series(Draft f)
    {
        Value x = f.Input("x|t|z", -1.5, 1.5);
        string term = f.Variable("term|power|pk", f.R.Chance(0.5) ? "1.0" : x.Text), sum = f.Variable("sum|acc|series", f.R.Chance(0.5) ? "0.0" : term);
        Value scale = f.Quantity("k|amp|scale", 0.3, 3);
        f.Open($"for (int i = 1; i <= {f.R.Int(3, 7)}; i++)");
        f.Line(f.R.Int(0, 2) switch
        {
            0 => $"{term} *= {x} / i;",
            1 => $"{term} = -{term} * {x} * {x} / (2 * i * (2 * i + 1));",
            _ => $"{term} *= {x} * {f.Literal(0.3, 0.95)};",
        });
        f.Line($"{sum} += {term};");
        f.Close();
        f.Return($"{scale} * {sum}");
    }

    private static void Newton(Draft f)
    {
        Value a = f.Input("a|value|n0|target", f.R.Pick(0.2, 1.0), f.R.Pick(4.0, 10, 50));
        Value b = f.Quantity("b|bias|shift", 0.1, 2);
        string x = f.Variable("x|guess|est|root", f.R.Pick($"0.5 * {a}", $"{a} / 3.0 + 0.5", "1.0"));
        f.Open($"for (int it = 0; it < {f.R.Int(2, 5)}; it++)");
        f.Line(f.R.Int(0, 2) switch
        {
            0 => $"{x} = 0.5 * ({x} + {a} / {x});",
            1 => $"{x} = (2.0 * {x} + {a} / ({x} * {x})) / 3.0;",
            _ => $"{x} = {x} - ({x} * {x} * {x} + {b} * {x} - {a}) / (3.0 * {x} * {x} + {b});",
        });
        f.Close();
        f.Return($"{x} {f.R.Pick("+", "-", "*")} {b}");
    }

    private static void WhileBound(Draft f)
    {
        Value x = f.Input("x|value|angle", f.R.Pick(-8.0, 0), f.R.Pick(8.0, 20)), limit = f.Constant("limit|bound|cap", 2, 5);
        string r = f.Variable("r|rem|cur", x.Text), n = f.Whole("n|steps|count", "0");
        f.Open($"while ({r} > {limit} && {n} < {f.R.Int(3, 8)})");
        f.Line(f.R.Chance(0.5) ? $"{r} -= {limit};" : $"{r} *= {f.Literal(0.3, 0.8)};");
        f.Line($"{n}++;");
        f.Close();
        f.Return(f.R.Pick(r, $"{r} + {f.Coefficient()} * {n}", $"{r} * {f.Quantity("gain|k", 0.2, 3)} - {n}"));
    }

    private static void LocalArray(Draft f)
    {
        var grammar = Expressions.Inputs(f, 2, 6);
        int n = f.R.Int(3, 6);
        string array = f.Fresh("buf|t|tmp|w|stage");
        string[] cells = [.. Enumerable.Range(0, n).Select(_ => grammar.Grow(1).Text)];
        f.Line($"real {array}[{n}] = {{ {string.Join(", ", cells)} }};");
        if (f.R.Chance(0.6))
        {
            f.Open($"for (int i = 1; i < {n}; i++)");
            f.Line($"{array}[i] {f.R.Pick("+=", "-=", "+=")} {f.Literal(0.1, 0.9)} * {array}[i - 1];");
            f.Close();
        }

        string acc = f.Variable("acc|out_v|sum", $"{array}[{n - 1}]");
        string k = f.Loop(n - 1, "k");
        f.Line($"{acc} {f.R.Pick("+=", "-=")} {array}[{k}] * {f.Coefficient()};");
        f.Close();
        f.Return(acc);
    }

    private static void NestedWindow(Draft f)
    {
        int side = f.Wanted >= 8 ? 3 : 2;
        string m = f.FreeArray("m|img|win|patch|cells", side * side), acc = f.Variable("acc|sum|r", "0.0");
        f.Open($"for (int i = 0; i < {side}; i++)");
        f.Open($"for (int j = 0; j < {side}; j++)");
        string cell = f.R.Chance(0.7) ? $"{m}[i * {side} + j]" : $"{m}[j * {side} + i]";
        f.Line(f.R.Int(0, 3) switch
        {
            0 => $"{acc} += {cell} * (i - j);",
            1 => $"{acc} += (i == j ? {f.Coefficient()} : {f.Coefficient()}) * {cell};",
            2 => $"{acc} += {cell} * {cell} * {f.Literal(0.1, 2)} - {cell};",
            _ => $"{acc} += fabs({cell} - {m}[0]);",
        });
        f.Close();
        f.Close();
        f.Return(acc);
    }

    private static void Recurrence(Draft f)
    {
        Value x0 = f.Input("x|x0|pop|state", 0.05, 0.95), r = f.Quantity("r|rate|mu", 1.2, 3.2), c = f.Quantity("c|leak|harvest", 0.0, 0.2);
        string x = f.Variable("cur|xn|n", x0.Text);
        f.Loop(f.R.Int(1, 4));
        f.Line(f.R.Int(0, 2) switch
        {
            0 => $"{x} = {r} * {x} * (1.0 - {x}) - {c} * {x};",
            1 => $"{x} = {r} * {x} / (1.0 + {x} * {x}) + {c};",
            _ => $"{x} = cos({r} * {x}) + {c};",
        });
        f.Close();
        f.Return(x);
    }

    private static void TableLookup(Draft f)
    {
        int n = f.R.Int(3, 8);
        Value x = f.Input("x|t|pos|temp|rpm", new(0, f.R.Pick(n - 1.0, 1.0)));
        string table = f.Table("table|lut|curve|gains", f.Coefficients(n));
        string scaled = x.Range.High == 1 ? f.Let("pos|u", $"{x} * {n - 1}") : x.Text;
        string i = f.Whole("i0|idx|cell", $"(int){scaled}");
        f.Line($"if ({i} > {n - 2}) {i} = {n - 2};");
        f.Line($"if ({i} < 0) {i} = 0;");
        string gain = f.Wanted > 0 ? $"{f.Quantity("gain|amp|load", 0.2, 3)} * " : "";
        f.Return(f.R.Chance(0.75)
            ? $"{gain}({table}[{i}] + ({scaled} - {i}) * ({table}[{i} + 1] - {table}[{i}]))"
            : $"{gain}{table}[{i}] + {f.Coefficient()} * {scaled}");
    }

    private static void Repeated(Draft f)
    {
        Value a = f.Free("a|x|left"), b = f.Free("b|y|right");
        Value w = f.Quantity("w|blend|mix", 0.1, 0.9);
        string helper = f.Helper("blend|relax|mixv|avg", "real p, real q", f.R.Int(0, 2) switch
        {
            0 => $"return p + {f.Literal(0.1, 0.9)} * (q - p);",
            1 => $"return p > q ? p - {f.Literal(0.1, 0.5)} * q : q - {f.Literal(0.1, 0.5)} * p;",
            _ => $"return sqrt(p * p + {f.Literal(0.2, 2)} * q * q);",
        });
        string cur = f.Variable("cur|r|v", a.Text);
        f.Loop(f.R.Int(2, 4));
        f.Line($"{cur} = {helper}({cur}, {b}) {f.R.Pick("*", "-", "+")} {w};");
        f.Close();
        f.Return(cur);
    }
}
