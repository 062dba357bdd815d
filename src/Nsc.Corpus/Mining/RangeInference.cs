// Real functions seldom say over which ranges they are meant. The widest of some usual ranges over which a function, executed,
// gives finite and varied answers that are also its graph's is taken for it: outside a table, say, the two differ.

using System.Collections.Immutable;
using Nsc.Core.Dataflow;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Corpus.Building;

namespace Nsc.Corpus.Mining;

public static class RangeInference
{
    private const int Seed = 7;
    private const double LargestValue = 1e9;
    private const double LargestShare = 0.5;
    private const double HeaviestTail = 30;
    private const double Tolerance = 1e-3;
    private const double MostDifferent = 0.02;

    private static readonly ImmutableArray<Interval> s_candidates =
    [
        new(-1000, 1000), new(0, 1000), new(-100, 100), new(0, 100), new(-10, 10), new(0, 10),
        new(-Math.PI, Math.PI), new(-2, 2), new(0, 2), new(-1, 1), new(0, 1), new(0.1, 1),
    ];

    /// <summary>The inputs with inferred ranges, or null when no candidate will do. An input that is a truth value keeps its own.</summary>
    /// <param name="graph">The function's dataflow over its own units.</param>
    /// <param name="execute">Runs the function itself on points (n, inputs), row-major.</param>
    public static ImmutableArray<InputVariable>? Infer(DataflowGraph graph, ImmutableArray<InputVariable> inputs, Func<double[], ProgramRun> execute)
    {
        foreach (Interval candidate in s_candidates)
        {
            ImmutableArray<InputVariable> tried = [.. inputs.Select(i => i with { Range = Fit(candidate, i) })];
            if (IsGood(graph, tried, execute))
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

    private static bool IsGood(DataflowGraph graph, ImmutableArray<InputVariable> inputs, Func<double[], ProgramRun> execute)
    {
        double[] points = ProbePoints.Draw(inputs, Seed);
        double[] outputs = new GraphEvaluator(graph).EvaluateOutputs(points, ProbePoints.Count);
        int width = graph.Outputs.Length;
        if (!Enumerable.Range(0, width).All(k => IsVaried(ProbePoints.Column(outputs, k, width))))
        {
            return false;
        }

        ProgramRun run = execute(points);
        return run.CountOf(SampleStatus.Ok) == ProbePoints.Count
            && Enumerable.Range(0, width).All(k => Agree(ProbePoints.Column(outputs, k, width), ProbePoints.Column(run.Outputs, k, width)));
    }

    private static bool Agree(double[] graph, double[] native)
    {
        double scale = graph.Average(Math.Abs);
        return graph.Zip(native).Count(p => !(Math.Abs(p.First - p.Second) <= Tolerance * (Math.Abs(p.First) + scale))) <= MostDifferent * ProbePoints.Count;
    }

    // Finite everywhere and varied: no value too common, none of them alone making up the variance.
    private static bool IsVaried(double[] values)
    {
        if (!Array.TrueForAll(values, v => Math.Abs(v) < LargestValue))
        {
            return false;
        }

        double mean = values.Average(), variance = values.Average(v => (v - mean) * (v - mean));
        int mostCommon = values.GroupBy(v => v).Max(g => g.Count());
        double tail = values.Average(v => Math.Pow(v - mean, 4)) / (variance * variance);
        return variance > 1e-18 && variance > 1e-12 * mean * mean && mostCommon < LargestShare * ProbePoints.Count && tail < HeaviestTail;
    }
}
