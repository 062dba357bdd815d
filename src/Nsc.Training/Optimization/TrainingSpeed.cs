// Measures how fast training goes, and how fast the machine multiplies matrices.

using System.Diagnostics;
using Nsc.Core.Ranks;
using Nsc.Engine.Emission;
using Nsc.Training.HyperNetworks;
using Nsc.Training.Supervision;
using TorchSharp;
using static TorchSharp.torch;

namespace Nsc.Training.Optimization;

/// <summary>A measured speed of training.</summary>
/// <param name="OperationsPerProgram">Floating-point operations that a step does for one program; see <see cref="TrainingCost"/>.</param>
public sealed record TrainingSpeed(double ProgramsPerSecond, double OperationsPerProgram)
{
    private const int WarmUpSteps = 10;
    private const int MatrixSize = 2048;

    /// <summary>Times steps of a training; the first few are not counted. To be called on all ranks.</summary>
    /// <param name="threadsEach">Threads of one worker.</param>
    public static TrainingSpeed Measure(
        CompNetOptions shape, TrainingOptions options, IReadOnlyList<TrainingProgram> corpus, IRanks ranks, int threadsEach)
    {
        using var trainer = new CompNetTrainer(shape, options, SourcesOf(corpus), "", [], ranks, threadsEach);
        for (int i = 0; i < WarmUpSteps; i++)
        {
            trainer.TakeStep();
        }

        ranks.Gather([]);
        var clock = Stopwatch.StartNew();
        for (int i = 0; i < options.Steps; i++)
        {
            trainer.TakeStep();
        }

        double perSecond = options.Steps * options.ProgramsPerStep / clock.Elapsed.TotalSeconds;
        return new TrainingSpeed(perSecond, CostOfProgram(trainer.Net, options, corpus));
    }

    /// <summary>Floating-point operations per second of a large product of single-precision matrices; the best of a few.</summary>
    public static double MatrixProductRate(int threads)
    {
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        set_num_threads(threads);
        Tensor a = SeededDraws.From(1, () => rand(MatrixSize, MatrixSize)), b = SeededDraws.From(2, () => rand(MatrixSize, MatrixSize));
        double best = double.PositiveInfinity;
        for (int i = 0; i < 5; i++)
        {
            long start = Stopwatch.GetTimestamp();
            a.mm(b).Dispose();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return 2 * Math.Pow(MatrixSize, 3) / best;
    }

    private static TrainingSource[] SourcesOf(IReadOnlyList<TrainingProgram> corpus) => [new TrainingSource("all", corpus, 1)];

    // The mean over the timed steps, drawn as they were up to the choice of samples and values.
    private static double CostOfProgram(HyperNetwork net, TrainingOptions options, IReadOnlyList<TrainingProgram> corpus)
    {
        var schedule = new BatchSchedule(SourcesOf(corpus), options);
        double operations = 0;
        for (int step = WarmUpSteps; step < WarmUpSteps + options.Steps; step++)
        {
            using var scope = NewDisposeScope();
            operations += TrainingCost.Of(net, SupervisedBatch.Draw(schedule.ProgramsOf(step), net.Options, options, SeededRandom.For(options.Seed, step, 0)), options);
        }

        return operations / ((double)options.Steps * options.ProgramsPerStep);
    }
}
