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
        for (int idle = 0; ; )
        {
            TimeSpan begun = clock.Elapsed;
            progress?.Report($"{samples.Count} samples, {NetSizes.InWords(start.Topology.Hidden)}{(rounds.Count == 0 ? "" : $", NMSE {rounds[^1].Nmse:G3} so far")}");
            bool isFirst = rounds.Count == 0;
            FineTuned tuned = SurrogateFineTuner.Run(start, samples, isFirst ? request.Options : Later(samples.Count, request.Options), null, cancellationToken, request.Trainer, isFirst ? mean : null);
            double[] predicted = new SurrogateEvaluator(tuned.Surrogate).Evaluate(judges.X);
            double nmse = OutputLosses.Error(tuned.Surrogate, judges, predicted), before = best?.Nmse ?? double.PositiveInfinity;
            rounds.Add(new BudgetRound(samples.Count, tuned.Surrogate.Topology.Hidden, nmse, (clock.Elapsed - begun).TotalSeconds));
            best = nmse < before ? (tuned, samples, nmse) : best ?? (tuned, samples, nmse);
            idle = nmse < RoundGain * before ? 0 : idle + 1;
            bool isKept = request.Limit.MaxError is not null && request.Limit.Objection(BoundedError.Of(tuned.Surrogate, judges, predicted, request.Limit)) is null;
            double left = (request.Budget!.Value - clock.Elapsed).TotalSeconds;
            double GrowthOf(Surrogate net) => isFirst ? (left > rounds[0].Seconds ? Math.Max(Growth, (double)SecondSamples / samples.Count) : 0)
                : Math.Min(Growth, left / rounds[^1].Seconds / Math.Pow((double)Weights(net) / Weights(tuned.Surrogate), CostOfWeights));
            Surrogate? next = Next(best.Value.Tuned.Surrogate, isLearning: nmse < SizeGain * before || isFirst, request).FirstOrDefault(n => GrowthOf(n) >= LeastGrowth);
            if (EndOf(isKept, idle, samples.Count, isSpent: next is null || request.Options.Interrupt.IsCancellationRequested) is { } end)
            {
                double? foretold = end is BudgetEnd.Spent && rounds.Count > 1 && rounds[^1].Nmse < rounds[^2].Nmse ? rounds[^1].Nmse * (rounds[^1].Nmse / rounds[^2].Nmse) : null;
                return (best.Value.Tuned, best.Value.Samples, new Budgeted(rounds.ToImmutable(), end, foretold));
            }

            start = next!;
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

    private static FineTuneOptions Later(int samples, FineTuneOptions options) => options.Optimizer == Optimizer.Lm
        ? options with { Steps = Rounds + 1, BatchRows = BatchRows, WarmUpSteps = Passes * (samples / BatchRows), IsTaught = false } : options;

    private static BudgetEnd? EndOf(bool isKept, int idle, int samples, bool isSpent) =>
        isKept ? BudgetEnd.Kept : idle > MostIdle ? BudgetEnd.Levelled : Growth * samples > MostSamples ? BudgetEnd.MostSamples : isSpent ? BudgetEnd.Spent : null;

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
