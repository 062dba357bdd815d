// Small vectors and matrices: products, norms, distances, determinants.

using System.Collections.Immutable;
using Nsc.Corpus.Generator.Drafting;
using Nsc.Corpus.Generator.Values;

namespace Nsc.Corpus.Generator.Families.Mathematics;

internal static class LinearAlgebra
{
    public static Family Family { get; } = new("linear-algebra", 9,
    [
        new(Dot, 2), new(WeightedSum, 3), new(Norm, 1.5), new(Distance, 3), new(MatrixVector, 1.5), new(Determinant), new(QuadraticForm),
        new(Cosine), new(Cross), new(Normalise), new(Solve2X2),
    ]);

    /// <summary>Draws a distance's weights, order and dimensions; kmeans' own is never among them.</summary>
    public static string DistanceText(Draft f, ImmutableArray<Value> a, ImmutableArray<Value> b)
    {
        int order = f.R.Pick(1, 2, 2, 2, 3, 9);
        bool isWeighted = f.R.Chance(0.35) || ReservedKernels.IsKmeansDistance(a.Length, order, isWeighted: false);
        bool squared = order == 2 && f.R.Chance(0.35);
        var terms = a.Select((value, i) =>
        {
            string d = f.Let($"d{"xyzwuvstq"[i]}|d{i}|diff{i}", $"{value} - {b[i]}");
            string weight = isWeighted ? f.Literal(0.2, 3) + " * " : "";
            return order switch { 1 => $"{weight}fabs({d})", 2 => $"{weight}{d} * {d}", 3 => $"{weight}fabs({d} * {d} * {d})", _ => $"{weight}fabs({d})" };
        }).ToList();
        return order switch
        {
            9 => terms.Aggregate((x, y) => $"fmax({x}, {y})"),
            2 when !squared => $"sqrt({string.Join(" + ", terms)})",
            3 => $"cbrt({string.Join(" + ", terms)})",
            _ => string.Join(" + ", terms),
        };
    }

    private static void Dot(Draft f)
    {
        int n = Math.Clamp(f.Wanted / 2, 2, 8);
        ImmutableArray<Value> a = f.FreeVector("a|u|p|n|dir", n), b = f.FreeVector("b|v|q|l|normal", n);
        string dot = string.Join(" + ", a.Select((x, i) => $"{x} * {b[i]}"));
        f.Return(f.R.Int(0, 4) switch
        {
            0 => $"fmax({dot}, 0.0)",
            1 => $"({dot}) * {f.Quantity("k|scale|gain", 0.2, 3)} + {f.Coefficient()}",
            2 => $"1.0 / (1.0 + exp(-({dot}) / {Numbers.Literal(Numbers.Round(Math.Max(1, a[0].Magnitude * b[0].Magnitude), 1))}))",
            _ => dot,
        });
    }

    private static void WeightedSum(Draft f)
    {
        int n = f.Size(2, 16);
        ImmutableArray<Value> x = f.FreeVector("x|in_|f|feature|s|ch", n);
        string sum = f.Sum(f.Coefficients(n).Zip(x, (c, v) => (c, v.Text)));
        string scale = Numbers.Literal(Numbers.Round(1.5 / Math.Max(0.1, x[0].Magnitude), 1));
        f.Return(f.R.Int(0, 7) switch
        {
            0 => $"fmax(0.0, {sum} + {f.Coefficient()})",
            1 => $"tanh({scale} * ({sum}))",
            2 => $"fabs({sum})",
            3 => $"1.0 / (1.0 + exp(-{scale} * ({sum})))",
            4 => $"({sum}) / {n}",
            5 => $"{sum} > {Value.Of(Numbers.Round(x[0].Range.Middle, 1))} ? {f.R.OneOf(x)} : {f.R.OneOf(x)} - {f.Coefficient()}",
            6 => $"{sum} + {f.Coefficient()}",
            _ => sum,
        });
    }

    private static void Norm(Draft f)
    {
        int n = f.Size(2, 12);
        ImmutableArray<Value> x = f.FreeVector("x|v|e|a|err", n);
        f.Return(f.R.Int(0, 4) switch
        {
            0 => $"sqrt({string.Join(" + ", x.Select(v => $"{v} * {v}"))})",
            1 => string.Join(" + ", x.Select(v => $"fabs({v})")),
            2 => x.Select(v => $"fabs({v})").Aggregate((a, b) => $"fmax({a}, {b})"),
            3 => $"sqrt(({string.Join(" + ", x.Select(v => $"{v} * {v}"))}) / {n})",
            _ => $"log({string.Join(" + ", x.Select(v => $"{v} * {v}"))} + {f.Literal(0.3, 3)})",
        });
    }

    private static void Distance(Draft f)
    {
        int n = Math.Clamp(f.Wanted / 2, 1, 8);
        ImmutableArray<Value> a = f.FreeVector("p|a|x|from|px", n);
        bool fixedPoint = f.R.Chance(0.25);
        ImmutableArray<Value> b = fixedPoint
            ? [.. a.Select(v => Value.Of(Numbers.Between(f.R, v.Range.Low, v.Range.High)))]
            : f.Vector("q|b|y|to|centre|c", n, a[0].Range);
        string distance = DistanceText(f, a, b);
        f.Return(f.R.Chance(0.7) ? distance : $"{f.Literal(0.5, 5)} / (1.0 + {f.Literal(0.1, 2)} * ({distance}))");
    }

    private static void MatrixVector(Draft f)
    {
        int columns = f.Size(2, 5), rows = f.R.Int(1, 3);
        ImmutableArray<Value> x = f.FreeVector("x|v|p", columns);
        string[] results = [.. Enumerable.Range(0, rows).Select(_ => f.Sum(f.Coefficients(columns).Zip(x, (c, v) => (c, v.Text))))];
        f.ReturnAll([.. results.Select((r, i) => ("xyz"[i] + "o", r))]);
    }

    private static void Determinant(Draft f)
    {
        int side = f.InputGoal >= 7 ? 3 : 2;
        ImmutableArray<Value> m = f.FreeVector("m|a|mat", side * side);
        string Minor(int a, int b, int c, int d) => $"({m[a]} * {m[b]} - {m[c]} * {m[d]})";
        f.Return(side == 2
            ? $"{m[0]} * {m[3]} - {m[1]} * {m[2]}"
            : $"{m[0]} * {Minor(4, 8, 5, 7)} - {m[1]} * {Minor(3, 8, 5, 6)} + {m[2]} * {Minor(3, 7, 4, 6)}");
    }

    private static void QuadraticForm(Draft f)
    {
        int n = f.Size(2, 4);
        ImmutableArray<Value> x = f.FreeVector("x|d|v", n);
        var terms = from i in Enumerable.Range(0, n) from j in Enumerable.Range(i, n - i) select $"{x[i]} * {x[j]}";
        string form = f.Sum(terms.Select(t => (Numbers.Coefficient(f.R), t)).ToList());
        string scale = Numbers.Literal(Numbers.Round(1 / Math.Max(0.01, x[0].Magnitude * x[0].Magnitude), 1));
        f.Return(f.R.Chance(0.7) ? form : $"exp(-{scale} * fabs({form}))");
    }

    private static void Cosine(Draft f)
    {
        int n = Math.Clamp(f.Wanted / 2, 2, 4);
        ImmutableArray<Value> a = f.FreeVector("a|u", n), b = f.FreeVector("b|v", n);
        string dot = f.Let("dot|ab", string.Join(" + ", a.Select((x, i) => $"{x} * {b[i]}")));
        string na = f.Let("na|la|aa", string.Join(" + ", a.Select(x => $"{x} * {x}")));
        string nb = f.Let("nb|lb|bb", string.Join(" + ", b.Select(x => $"{x} * {x}")));
        f.Return($"{dot} / sqrt({na} * {nb} + {f.Literal(0.001, 0.1)})");
    }

    private static void Cross(Draft f)
    {
        ImmutableArray<Value> a = f.FreeVector("a|u|r", 3), b = f.FreeVector("b|v|force", 3);
        string x = $"{a[1]} * {b[2]} - {a[2]} * {b[1]}", y = $"{a[2]} * {b[0]} - {a[0]} * {b[2]}", z = $"{a[0]} * {b[1]} - {a[1]} * {b[0]}";
        if (f.R.Chance(0.5))
        {
            f.ReturnAll(("cx", x), ("cy", y), ("cz", z));
            return;
        }

        string cx = f.Let("cx", x), cy = f.Let("cy", y), cz = f.Let("cz", z);
        f.Return(f.R.Chance(0.5) ? $"sqrt({cx} * {cx} + {cy} * {cy} + {cz} * {cz})" : f.Sum(f.Coefficients(3).Zip([cx, cy, cz])));
    }

    private static void Normalise(Draft f)
    {
        int n = f.Size(2, 4);
        ImmutableArray<Value> v = f.FreeVector("v|q|dir", n);
        string inverse = f.Let("inv|k|s1", $"1.0 / sqrt({string.Join(" + ", v.Select(x => $"{x} * {x}"))} + {f.Literal(0.01, 0.5)})");
        f.ReturnAll([.. v.Take(f.R.Int(1, n)).Select((x, i) => ("n" + "xyzw"[i], $"{x} * {inverse}"))]);
    }

    private static void Solve2X2(Draft f)
    {
        Value a = f.Quantity("a|a11", 2, 6), d = f.Quantity("d|a22", 2, 6), b = f.Quantity("b|a12", -1.2, 1.2), c = f.Quantity("c|a21", -1.2, 1.2);
        Value p = f.Input("p|e|b1", -5, 5), q = f.Quantity("q|g|b2", -5, 5);
        string det = f.Let("det|dd", $"{a} * {d} - {b} * {c}");
        f.ReturnAll(("x", $"({p} * {d} - {b} * {q}) / {det}"), ("y", $"({a} * {q} - {p} * {c}) / {det}"));
    }
}
