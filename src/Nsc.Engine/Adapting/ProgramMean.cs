// A program as the cheap model of what was measured: as it is, or with the constants that explain the rows.

using System.Collections.Immutable;
using Nsc.Core.Dataflow;
using Nsc.Core.Dataflow.Paths;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;

namespace Nsc.Engine.Adapting;

/// <summary>What a program says of inputs; interpreting its dataflow runs nothing.</summary>
/// <param name="Graph">In the program's units.</param>
/// <param name="Changed">The constants that are other ones than the text's.</param>
public sealed record ProgramMean(DataflowGraph Graph, ImmutableArray<FittedConstant> Changed)
{
    // Of a graph that is larger nothing is foretold within a user's patience.
    private const int MostNodes = 20_000;

    // Values of nodes that are kept at a time, and that are computed in all.
    private const int ValuesAtATime = 1 << 20;
    private const long MostValues = 1L << 30;

    /// <summary>Whether the rows are samples of this very program, drawn over its ranges.</summary>
    public bool IsSampled { get; init; }

    /// <summary>Whether what it is asked is spread over its paths, as its samples are.</summary>
    public bool IsSpread { get; private init; }

    /// <summary>The program that was sampled; null for a graph that is too large.</summary>
    /// <param name="isSpread">Whether the samples are spread over its paths.</param>
    public static ProgramMean? Of(DataflowGraph graph, bool isSpread = false) => graph.Nodes.Length > MostNodes ? null : new ProgramMean(graph, []) { IsSampled = true, IsSpread = isSpread };

    /// <summary>Inputs to ask it about, (count, inputs), row-major, laid out as its samples are.</summary>
    public double[] Draw(ProgramSignature signature, int count, SplitMix64 random) =>
        IsSpread ? new PathInputs(signature, Graph, count, PathShare.SquareRoot, random).Next(count) : InputSampler.Draw(signature, count, random);

    /// <summary>The program that explains rows best, with no or few constants changed; null for a graph that is too large.</summary>
    public static ProgramMean? Of(DataflowGraph graph, SampleSet rows)
    {
        if (graph.Nodes.Length > MostNodes)
        {
            return null;
        }

        var constants = ProgramConstants.Of(graph);
        ImmutableArray<FittedConstant> changed = ConstantFit.Of(constants, rows);
        return new ProgramMean(changed.IsEmpty ? graph : constants.With([.. changed.Select(c => (c.Constant, c.Value))]), changed);
    }

    /// <summary>(m, outputs) for inputs (m, inputs), both row-major; null where it gives no number somewhere, or the rows are too many.</summary>
    public double[]? At(double[] inputs)
    {
        int width = Graph.InputCount, count = inputs.Length / width, part = Math.Max(1, ValuesAtATime / Graph.Nodes.Length);
        if ((long)count * Graph.Nodes.Length > MostValues)
        {
            return null;
        }

        var evaluator = new GraphEvaluator(Graph);
        double[] outputs = [.. Enumerable.Range(0, (count + part - 1) / part).SelectMany(p =>
            evaluator.EvaluateOutputs(inputs.AsSpan(p * part * width, Math.Min(part, count - (p * part)) * width), Math.Min(part, count - (p * part))))];
        return outputs.All(double.IsFinite) ? outputs : null;
    }

    /// <summary>
    /// Rows that contradict the program where it explains the others: they are off by more than many times the median (median absolute deviation), worst first.
    /// </summary>
    public ImmutableArray<int> Contradictions(SampleSet rows)
    {
        if (At(rows.X) is not { } outputs)
        {
            return [];
        }

        double[] scales = [.. Enumerable.Range(0, rows.OutputCount).Select(k => ErrorMetrics.Scale(rows, k))];
        double[] away = [.. Enumerable.Range(0, rows.Count).Select(r => Enumerable.Range(0, scales.Length).Max(k => Math.Abs(outputs[(r * scales.Length) + k] - rows.Outputs(r)[k]) / scales[k]))];
        double median = away.Order().ElementAt(rows.Count / 2);
        const double Explains = 0.1, Many = 8, Least = 0.02;
        return median > Explains ? [] : [.. Enumerable.Range(0, rows.Count).Where(r => away[r] > Math.Max(Least, Many * median)).OrderByDescending(r => away[r])];
    }
}
