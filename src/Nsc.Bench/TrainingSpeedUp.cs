// The paper's second question: how much sooner is a compiled surrogate as good as one trained from scratch ever becomes?

using System.Diagnostics;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;
using Nsc.Engine.FineTuning;
using Nsc.Engine.Trainers;

namespace Nsc.Bench;

/// <summary>One program under one arm.</summary>
/// <param name="Epochs">
/// Epochs to the least test error that random ever reaches, the geometric mean over seeds; 1 where the start is as good. An arm that never
/// gets there counts with twice the epochs that it had.
/// </param>
/// <param name="Course">The test error at each look, the geometric mean over seeds.</param>
public sealed record ProgramEpochs(string Program, string Arm, double Epochs, double[] Course);

/// <summary>One program under one arm: for each seed, the test error at each look.</summary>
public sealed record ProgramCourses(string Program, string Arm, double[][] Courses);

/// <summary>An arm's figures.</summary>
/// <param name="EpochsGeomean">Geometric mean over programs.</param>
/// <param name="RatioToRandom">Geometric mean over programs of random's epochs divided by this arm's.</param>
/// <param name="Low">Lower end of the <see cref="MeanInterval"/> of <paramref name="RatioToRandom"/>.</param>
/// <param name="Wins">Programs on which this arm needs fewer epochs than random.</param>
public sealed record EpochsRow(string Arm, int Samples, int Programs, int Seeds, double EpochsGeomean, double RatioToRandom, double Low, double High, int Wins);

public static class TrainingSpeedUp
{
    /// <summary>
    /// Trains every arm on the greatest number of samples, of which all but the early-stopping share are trained on, with an eye on the test
    /// error.
    /// </summary>
    public static List<ArmResult<ProgramEpochs>> Measure(
        TrainingPlan plan, Recall<ProgramCourses>? recall = null, Action<string>? progress = null, CancellationToken cancellationToken = default)
    {
        int samples = plan.SampleCounts.Max();
        var trained = new List<ArmResult<ProgramCourses>>();
        foreach (BenchArm arm in plan.Arms)
        {
            cancellationToken.ThrowIfCancellationRequested();
            progress?.Invoke(arm.Name);
            trained.Add(recall is null ? Measured() : recall(arm.Name, samples, Measured));

            ArmResult<ProgramCourses> Measured() => CoursesOf(plan, arm, samples, cancellationToken);
        }

        ProgramCourses[] random = trained[0].Rows;
        return [.. trained.Select(t => new ArmResult<ProgramEpochs>(
            t.Arm, samples, t.Seconds, [.. t.Rows.Zip(random, (own, scratch) => EpochsOf(own, scratch, plan.Options))]))];
    }

    /// <summary>Summarises, a row for each arm.</summary>
    public static List<EpochsRow> Summarise(IReadOnlyList<ProgramEpochs> measured, int samples, int seeds)
    {
        var random = measured.Where(m => m.Arm == DataEfficiency.RandomArm).ToDictionary(m => m.Program, m => m.Epochs);
        return
        [
            .. measured.GroupBy(m => m.Arm).Select(arm =>
            {
                double[] logs = [.. arm.Select(m => Math.Log(random[m.Program] / m.Epochs))];
                (double low, double high) = MeanInterval.Geometric(logs);
                return new EpochsRow(
                    arm.Key, samples, logs.Length, seeds, GeometricMean.Of(arm.Select(m => m.Epochs)), Math.Exp(logs.Average()), low, high,
                    arm.Count(m => m.Epochs < random[m.Program]));
            }),
        ];
    }

    private static ArmResult<ProgramCourses> CoursesOf(TrainingPlan plan, BenchArm arm, int samples, CancellationToken cancellationToken)
    {
        long began = Stopwatch.GetTimestamp();
        var runs = plan.Programs.SelectMany(program => program.Pools.Select((pool, seed) => (program.Start(arm, plan.Shape, seed), pool.Slice(0, samples), program.Test)));
        double[][] courses = TestCourses([.. runs], arm.Apply(plan.Options), cancellationToken);
        return new ArmResult<ProgramCourses>(
            arm.Name, samples, Stopwatch.GetElapsedTime(began).TotalSeconds,
            [.. courses.Chunk(plan.Seeds).Zip(plan.Programs, (course, p) => new ProgramCourses(p.Name, arm.Name, course))]);
    }

    /// <summary>The test error at each look of each run, which trains on all samples of its pool but the early-stopping share.</summary>
    internal static double[][] TestCourses(
        IReadOnlyList<(Surrogate Start, SampleSet Pool, SampleSet Test)> runs, FineTuneOptions options, CancellationToken cancellationToken)
    {
        int training = runs[0].Pool.Count - options.HeldOutCount(runs[0].Pool.Count), test = runs[0].Test.Count;
        var pairs = runs.Select(r => (r.Start, r.Pool.Slice(0, training).Append(r.Test))).ToList();

        // The test samples take the place of the early-stopping ones: only looked at.
        var watched = options with { InOrder = true, HoldOut = (test - 0.5) / (training + test) };
        return Array.ConvertAll(SurrogateFineTuner.RunAll(pairs, watched, null, cancellationToken), t => t.HeldOutNmse);
    }

    private static ProgramEpochs EpochsOf(ProgramCourses own, ProgramCourses random, FineTuneOptions options) => new(
        own.Program, own.Arm, GeometricMean.Of(own.Courses.Zip(random.Courses, (course, scratch) => EpochsTo(scratch.Min(), course, options))),
        MeanCourse(own.Courses));

    private static double EpochsTo(double target, double[] course, FineTuneOptions options)
    {
        int look = Array.FindIndex(course, error => error <= target);
        return look < 0 ? 2.0 * options.Steps : Math.Max(1, look * options.StepsBetweenLooks);
    }

    private static double[] MeanCourse(double[][] seeds) =>
        [.. Enumerable.Range(0, seeds[0].Length).Select(i => GeometricMean.Of(seeds.Select(course => GeometricMean.Bounded(course[i]))))];
}
