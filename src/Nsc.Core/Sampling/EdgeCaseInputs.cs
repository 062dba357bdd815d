// Inputs at which floating-point arithmetic shows its edges: NaN, infinities, zeros of both signs, the ends of the ranges, numbers
// so large or so small that the next operation leaves what a double can hold.

using System.Collections.Immutable;
using Nsc.Core.Programs;

namespace Nsc.Core.Sampling;

/// <summary>Draws inputs that test a graph against its program, not inputs that it is trained on.</summary>
public static class EdgeCaseInputs
{
    private const int MixedRowsPerInput = 32;

    private static readonly ImmutableArray<double> s_reals =
    [
        double.NaN, double.PositiveInfinity, double.NegativeInfinity, -0.0, 0, 1, -1, 0.5, -0.5, 1.5, 2.5, 1 + 1e-15, 1e9, -1e9,
        4503599627370496, 4503599627370497.5, 9007199254740993, 1e300, -1e300, double.MaxValue, 1e-300, 2.2250738585072014e-308, 5e-324, -5e-324,
        16777217, float.MaxValue, 1.1754943508222875e-38, 1e-45,
    ];

    /// <summary>The edges of one input that its type can hold; of an integer, those in its range, beyond which no graph is meant to be right.</summary>
    public static ImmutableArray<double> Of(InputVariable input)
    {
        IEnumerable<double> all = s_reals.Concat([input.Range.Low, input.Range.High]);
        if (input.Kind.IsInteger())
        {
            Interval limits = InputSampler.Limits(input.Kind);
            double low = Math.Max(Math.Ceiling(input.Range.Low), limits.Low), high = Math.Min(Math.Floor(input.Range.High), limits.High);
            all = all.Concat([low, low + 1, high - 1, high]).Where(v => v >= low && v <= high && v == Math.Floor(v)).Select(v => v + 0.0);
        }

        return [.. all.Select(v => input.Kind == ScalarKind.Float ? (float)v : v).DistinctBy(BitConverter.DoubleToInt64Bits)];
    }

    /// <summary>Rows of inputs, row-major: each edge of each input beside ordinary values of the others, then mixtures.</summary>
    public static double[] Draw(ProgramSignature signature, SplitMix64 random)
    {
        ImmutableArray<double>[] edges = [.. signature.Inputs.Select(Of)];
        var rows = new List<double>();
        for (int i = 0; i < edges.Length; i++)
        {
            foreach (double edge in edges[i])
            {
                double[] row = InputSampler.Draw(signature, 1, random);
                row[i] = edge;
                rows.AddRange(row);
            }
        }

        for (int mixed = 0; mixed < MixedRowsPerInput * edges.Length; mixed++)
        {
            double[] row = InputSampler.Draw(signature, 1, random);
            for (int i = 0; i < row.Length; i++)
            {
                bool takesEdge = edges[i].Length > 0 && random.NextDouble() < 0.5;
                row[i] = takesEdge ? edges[i][(int)(random.NextDouble() * edges[i].Length)] : row[i];
            }

            rows.AddRange(row);
        }

        return [.. rows];
    }
}
