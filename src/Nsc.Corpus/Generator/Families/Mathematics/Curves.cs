// Shaping functions: clamps, steps, sigmoids, bells, decays, interpolation, easing, piecewise lines.

using Nsc.Corpus.Generator.Drafting;
using Nsc.Corpus.Generator.Values;

namespace Nsc.Corpus.Generator.Families.Mathematics;

internal static class Curves
{
    public static Family Family { get; } = new("curves", 6,
    [
        new(Clamp), new(SmoothStep), new(Sigmoid, 1.3), new(SoftPlus), new(Gaussian, 1.3), new(Decay, 1.3), new(Lerp), new(Bilinear, 1.5), new(PiecewiseLinear, 1.5),
        new(Easing), new(Remap), new(Wrap), new(SoftThreshold), new(LogScale), new(PowerLaw), new(Bump2D), new(Trilinear, 0.7),
    ]);

    private static void Clamp(Draft f)
    {
        Value x = f.Free("x|value|v|signal");
        Value low = f.Quantity("lo|min_v|lower", x.Range.Low, x.Range.Middle), high = f.Quantity("hi|max_v|upper", x.Range.Middle, x.Range.High);
        Value gain = f.Quantity("gain|k|scale", 0.4, 2.5);
        string y = f.R.Chance(0.5) ? $"{gain} * {x}" : x.Text;
        f.Return(f.R.Chance(0.5) ? $"fmin(fmax({y}, {low}), {high})" : $"{y} < {low} ? {low} : ({y} > {high} ? {high} : {y})");
    }

    private static void SmoothStep(Draft f)
    {
        Value x = f.Free("x|d|edge_d");
        Value low = f.Quantity("e0|edge0|a", x.Range.Low, x.Range.Middle - (0.2 * x.Range.HalfWidth)), high = f.Quantity("e1|edge1|b", x.Range.Middle + (0.2 * x.Range.HalfWidth), x.Range.High);
        string t = f.Variable("t|u", $"({x} - {low}) / ({high} - {low})");
        f.Line($"{t} = {t} < 0.0 ? 0.0 : ({t} > 1.0 ? 1.0 : {t});");
        f.Return(f.R.Int(0, 2) switch
        {
            0 => $"{t} * {t} * (3.0 - 2.0 * {t})",
            1 => $"{t} * {t} * {t} * ({t} * ({t} * 6.0 - 15.0) + 10.0)",
            _ => $"{f.Quantity("from|a0", -2, 0)} + {t} * {t} * (3.0 - 2.0 * {t}) * {f.Quantity("span|amp", 0.5, 3)}",
        });
    }

    private static void Sigmoid(Draft f)
    {
        Value x = f.Input("x|z|v|input|stim", -5, 5), k = f.Quantity("k|steepness|slope|beta", 0.4, 2), x0 = f.Quantity("x0|mid|centre|bias", -2, 2), top = f.Quantity("top|L|amp|ymax", 0.5, 5);
        f.Return(f.R.Int(0, 3) switch
        {
            0 => $"{top} / (1.0 + exp(-{k} * ({x} - {x0})))",
            1 => $"{top} * tanh({k} * {x} + {x0})",
            2 => $"{top} * {x} / (1.0 + fabs({k} * {x}))",
            _ => $"{top} * atan({k} * ({x} - {x0}))",
        });
    }

    private static void SoftPlus(Draft f)
    {
        Value x = f.Input("x|z|a", -4, 4), b = f.Quantity("beta|b|sharp", 0.5, 3), c = f.Quantity("c|shift|offset", -2, 2);
        f.Return(f.R.Int(0, 3) switch
        {
            0 => $"log(1.0 + exp({b} * {x})) / {b} + {c}",
            1 => $"{x} > {c} ? {x} - {c} : {b} * (exp({x} - {c}) - 1.0)",
            2 => $"{x} / (1.0 + exp(-{b} * {x})) - {c}",
            _ => $"{x} > 0.0 ? {b} * {x} : {f.Literal(0.01, 0.3)} * {x}",
        });
    }

    private static void Gaussian(Draft f)
    {
        Value x = f.Input("x|d|lambda|freq", -3, 3), mu = f.Quantity("mu|mean|centre", -1.5, 1.5), sigma = f.Quantity("sigma|width|sd", 0.5, 2), a = f.Quantity("amp|a|height", 0.5, 5);
        string d = f.Let("d|z|u", $"({x} - {mu}) / {sigma}");
        f.Return(f.R.Int(0, 3) switch
        {
            0 => $"{a} * exp(-0.5 * {d} * {d})",
            1 => $"exp(-0.5 * {d} * {d}) / ({sigma} * sqrt(2.0 * M_PI))",
            2 => $"{a} / (1.0 + {d} * {d})",
            _ => $"{a} * (1.0 - {d} * {d}) * exp(-0.5 * {d} * {d})",
        });
    }

    private static void Decay(Draft f)
    {
        double span = f.R.Pick(1.0, 5, 10, 100);
        Value t = f.Input("t|time|age|depth", 0, span), tau = f.Quantity("tau|half_life|T|lifetime", 0.2 * span, span), a = f.Quantity("a0|n0|amp|c0", 0.5, 20), b = f.Quantity("b|floor_v|baseline|ambient", -2, 5);
        f.Return(f.R.Int(0, 4) switch
        {
            0 => $"{a} * exp(-{t} / {tau})",
            1 => $"{b} + ({a} - {b}) * exp(-{t} / {tau})",
            2 => $"{a} * pow(0.5, {t} / {tau})",
            3 => $"{a} * (1.0 - exp(-{t} / {tau})) + {b}",
            _ => $"{a} * {t} / {tau} * exp(1.0 - {t} / {tau})",
        });
    }

    private static void Lerp(Draft f)
    {
        Value a = f.Free("a|from|start"), b = f.Input("b|to|end_v", a.Range), t = f.Input("t|alpha|w|blend", 0, 1);
        f.Return(f.R.Int(0, 2) switch
        {
            0 => $"{a} + {t} * ({b} - {a})",
            1 => $"(1.0 - {t}) * {a} + {t} * {b}",
            _ => $"{a} + ({b} - {a}) * (1.0 - cos({t} * M_PI)) * 0.5",
        });
    }

    private static void Bilinear(Draft f)
    {
        Value u = f.Input("u|fx|tx", 0, 1), v = f.Input("v|fy|ty", 0, 1);
        var c = f.FreeVector("c|q|p|corner", 4);
        string helper = f.Helper("lerp|mixf|interp", "real a, real b, real t", f.R.Pick("return a + t * (b - a);", "return a * (1.0 - t) + b * t;"));
        f.Return(f.R.Chance(0.5)
            ? $"{helper}({helper}({c[0]}, {c[1]}, {u}), {helper}({c[2]}, {c[3]}, {u}), {v})"
            : $"{c[0]} * (1.0 - {u}) * (1.0 - {v}) + {c[1]} * {u} * (1.0 - {v}) + {c[2]} * (1.0 - {u}) * {v} + {c[3]} * {u} * {v}");
    }

    private static void Trilinear(Draft f)
    {
        Value u = f.Input("u|fx", 0, 1), v = f.Input("v|fy", 0, 1), w = f.Input("w|fz", 0, 1);
        var c = f.FreeVector("c|d|corner", f.R.Chance(0.5) ? 8 : 4);
        string helper = f.Helper("lerp|mixf", "real a, real b, real t", "return a + t * (b - a);");
        string Face(int i) => $"{helper}({helper}({c[i]}, {c[i + 1]}, {u}), {helper}({c[i + 2]}, {c[i + 3]}, {u}), {v})";
        f.Return(c.Length == 8 ? $"{helper}({Face(0)}, {Face(4)}, {w})" : $"{Face(0)} * {w}");
    }

    private static void PiecewiseLinear(Draft f)
    {
        Value x = f.Free("x|load|income|speed|level");
        Value gain = f.Quantity("scale|k|gain", 0.5, 2);
        int knots = f.R.Int(1, 3);
        double[] at = [.. Enumerable.Range(1, knots).Select(i => Numbers.Round(x.Range.Low + (x.Width * (i - f.R.Uniform(0, 0.4)) / knots), 2))];
        f.Line($"real base_v = {f.Coefficient()} * {x};");
        foreach (double knot in at)
        {
            f.Line(f.R.Chance(0.6)
                ? $"if ({x} > {Value.Of(knot)}) base_v += {f.Coefficient()} * ({x} - {Value.Of(knot)});"
                : $"base_v -= {f.Literal(0.2, 2)} * fmax({x} - {Value.Of(knot)}, 0.0);");
        }

        f.Return($"{gain} * base_v");
    }

    private static void Easing(Draft f)
    {
        Value t = f.Input("t|u|progress", 0, 1), a = f.Quantity("start|a", -5, 5), d = f.Quantity("delta|change|d", 1, 10);
        string e = f.R.Int(0, 4) switch
        {
            0 => $"{t} * {t} * {t}",
            1 => $"1.0 - pow(1.0 - {t}, {f.Literal(2, 4)})",
            2 => $"{t} < 0.5 ? 2.0 * {t} * {t} : 1.0 - 2.0 * (1.0 - {t}) * (1.0 - {t})",
            3 => $"{t} * {t} * ({f.Literal(2, 4)} * {t} - {f.Literal(1, 2)})",
            _ => $"pow(2.0, -10.0 * {t}) * sin(({t} - {f.Literal(0.05, 0.2)}) * {f.Literal(6, 20)}) + 1.0",
        };
        f.Return($"{a} + {d} * ({e})");
    }

    private static void Remap(Draft f)
    {
        Value x = f.Free("x|raw|adc|in_v"), lo = f.Quantity("out_lo|omin", -5, 0), hi = f.Quantity("out_hi|omax", 1, 10);
        string t = f.Let("t|u|norm", $"({x} - {Value.Of(x.Range.Low)}) / {Value.Of(Numbers.Round(x.Width, 3))}");
        f.Return(f.R.Chance(0.6) ? $"{lo} + {t} * ({hi} - {lo})" : $"{lo} + pow(fmax({t}, 0.0), {f.Literal(0.4, 2.5)}) * ({hi} - {lo})");
    }

    private static void Wrap(Draft f)
    {
        Value x = f.Input("x|phase|angle|t", -3, 3), period = f.Quantity("period|p|len", 1.5, 4), amp = f.Quantity("amp|a", 0.5, 3);
        f.Return(f.R.Int(0, 3) switch
        {
            0 => $"{amp} * ({x} / {period} - floor({x} / {period}))",
            1 => $"{amp} * fabs(2.0 * ({x} / {period} - floor({x} / {period} + 0.5)))",
            2 => $"{x} - {period} * floor({x} / {period})",
            _ => $"{amp} * (({x} / {period} - floor({x} / {period})) < 0.5 ? 1.0 : -1.0) + {f.Literal(0.05, 0.5)} * {x}",
        });
    }

    private static void SoftThreshold(Draft f)
    {
        Value x = f.Free("x|coef|w"), t = f.Quantity("thr|lambda|eps", 0.05 * x.Magnitude, 0.5 * x.Magnitude), k = f.Quantity("k|gain", 0.5, 2);
        f.Return(f.R.Int(0, 2) switch
        {
            0 => $"{k} * copysign(fmax(fabs({x}) - {t}, 0.0), {x})",
            1 => $"fabs({x}) <= {t} ? {k} * 0.5 * {x} * {x} : {k} * {t} * (fabs({x}) - 0.5 * {t})",
            _ => $"fabs({x}) < {t} ? 0.0 : {k} * {x}",
        });
    }

    private static void LogScale(Draft f)
    {
        Value x = f.Input("x|ratio|power|intensity", f.R.Pick(0.1, 1), f.R.Pick(10.0, 100, 1000)), r = f.Quantity("reference|ref|x_ref", 0.5, 10);
        f.Return(f.R.Int(0, 3) switch
        {
            0 => $"10.0 * log10({x} / {r})",
            1 => $"log({x} + {r})",
            2 => $"log2(1.0 + {x} / {r})",
            _ => $"{f.Coefficient()} * log({x}) + {f.Coefficient()} * {r}",
        });
    }

    private static void PowerLaw(Draft f)
    {
        Value x = f.Input("x|size|mass|length", 0.2, f.R.Pick(3.0, 10, 100)), n = f.Quantity("n|expo|gamma_v", 0.3, 2.2), k = f.Quantity("k|a|scale", 0.1, 5);
        f.Return(f.R.Chance(0.7) ? $"{k} * pow({x}, {n})" : $"{k} * pow({x}, -{f.Literal(0.2, 1.5)}) + {n}");
    }

    private static void Bump2D(Draft f)
    {
        Value x = f.Input("x|u", -2, 2), y = f.Input("y|v", -2, 2), s = f.Quantity("s0|spread|k", 0.3, 1.5), a = f.Quantity("a|amp", 0.5, 4);
        string r2 = f.Let("r2|d2", $"{x} * {x} + {f.Literal(0.3, 3)} * {y} * {y}");
        f.Return(f.R.Int(0, 3) switch
        {
            0 => $"{a} * exp(-{s} * {r2})",
            1 => $"{a} * cos(sqrt({r2}) * {f.Literal(1, 4)}) / (1.0 + {s} * {r2})",
            2 => $"{a} * {x} * exp(-{s} * {r2})",
            _ => $"{a} * sin({s} * {x}) * cos({s} * {y})",
        });
    }
}
