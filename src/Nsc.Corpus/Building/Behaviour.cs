// What a program does on a fixed set of probe inputs: decides whether it can teach anything, and whether another program
// does the same.

using System.Security.Cryptography;
using Nsc.Core.Dataflow;
using Nsc.Core.Programs;

namespace Nsc.Corpus.Building;

/// <summary>A verdict on a program's outputs over the probes.</summary>
public enum Verdict
{
    Useful,
    NotFinite,
    Constant,
}

/// <summary>A program's behaviour on the probes that all programs with as many inputs share.</summary>
/// <param name="Fingerprint">Equal for programs whose standardised outputs agree to three digits on all probes.</param>
public sealed record Behaviour(Verdict Verdict, string Fingerprint)
{
    private const int Seed = 20240717;
    private const int FingerprintProbes = 64;
    private const double LargestUsefulValue = 1e12;

    /// <summary>The probes of all programs with such inputs: (<see cref="ProbePoints.Count"/>, inputs), row-major.</summary>
    internal static double[] Points(IReadOnlyList<InputVariable> inputs) => ProbePoints.Draw(inputs, Seed);

    /// <summary>Probes a program. Only the outputs' values matter.</summary>
    public static Behaviour Of(DataflowGraph graph, IReadOnlyList<InputVariable> inputs)
    {
        double[] outputs = new GraphEvaluator(graph).EvaluateOutputs(Points(inputs), ProbePoints.Count);
        int width = graph.Outputs.Length;
        var digits = new List<byte>();
        Verdict verdict = Verdict.Useful;
        for (int k = 0; k < width; k++)
        {
            Verdict judged = Judge(ProbePoints.Column(outputs, k, width), digits);
            verdict = verdict == Verdict.Useful ? judged : verdict;
        }

        return new Behaviour(verdict, Convert.ToHexString(SHA256.HashData([(byte)inputs.Count, .. digits])));
    }

    private static Verdict Judge(double[] column, List<byte> digits)
    {
        if (!Array.TrueForAll(column, v => Math.Abs(v) < LargestUsefulValue))
        {
            return Verdict.NotFinite;
        }

        double mean = column.Average();
        double deviation = Math.Sqrt(column.Average(v => (v - mean) * (v - mean)));
        int mostCommon = column.GroupBy(v => v).Max(g => g.Count());
        if (deviation < 1e-9 || deviation < 1e-5 * Math.Abs(mean) || mostCommon > 0.97 * ProbePoints.Count)
        {
            return Verdict.Constant;
        }

        foreach (double value in column.Take(FingerprintProbes))
        {
            digits.AddRange(BitConverter.GetBytes((int)Math.Round((value - mean) / deviation * 500)));
        }

        return Verdict.Useful;
    }
}
