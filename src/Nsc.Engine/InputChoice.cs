// CompNet's nets have so many input slots. Of a program with more inputs, those that its outputs depend on most are compiled; the others start
// without an effect, and fine-tuning gives them theirs.

using System.Collections.Immutable;
using Nsc.Core.Dataflow;
using Nsc.Core.Dataflow.Building;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;

namespace Nsc.Engine;

internal static class InputChoice
{
    /// <summary>The slots of every checkpoint: of a program with no more inputs, all are compiled, and one without weights has no effect.</summary>
    private const int Slots = 16;

    private const int Points = 128;

    /// <summary>The inputs that are compiled, in order: all of them where they fit.</summary>
    /// <param name="graph">Over inputs in [-1, 1].</param>
    public static ImmutableArray<int> Of(DataflowGraph graph, int slots)
    {
        if (graph.InputCount <= slots)
        {
            return [.. Enumerable.Range(0, graph.InputCount)];
        }

        double[] effects = Effects(graph);
        return [.. Enumerable.Range(0, graph.InputCount).OrderByDescending(i => effects[i]).ThenBy(i => i).Take(slots).Order()];
    }

    /// <summary>The graph of some inputs only; the others are 0.</summary>
    public static DataflowGraph Restricted(this DataflowGraph graph, ImmutableArray<int> inputs) => inputs.Length == graph.InputCount
        ? graph
        : graph.Canonical(inputs.Length, (values, input) =>
            inputs.IndexOf(input.A) is >= 0 and var slot ? values.Input(slot, input.Kind, ValueRange.Of(input.Kind)) : values.Zero(input.Kind));

    /// <summary>A first layer (outputs, rows, inputs) from one of the chosen inputs: the others' weights are 0.</summary>
    public static Layer Widened(Layer first, ImmutableArray<int> chosen, int inputs)
    {
        var weights = new float[first.Weight.Length / chosen.Length * inputs];
        for (int i = 0; i < first.Weight.Length; i++)
        {
            weights[(i / chosen.Length * inputs) + chosen[i % chosen.Length]] = first.Weight[i];
        }

        return first with { Weight = [.. weights] };
    }

    /// <summary>The inputs that none of a surrogate's nets looks at yet: those that were not chosen.</summary>
    /// <param name="nets">Flat vectors, as <see cref="NetShape"/> says.</param>
    public static int[] NotCompiled(float[][] nets, int inputs, NetShape shape) =>
        inputs <= Slots ? [] : [.. Enumerable.Range(0, inputs).Where(i => nets.All(net => Enumerable.Range(0, shape.FirstWidth).All(row => net[(row * shape.Inputs) + i] == 0)))];

    // For each input how much of the outputs' variance goes with it: the total effect of Sobol's analysis, from a few points.
    private static double[] Effects(DataflowGraph graph)
    {
        int inputs = graph.InputCount, outputs = graph.Outputs.Length;
        var random = new SplitMix64(1);
        double[] points = Draw(Points * inputs, random), others = Draw(Points * inputs, random);
        var evaluator = new GraphEvaluator(graph);
        double[] values = evaluator.EvaluateOutputs(points, Points);
        double[] spreads = [.. Enumerable.Range(0, outputs).Select(k => Spread(values, k, outputs))];
        var effects = new double[inputs];
        for (int i = 0; i < inputs; i++)
        {
            double[] moved = [.. points];
            for (int row = 0; row < Points; row++)
            {
                moved[(row * inputs) + i] = others[(row * inputs) + i];
            }

            double[] there = evaluator.EvaluateOutputs(moved, Points);
            for (int j = 0; j < there.Length; j++)
            {
                double change = (there[j] - values[j]) / spreads[j % outputs];
                effects[i] += double.IsFinite(change) ? Math.Min(change * change, 100) : 0;
            }
        }

        return effects;
    }

    private static double[] Draw(int count, SplitMix64 random) => [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextDouble()) - 1)];

    private static double Spread(double[] values, int output, int outputs)
    {
        double[] column = [.. values.Where((v, i) => i % outputs == output && double.IsFinite(v))];
        double mean = column.Length == 0 ? 0 : column.Average();
        return Math.Max(Math.Sqrt(column.Sum(v => (v - mean) * (v - mean)) / Math.Max(1, column.Length)), 1e-30);
    }
}
