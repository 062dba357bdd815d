// A program's surrogate should not depend on how the program is written. Programs are rewritten so that they mean the same,
// both versions are compiled by the same model, and how far the emitted weights move is measured.

using Nsc.Core.Programs;
using Nsc.Core.Surrogates;
using Nsc.Engine.Emission;
using Nsc.Training.HyperNetworks;
using Nsc.Training.Progress;

namespace Nsc.Bench;

/// <summary>How far one program's surrogate moved.</summary>
/// <param name="IsSameGraph">Whether both versions have the same dataflow graph, node by node.</param>
/// <param name="IsEqual">Whether every number of the surrogate is the same, bit by bit.</param>
/// <param name="Relative">
/// The L2 norm of the difference by that of the original; over weights, biases, and means and deviations of the outputs in
/// units of the original deviation.
/// </param>
/// <param name="Largest">The largest difference among these numbers.</param>
/// <param name="Predictions">The root mean square difference of predictions, in standard deviations of the program's outputs.</param>
public sealed record Movement(
    string Program, string Rewriting, string Arm, bool IsSameGraph, bool IsEqual, double Relative, double Largest, double Predictions);

/// <summary>What one rewriting did to one arm.</summary>
/// <param name="Programs">Programs to which it applied and whose versions were compared.</param>
/// <param name="Changed">Programs that computed something else afterwards, for which the rewriting is to blame.</param>
/// <param name="Refused">Programs that the compiler no longer took.</param>
public sealed record InvarianceRow(
    string Rewriting, string Arm, int Programs, int SameGraph, int Equal, double RelativeMedian, double RelativeMaximum,
    double LargestDifference, double PredictionsMedian, double PredictionsMaximum, int Changed, int Refused);

public static class Invariance
{
    /// <summary>Compiles both versions of every rewritten program with each model, and compares.</summary>
    public static List<Movement> Measure(
        IReadOnlyList<RewrittenProgram> programs, IReadOnlyList<IEmitter> nets, Action<int>? progress = null, CancellationToken cancellationToken = default)
    {
        var movements = new List<Movement>();
        foreach (var versions in programs.Where(p => p.Fate == RewritingFate.Kept).GroupBy(p => p.Before))
        {
            cancellationToken.ThrowIfCancellationRequested();
            progress?.Invoke(movements.Count);
            foreach (IEmitter net in nets)
            {
                Surrogate before = Emit(net, versions.Key);
                movements.AddRange(versions.Select(v => Compare(v, net.Options.Architecture, before, Emit(net, v.After!))));
            }
        }

        return movements;
    }

    /// <summary>Summarises movements, a row for each rewriting and arm.</summary>
    public static List<InvarianceRow> Summarise(IReadOnlyList<RewrittenProgram> programs, IReadOnlyList<Movement> movements)
    {
        var rows = new List<InvarianceRow>();
        foreach (var group in movements.GroupBy(m => (m.Arm, m.Rewriting)))
        {
            int Count(RewritingFate fate) => programs.Count(p => p.Rewriting == group.Key.Rewriting && p.Fate == fate);
            rows.Add(new InvarianceRow(
                group.Key.Rewriting, group.Key.Arm, group.Count(), group.Count(m => m.IsSameGraph), group.Count(m => m.IsEqual),
                ZeroShot.Median(group.Select(m => m.Relative)), group.Max(m => m.Relative), group.Max(m => m.Largest),
                ZeroShot.Median(group.Select(m => m.Predictions)), group.Max(m => m.Predictions),
                Count(RewritingFate.Changed), Count(RewritingFate.Refused)));
        }

        return rows;
    }

    private static Surrogate Emit(IEmitter net, ProgramVersion version) =>
        SurrogateEmitter.Emit(net, version.Program, version.Graph, modelName: "", modelHash: "", toolVersion: "");

    private static Movement Compare(RewrittenProgram program, string arm, Surrogate before, Surrogate after)
    {
        double[] old = Numbers(before, before.OutputDeviation), moved = Numbers(after, before.OutputDeviation);
        double[] differences = [.. old.Zip(moved, (a, b) => Math.Abs(a - b))];
        bool isEqual = before.OutputMean.SequenceEqual(after.OutputMean) && before.OutputDeviation.SequenceEqual(after.OutputDeviation) && old.SequenceEqual(moved);
        return new Movement(
            program.Name, program.Rewriting, arm, program.IsSameGraph, isEqual,
            Norm(differences) / Norm(old), differences.Max(), PredictionDifference(program, before, after));
    }

    // Weights, biases, and what the outputs are scaled by in units of given deviations.
    private static double[] Numbers(Surrogate surrogate, IReadOnlyList<double> units) =>
    [
        .. surrogate.Layers.SelectMany(l => l.Weight.Concat(l.Bias)).Select(w => (double)w),
        .. surrogate.OutputMean.Zip(units, (mean, unit) => mean / unit),
        .. surrogate.OutputDeviation.Zip(units, (deviation, unit) => deviation / unit),
    ];

    private static double Norm(double[] values) => Math.Sqrt(values.Sum(v => v * v));

    private static double PredictionDifference(RewrittenProgram program, Surrogate before, Surrogate after)
    {
        double[] inputs = program.ProbeInputs, outputs = program.ProbeOutputs;
        double[] old = new SurrogateEvaluator(before).Evaluate(inputs), moved = new SurrogateEvaluator(after).Evaluate(inputs);
        int width = before.Signature.Outputs.Length;
        double sum = 0;
        for (int k = 0; k < width; k++)
        {
            int[] rows = [.. Enumerable.Range(0, outputs.Length / width).Select(s => (s * width) + k)];
            double variance = Variance([.. rows.Select(r => outputs[r])]);
            double square = rows.Average(r => (old[r] - moved[r]) * (old[r] - moved[r]));
            sum += square == 0 ? 0 : square / variance;
        }

        return Math.Sqrt(sum / width);
    }

    private static double Variance(double[] values)
    {
        double mean = values.Average();
        return values.Average(v => (v - mean) * (v - mean));
    }
}
