// Fine-tuning for a time, in place of a number of samples and a size: both grow for as long as that helps.

using System.Collections.Immutable;
using System.Diagnostics;
using Nsc.Compiler.Evaluation;
using Nsc.Compiler.Input;
using Nsc.Compiler.Sampling;
using Nsc.Core.Diagnostics;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;
using Nsc.Engine;
using Nsc.Engine.Adapting;
using Nsc.Engine.Emission;
using Nsc.Engine.FineTuning;
using Nsc.Engine.Refining;
using Nsc.Engine.Trainers;

namespace Nsc.Compiler.FineTuning;

/// <summary>One round.</summary>
/// <param name="Nmse">On samples that no round is trained on.</param>
public sealed record BudgetRound(int Samples, ImmutableArray<int> Hidden, double Nmse, double Seconds);

/// <summary>Why no more rounds were made.</summary>
public enum BudgetEnd
{
    /// <summary>The error that is asked for is kept.</summary>
    Kept,

    /// <summary>More samples and larger nets did not lower the error any more.</summary>
    Levelled,

    /// <summary>There was no time for another round.</summary>
    Spent,

    /// <summary>There are not more samples to be had.</summary>
    MostSamples,
}

/// <summary>The rounds of a budget.</summary>
/// <param name="Foretold">The error of one more round, by what the last one gained; null where the error levelled or is kept.</param>
public sealed record Budgeted(ImmutableArray<BudgetRound> Rounds, BudgetEnd End, double? Foretold);

internal static class BudgetedTuning
{
    private const int Growth = 4, MostSamples = 1 << 17, MostIdle = 2;

    // What a round must leave of the error at most, that the size stays; that rounds go on.
    private const double SizeGain = 0.5, RoundGain = 0.9;

    // What a round takes, at most, in comparison with the one before it: the rows times the weights, and some more for second-order steps.
    private const double CostOfWeights = 1.2, LeastGrowth = 1.5;

    // After the first round nets take many cheap steps on few rows at a time: passes of Adam over all, then rounds of second-order steps.
    private const int SecondSamples = 8192, BatchRows = 128, Passes = 300, Rounds = 4;

    // Steps on all rows are taken where there is time for so many.
    private const int FewestSteps = 4, TurnsOfRest = 6;
    private const double ProductsPerSecond = 4e9;

    /// <summary>The best of the rounds, and what it was trained on; null when <paramref name="diagnostics"/> say why there is none.</summary>
    /// <param name="samples">Of the first round; later ones go on where their design does.</param>
    public static (FineTuned Tuned, SampleSet Samples, Budgeted Budgeted)? Run(
        Surrogate surrogate, SampleSet samples, FineTuneRequest request, Func<SampleSet, ProgramMean?>? mean, DiagnosticBag diagnostics, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        if (request.Samples.Draw(surrogate, SizeChoice.Samples, request.Options.Seed, SamplePurpose.SizeChoice, diagnostics, cancellationToken) is not { } judges || diagnostics.HasErrors)
        {
            return null;
        }

        (FineTuned Tuned, SampleSet Samples, double Nmse)? best = null;
        var rounds = ImmutableArray.CreateBuilder<BudgetRound>();
        Surrogate start = request.Hidden is { } hidden ? Reshaping.To(surrogate, hidden, request.Options.Seed) : surrogate;
        var work = Work.Taught;
        bool hasGained = true; // What all rows at once gave the last time.
        double batchSeconds = 0, allRowsSeconds = 0;
        for (int idle = 0; ; )
        {
            TimeSpan begun = clock.Elapsed;
            progress?.Report($"{samples.Count} samples, {NetSizes.InWords(start.Topology.Hidden)}{(rounds.Count == 0 ? "" : $", NMSE {rounds[^1].Nmse:G3} so far")}");
            using CancellationTokenSource timed = CancellationTokenSource.CreateLinkedTokenSource(request.Options.Interrupt);
            if (work == Work.AllRows)
            {
                timed.CancelAfter(TimeSpan.FromSeconds(allRowsSeconds));
            }

            FineTuned tuned = SurrogateFineTuner.Run(start, samples, OptionsOf(work, samples.Count, request.Options, timed.Token), null, cancellationToken, request.Trainer, work == Work.Taught ? mean : null);
            double[] predicted = new SurrogateEvaluator(tuned.Surrogate).Evaluate(judges.X);
            double nmse = OutputLosses.Error(tuned.Surrogate, judges, predicted), before = best?.Nmse ?? double.PositiveInfinity, seconds = (clock.Elapsed - begun).TotalSeconds;
            rounds.Add(new BudgetRound(samples.Count, tuned.Surrogate.Topology.Hidden, nmse, seconds));
            best = nmse < before ? (tuned, samples, nmse) : best ?? (tuned, samples, nmse);
            bool gains = nmse < RoundGain * before, isFirst = work == Work.Taught;
            idle = gains ? 0 : work == Work.AllRows ? idle : idle + 1;
            (hasGained, batchSeconds) = work == Work.AllRows ? (gains, batchSeconds) : (hasGained, seconds);
            bool isKept = request.Limit.MaxError is not null && request.Limit.Objection(BoundedError.Of(tuned.Surrogate, judges, predicted, request.Limit)) is null;
            double left = (request.Budget!.Value - clock.Elapsed).TotalSeconds;
            Surrogate latest = best.Value.Tuned.Surrogate;
            allRowsSeconds = work == Work.AllRows ? allRowsSeconds : Math.Max(batchSeconds, left / TurnsOfRest);
            if (!isKept && !isFirst && hasGained && left > allRowsSeconds && request.Options.Optimizer == Optimizer.Lm && !request.Options.Interrupt.IsCancellationRequested
                && SecondsOfStep(latest, samples.Count) < allRowsSeconds / FewestSteps)
            {
                (start, work) = (latest, Work.AllRows);
                continue;
            }

            double room = (double)MostSamples / samples.Count;
            double GrowthOf(Surrogate net) => isFirst ? (left > rounds[0].Seconds ? Math.Max(Growth, (double)SecondSamples / samples.Count) : 0)
                : Math.Min(Math.Min(Growth, room), left / batchSeconds / Math.Pow((double)Weights(net) / Weights(tuned.Surrogate), CostOfWeights));
            Surrogate? next = Next(latest, isLearning: isFirst || (nmse < SizeGain * before && room >= LeastGrowth), request).FirstOrDefault(n => GrowthOf(n) >= (Weights(n) > Weights(latest) ? 1 : LeastGrowth));
            if (EndOf(isKept, idle, isFull: next is null && room < LeastGrowth && ReferenceEquals(Larger(latest, request), latest), isSpent: next is null || request.Options.Interrupt.IsCancellationRequested) is { } end)
            {
                double? foretold = end is BudgetEnd.Spent && rounds.Count > 1 && rounds[^1].Nmse < rounds[^2].Nmse ? rounds[^1].Nmse * (rounds[^1].Nmse / rounds[^2].Nmse) : null;
                return (best.Value.Tuned, best.Value.Samples, new Budgeted(rounds.ToImmutable(), end, foretold));
            }

            hasGained |= Weights(next!) != Weights(latest);
            (start, work) = (next!, Work.Batches);
            if (request.Samples.Draw(surrogate, (int)(GrowthOf(start) * samples.Count), request.Options.Seed, SamplePurpose.FineTuning, diagnostics, cancellationToken, request.Design) is not { } more || diagnostics.HasErrors)
            {
                return null;
            }

            if (SurrogateFineTuner.SamplesObjection(surrogate, more) is { } objection)
            {
                diagnostics.Refuse(Refusal.Input, objection);
                return null;
            }

            samples = more;
        }
    }

    // What a round does: the samples that the user would get without a budget; cheap steps on few rows at a time; steps on all rows, which smooth
    // functions need.
    private enum Work
    {
        Taught,
        Batches,
        AllRows,
    }

    private static FineTuneOptions OptionsOf(Work work, int samples, FineTuneOptions options, CancellationToken interrupt) => work switch
    {
        Work.Taught => options,
        Work.Batches => Later(samples, options),
        _ => options with { IsTaught = false, Interrupt = interrupt },
    };

    // Of all rows at once, as far as it can be told beforehand.
    private static double SecondsOfStep(Surrogate surrogate, int samples) => surrogate.Signature.Outputs.Length * (double)samples * Weights(surrogate) * Weights(surrogate) / ProductsPerSecond;

    private static FineTuneOptions Later(int samples, FineTuneOptions options) => options.Optimizer == Optimizer.Lm
        ? options with { Steps = Rounds + 1, BatchRows = BatchRows, WarmUpSteps = Passes * (samples / BatchRows), IsTaught = false } : options;

    private static BudgetEnd? EndOf(bool isKept, int idle, bool isFull, bool isSpent) =>
        isKept ? BudgetEnd.Kept : idle > MostIdle ? BudgetEnd.Levelled : isFull ? BudgetEnd.MostSamples : isSpent ? BudgetEnd.Spent : null;

    // While samples help, the net stays; then a larger one is tried, if there is time.
    private static Surrogate[] Next(Surrogate surrogate, bool isLearning, FineTuneRequest request) => isLearning ? [surrogate] : [Larger(surrogate, request), surrogate];

    // The next size that the method can train, unless the user has named one.
    private static Surrogate Larger(Surrogate surrogate, FineTuneRequest request)
    {
        NetShape shape = NetShape.Of(surrogate.Topology);
        ImmutableArray<int> larger = NetSizes.All.FirstOrDefault(
            h => (shape with { Hidden = h }).WeightCount > shape.WeightCount && SurrogateFineTuner.ShapeObjection(shape with { Hidden = h }, request.Options.Optimizer) is null);
        return request.Hidden is not null || larger.IsDefault ? surrogate : Reshaping.To(surrogate, larger, request.Options.Seed);
    }

    private static int Weights(Surrogate surrogate) => NetShape.Of(surrogate.Topology).WeightCount;
}
