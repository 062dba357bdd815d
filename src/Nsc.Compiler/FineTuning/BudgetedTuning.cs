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

/// <summary>The rounds of one budget, each judged on samples that none is trained on.</summary>
internal sealed class BudgetedTuning
{
    private const int Growth = 4, MostSamples = 1 << 17, MostIdle = 2;

    // What a round must leave of the error at most, that the size stays; that rounds go on.
    private const double SizeGain = 0.5, RoundGain = 0.9;

    // What a round takes, at most, in comparison with the one before it: the rows times the weights, and some more for second-order steps.
    private const double CostOfWeights = 1.2, LeastGrowth = 1.5;

    // After the first round nets take many cheap steps on few rows at a time: passes of Adam over all, then rounds of second-order steps.
    private const int SecondSamples = 8192, BatchRows = 128, Passes = 300, Rounds = 4;

    // Steps on all rows are taken where there is time for so many, for such a part of the rest.
    private const int FewestSteps = 4;
    private const double PartOfRest = 1.0 / 6, ProductsPerSecond = 4e9;

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly FineTuneRequest _request;
    private readonly Func<SampleSet, ProgramMean?>? _mean;
    private readonly SampleSet _judges;
    private readonly ImmutableArray<BudgetRound>.Builder _rounds = ImmutableArray.CreateBuilder<BudgetRound>();
    private (FineTuned Tuned, SampleSet Samples, double Nmse)? _best;
    private bool _isKept, _allRowsGain = true;
    private double _before = double.PositiveInfinity, _batchSeconds, _allRowsSeconds;
    private int _idle;

    private BudgetedTuning(FineTuneRequest request, Func<SampleSet, ProgramMean?>? mean, SampleSet judges) => (_request, _mean, _judges) = (request, mean, judges);

    // What a round does: what the user would get without a budget; cheap steps on few rows at a time; steps on all rows, which smooth functions need.
    private enum Work
    {
        Taught,
        Batches,
        AllRows,
    }

    private readonly record struct Plan(Work Work, Surrogate Start, int Samples);

    private bool IsInterrupted => _request.Options.Interrupt.IsCancellationRequested;

    private double SecondsLeft => (_request.Budget!.Value - _clock.Elapsed).TotalSeconds;

    /// <summary>The best of the rounds, and what it was trained on; null when <paramref name="diagnostics"/> say why there is none.</summary>
    /// <param name="samples">Of the first round; later ones go on where their design does.</param>
    public static (FineTuned Tuned, SampleSet Samples, Budgeted Budgeted)? Run(
        Surrogate surrogate, SampleSet samples, FineTuneRequest request, Func<SampleSet, ProgramMean?>? mean, DiagnosticBag diagnostics, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        if (request.Samples.Draw(surrogate, SizeChoice.Samples, request.Options.Seed, SamplePurpose.SizeChoice, diagnostics, cancellationToken) is not { } judges || diagnostics.HasErrors)
        {
            return null;
        }

        var tuning = new BudgetedTuning(request, mean, judges);
        for (var plan = new Plan(Work.Taught, request.Hidden is { } hidden ? Reshaping.To(surrogate, hidden, request.Options.Seed) : surrogate, samples.Count); ;)
        {
            progress?.Report($"{plan.Samples} samples, {NetSizes.InWords(plan.Start.Topology.Hidden)}{(plan.Work == Work.Taught ? "" : $", NMSE {tuning._rounds[^1].Nmse:G3} so far")}");
            tuning.Take(plan, samples, cancellationToken);
            (Plan? next, BudgetEnd end) = tuning.After(plan);
            if (next is null)
            {
                return (tuning._best!.Value.Tuned, tuning._best.Value.Samples, new Budgeted(tuning._rounds.ToImmutable(), end, end is BudgetEnd.Spent ? tuning.Foretold() : null));
            }

            plan = next.Value;
            if ((plan.Samples == samples.Count ? samples : More(surrogate, plan.Samples, request, diagnostics, cancellationToken)) is not { } drawn)
            {
                return null;
            }

            samples = drawn;
        }
    }

    private static SampleSet? More(Surrogate surrogate, int count, FineTuneRequest request, DiagnosticBag diagnostics, CancellationToken cancellationToken)
    {
        SampleSet? more = request.Samples.Draw(surrogate, count, request.Options.Seed, SamplePurpose.FineTuning, diagnostics, cancellationToken, request.Design);
        if (more is not null && !diagnostics.HasErrors && SurrogateFineTuner.SamplesObjection(surrogate, more) is { } objection)
        {
            diagnostics.Refuse(Refusal.Input, objection);
        }

        return diagnostics.HasErrors ? null : more;
    }

    private void Take(Plan plan, SampleSet samples, CancellationToken cancellationToken)
    {
        TimeSpan begun = _clock.Elapsed;
        using CancellationTokenSource timed = CancellationTokenSource.CreateLinkedTokenSource(_request.Options.Interrupt);
        if (plan.Work == Work.AllRows)
        {
            timed.CancelAfter(TimeSpan.FromSeconds(_allRowsSeconds));
        }

        FineTuned tuned = SurrogateFineTuner.Run(
            plan.Start, samples, OptionsOf(plan, _request.Options, timed.Token), null, cancellationToken, _request.Trainer, plan.Work == Work.Taught ? _mean : null);
        double[] predicted = new SurrogateEvaluator(tuned.Surrogate).Evaluate(_judges.X);
        double nmse = OutputLosses.Error(tuned.Surrogate, _judges, predicted), seconds = (_clock.Elapsed - begun).TotalSeconds;
        _rounds.Add(new BudgetRound(samples.Count, tuned.Surrogate.Topology.Hidden, nmse, seconds));
        _before = _best?.Nmse ?? double.PositiveInfinity;
        _best = nmse < _before ? (tuned, samples, nmse) : _best ?? (tuned, samples, nmse);
        _isKept = _request.Limit.MaxError is not null && _request.Limit.Objection(BoundedError.Of(tuned.Surrogate, _judges, predicted, _request.Limit)) is null;

        bool gains = nmse < RoundGain * _before;
        if (plan.Work == Work.AllRows)
        {
            (_allRowsGain, _idle) = (gains, gains ? 0 : _idle);
        }
        else
        {
            (_batchSeconds, _idle) = (seconds, gains ? 0 : _idle + 1);
            _allRowsSeconds = Math.Max(seconds, PartOfRest * SecondsLeft);
        }
    }

    // The next round, or why there is none.
    private (Plan? Next, BudgetEnd End) After(Plan plan)
    {
        Surrogate best = _best!.Value.Tuned.Surrogate;
        if (!_isKept && PaysOnAllRows(plan, best))
        {
            return (new Plan(Work.AllRows, best, plan.Samples), default);
        }

        double room = (double)MostSamples / plan.Samples;
        bool isFirst = plan.Work == Work.Taught, isLearning = isFirst || (_rounds[^1].Nmse < SizeGain * _before && room >= LeastGrowth);
        Surrogate larger = Larger(best);
        Surrogate? next = (isLearning ? (Surrogate[])[best] : [larger, best]).FirstOrDefault(n => GrowthTo(n, plan) >= (Weights(n) > Weights(best) ? 1 : LeastGrowth));
        bool isFull = next is null && room < LeastGrowth && ReferenceEquals(larger, best);
        if (_isKept || _idle > MostIdle || next is null || IsInterrupted)
        {
            return (null, _isKept ? BudgetEnd.Kept : _idle > MostIdle ? BudgetEnd.Levelled : isFull ? BudgetEnd.MostSamples : BudgetEnd.Spent);
        }

        _allRowsGain |= Weights(next) != Weights(best);
        return (new Plan(Work.Batches, next, (int)(GrowthTo(next, plan) * plan.Samples)), default);
    }

    private bool PaysOnAllRows(Plan plan, Surrogate best) => plan.Work != Work.Taught && _allRowsGain && _request.Options.Optimizer == Optimizer.Lm && !IsInterrupted
        && SecondsLeft > _allRowsSeconds && FewestSteps * SecondsOfStep(best, plan.Samples) < _allRowsSeconds;

    // How many times as many samples there is time for.
    private double GrowthTo(Surrogate net, Plan plan) => plan.Work == Work.Taught
        ? SecondsLeft > _batchSeconds ? Math.Max(Growth, (double)SecondSamples / plan.Samples) : 0
        : Math.Min(Math.Min(Growth, (double)MostSamples / plan.Samples), SecondsLeft / _batchSeconds / Math.Pow((double)Weights(net) / Weights(plan.Start), CostOfWeights));

    private double? Foretold() => _rounds.Count > 1 && _rounds[^1].Nmse < _rounds[^2].Nmse ? _rounds[^1].Nmse * (_rounds[^1].Nmse / _rounds[^2].Nmse) : null;

    private static FineTuneOptions OptionsOf(Plan plan, FineTuneOptions options, CancellationToken interrupt) => plan.Work switch
    {
        Work.Batches when options.Optimizer == Optimizer.Lm => options with { Steps = Rounds + 1, BatchRows = BatchRows, WarmUpSteps = Passes * (plan.Samples / BatchRows), IsTaught = false },
        Work.AllRows => options with { IsTaught = false, Interrupt = interrupt },
        _ => options,
    };

    // Of all rows at once, as far as it can be told beforehand.
    private static double SecondsOfStep(Surrogate surrogate, int samples) =>
        surrogate.Signature.Outputs.Length * (double)samples * Weights(surrogate) * Weights(surrogate) / ProductsPerSecond;

    // The next size that the method can train, unless the user has named one.
    private Surrogate Larger(Surrogate surrogate)
    {
        NetShape shape = NetShape.Of(surrogate.Topology);
        ImmutableArray<int> larger = NetSizes.All.FirstOrDefault(
            h => (shape with { Hidden = h }).WeightCount > shape.WeightCount && SurrogateFineTuner.ShapeObjection(shape with { Hidden = h }, _request.Options.Optimizer) is null);
        return _request.Hidden is not null || larger.IsDefault ? surrogate : Reshaping.To(surrogate, larger, _request.Options.Seed);
    }

    private static int Weights(Surrogate surrogate) => NetShape.Of(surrogate.Topology).WeightCount;
}
