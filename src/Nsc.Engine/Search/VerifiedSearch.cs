// A surrogate proposes inputs, the program has the last word: where they disagree, the surrogate learns the neighbourhood.

using System.Collections.Immutable;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;
using Nsc.Engine.FineTuning;
using Nsc.Engine.Trainers;

namespace Nsc.Engine.Search;

/// <summary>One proposal and what became of it.</summary>
/// <param name="Actual">The program's output there.</param>
public sealed record TuningRound(FoundInputs Proposal, double Actual);

/// <summary>The outcome of a search.</summary>
/// <param name="Inputs">The best inputs that the program was asked about, in its units.</param>
/// <param name="Agrees">Whether surrogate and program agreed in the last round.</param>
/// <param name="ProgramCalls">Rows on which the program was executed.</param>
public sealed record TuningResult(double[] Inputs, double Actual, bool Agrees, int ProgramCalls, ImmutableArray<TuningRound> Rounds);

public static class VerifiedSearch
{
    private const int MostRounds = 8, Neighbours = 48;
    private const double FirstRadius = 0.25, Shrinking = 0.6;

    /// <summary>Surrogate and program agree when they differ by less than this many deviations of the output.</summary>
    public const double Tolerance = 0.02;

    /// <summary>Searches, verifies and learns in turns. Deterministic for a seed.</summary>
    /// <param name="program">Executes the program on rows of inputs.</param>
    /// <returns>Null when the program gave no usable output at any proposal.</returns>
    public static TuningResult? Run(
        Surrogate surrogate, TuningGoal goal, IReadOnlyList<double?> fixedInputs, Func<double[], ProgramRun> program, long seed, CancellationToken cancellationToken)
    {
        var (rounds, calls, agrees) = (ImmutableArray.CreateBuilder<TuningRound>(), 0, false);
        var random = new SplitMix64((ulong)seed);
        double scale = surrogate.OutputDeviation[goal.Output], radius = FirstRadius;
        SampleSet? learned = null;
        while (rounds.Count < MostRounds && !agrees)
        {
            cancellationToken.ThrowIfCancellationRequested();
            FoundInputs proposal = InputSearch.Run(surrogate, goal, fixedInputs, seed);
            SampleSet around = Executed(program, [.. proposal.Inputs, .. Around(surrogate.Signature, proposal.Inputs, fixedInputs, radius, random)], surrogate.Topology, goal.Output, out double? actual);
            calls += 1 + Neighbours;
            if (actual is { } value)
            {
                rounds.Add(new TuningRound(proposal, value));
                agrees = Math.Abs(value - proposal.Predicted) <= Tolerance * scale;
            }

            learned = learned?.Append(around) ?? around;
            if (agrees || SurrogateFineTuner.Objection(surrogate, learned) is not null || (actual is null && around.Count == 0))
            {
                break;
            }

            surrogate = SurrogateFineTuner.Run(surrogate, learned, new FineTuneOptions(Seed: seed), null, cancellationToken).Surrogate;
            radius *= Shrinking;
        }

        if (learned is null or { Count: 0 })
        {
            return null;
        }

        int best = Enumerable.Range(0, learned.Count).MinBy(row => goal.Cost(learned.Outputs(row)[goal.Output]));
        return new TuningResult(learned.Inputs(best).ToArray(), learned.Outputs(best)[goal.Output], agrees, calls, rounds.ToImmutable());
    }

    private static double[] Around(ProgramSignature signature, double[] centre, IReadOnlyList<double?> fixedInputs, double radius, SplitMix64 random)
    {
        ImmutableArray<InputVariable> near = [.. signature.Inputs.Select((v, i) => v with
        {
            Range = v.Range.Around(centre[i], radius),
        })];
        double[] rows = InputSampler.Draw(signature with { Inputs = near }, Neighbours, random);
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = fixedInputs[i % near.Length] ?? rows[i];
        }

        return rows;
    }

    // The rows with usable outputs; the first row's output apart.
    private static SampleSet Executed(Func<double[], ProgramRun> program, double[] rows, Topology shape, int output, out double? first)
    {
        ProgramRun run = program(rows);
        (int inputs, int outputs) = (shape.Inputs, shape.Outputs);
        int[] usable = [.. Enumerable.Range(0, run.Statuses.Length).Where(r => run.Statuses[r] == SampleStatus.Ok)];
        first = run.Statuses[0] == SampleStatus.Ok ? run.Outputs[output] : null;
        return new SampleSet(
            inputs, outputs,
            [.. usable.SelectMany(r => rows.AsSpan(r * inputs, inputs).ToArray())], [.. usable.SelectMany(r => run.Outputs.AsSpan(r * outputs, outputs).ToArray())]);
    }
}
