// The paper's first question: how much less data does a compiled surrogate need than one trained from scratch?

using Nsc.Core.Dataflow;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;
using Nsc.Nets;
using Nsc.Nets.CompNets;
using Nsc.Neural.Training;

namespace Nsc.Bench;

/// <summary>A program under test.</summary>
/// <param name="Graph">Its dataflow in its own units.</param>
/// <param name="Starts">Its surrogate before any sample for each arm but random, which starts anew for each seed.</param>
/// <param name="Pools">For each seed, the samples that training draws from; the first n are taken.</param>
/// <param name="Test">The samples that every arm is judged on.</param>
public sealed record BenchProgram(
    string Name, CProgram Program, DataflowGraph Graph, string ToolVersion, IReadOnlyDictionary<string, Surrogate> Starts,
    IReadOnlyList<SampleSet> Pools, SampleSet Test)
{
    /// <summary>Where an arm starts.</summary>
    internal Surrogate Start(string arm, NetShape shape, int seed) =>
        arm == DataEfficiency.RandomArm ? SurrogateEmitter.Random(shape, Program, seed + 1, ToolVersion) : Starts[arm];
}

/// <summary>The test error of one program under one arm.</summary>
/// <param name="Nmse">The geometric mean over seeds.</param>
/// <param name="NmseBySeed">The error of each seed's surrogate.</param>
public sealed record ProgramError(string Program, string Arm, int Samples, double Nmse, double[] NmseBySeed);

/// <summary>An arm's figures at one number of samples.</summary>
/// <param name="Low">Lower end of the bootstrap 95% interval of <paramref name="NmseGeomean"/> over programs.</param>
/// <param name="RatioToRandom">Geometric mean over programs of random's error divided by this arm's.</param>
/// <param name="Wins">Programs on which this arm's error is below random's.</param>
public sealed record BenchRow(
    string Arm, int Samples, int Programs, int Seeds, double NmseGeomean, double NmseMedian, double Low, double High,
    double RatioToRandom, int Wins);

public static class DataEfficiency
{
    /// <summary>Training from scratch, which every ratio is taken to.</summary>
    public const string RandomArm = "random";

    /// <summary>Trains the arms and measures their surrogates.</summary>
    public static List<ArmResult<ProgramError>> Measure(
        TrainingPlan plan, Recall<ProgramError>? recall = null, Action<string>? progress = null, CancellationToken cancellationToken = default) =>
        plan.Measure(trained => Errors(plan.Programs, trained), recall, progress, cancellationToken);

    /// <summary>The test errors of an arm's surrogates. Before any sample, those of the first seed stand for all.</summary>
    public static ProgramError[] Errors(IReadOnlyList<BenchProgram> programs, TrainedArm trained) =>
    [
        .. programs.Zip(trained.Surrogates, (program, surrogates) =>
        {
            double[] bySeed = [.. surrogates.Take(trained.Samples == 0 ? 1 : surrogates.Length).Select(s => TestError(s, program))];
            return new ProgramError(program.Name, trained.Arm, trained.Samples, GeometricMean.Of(bySeed), bySeed);
        }),
    ];

    /// <summary>Summarises errors, a row for each arm and number of samples.</summary>
    public static List<BenchRow> Summarise(IReadOnlyList<ProgramError> errors, int seeds)
    {
        var rows = new List<BenchRow>();
        foreach (var group in errors.GroupBy(e => (e.Samples, e.Arm)))
        {
            var random = errors.Where(e => e.Samples == group.Key.Samples && e.Arm == RandomArm).ToDictionary(e => e.Program, e => e.Nmse);
            double[] logs = [.. group.Select(e => Math.Log(e.Nmse))];
            (double low, double high) = Bootstrap.Interval(logs);
            rows.Add(new BenchRow(
                group.Key.Arm, group.Key.Samples, logs.Length, seeds,
                Math.Exp(logs.Average()), ZeroShot.Median(group.Select(e => e.Nmse)), low, high,
                GeometricMean.Of(group.Select(e => random[e.Program] / e.Nmse)),
                group.Count(e => e.Nmse < random[e.Program])));
        }

        return rows;
    }

    private static double TestError(Surrogate surrogate, BenchProgram program)
    {
        double[] predicted = new SurrogateEvaluator(surrogate).Evaluate(program.Test.X);
        return GeometricMean.Bounded(ErrorMetrics.Measure(program.Test, predicted, worstCount: 0).Nmse);
    }
}
