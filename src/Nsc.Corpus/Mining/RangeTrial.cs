// Tries a function's graph on probe points, and beside them: whether over some ranges its answers can be learned.

using System.Collections.Immutable;
using Nsc.Core.Dataflow;
using Nsc.Core.Programs;
using Nsc.Corpus.Building;

namespace Nsc.Corpus.Mining;

internal sealed class RangeTrial(DataflowGraph graph)
{
    /// <summary>The seed of the points that ranges are tried on.</summary>
    public const int Seed = 7;

    private const double LargestValue = 1e9;
    private const double LargestShare = 0.5;
    private const double HeaviestTail = 30;

    /// <summary>A neighbour is this part of an input's range away. What differs there as much as anywhere is noise.</summary>
    private const double NeighbourDistance = 0.01;

    private const double LargestJump = 0.5;

    /// <summary>An integer with fewer values has no neighbours.</summary>
    private const double FewestSteps = 32;

    private readonly GraphEvaluator _evaluator = new(graph);

    /// <summary>The ranges and the outputs that are good to learn over them, or null when none is.</summary>
    public InferredRanges? Try(ImmutableArray<InputVariable> inputs)
    {
        double[] points = ProbePoints.Draw(inputs, Seed);
        double[] outputs = _evaluator.EvaluateOutputs(points, ProbePoints.Count);
        int width = graph.Outputs.Length;
        double[][] columns = [.. Enumerable.Range(0, width).Select(k => ProbePoints.Column(outputs, k, width))];
        int[] varied = [.. Enumerable.Range(0, width).Where(k => IsVaried(columns[k]))];
        ImmutableSortedSet<int> smooth = varied.Length == 0 ? [] : [.. Smooth(inputs, points, columns, varied)];
        return smooth.IsEmpty ? null : new InferredRanges(inputs, smooth);
    }

    // Finite everywhere and varied: no value too common, none of them alone making up the variance.
    private static bool IsVaried(double[] values)
    {
        if (!Array.TrueForAll(values, v => Math.Abs(v) < LargestValue))
        {
            return false;
        }

        double mean = values.Average(), variance = Variance(values);
        if (variance <= 1e-18 || variance <= 1e-12 * mean * mean)
        {
            return false;
        }

        int mostCommon = values.GroupBy(v => v).Max(g => g.Count());
        double tail = values.Average(v => Math.Pow(v - mean, 4)) / (variance * variance);
        return mostCommon < LargestShare * ProbePoints.Count && tail < HeaviestTail;
    }

    private IEnumerable<int> Smooth(ImmutableArray<InputVariable> inputs, double[] points, double[][] columns, IEnumerable<int> varied)
    {
        double[] beside = [.. points];
        for (int i = 0; i < beside.Length; i++)
        {
            beside[i] = Beside(points[i], inputs[i % inputs.Length]);
        }

        double[] outputs = _evaluator.EvaluateOutputs(beside, ProbePoints.Count);
        return varied.Where(k =>
        {
            double[] column = ProbePoints.Column(outputs, k, columns.Length);
            double jump = column.Zip(columns[k]).Average(p => (p.First - p.Second) * (p.First - p.Second));
            return jump < LargestJump * Variance(columns[k]);
        });
    }

    private static double Beside(double value, InputVariable input)
    {
        double width = input.Range.High - input.Range.Low;
        double step = input.Kind.IsInteger() ? width < FewestSteps ? 0 : Math.Max(1, Math.Round(NeighbourDistance * width)) : NeighbourDistance * width;
        return value + step <= input.Range.High ? value + step : value - step;
    }

    private static double Variance(double[] values)
    {
        double mean = values.Average();
        return values.Average(v => (v - mean) * (v - mean));
    }
}
