// Global sensitivity of an output over its ranges: quantiles and Sobol indices. They tell most outputs apart before inputs are matched.

using System.Collections.Immutable;
using Nsc.Core.Dataflow;
using Nsc.Core.Programs;

namespace Nsc.Corpus.Mining.Duplicates;

/// <summary>What an input does to an output, squashed so that few large values do not decide.</summary>
/// <param name="Importance">The square root of its total Sobol index.</param>
/// <param name="Slope">The output's correlation with the input.</param>
/// <param name="Curvature">The output's correlation with the input's square.</param>
internal readonly record struct InputEffect(int Input, double Importance, double Slope, double Curvature);

/// <summary>An output on the probes.</summary>
/// <param name="Cone">The graph of the output alone.</param>
/// <param name="Values">The output; empty where it is constant or seldom finite.</param>
/// <param name="Quantiles">Of the squashed values; the same in any order of the inputs.</param>
/// <param name="Effects">Of the inputs that matter, the most important one first.</param>
/// <param name="IsStraight">Whether it is a straight line in one input, as outputs of unrelated functions are.</param>
internal sealed record ResponseProfile(
    DataflowGraph Cone, ImmutableArray<InputVariable> Inputs, double[] Values, float[] Quantiles, ImmutableArray<InputEffect> Effects, bool IsStraight)
{
    private const int QuantileCount = 32;
    private const double LeastImportance = 0.01;

    /// <summary>The share of the variance that a straight line leaves at most.</summary>
    private const double StraightNmse = 0.002;

    /// <summary>Whether it says anything about which function it comes from.</summary>
    public bool IsTelling => Values.Length > 0 && !IsStraight;

    /// <summary>The profiles of all outputs of a function.</summary>
    public static ImmutableArray<ResponseProfile> Of(DataflowGraph graph, ImmutableArray<InputVariable> inputs)
    {
        double[][] units = [.. inputs.Select((_, i) => ProbeDesign.Base(i))];
        double[][] at = ProbeDesign.Evaluate(graph, inputs, units, ProbeDesign.Count);
        var moved = new double[inputs.Length][][];
        foreach (Node node in graph.Nodes.Where(n => n.Opcode == Opcode.Input))
        {
            units[node.A] = ProbeDesign.Moved(node.A);
            moved[node.A] = ProbeDesign.Evaluate(graph, inputs, units, ProbeDesign.Count);
            units[node.A] = ProbeDesign.Base(node.A);
        }

        return [.. at.Select((column, k) => Of(OutputCone.Of(graph, k), inputs, column, [.. moved.Select(m => m?[k])]))];
    }

    private static ResponseProfile Of(DataflowGraph cone, ImmutableArray<InputVariable> inputs, double[] column, double[]?[] moved)
    {
        if (Squash.Of(column) is not { } squash)
        {
            return new ResponseProfile(cone, inputs, [], [], [], IsStraight: false);
        }

        double[] values = Array.ConvertAll(column, squash.At);
        double[]?[] squashed = [.. moved.Select(m => m is null ? null : Array.ConvertAll(m, squash.At))];
        ImmutableArray<InputEffect> effects =
        [
            .. squashed.Select((m, i) => m is null ? default : EffectOf(i, values, squashed)).Where(e => e.Importance >= LeastImportance)
                .OrderByDescending(e => e.Importance),
        ];
        bool isStraight = effects.Any(e => ProbeDesign.Nmse(column, ProbeDesign.Base(e.Input)) <= StraightNmse);
        return new ResponseProfile(cone, inputs, column, QuantilesOf(values), effects, isStraight);
    }

    // The total index by Jansen's estimator (1999), the correlations over all designs. Unit numbers have the variance 1/3, their squares 4/45.
    private static InputEffect EffectOf(int input, double[] values, double[]?[] moved)
    {
        double squares = values.Zip(moved[input]!, (a, b) => (a - b) * (a - b)).Average();
        double[] resting = ProbeDesign.Base(input);
        (double slope, double curvature) = CorrelationsOf(values, resting);
        int designs = 1;
        for (int i = 0; i < moved.Length; i++)
        {
            if (moved[i] is { } column)
            {
                (double s, double c) = CorrelationsOf(column, i == input ? ProbeDesign.Moved(input) : resting);
                (slope, curvature, designs) = (slope + s, curvature + c, designs + 1);
            }
        }

        return new InputEffect(input, Math.Sqrt(squares / 2), slope / designs * Math.Sqrt(3), curvature / designs * Math.Sqrt(45.0 / 4));
    }

    private static (double Slope, double Curvature) CorrelationsOf(double[] values, double[] units)
    {
        (double slope, double curvature) = (0, 0);
        for (int s = 0; s < values.Length; s++)
        {
            slope += values[s] * units[s];
            curvature += values[s] * ((units[s] * units[s]) - (1.0 / 3));
        }

        return (slope / values.Length, curvature / values.Length);
    }

    private static float[] QuantilesOf(double[] values)
    {
        double[] sorted = [.. values.Order()];
        return [.. sorted.Chunk(values.Length / QuantileCount).Select(c => (float)c.Average())];
    }

    // z / sqrt(1 + z^2) of the deviations from the median in mean absolute deviations, scaled to variance 1 around 0. What is not finite is 0.
    private sealed record Squash(double Median, double Deviation, double Mean, double Scale)
    {
        public static Squash? Of(double[] column)
        {
            double[] sorted = [.. column.Where(ProbeDesign.IsUsable).Order()];
            if (sorted.Length < column.Length / 2)
            {
                return null;
            }

            double median = sorted[sorted.Length / 2], deviation = sorted.Average(v => Math.Abs(v - median));
            if (!(deviation > 1e-9 * Math.Abs(median)) || deviation < 1e-100)
            {
                return null;
            }

            var plain = new Squash(median, deviation, 0, 1);
            double[] squashed = Array.ConvertAll(column, plain.At);
            double mean = squashed.Average();
            return plain with { Mean = mean, Scale = 1 / Math.Sqrt(squashed.Average(v => (v - mean) * (v - mean))) };
        }

        public double At(double value)
        {
            double z = ProbeDesign.IsUsable(value) ? (value - Median) / Deviation : 0;
            return ((z / Math.Sqrt(1 + (z * z))) - Mean) * Scale;
        }
    }
}
