// Decisions over features: nearest centroid, linear scores, small neural networks, votes.

using System.Collections.Immutable;
using Nsc.Corpus.Generator.Drafting;
using Nsc.Corpus.Generator.Values;

namespace Nsc.Corpus.Generator.Families.Sciences;

internal static class Classifiers
{
    public static Family Family { get; } = new("classifiers", 5,
        [new(NearestCentroid, 1.5), new(NearestDistance, 1.5), new(Logistic), new(TinyNetwork, 1.5), new(RadialBasis), new(Votes), new(SoftMaximum), new(GaussianBayes)]);

    private static ImmutableArray<Value> Features(Draft f, int most) => f.FreeVector("x|feat|in_|f|p", f.Size(1, most));

    // Squared distance, or of order 1, to a point within the features' range.
    private static string ToCentroid(Draft f, ImmutableArray<Value> x)
    {
        bool absolute = f.R.Chance(0.25);
        return string.Join(" + ", x.Select(v =>
        {
            string d = $"({v} - {Value.Of(Numbers.Between(f.R, v.Range.Low, v.Range.High))})";
            return absolute ? $"fabs{d}" : $"{d} * {d}";
        }));
    }

    private static void NearestCentroid(Draft f)
    {
        ImmutableArray<Value> x = Features(f, 4);
        int clusters = f.R.Int(2, 4);
        string best = f.Variable("best|dmin", ToCentroid(f, x)), label = f.Whole("label|cls|which", "0");
        for (int i = 1; i < clusters; i++)
        {
            string d = f.Let("d", ToCentroid(f, x));
            f.Line($"if ({d} < {best}) {{ {best} = {d}; {label} = {i}; }}");
        }

        if (f.R.Chance(0.5))
        {
            f.ExitWhole(label);
            return;
        }

        f.Return(f.R.Chance(0.5) ? best : $"{label} + {f.Literal(0.1, 0.9)} * {best}");
    }

    private static void NearestDistance(Draft f)
    {
        ImmutableArray<Value> x = Features(f, 5);
        string[] distances = [.. Enumerable.Range(0, f.R.Int(2, 4)).Select(_ => f.Let("d|dist|e", ToCentroid(f, x)))];
        string nearest = distances.Aggregate((a, b) => $"fmin({a}, {b})");
        f.Return(f.R.Chance(0.5) ? $"sqrt({nearest})" : nearest);
    }

    private static void Logistic(Draft f)
    {
        ImmutableArray<Value> x = Features(f, 16);
        string z = f.Let("z|score|logit", f.Sum(x.Select(v => (Numbers.Round(Numbers.Coefficient(f.R) / Math.Max(0.2, v.Magnitude), 2), v.Text)).ToList()) + $" + {f.Coefficient()}");
        f.Return(f.R.Chance(0.7) ? $"1.0 / (1.0 + exp(-{z}))" : $"{z} > 0.0 ? {z} : 0.0");
    }

    private static void TinyNetwork(Draft f)
    {
        ImmutableArray<Value> x = Features(f, 12);
        string activation = f.R.Pick("tanh", "relu", "sigmoid");
        string Unit() => f.Sum(x.Select(v => (Numbers.Round(Numbers.Coefficient(f.R) / Math.Max(0.2, v.Magnitude), 2), v.Text)).ToList()) + $" + {f.Coefficient()}";
        string helper = activation == "tanh" ? "tanh" : f.Helper(activation, "real a", activation == "relu" ? "return a > 0.0 ? a : 0.0;" : "return 1.0 / (1.0 + exp(-a));");
        string[] hidden = [.. Enumerable.Range(0, f.R.Int(2, 4)).Select(_ => f.Let("h|a|n", $"{helper}({Unit()})"))];
        f.Return(f.Sum(hidden.Select(h => (Numbers.Coefficient(f.R), h)).ToList()));
    }

    private static void RadialBasis(Draft f)
    {
        ImmutableArray<Value> x = Features(f, 3);
        string scale = Numbers.Literal(Numbers.Round(f.R.Uniform(1, 4) / Math.Max(1e-3, x[0].Width * x[0].Width), 2));
        f.Return(f.Sum(Enumerable.Range(0, f.R.Int(2, 4)).Select(_ => (Numbers.Coefficient(f.R), $"exp(-{scale} * ({ToCentroid(f, x)}))")).ToList()));
    }

    private static void Votes(Draft f)
    {
        ImmutableArray<Value> x = Features(f, 8);
        string votes = f.Whole("votes|hits|n|score", "0");
        foreach (Value v in x)
        {
            f.Line($"if ({v} {f.R.Pick(">", "<")} {Value.Of(Numbers.Round(f.R.Inside(v.Range), 2))}) {votes} {f.R.Pick("+= 1", "+= 2", "-= 1")};");
        }

        if (f.R.Chance(0.5))
        {
            f.ExitWhole(votes);
            return;
        }

        f.Return($"{votes} * {f.Literal(0.2, 2)} + {f.R.OneOf(x)}");
    }

    private static void SoftMaximum(Draft f)
    {
        ImmutableArray<Value> x = f.Vector("x|z|logit", f.Size(2, 5), -2, 2);
        string[] e = [.. x.Select(v => f.Let("e", $"exp({v})"))];
        f.Return(f.R.Chance(0.5) ? $"log({string.Join(" + ", e)})" : $"{e[0]} / ({string.Join(" + ", e)})");
    }

    private static void GaussianBayes(Draft f)
    {
        Value x = f.Input("x|height|reading", -3, 3), m1 = f.Quantity("m1|mu1", -2, 0), m2 = f.Quantity("m2|mu2", 0, 2), s = f.Quantity("s1|sigma", 0.5, 1.5), prior = f.Quantity("prior|p1", 0.2, 0.8);
        string a = f.Let("a|l1", $"{prior} * exp(-({x} - {m1}) * ({x} - {m1}) / (2.0 * {s} * {s}))");
        string b = f.Let("b|l2", $"(1.0 - {prior}) * exp(-({x} - {m2}) * ({x} - {m2}) / (2.0 * {s} * {s}))");
        f.Return($"{a} / ({a} + {b})");
    }
}
