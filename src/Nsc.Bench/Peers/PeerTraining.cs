// Training the same nets on the same samples: how good each engine's nets get, how long that takes, and how soon ours are as good as the
// best peer's.

using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;
using Nsc.Engine;
using Nsc.Engine.FineTuning;
using Nsc.Engine.Trainers;

namespace Nsc.Bench.Peers;

/// <summary>One program trained by one engine.</summary>
/// <param name="Seconds">Of processor time, training alone, on one core, for all the program's outputs.</param>
/// <param name="SecondsToPeer">Until our test error was the best peer's final one; null for a peer, or when it never was.</param>
/// <param name="SpeedUp">The best peer's seconds over those; null where they are.</param>
public sealed record PeerTrainingRow(string Program, int Samples, string Engine, double Nmse, double Seconds, double? SecondsToPeer = null, double? SpeedUp = null);

/// <summary>All programs at one number of samples: geometric means.</summary>
/// <param name="Reached">Programs on which our test error was the best peer's at some step.</param>
public sealed record PeerTrainingSummary(string Engine, int Samples, int Programs, double Nmse, double Seconds, int Reached, double? SpeedUp);

public static class PeerTraining
{
    /// <summary>What the figures are, and what about them is not alike for all.</summary>
    public static readonly string[] Notes =
    [
        "NMSE, seconds and factors: geometric means over programs, of one sample set and one init each; the factors over the programs that get there alone",
        "seconds: of processor time, training alone (compiling is not in them); ours are the least of three runs, a peer's those of one, after a first pass where it is slower",
        "sooner: the whole training of the peer with the least test error, by ours until its test error is as low; the peer may have been as good before its end, and ours is stopped with the test samples in sight",
        "compiled: the dataflow network's net, calibrated on the samples and kept in its subspace; all others start from random weights",
    ];

    private const int Repeats = 3;

    private static readonly (string Engine, BenchArm Arm, Optimizer Optimizer)[] s_ours =
    [
        ("nsc, random, adam", BenchArm.Random, Optimizer.Adam), ("nsc, random, lm", BenchArm.Random, Optimizer.Lm),
        ("nsc, compiled, adam", BenchArm.AsFineTuned, Optimizer.Adam), ("nsc, compiled, lm", BenchArm.AsFineTuned, Optimizer.Lm),
    ];

    /// <summary>Why a program cannot be trained on this number of samples, or null when it can.</summary>
    public static string? Objection(BenchProgram program, NetShape shape, int samples) =>
        SurrogateFineTuner.Objection(program.Start(BenchArm.Random, shape, 0), program.Pools[0].Slice(0, samples));

    /// <summary>Trains a program by all peers that answer, and by ours.</summary>
    public static List<PeerTrainingRow> Measure(
        BenchProgram program, NetShape shape, int samples, IReadOnlyList<PeerMethod> peers, Func<PeerMethod, PeerProblem, PeerAnswer?> ask, CancellationToken cancellationToken)
    {
        var options = new FineTuneOptions(InOrder: true, Workers: 1);
        SampleSet pool = program.Pools[0].Slice(0, samples);
        NetShape own = shape with { Inputs = program.Program.Signature.Inputs.Length };
        PeerProblem[] problems = [.. Enumerable.Range(0, pool.OutputCount).Select(k => PeerProblem.Of(program, pool, k, own, options))];
        var rows = new List<PeerTrainingRow>();
        foreach (PeerMethod peer in peers)
        {
            PeerAnswer?[] answers = Array.ConvertAll(problems, p => ask(peer, p));
            if (Array.TrueForAll(answers, a => a is not null))
            {
                rows.Add(new PeerTrainingRow(
                    program.Name, samples, peer.Name, problems.Zip(answers, (p, a) => p.Nmse(a!.Predictions)).Average(), answers.Sum(a => a!.Seconds)));
            }
        }

        PeerTrainingRow? bestPeer = rows.MinBy(r => r.Nmse);
        foreach ((string engine, BenchArm arm, Optimizer optimizer) in s_ours.Where(o => o.Arm == BenchArm.Random || program.Starts.ContainsKey(o.Arm.Start)))
        {
            Surrogate start = program.Start(arm, shape, 0);
            FineTuneOptions ours = arm.Apply(options) with { Optimizer = optimizer, Steps = FineTuneOptions.DefaultSteps(optimizer) };
            rows.Add(MeasureOurs(program, engine, start, pool, ours, bestPeer, cancellationToken));
        }

        return rows;
    }

    /// <summary>A row for each engine and number of samples.</summary>
    public static List<PeerTrainingSummary> Summarise(IEnumerable<PeerTrainingRow> rows) =>
    [
        .. rows.GroupBy(r => (r.Engine, r.Samples)).Select(g =>
        {
            double[] speedUps = [.. g.Where(r => r.SpeedUp is not null).Select(r => r.SpeedUp!.Value)];
            return new PeerTrainingSummary(
                g.Key.Engine, g.Key.Samples, g.Count(), GeometricMean.Of(g.Select(r => GeometricMean.Bounded(r.Nmse))), GeometricMean.Of(g.Select(r => r.Seconds)),
                speedUps.Length, speedUps.Length > 0 ? GeometricMean.Of(speedUps) : null);
        }),
    ];

    private static PeerTrainingRow MeasureOurs(
        BenchProgram program, string engine, Surrogate start, SampleSet pool, FineTuneOptions options, PeerTrainingRow? bestPeer, CancellationToken cancellationToken)
    {
        (Surrogate tuned, double seconds) = Timed(start, pool, options, cancellationToken);
        double[] predicted = new SurrogateEvaluator(tuned).Evaluate(program.Test.X);
        var row = new PeerTrainingRow(program.Name, pool.Count, engine, ErrorMetrics.Measure(program.Test, predicted, worstCount: 0).Nmse, seconds);
        if (bestPeer is null || StepsTo(bestPeer.Nmse, program, start, pool, options, cancellationToken) is not { } steps)
        {
            return row;
        }

        // The cosine would end sooner, but what a step costs does not depend on it.
        double toPeer = Timed(start, pool, options with { Steps = steps }, cancellationToken).Seconds;
        return row with { SecondsToPeer = toPeer, SpeedUp = bestPeer.Seconds / toPeer };
    }

    private static (Surrogate Tuned, double Seconds) Timed(Surrogate start, SampleSet pool, FineTuneOptions options, CancellationToken cancellationToken)
    {
        (FineTuned? tuned, double least) = (null, double.PositiveInfinity);
        for (int i = 0; i < Repeats; i++)
        {
            least = Math.Min(least, ProcessorTime.Of(() => tuned = SurrogateFineTuner.Run(start, pool, options, null, cancellationToken)).TotalSeconds);
        }

        return (tuned!.Surrogate, least);
    }

    // The steps after which the test error is at most the target.
    private static int? StepsTo(double target, BenchProgram program, Surrogate start, SampleSet pool, FineTuneOptions options, CancellationToken cancellationToken)
    {
        double[] course = TrainingSpeedUp.TestCourses([(start, pool, program.Test)], options, cancellationToken)[0];
        int look = Array.FindIndex(course, error => error <= target);
        return look < 0 ? null : look * options.StepsBetweenLooks;
    }
}
