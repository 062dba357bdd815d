// Moments, scores, regressions and information measures of a few numbers.

using System.Collections.Immutable;
using Nsc.Corpus.Generator.Drafting;
using Nsc.Corpus.Generator.Values;

namespace Nsc.Corpus.Generator.Families.Mathematics;

internal static class Statistics
{
    public static Family Family { get; } = new("statistics", 4,
    [
        new(Moments, 2), new(ZScore), new(Covariance, 1.3), new(WeightedMean), new(OtherMeans), new(Entropy), new(LineFit), new(Skewness, 0.7), new(LogLikelihood), new(Poisson, 0.7),
        new(BayesUpdate), new(Online), new(MedianOfThree), new(Range), new(FScore),
    ]);

    private static string Mean(Draft f, string x, int n)
    {
        string mean = f.Variable("mean|mu|avg|m", "0.0"), i = f.Loop(n);
        f.Line($"{mean} += {x}[{i}];");
        f.Close();
        f.Line($"{mean} /= {n};");
        return mean;
    }

    private static void Moments(Draft f)
    {
        int n = f.Size(3, 12);
        string x = f.FreeArray("x|data|sample|obs", n), mean = Mean(f, x, n), sum = f.Variable("var|ss|m2", "0.0"), i = f.Loop(n);
        string d = f.Let("d|dev", $"{x}[{i}] - {mean}");
        f.Line(f.R.Chance(0.8) ? $"{sum} += {d} * {d};" : $"{sum} += fabs({d});");
        f.Close();
        f.Return(f.R.Int(0, 4) switch { 0 => $"sqrt({sum} / {n - 1})", 1 => $"{sum} / {n - 1}", 2 => mean, 3 => $"{mean} + {f.Literal(0.5, 2)} * sqrt({sum} / {n})", _ => $"{sum} / {n}" });
    }

    private static void ZScore(Draft f)
    {
        Value x = f.Free("x|value|obs"), mu = f.Quantity("mu|mean", x.Range.Low, x.Range.High), s = f.Quantity("sigma|sd", 0.3 * x.Magnitude, 1.5 * x.Magnitude), n = f.Quantity("n|size", 4, 30);
        f.Return(f.R.Chance(0.5) ? $"({x} - {mu}) / {s}" : $"({x} - {mu}) * sqrt({n}) / {s}");
    }

    private static void Covariance(Draft f)
    {
        int n = Math.Clamp(f.Wanted / 2, 3, 7);
        string x = f.FreeArray("x|a", n), y = f.FreeArray("y|b", n), mx = Mean(f, x, n), my = Mean(f, y, n);
        string sxy = f.Variable("sxy|cov", "0.0"), sxx = f.Variable("sxx|vx", "0.0"), i = f.Loop(n);
        f.Line($"{sxy} += ({x}[{i}] - {mx}) * ({y}[{i}] - {my});");
        f.Line($"{sxx} += ({x}[{i}] - {mx}) * ({x}[{i}] - {mx});");
        f.Close();
        f.Return(f.R.Chance(0.6) ? $"{sxy} / {n - f.R.Int(0, 1)}" : $"{sxy} / ({sxx} + {f.Literal(0.1, 1)})");
    }

    private static void WeightedMean(Draft f)
    {
        int n = Math.Clamp(f.Wanted / 2, 2, 5);
        ImmutableArray<Value> x = f.FreeVector("x|v|grade", n), w = f.Vector("w|wt|credit", n, 0.2, 3);
        f.Return($"({string.Join(" + ", x.Select((v, i) => $"{w[i]} * {v}"))}) / ({string.Join(" + ", w)})");
    }

    private static void OtherMeans(Draft f)
    {
        int n = f.Size(2, 6);
        ImmutableArray<Value> x = f.Vector("x|a|v|speed", n, 0.5, f.R.Pick(3.0, 10, 50));
        f.Return(f.R.Int(0, 3) switch
        {
            0 => $"{n}.0 / ({string.Join(" + ", x.Select(v => $"1.0 / {v}"))})",
            1 => $"pow({string.Join(" * ", x)}, 1.0 / {n}.0)",
            2 => $"sqrt(({string.Join(" + ", x.Select(v => $"{v} * {v}"))}) / {n}.0)",
            _ => $"exp(({string.Join(" + ", x.Select(v => $"log({v})"))}) / {n}.0)",
        });
    }

    private static void Entropy(Draft f)
    {
        int n = f.Size(2, 5);
        ImmutableArray<Value> x = f.Vector("c|count|w", n, 0.1, 5);
        string total = f.Let("total|s1|sum", string.Join(" + ", x));
        string[] p = [.. x.Select(v => f.Let("p|q", $"{v} / {total}"))];
        f.Return(f.R.Chance(0.6) ? $"-({string.Join(" + ", p.Select(v => $"{v} * log({v})"))})" : $"1.0 - ({string.Join(" + ", p.Select(v => $"{v} * {v}"))})");
    }

    private static void LineFit(Draft f)
    {
        int n = f.Size(3, 6);
        ImmutableArray<Value> y = f.FreeVector("y|v|obs", n);
        double[] t = [.. Enumerable.Range(0, n).Select(i => i - ((n - 1) / 2.0))];
        string slope = f.Let("slope|b", $"({f.Sum(t.Zip(y, (c, v) => (c, v.Text)).Where(p => p.c != 0))}) / {Numbers.Literal(t.Sum(v => v * v))}");
        string mean = f.Let("mean|a", $"({string.Join(" + ", y)}) / {n}.0");
        f.Return(f.R.Chance(0.4) ? slope : $"{mean} + {slope} * {f.Quantity("at|when|h", -4, 4)}");
    }

    private static void Skewness(Draft f)
    {
        int n = f.Size(3, 5);
        string x = f.FreeArray("x|data", n), mean = Mean(f, x, n), m2 = f.Variable("m2|s2", "0.0"), m3 = f.Variable("m3|s3", "0.0"), i = f.Loop(n);
        string d = f.Let("d", $"{x}[{i}] - {mean}");
        f.Line($"{m2} += {d} * {d};");
        f.Line($"{m3} += {d} * {d} * {d};");
        f.Close();
        f.Return($"{m3} / (sqrt({m2}) * {m2} + {f.Literal(0.05, 1)})");
    }

    private static void LogLikelihood(Draft f)
    {
        ImmutableArray<Value> x = f.Vector("x|obs", f.Size(1, 5), -3, 3);
        Value mu = f.Quantity("mu|m", -2, 2), s = f.Quantity("sigma|s1", 0.5, 3);
        f.Return($"-0.5 * ({string.Join(" + ", x.Select(v => $"({v} - {mu}) * ({v} - {mu})"))}) / ({s} * {s}) - {x.Length}.0 * log({s})");
    }

    private static void Poisson(Draft f)
    {
        Value rate = f.Input("rate|mean", 0.3, 5);
        Value k = f.Integer("k|n|count", 0, 6);
        string p = f.Variable("p|prob", $"exp(-{rate})");
        f.Open($"for (int i = 1; i <= 6; i++)");
        f.Line($"if (i <= {k}) {p} *= {rate} / i;");
        f.Close();
        f.Return(p);
    }

    private static void BayesUpdate(Draft f)
    {
        Value prior = f.Input("prior|p", 0.05, 0.95), hit = f.Quantity("sens|hit|tpr", 0.6, 0.99), fa = f.Quantity("fpr|fa|spec", 0.02, 0.4);
        string joint = f.Let("joint|num", $"{prior} * {hit}");
        f.Return($"{joint} / ({joint} + (1.0 - {prior}) * {fa})");
    }

    private static void Online(Draft f)
    {
        Value x = f.Free("x|sample|obs"), mean = f.Input("mean|mu|avg", x.Range), n = f.Quantity("n|count", 2, 20), var = f.Quantity("var|m2", 0.1, 2);
        string d = f.Let("delta|d", $"{x} - {mean}"), updated = f.Let("new_mean|m1", $"{mean} + {d} / ({n} + 1.0)");
        f.ReturnAll(f.R.Chance(0.5) ? [("m", updated), ("v", $"({n} * {var} + {d} * ({x} - {updated})) / ({n} + 1.0)")] : [("m", updated)]);
    }

    private static void MedianOfThree(Draft f)
    {
        ImmutableArray<Value> x = f.FreeVector("a|x|s", 3);
        Value k = f.Quantity("k|gain", 0.3, 3);
        f.Return($"{k} * fmax(fmin({x[0]}, {x[1]}), fmin(fmax({x[0]}, {x[1]}), {x[2]}))");
    }

    private static void Range(Draft f)
    {
        int n = f.Size(3, 8);
        string x = f.FreeArray("x|data|temps", n), low = f.Variable("lo|mn", $"{x}[0]"), high = f.Variable("hi|mx", $"{x}[0]");
        f.Open($"for (int i = 1; i < {n}; i++)");
        f.Line($"if ({x}[i] < {low}) {low} = {x}[i];");
        f.Line($"if ({x}[i] > {high}) {high} = {x}[i];");
        f.Close();
        f.Return(f.R.Pick($"{high} - {low}", $"0.5 * ({high} + {low})", $"({x}[0] - {low}) / ({high} - {low} + {f.Literal(0.05, 1)})"));
    }

    private static void FScore(Draft f)
    {
        Value tp = f.Input("tp|hits", 1, 50), fp = f.Input("fp|false_pos", 0, 40), fn = f.Quantity("fn|misses", 0, 40);
        string b = f.Literal(0.25, 4);
        f.Return($"(1.0 + {b}) * {tp} / ((1.0 + {b}) * {tp} + {b} * {fn} + {fp})");
    }
}
