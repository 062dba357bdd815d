// Ours in bench adapt: fine-tuning on measured rows, with and without the program as the model that they are off from.

using System.Collections.Immutable;
using Nsc.Bench.Peers;
using Nsc.Compiler.FineTuning;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;
using Nsc.Engine;
using Nsc.Engine.Adapting;
using Nsc.Engine.FineTuning;
using Nsc.Engine.Trainers;

namespace Nsc.Bench.Adapting;

/// <summary>What calibration found where a constant was another one.</summary>
/// <param name="IsFound">Whether that constant is among those that explain the rows.</param>
/// <param name="IsCovered">Whether its 95% interval holds the value, too.</param>
public sealed record CalibrationRow(string Program, int Rows, double Noise, bool IsFound, bool IsCovered);

public static class AdaptingMethods
{
    public const string Ours = "nsc", WithoutProgram = "nsc-rows-alone", Random = "random", ResidualPrefix = "residual-";

    public static ImmutableArray<(string Name, string Meaning)> All { get; } =
    [
        (Ours, "nsc compile, then nsc finetune --data: the program with the constants that explain the rows is the teacher's mean"),
        (WithoutProgram, "the same without the program: the compiled net and the rows"), (Random, "nsc finetune --data from random weights"),
        (ResidualPrefix + "...", "a peer on what the program leaves of the rows"),
    ];

    private static readonly FineTuneOptions s_options = new FineTuneRequest().Options;

    /// <summary>The errors of ours, and what calibration found.</summary>
    public static (List<ComparedRow> Rows, List<CalibrationRow> Calibrations) Measure(IReadOnlyList<ChangedProgram> programs, int rows, double noise, NetShape shape, CancellationToken cancellationToken)
    {
        var compared = new List<ComparedRow>();
        var calibrations = new List<CalibrationRow>();
        foreach (ChangedProgram program in programs)
        {
            cancellationToken.ThrowIfCancellationRequested();
            SampleSet[] pools = [.. program.Measured.Pools.Select(p => p.Slice(0, rows))];
            ProgramMean?[] means = [.. pools.Select(p => ProgramMean.Of(program.Original.Graph, p))];
            compared.Add(Row(program, Ours, BenchArm.AsFineTuned, pools, shape, own => means[Array.FindIndex(pools, p => ReferenceEquals(p, own))], cancellationToken));
            compared.Add(Row(program, WithoutProgram, BenchArm.AsFineTuned, pools, shape, null, cancellationToken));
            compared.Add(Row(program, Random, BenchArm.Random, pools, shape, null, cancellationToken));
            if (program.Constant is { } changed)
            {
                calibrations.AddRange(means.Select(m => m!.Changed.FirstOrDefault(c => c.Constant.Nodes.Intersect(changed.Nodes).Any()))
                    .Select(c => new CalibrationRow(program.Original.Name, rows, noise, c is not null, c is not null && c.Low <= program.Value && program.Value <= c.High)));
            }
        }

        return (compared, calibrations);
    }

    /// <summary>Errors on what the program leaves, as errors.</summary>
    public static IEnumerable<ComparedRow> OfResiduals(IReadOnlyList<ChangedProgram> programs, IEnumerable<ComparedRow> residuals)
    {
        var shares = programs.ToDictionary(p => p.Original.Name, p => p.ResidualShare);
        return residuals.Select(r => r with { Method = ResidualPrefix + r.Method, Nmse = r.Nmse * shares[r.Program], NmseBySeed = [.. r.NmseBySeed.Select(e => e * shares[r.Program])] });
    }

    private static ComparedRow Row(
        ChangedProgram program, string name, BenchArm arm, SampleSet[] pools, NetShape shape, Func<SampleSet, ProgramMean?>? mean, CancellationToken cancellationToken)
    {
        var pairs = pools.Select((pool, seed) => (program.Original.Start(arm, shape, seed), pool)).ToList();
        FineTuned[] tuned = [];
        double seconds = ProcessorTime.Of(() => tuned = SurrogateFineTuner.RunAll(pairs, arm.Apply(s_options), null, cancellationToken, null, mean)).TotalSeconds / pairs.Count;
        double[] errors = [.. tuned.Select(t => GeometricMean.Bounded(ErrorMetrics.Measure(program.Measured.Test, new SurrogateEvaluator(t.Surrogate).Evaluate(program.Measured.Test.X), worstCount: 0).Nmse))];
        return new ComparedRow(program.Original.Name, pools[0].Count, name, GeometricMean.Of(errors), errors, seconds, null, null);
    }
}
