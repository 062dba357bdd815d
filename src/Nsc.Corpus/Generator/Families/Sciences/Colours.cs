// Pixels: luma, gamma, blends, tone curves, colour spaces.

using Nsc.Corpus.Generator.Drafting;
using Nsc.Corpus.Generator.Families.Mathematics;
using Nsc.Corpus.Generator.Values;

namespace Nsc.Corpus.Generator.Families.Sciences;

internal static class Colours
{
    public static Family Family { get; } = new("colours", 3,
        [new(Luma, 1.5), new(Gamma), new(Blend), new(Saturation), new(Hue), new(Transform, 1.5), new(Contrast), new(ToneMap), new(Threshold), new(Difference), new(Linearise), new(Hsv)]);

    private static (Value R, Value G, Value B, string Top) Rgb(Draft f)
    {
        double top = f.R.Pick(1.0, 255.0);
        System.Collections.Immutable.ImmutableArray<Value> c = f.R.Chance(0.6)
            ? [f.Input("r|red|R", new(0, top)), f.Input("g|green|G", new(0, top)), f.Input("b|blue|B", new(0, top))]
            : f.Vector("c|rgb|px|col", 3, new(0, top));
        return (c[0], c[1], c[2], Numbers.Literal(top));
    }

    private static void Luma(Draft f)
    {
        (Value r, Value g, Value b, string top) = Rgb(f);
        string y = f.Let("y|luma|grey|lum", $"{f.Literal(0.15, 0.4)} * {r} + {f.Literal(0.5, 0.75)} * {g} + {f.Literal(0.05, 0.2)} * {b}");
        f.Return(f.R.Int(0, 3) switch { 0 => $"pow({y} / {top}, {f.Literal(0.4, 2.4)})", 1 => $"{y} > {f.Literal(0.3, 0.6)} * {top} ? {top} : {y}", _ => y });
    }

    private static void Gamma(Draft f)
    {
        Value x = f.Input("x|v|lin", new(0, f.R.Pick(1.0, 255.0))), g = f.Quantity("gamma_v|g|expo", 0.4, 2.6), gain = f.Quantity("gain|k", 0.5, 1.5);
        string top = Numbers.Literal(x.Range.High);
        f.Return($"{top} * {gain} * pow({x} / {top}, {g})");
    }

    private static void Blend(Draft f)
    {
        Value a = f.Input("a|base_c|dst", 0, 1), b = f.Input("b|top_c|src", 0, 1), alpha = f.Quantity("alpha|opacity|t", 0, 1);
        string mixed = f.R.Int(0, 4) switch
        {
            0 => $"{a} * {b}",
            1 => $"1.0 - (1.0 - {a}) * (1.0 - {b})",
            2 => $"({a} < 0.5 ? 2.0 * {a} * {b} : 1.0 - 2.0 * (1.0 - {a}) * (1.0 - {b}))",
            3 => $"fabs({a} - {b})",
            _ => $"fmin({a} + {b}, 1.0)",
        };
        f.Return($"{alpha} * ({mixed}) + (1.0 - {alpha}) * {a}");
    }

    private static void Saturation(Draft f)
    {
        (Value r, Value g, Value b, string top) = Rgb(f);
        string high = f.Let("mx|hi|cmax", $"fmax({r}, fmax({g}, {b}))"), low = f.Let("mn|lo|cmin", $"fmin({r}, fmin({g}, {b}))");
        f.Return(f.R.Int(0, 3) switch { 0 => $"{high} > 0.0 ? ({high} - {low}) / {high} : 0.0", 1 => $"0.5 * ({high} + {low}) / {top}", 2 => $"{high} - {low}", _ => $"({high} - {low}) / ({f.Literal(0.1, 0.6)} * {top} + {high})" });
    }

    private static void Hue(Draft f)
    {
        (Value r, Value g, Value b, _) = Rgb(f);
        f.Return($"atan2({f.Literal(1.5, 1.9)} * ({g} - {b}), {f.Literal(1.8, 2.2)} * {r} - {g} - {b} + {f.Literal(0.01, 0.1)})");
    }

    private static void Transform(Draft f)
    {
        (Value r, Value g, Value b, string top) = Rgb(f);
        string Row() => f.Sum([(Numbers.Between(f.R, -0.6, 0.9), r.Text), (Numbers.Between(f.R, -0.6, 0.9), g.Text), (Numbers.Between(f.R, -0.6, 0.9), b.Text)]);
        string offset = $" + {f.Literal(0.1, 0.6)} * {top}";
        f.ReturnAll(f.R.Chance(0.5) ? [("y", Row()), ("cb", Row() + offset), ("cr", Row() + offset)] : [("ch", Row() + (f.R.Chance(0.5) ? offset : ""))]);
    }

    private static void Contrast(Draft f)
    {
        Value x = f.Input("x|px|v", new(0, 255)), c = f.Quantity("contrast|c", 0.4, 2.5), b = f.Quantity("brightness|b", -50, 50);
        string y = f.Let("y|adj", $"({x} - 128.0) * {c} + 128.0 + {b}");
        f.Return(f.R.Chance(0.6) ? $"fmax(0.0, fmin(255.0, {y}))" : y);
    }

    private static void ToneMap(Draft f)
    {
        Value x = f.Input("x|hdr|lum", 0, f.R.Pick(2.0, 5, 10)), e = f.Quantity("exposure|e", 0.3, 2), w = f.Quantity("white|w", 2, 6);
        string v = f.Let("v|l", $"{e} * {x}");
        f.Return(f.R.Int(0, 3) switch
        {
            0 => $"{v} / (1.0 + {v})",
            1 => $"{v} * (1.0 + {v} / ({w} * {w})) / (1.0 + {v})",
            2 => $"1.0 - exp(-{v})",
            _ => $"{v} * ({f.Literal(2, 3)} * {v} + {f.Literal(0.02, 0.1)}) / ({v} * ({f.Literal(2, 3)} * {v} + {f.Literal(0.4, 0.8)}) + {f.Literal(0.1, 0.3)})",
        });
    }

    private static void Threshold(Draft f)
    {
        (Value r, Value g, Value b, string top) = Rgb(f);
        string lum = f.Let("l|lum|avg", $"({r} + {g} + {b}) / 3.0");
        f.Return($"{lum} > {f.Literal(0.3, 0.7)} * {top} && {r} > {f.Literal(0.2, 0.5)} * {top} ? {lum} : {f.Literal(0.1, 0.6)} * {b}");
    }

    private static void Difference(Draft f)
    {
        var a = f.Vector("a|c1|p", 3, new(0, 255));
        var b = f.Vector("b|c2|q", 3, new(0, 255));
        f.Return(LinearAlgebra.DistanceText(f, a, b));
    }

    private static void Linearise(Draft f)
    {
        Value c = f.Input("c|srgb|v", 0, 1), k = f.Quantity("k|gain", 0.5, 2);
        f.Return($"{k} * ({c} <= {f.Literal(0.03, 0.06)} ? {c} / {f.Literal(11, 14)} : pow(({c} + 0.055) / 1.055, {f.Literal(2, 2.6)}))");
    }

    private static void Hsv(Draft f)
    {
        Value h = f.Input("h|hue", 0, 6), s = f.Input("s|sat", 0, 1), v = f.Quantity("v|val", 0.2, 1);
        string helper = f.Helper("channel|hue_ramp", "real n, real h", "real k = fmod(n + h, 6.0);", "real t = fmin(k, 4.0 - k);", "return fmax(0.0, fmin(1.0, t));");
        string Channel(string n) => $"{v} - {v} * {s} * {helper}({n}, {h})";
        f.ReturnAll(f.R.Chance(0.6) ? [("r", Channel("5.0")), ("g", Channel("3.0")), ("b", Channel("1.0"))] : [("c", Channel(f.Literal(0, 5)))]);
    }
}
