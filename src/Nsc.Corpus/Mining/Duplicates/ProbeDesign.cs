// The points at which functions are compared: a Latin hypercube. It has a column for each input, and columns can be permuted over the inputs.

using System.Collections.Immutable;
using Nsc.Core.Dataflow;
using Nsc.Core.Numerics;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;

namespace Nsc.Corpus.Mining.Duplicates;

/// <summary>Latin hypercube columns over [-1, 1], independent of each other and the same in every run.</summary>
internal static class ProbeDesign
{
    /// <summary>The number of points.</summary>
    public const int Count = 256;

    private const ulong Seed = 20261129;
    private const int MostInputs = 64;
    private static readonly double[][] s_columns = [.. Enumerable.Range(0, 3 * MostInputs).Select(Draw)];

    /// <summary>Where an input rests.</summary>
    public static double[] Base(int input) => s_columns[input];

    /// <summary>Where it goes when it alone is drawn anew.</summary>
    public static double[] Moved(int input) => s_columns[MostInputs + input];

    /// <summary>Values for an input that has no counterpart in the other function.</summary>
    public static double[] Free(int input) => s_columns[(2 * MostInputs) + input];

    /// <summary>Each output of a graph at the first points, from a column of unit numbers for each input.</summary>
    public static double[][] Evaluate(DataflowGraph graph, ImmutableArray<InputVariable> inputs, double[][] units, int count)
    {
        var points = new double[count * inputs.Length];
        for (int i = 0; i < inputs.Length; i++)
        {
            for (int s = 0; s < count; s++)
            {
                points[(s * inputs.Length) + i] = InUnits(inputs[i], units[i][s]);
            }
        }

        GraphValues values = new GraphEvaluator(graph).Evaluate(points, count);
        return [.. graph.Outputs.Select(values.Column)];
    }

    /// <summary>The NMSE of one column as a prediction of another after the best affine map; what is not finite counts as the mean.</summary>
    public static double Nmse(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        (double[] x, double[] y) = (Centred(a), Centred(b));
        double variances = Math.Sqrt(Reductions.Dot<double>(x, x)) * Math.Sqrt(Reductions.Dot<double>(y, y));
        double correlation = variances > 0 ? Reductions.Dot<double>(x, y) / variances : 0;
        return Math.Max(0, 1 - (correlation * correlation));
    }

    /// <summary>Whether a value is finite, and so small that squares of it are.</summary>
    public static bool IsUsable(double value) => Math.Abs(value) <= 1e100;

    private static double InUnits(InputVariable input, double unit)
    {
        double value = input.Range.At(unit);
        return input.Kind.IsInteger() ? Math.Clamp(Math.Round(value), input.Range.Low, input.Range.High) : value;
    }

    private static double[] Centred(ReadOnlySpan<double> column)
    {
        (double sum, int count) = (0, 0);
        foreach (double value in column)
        {
            (sum, count) = IsUsable(value) ? (sum + value, count + 1) : (sum, count);
        }

        double mean = sum / Math.Max(count, 1);
        return Array.ConvertAll(column.ToArray(), v => IsUsable(v) ? v - mean : 0);
    }

    /// <summary>A column: one number in each of <see cref="Count"/> strata, in a random order.</summary>
    internal static double[] Draw(int column)
    {
        var random = new SplitMix64(Seed + ((ulong)column << 32));
        double[] values = [.. Enumerable.Range(0, Count).Select(s => (2 * (s + random.NextDouble()) / Count) - 1)];
        for (int s = Count - 1; s > 0; s--)
        {
            int other = random.NextInt(s + 1);
            (values[s], values[other]) = (values[other], values[s]);
        }

        return values;
    }
}
