// The paper's first question: how much less data does a compiled surrogate need than one trained from scratch? All arms get
// the same topology, samples, optimiser, learning rate and number of steps.

using Nsc.Core.Dataflow;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;
using Nsc.Nets;
using Nsc.Nets.CompNets;
using Nsc.Nets.FineTuning;
using Nsc.Neural.CompNets;
using Nsc.Neural.Training;

namespace Nsc.Bench;

/// <summary>A program under test.</summary>
/// <param name="Graph">Its dataflow in its own units.</param>
/// <param name="Starts">Its surrogate before any sample for each arm but random, which starts anew for each seed.</param>
/// <param name="Pools">For each seed, the samples that training draws from; the first n are taken.</param>
/// <param name="Test">The samples that every arm is judged on.</param>
public sealed record BenchProgram(
    string Name, CProgram Program, DataflowGraph Graph, string ToolVersion, IReadOnlyDictionary<string, Surrogate> Starts,
    IReadOnlyList<SampleSet> Pools, SampleSet Test);

/// <summary>The test error of one program under one arm, the geometric mean over seeds.</summary>
public sealed record ProgramError(string Program, string Arm, int Samples, double Nmse);

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

    /// <summary>Runs the arms, the random one first, over all programs, seeds and numbers of samples.</summary>
    public static List<ProgramError> Measure(
        IReadOnlyList<BenchProgram> programs, NetShape shape, IReadOnlyList<int> sampleCounts, FineTuneOptions options,
        Action<string>? progress = null, CancellationToken cancellationToken = default)
    {
        var errors = new List<ProgramError>();
        foreach (int count in sampleCounts)
        {
            foreach (string arm in ArmsOf(programs))
            {
                progress?.Invoke($"{arm}, {count} samples");
                errors.AddRange(count == 0
                    ? programs.Select(p => new ProgramError(p.Name, arm, 0, TestError(Start(arm, p, shape, 0), p)))
                    : FineTuneAll(arm, programs, shape, count, options, cancellationToken));
            }
        }

        return errors;
    }

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

    internal static string[] ArmsOf(IReadOnlyList<BenchProgram> programs) => [RandomArm, .. programs[0].Starts.Keys];

    private static IEnumerable<ProgramError> FineTuneAll(
        string arm, IReadOnlyList<BenchProgram> programs, NetShape shape, int count, FineTuneOptions options,
        CancellationToken cancellationToken)
    {
        int seeds = programs[0].Pools.Count;
        var pairs = new List<(Surrogate, SampleSet)>();
        foreach (BenchProgram program in programs)
        {
            for (int seed = 0; seed < seeds; seed++)
            {
                pairs.Add((Start(arm, program, shape, seed), program.Pools[seed].Slice(0, count)));
            }
        }

        FineTuned[] tuned = SurrogateFineTuner.RunAll(pairs, options, null, cancellationToken);
        return programs.Select((program, p) => new ProgramError(
            program.Name, arm, count, GeometricMean.Of(tuned.Skip(p * seeds).Take(seeds).Select(t => TestError(t.Surrogate, program)))));
    }

    internal static Surrogate Start(string arm, BenchProgram program, NetShape shape, int seed) => arm == RandomArm
        ? SurrogateEmitter.Random(shape, program.Program, seed + 1, program.ToolVersion)
        : program.Starts[arm];

    private static double TestError(Surrogate surrogate, BenchProgram program)
    {
        double[] predicted = new SurrogateEvaluator(surrogate).Evaluate(program.Test.X);
        return GeometricMean.Bounded(ErrorMetrics.Measure(program.Test, predicted, worstCount: 0).Nmse);
    }
}
