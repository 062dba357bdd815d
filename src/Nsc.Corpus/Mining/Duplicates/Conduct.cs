// What a function does on shared probe points, up to the scale and the sign of its outputs and the order of its inputs.

using System.Collections.Immutable;
using System.Security.Cryptography;
using Nsc.Core.Dataflow;
using Nsc.Core.Numerics;
using Nsc.Core.Programs;
using Nsc.Corpus.Building;

namespace Nsc.Corpus.Mining.Duplicates;

/// <summary>A function's standardised outputs on the probes.</summary>
/// <param name="Inputs">The number of inputs.</param>
/// <param name="Outputs">For each output its values, of mean 0 and length 1.</param>
/// <param name="Curves">
/// Two keys, one of which is equal for functions that differ in the order of their inputs only; none for functions of few levels,
/// which are alike by chance.
/// </param>
internal sealed record Conduct(int Inputs, ImmutableArray<float[]> Outputs, ImmutableArray<string> Curves)
{
    private const int CurvePoints = 24;
    private const int FewestLevels = 12;
    private const double RestsAt = 0.37;
    private const double Resolution = 200;

    // Correlation of two outputs from which on they are the same: the difference is a hundredth of the deviation.
    private const double Same = 0.99995;

    public static Conduct Of(CorpusProgram program)
    {
        double[][] outputs = Columns(program.Graph, Behaviour.Points(program.Inputs), ProbePoints.Count);
        return new Conduct(program.Inputs.Length, [.. outputs.Select(c => Array.ConvertAll(Standardised(c), v => (float)v))], CurveKeys(program));
    }

    /// <summary>Whether all outputs are the same up to scale and sign.</summary>
    public bool Equals(Conduct other, out double correlation)
    {
        correlation = 1;
        if (Inputs != other.Inputs || Outputs.Length != other.Outputs.Length)
        {
            return false;
        }

        for (int k = 0; k < Outputs.Length && correlation >= Same; k++)
        {
            correlation = Math.Min(correlation, Math.Abs(Reductions.Dot(Outputs[k], other.Outputs[k])));
        }

        return correlation >= Same;
    }

    // Along the diagonal of the ranges, and along each input while the others rest; the latter in no order.
    private static ImmutableArray<string> CurveKeys(CorpusProgram program)
    {
        int inputs = program.Inputs.Length, curves = inputs + 1;
        var points = new double[curves * CurvePoints * inputs];
        for (int row = 0; row < curves * CurvePoints; row++)
        {
            double u = ((row % CurvePoints) + 0.5) / CurvePoints;
            int moving = row / CurvePoints;
            for (int i = 0; i < inputs; i++)
            {
                points[(row * inputs) + i] = At(program.Inputs[i], moving == i || moving == inputs ? u : RestsAt);
            }
        }

        double[][] outputs = [.. Columns(program.Graph, points, curves * CurvePoints).Select(SignedTheSame)];
        return outputs.Any(o => o[^CurvePoints..].Distinct().Count() < FewestLevels) ? [] : [KeyOf(outputs, curves, 0), KeyOf(outputs, curves, 0.5)];
    }

    private static double At(InputVariable input, double u)
    {
        double value = input.Range.Low + (u * (input.Range.High - input.Range.Low));
        return input.Kind.IsInteger() ? Math.Clamp(Math.Round(value), input.Range.Low, input.Range.High) : value;
    }

    private static string KeyOf(double[][] outputs, int curves, double offset)
    {
        string[] single = [.. Enumerable.Range(0, curves).Select(c => HashOf(outputs.SelectMany(o => o.AsSpan(c * CurvePoints, CurvePoints).ToArray()), offset))];
        string[] parts = [.. single[..^1].Order(StringComparer.Ordinal), single[^1]];
        return $"{outputs.Length}:{string.Join(':', parts.Select(p => p[..16]))}";
    }

    private static string HashOf(IEnumerable<double> values, double offset) => Convert.ToHexString(
        SHA256.HashData([.. values.SelectMany(v => BitConverter.GetBytes((int)Math.Floor((v * Resolution) + offset)))]));

    // The sign is the one that makes the third moment positive; a symmetric function has both.
    private static double[] SignedTheSame(double[] column)
    {
        double[] standard = Standardised(column);
        double scale = Math.Sqrt(column.Length) * (standard.Sum(v => v * v * v) < 0 ? -1 : 1);
        return Array.ConvertAll(standard, v => v * scale);
    }

    private static double[][] Columns(DataflowGraph graph, double[] points, int count)
    {
        double[] outputs = new GraphEvaluator(graph).EvaluateOutputs(points, count);
        int width = graph.Outputs.Length;
        return [.. Enumerable.Range(0, width).Select(k => Enumerable.Range(0, count).Select(s => double.IsFinite(outputs[(s * width) + k]) ? outputs[(s * width) + k] : 0).ToArray())];
    }

    private static double[] Standardised(double[] column)
    {
        double mean = column.Average(), length = Math.Sqrt(column.Sum(v => (v - mean) * (v - mean)));
        return Array.ConvertAll(column, v => length > 0 ? (v - mean) / length : 0);
    }
}
