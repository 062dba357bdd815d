// Signal processing: butterflies, windows, recursive filters, correlations, levels.

using Nsc.Corpus.Generator.Drafting;
using Nsc.Corpus.Generator.Values;

namespace Nsc.Corpus.Generator.Families.Sciences;

internal static class Signals
{
    public static Family Family { get; } = new("signals", 3.5,
        [new(Butterfly, 1.3), new(SmallTransform, 1.3), new(WindowFunction), new(Biquad, 1.3), new(Exponential), new(MovingAverage), new(Goertzel), new(Convolution), new(Levels), new(Compressor), new(Crossings), new(ComplexMath), new(HaarStep)]);

    private static void Butterfly(Draft f)
    {
        var a = f.FreeVector("a|u|even", 2);
        var b = f.Vector("b|v|odd", 2, a[0].Range);
        double angle = 2 * Math.PI * f.R.Int(1, 7) / f.R.Pick(8, 12, 16, 5);
        string wr = f.Constant("wr|cw", Math.Cos(angle), Math.Cos(angle)).ToString(), wi = f.Constant("wi|sw", -Math.Sin(angle), -Math.Sin(angle)).ToString();
        string tr = f.Let("tr|pr", $"{b[0]} * {wr} - {b[1]} * {wi}"), ti = f.Let("ti|pi_", $"{b[0]} * {wi} + {b[1]} * {wr}");
        f.ReturnAll(f.R.Chance(0.5) ? [("p_re", $"{a[0]} + {tr}"), ("p_im", $"{a[1]} + {ti}"), ("m_re", $"{a[0]} - {tr}"), ("m_im", $"{a[1]} - {ti}")] : [("m_re", $"{a[0]} - {tr}"), ("p_im", $"{a[1]} + {ti}")]);
    }

    private static void SmallTransform(Draft f)
    {
        int n = f.Size(3, 8), k = f.R.Int(1, 2);
        string x = f.FreeArray("x|frame|sig", n), re = f.Variable("re|cs", "0.0"), im = f.Variable("im|sn", "0.0"), i = f.Loop(n);
        string w = f.Let("w|ph", $"2.0 * M_PI * {k} * {i} / {n}.0");
        f.Line($"{re} += {x}[{i}] * cos({w});");
        f.Line($"{im} -= {x}[{i}] * sin({w});");
        f.Close();
        f.Return(f.R.Pick(re, im, $"{re} * {re} + {im} * {im}", $"sqrt({re} * {re} + {im} * {im})"));
    }

    private static void WindowFunction(Draft f)
    {
        Value n = f.Input("n|pos|t", 0, 1), x = f.Free("x|sample"), a = f.Quantity("a0|alpha", 0.4, 0.6);
        f.Return($"{x} * ({a} - (1.0 - {a}) * cos(2.0 * M_PI * {n}){(f.R.Chance(0.4) ? $" + {f.Literal(0.02, 0.15)} * cos(4.0 * M_PI * {n})" : "")})");
    }

    private static void Biquad(Draft f)
    {
        var x = f.FreeVector("x|in_s", 3);
        var y = f.Vector("y|out_s", 2, x[0].Range);
        f.Return(f.Sum([
            (Numbers.Between(f.R, 0.05, 1), x[0].Text), (Numbers.Between(f.R, -1, 1), x[1].Text), (Numbers.Between(f.R, -1, 1), x[2].Text),
            (Numbers.Between(f.R, -1.6, 1.6), y[0].Text), (Numbers.Between(f.R, -0.8, 0.8), y[1].Text)]));
    }

    private static void Exponential(Draft f)
    {
        int n = f.Size(2, 12);
        string x = f.FreeArray("x|samples|v", n), state = f.Variable("y|state|ema", f.R.Chance(0.5) ? $"{x}[0]" : "0.0");
        Value a = f.Quantity("a|alpha|k", 0.1, 0.8);
        f.Open($"for (int i = {f.R.Int(0, 1)}; i < {n}; i++)");
        f.Line(f.R.Pick($"{state} += {a} * ({x}[i] - {state});", $"{state} = {a} * {x}[i] + (1.0 - {a}) * {state};", $"{state} = fmax({x}[i], {a} * {state});"));
        f.Close();
        f.Return(state);
    }

    private static void MovingAverage(Draft f)
    {
        int n = f.Size(4, 9), width = f.R.Int(2, 3);
        string x = f.FreeArray("x|sig|data", n), best = f.Variable("peak|best", f.R.Pick($"{x}[0]", $"{x}[{n - 1}]"));
        f.Open($"for (int i = {width - 1}; i < {n}; i++)");
        string sum = f.Variable("sum|acc", "0.0");
        f.Line($"for (int j = 0; j < {width}; j++) {sum} += {x}[i - j];");
        f.Line($"{sum} /= {width};");
        f.Line(f.R.Pick($"{best} = fmax({best}, {sum});", $"{best} = fmin({best}, {sum});", $"{best} += fabs({sum});", $"{best} += {sum} * {sum};"));
        f.Close();
        f.Return(best);
    }

    private static void Goertzel(Draft f)
    {
        int n = f.Size(3, 7);
        string x = f.FreeArray("x|blk|sig", n), c = f.Constant("coef|two_cos", -1.8, 1.8).ToString(), s1 = f.Variable("q1|z1", "0.0"), s2 = f.Variable("q2|z2", "0.0");
        string i = f.Loop(n), s = f.Let("q|z", $"{x}[{i}] + {c} * {s1} - {s2}");
        f.Line($"{s2} = {s1};");
        f.Line($"{s1} = {s};");
        f.Close();
        f.Return(f.R.Pick($"{s1} * {s1} + {s2} * {s2} - {c} * {s1} * {s2}", s1, $"{s1} - {f.Literal(0.2, 1)} * {s2}"));
    }

    private static void Convolution(Draft f)
    {
        int n = Math.Clamp(f.Wanted - 3, 3, 8), taps = f.R.Int(2, 3);
        string x = f.FreeArray("x|sig", n), h = f.R.Chance(0.5) ? f.Array("h|taps", taps, -1, 1) : f.Table("h|taps|fir", f.Coefficients(taps));
        string energy = f.Variable("e|energy|sum", "0.0");
        f.Open($"for (int i = {taps - 1}; i < {n}; i++)");
        string acc = f.Variable("acc|y", "0.0");
        f.Line($"for (int j = 0; j < {taps}; j++) {acc} += {h}[j] * {x}[i - j];");
        f.Line(f.R.Pick($"{energy} += {acc} * {acc};", $"{energy} = {acc} - {f.Literal(0.1, 0.9)} * {energy};", $"{energy} += fabs({acc});"));
        f.Close();
        f.Return(energy);
    }

    private static void Levels(Draft f)
    {
        Value x = f.Input("x|amp|level", 0.01, 1), r = f.Quantity("ref|full_scale", 0.1, 2), floor = f.Constant("floor_db|min_db", -60, -20);
        f.Return($"fmax({floor}, 20.0 * log10({x} / {r}))");
    }

    private static void Compressor(Draft f)
    {
        Value x = f.Input("x|in_db|level", -60, 0), thr = f.Quantity("thr|threshold", -40, -15), ratio = f.Quantity("ratio|rt", 1.5, 8), makeup = f.Quantity("makeup|gain", 0, 12);
        f.Return($"({x} > {thr} ? {thr} + ({x} - {thr}) / {ratio} : {x}) + {makeup}");
    }

    private static void Crossings(Draft f)
    {
        int n = f.Size(3, 8);
        string x = f.Array("x|sig", n, -1, 1), count = f.Variable("count|rough", "0.0");
        f.Open($"for (int i = 1; i < {n}; i++)");
        f.Line(f.R.Pick($"if ({x}[i] * {x}[i - 1] < 0.0) {count} += 1.0;", $"{count} += fabs({x}[i] - {x}[i - 1]);", $"{count} += ({x}[i] - {x}[i - 1]) * ({x}[i] - {x}[i - 1]);"));
        f.Close();
        f.Return(f.R.Chance(0.5) ? count : $"{count} / {n - 1}.0");
    }

    private static void ComplexMath(Draft f)
    {
        var a = f.FreeVector("a|z|p", 2);
        var b = f.Vector("b|c|q", 2, a[0].Range);
        string re = f.Variable("re|zr", a[0].Text), im = f.Variable("im|zi", a[1].Text);
        string gap = Numbers.Literal(Numbers.Round(Math.Max(0.05, 0.3 * b[0].Magnitude * b[0].Magnitude), 1));
        f.ReturnAll(f.R.Int(0, 3) switch
        {
            0 => [("pr", $"{re} * {b[0]} - {im} * {b[1]}"), ("pi_", $"{re} * {b[1]} + {im} * {b[0]}")],
            1 => [("qr", $"({re} * {b[0]} + {im} * {b[1]}) / ({b[0]} * {b[0]} + {b[1]} * {b[1]} + {gap})")],
            2 => [("sr", $"{re} * {re} - {im} * {im} + {b[0]}"), ("si", $"2.0 * {re} * {im} + {b[1]}")],
            _ => [("m2", $"({re} + {b[0]}) * ({re} + {b[0]}) + ({im} - {b[1]}) * ({im} - {b[1]})")],
        });
    }

    private static void HaarStep(Draft f)
    {
        var x = f.FreeVector("x|s", 4);
        string k = f.R.Pick("0.5", "0.70710678");
        string a = f.Let("a|lo0", $"({x[0]} + {x[1]}) * {k}"), b = f.Let("b|lo1", $"({x[2]} + {x[3]}) * {k}"), d = f.Let("d|hi0", $"({x[0]} - {x[1]}) * {k}");
        f.ReturnAll(f.R.Chance(0.5) ? [("aa", $"({a} + {b}) * {k}"), ("ad", $"({a} - {b}) * {k}"), ("d0", d)] : [("ad", $"({a} - {b}) * {k} + {f.Coefficient()} * fabs({d})")]);
    }
}
