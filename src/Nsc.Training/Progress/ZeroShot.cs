// Zero-shot error on held-out programs, and the error that fine-tuning would leave.

using Nsc.Core.Dataflow;
using Nsc.Training.HyperNetworks;
using Nsc.Training.Objectives;
using Nsc.Training.Supervision;
using TorchSharp;
using static TorchSharp.torch;

namespace Nsc.Training.Progress;

public static class ZeroShot
{
    private const int ProgramsAtOnce = 128;

    /// <summary>
    /// The NMSE of each program's first result, with the surrogate standardised by the samples' own mean and deviation.
    /// Programs whose result is constant on the samples give NaN.
    /// </summary>
    public static double[] Nmse(HyperNetwork net, IReadOnlyList<TrainingProgram> programs, int samples, long seed) =>
        [.. Errors(net, programs, samples, seed).Select(e => e.Nmse)];

    /// <summary>The same, and beside it what <see cref="TangentFineTuning"/> foretells after fine-tuning on three quarters of the samples.</summary>
    internal static (double Nmse, double FineTuned)[] Errors(HyperNetwork net, IReadOnlyList<TrainingProgram> programs, int samples, long seed)
    {
        var options = new TrainingOptions(SamplesPerProgram: samples, ValuesPerProgram: 1, Seed: seed);
        var errors = new (double, double)[programs.Count];
        for (int start = 0; start < programs.Count; start += ProgramsAtOnce)
        {
            using var scope = NewDisposeScope();
            using var guard = no_grad();
            TrainingProgram[] part = [.. programs.Skip(start).Take(ProgramsAtOnce).Select(FirstResultOnly)];
            SupervisedBatch batch = SupervisedBatch.Draw(part, net.Options, options, SeededRandom.For(seed, start, 3));
            Emission emission = net.Emit(batch.Request);
            (_, Tensor nmse, _) = CompNetLoss.Compute(emission, batch, net.Options, options);
            Tensor inputs = batch.Inputs.index_select(0, batch.Programs);
            Tensor tuned = TangentFineTuning.Nmse(EmittedNets.Run(emission.Weights, inputs, net.Options.Nets), inputs, batch.Targets);
            errors.AsSpan(start, part.Length).Fill((double.NaN, double.NaN));
            float[] before = nmse.data<float>().ToArray(), after = tuned.data<float>().ToArray();
            long[] owner = batch.Programs.data<long>().ToArray();
            bool[] isResult = batch.IsResult;
            for (int v = 0; v < before.Length; v++)
            {
                if (isResult[v])
                {
                    errors[start + owner[v]] = (before[v], after[v]);
                }
            }
        }

        return errors;
    }

    /// <summary>The median of the numbers that are not NaN.</summary>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Where(v => !double.IsNaN(v)).Order()];
        return sorted.Length == 0 ? double.NaN : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static TrainingProgram FirstResultOnly(TrainingProgram program) =>
        program with { Graph = program.Graph with { Outputs = [program.Graph.Outputs[0]] } };
}
