// Real functions seldom say over which ranges they are meant. The widest of some usual ranges over which a function gives
// finite and varied answers is taken for it.

using System.Collections.Immutable;
using Nsc.Core.Dataflow;
using Nsc.Core.Programs;

namespace Nsc.Corpus.Mining;

public static class RangeInference
{
    private const int Probes = 256;
    private const double LargestValue = 1e9;
    private const double FewestDistinct = 0.5;
    private const double HeaviestTail = 30;

    private static readonly ImmutableArray<Interval> s_candidates =
    [
        new(-1000, 1000), new(0, 1000), new(-100, 100), new(0, 100), new(-10, 10), new(0, 10),
        new(-Math.PI, Math.PI), new(-2, 2), new(0, 2), new(-1, 1), new(0, 1), new(0.1, 1),
    ];

    /// <summary>The inputs with inferred ranges, or null when no candidate will do. An input that is a truth value keeps its own.</summary>
    /// <param name="graph">The function's dataflow over its own units.</param>
    public static ImmutableArray<InputVariable>? Infer(DataflowGraph graph, ImmutableArray<InputVariable> inputs)
    {
        foreach (Interval candidate in s_candidates)
        {
            ImmutableArray<InputVariable> tried = [.. inputs.Select(i => i with { Range = Fit(candidate, i) })];
            if (IsVaried(graph, tried))
            {
                return tried;
            }
        }

        return null;
    }

    private static Interval Fit(Interval candidate, InputVariable input) => input.Kind switch
    {
        ScalarKind.Bool => new Interval(0, 1),
        ScalarKind.UInt8 => new Interval(0, Math.Min(255, candidate.High)),
        ScalarKind.Int8 => new Interval(Math.Max(-128, candidate.Low), Math.Min(127, candidate.High)),
        ScalarKind.UInt16 or ScalarKind.UInt32 or ScalarKind.UInt64 => new Interval(0, Math.Max(1, Math.Floor(candidate.High))),
        _ when input.Kind.IsInteger() => new Interval(Math.Ceiling(candidate.Low), Math.Max(Math.Ceiling(candidate.Low) + 1, Math.Floor(candidate.High))),
        _ => candidate,
    };

    // Finite everywhere, and every output varied: many distinct values, none of them alone making up the variance.
    private static bool IsVaried(DataflowGraph graph, ImmutableArray<InputVariable> inputs)
    {
        var random = new Random(7);
        var points = new double[Probes * inputs.Length];
        for (int i = 0; i < points.Length; i++)
        {
            InputVariable input = inputs[i % inputs.Length];
            double value = input.Range.Middle + (input.Range.HalfWidth * ((2 * random.NextDouble()) - 1));
            points[i] = input.Kind.IsInteger() ? Math.Clamp(Math.Round(value), input.Range.Low, input.Range.High) : value;
        }

        double[] outputs = new GraphEvaluator(graph).EvaluateOutputs(points, Probes);
        int width = graph.Outputs.Length;
        return Enumerable.Range(0, width).All(k => IsVaried([.. Enumerable.Range(0, Probes).Select(s => outputs[(s * width) + k])]));
    }

    private static bool IsVaried(double[] values)
    {
        if (!Array.TrueForAll(values, v => Math.Abs(v) < LargestValue))
        {
            return false;
        }

        double mean = values.Average(), variance = values.Average(v => (v - mean) * (v - mean));
        int mostCommon = values.GroupBy(v => v).Max(g => g.Count());
        double tail = values.Average(v => Math.Pow(v - mean, 4)) / (variance * variance);
        return variance > 1e-18 && variance > 1e-12 * mean * mean && mostCommon < FewestDistinct * Probes && tail < HeaviestTail;
    }
}
