// Windows over images and signals: every linear filter, pairs of them joined, and rank filters. Never sobel's own.

using System.Collections.Immutable;
using Nsc.Corpus.Generator.Drafting;
using Nsc.Corpus.Generator.Values;

namespace Nsc.Corpus.Generator.Families.Mathematics;

internal static class Stencils
{
    public static Family Family { get; } = new("stencils", 9,
        [new(Window, 2), new(GradientPair, 4), new(Signal, 1.5), new(Laplacian), new(LoopedKernel, 1.5), new(RankFilter), new(Sharpen), new(Bilateral)]);

    /// <summary>Two 3x3 coefficient windows as edge detectors have them. Neither is sobel's.</summary>
    public static (double[] Horizontal, double[] Vertical) DrawPair(Rng rng)
    {
        double[] horizontal;
        do
        {
            horizontal = DrawGradient(rng);
        }
        while (ReservedKernels.IsSobel(horizontal));

        double[] transposed = [.. Enumerable.Range(0, 9).Select(i => horizontal[(i % 3 * 3) + (i / 3)])];
        if (rng.Chance(0.6))
        {
            return (horizontal, transposed);
        }

        double[] other = DrawGradient(rng);
        return ReservedKernels.IsSobel(other) ? (horizontal, transposed) : (horizontal, other);
    }

    // Opposite outer rows (or columns) with the middle empty, or anything else.
    private static double[] DrawGradient(Rng rng)
    {
        double[] side = [Numbers.Coefficient(rng), Numbers.Coefficient(rng), 0];
        side[2] = rng.Chance(0.7) ? side[0] : Numbers.Coefficient(rng);
        return rng.Weighted(60, 25, 15) switch
        {
            0 => [side[0], side[1], side[2], 0, 0, 0, -side[0], -side[1], -side[2]],
            1 => [side[0], side[1], 0, side[1], 0, -side[1], 0, -side[1], -side[0]],
            _ => [.. Enumerable.Range(0, 9).Select(_ => rng.Chance(0.25) ? 0 : Numbers.Coefficient(rng))],
        };
    }

    private static ImmutableArray<Value> Pixels(Draft f, int count) => f.R.Chance(0.4)
        ? f.Vector("p|px|w|win|img", count, new(0, f.R.Pick(1.0, 255.0)))
        : f.FreeVector("p|w|m|win|z|nb", count);

    private static string Apply(Draft f, IEnumerable<double> coefficients, IEnumerable<Value> pixels) =>
        f.Sum(coefficients.Zip(pixels, (c, p) => (c, p.Text)).Where(t => t.c != 0)) is { Length: > 0 } text ? text : pixels.First().Text;

    private static void Window(Draft f)
    {
        ImmutableArray<Value> p = Pixels(f, 9);
        double[] c = [.. Enumerable.Range(0, 9).Select(_ => f.R.Chance(0.15) ? 0 : Numbers.Coefficient(f.R))];
        Finish(f, f.Let("sum|acc|g", Apply(f, c, p)), p[0]);
    }

    private static void GradientPair(Draft f)
    {
        ImmutableArray<Value> p = Pixels(f, 9);
        (double[] horizontal, double[] vertical) = DrawPair(f.R);
        string gx = f.Let("gx|dx|h", Apply(f, horizontal, p)), gy = f.Let("gy|dy|vv", Apply(f, vertical, p));
        string joined = f.R.Int(0, 5) switch
        {
            0 => $"fabs({gx}) + fabs({gy})",
            1 => $"fmax(fabs({gx}), fabs({gy}))",
            2 => $"{gx} * {gx} + {gy} * {gy}",
            3 => $"{f.Literal(0.1, 0.9)} * fabs({gx}) + {f.Literal(0.1, 0.9)} * fabs({gy})",
            _ => $"sqrt({gx} * {gx} + {gy} * {gy})",
        };
        Finish(f, f.Let("mag|norm|g|edge", joined), p[0]);
    }

    private static void Finish(Draft f, string value, Value pixel)
    {
        string top = Numbers.Literal(Numbers.Round(Math.Max(0.01, pixel.Magnitude) * f.R.Uniform(0.7, 4), 2));
        if (f.R.Chance(0.2))
        {
            f.Open($"if ({value} > {top})");
            f.Exit(top);
            f.Close();
            f.Exit(value);
            return;
        }

        f.Return(f.R.Int(0, 6) switch
        {
            0 => $"fmin({value}, {top})",
            1 => $"{value} * {f.Literal(0.05, 1)}",
            2 => $"{value} / {top}",
            3 => $"fmin(fmax({value}, 0.0), {top})",
            _ => value,
        });
    }

    private static void Signal(Draft f)
    {
        int n = f.Size(3, 16);
        ImmutableArray<Value> x = f.FreeVector("x|s|tap|z", n);
        double[] c = f.Coefficients(n);
        if (f.R.Chance(0.4))
        {
            int sign = f.R.Pick(1, -1);
            c = [.. Enumerable.Range(0, n).Select(i => i < n / 2 ? c[i] : (n % 2 == 1 && i == n / 2) ? c[i] : sign * c[n - 1 - i])];
        }

        f.Return(Apply(f, c, x));
    }

    private static void Laplacian(Draft f)
    {
        ImmutableArray<Value> p = f.FreeVector("u|t|p|c", 5);
        Value rate = f.Quantity("alpha|rate|k|dt", 0.05, 0.5);
        f.Return($"{p[0]} + {rate} * ({p[1]} + {p[2]} + {p[3]} + {p[4]} - {f.R.Pick("4.0", "4.0", "3.5", "5.0")} * {p[0]})");
    }

    private static void LoopedKernel(Draft f)
    {
        (double[] kernel, _) = DrawPair(f.R);
        int n = f.R.Chance(0.7) ? 9 : f.Size(4, 9);
        kernel = n == 9 ? kernel : f.Coefficients(n);
        string img = f.FreeArray("img|win|patch|src", n), table = f.Table("kernel|weights|mask|coef", kernel);
        string acc = f.Variable("acc|sum", f.R.Chance(0.7) ? "0.0" : f.Coefficient());
        string i = f.Loop(n);
        f.Line($"{acc} += {table}[{i}] * {img}[{i}];");
        f.Close();
        f.Return(f.R.Pick(acc, acc, $"fabs({acc})", $"fmax({acc}, 0.0)", $"{acc} / {f.Literal(2, 16)}"));
    }

    private static void RankFilter(Draft f)
    {
        int n = f.Size(3, 9);
        ImmutableArray<Value> p = Pixels(f, n);
        string high = p.Select(v => v.Text).Aggregate((a, b) => $"fmax({a}, {b})");
        string low = p.Select(v => v.Text).Aggregate((a, b) => $"fmin({a}, {b})");
        f.Return(f.R.Int(0, 3) switch
        {
            0 => high,
            1 => low,
            2 => $"{high} - {low}",
            _ => $"{f.Literal(0.2, 0.8)} * ({high} + {low})",
        });
    }

    private static void Sharpen(Draft f)
    {
        ImmutableArray<Value> p = Pixels(f, 5);
        Value amount = f.Quantity("amount|k|strength", 0.1, 2);
        string mean = f.Let("mean|blur|avg", $"({p[1]} + {p[2]} + {p[3]} + {p[4]}) * 0.25");
        f.Return($"{p[0]} + {amount} * ({p[0]} - {mean})");
    }

    private static void Bilateral(Draft f)
    {
        int n = f.Size(3, 6);
        ImmutableArray<Value> p = Pixels(f, n);
        string k = Numbers.Literal(Numbers.Round(f.R.Uniform(1, 6) / Math.Max(1e-3, p[0].Width * p[0].Width), 2));
        string sum = f.Variable("sum|num", p[0].Text), weight = f.Variable("wsum|den", "1.0");
        for (int i = 1; i < n; i++)
        {
            string w = f.Let("w", $"exp(-{k} * ({p[i]} - {p[0]}) * ({p[i]} - {p[0]}))");
            f.Line($"{sum} += {w} * {p[i]};");
            f.Line($"{weight} += {w};");
        }

        f.Return($"{sum} / {weight}");
    }
}
