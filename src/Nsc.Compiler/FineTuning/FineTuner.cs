// Fine-tuning from end to end: samples to train on and to hold out, training, an estimate of the error, and a bound on it.

using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Nsc.Compiler.Evaluation;
using Nsc.Compiler.Input;
using Nsc.Compiler.Sampling;
using Nsc.Core.Dataflow;
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

internal static class FineTuner
{
    /// <summary>The part of a table's rows that is held out.</summary>
    public const double ShareOfRows = 0.2;

    /// <summary>How many are drawn to be held out. With these, up to 30 misses in 4,096 still prove a rate of 1% with a confidence of 95%.</summary>
    public const int DrawnForBounds = 4096;

    /// <summary>Null when <paramref name="diagnostics"/> say why it cannot be done.</summary>
    public static FineTuneResult? Run(
        Surrogate surrogate, FineTuneRequest request, DiagnosticBag diagnostics, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        FineTuneOptions options = request.Options;
        if (request.Samples.Answered(surrogate, SampleSeeds.For(options.Seed, SamplePurpose.FineTuning), diagnostics, cancellationToken) is not { } source)
        {
            return null;
        }

        using var built = new SampledProgram(surrogate, source.Program);
        Func<SampleSet, ProgramMean?>? mean =
            source.Table is null ? Known(surrogate, request, built) // What is drawn over the ranges, as what the dataflow answers is; a profile is not.
            : request.Samples.Table is null ? null : MeasuredOn(surrogate, request.Samples.Program, cancellationToken);
        request = request with { Samples = source with { Built = built } };
        if (request.ExtendsRanges && source.Table is { } table)
        {
            (surrogate, string? obstacle) = RangeExtension.Over(surrogate, table.Rows.X);
            if (obstacle is not null)
            {
                diagnostics.Refuse(Refusal.Input, $"'{table.Name}': {obstacle}");
                return null;
            }
        }

        if (Samples(surrogate, request, options, diagnostics, cancellationToken) is not var (samples, heldOut) || diagnostics.HasErrors)
        {
            return null;
        }

        if (WithLoss(surrogate, samples, request, diagnostics, cancellationToken) is not { } start)
        {
            return null;
        }

        if (Objection(start, samples, request, options) is { } objection)
        {
            diagnostics.Refuse(Refusal.Input, objection);
            return null;
        }

        if (Tune(start, samples, request, options, mean, diagnostics, progress, cancellationToken) is not { } made)
        {
            return null;
        }

        samples = made.Training;
        FineTuned tuned = made.Tuned;
        if (heldOut is not null && source.Table is null && made.Tried.IsEmpty && made.Budgeted is null)
        {
            SampleSet? judges = request.Samples.Draw(surrogate, Math.Min(heldOut.Count, SizeChoice.Samples), options.Seed, SamplePurpose.SizeChoice, diagnostics, cancellationToken);
            if (judges is null || diagnostics.HasErrors)
            {
                return null;
            }

            tuned = Better(tuned, made.Start, judges);
        }

        double[]? predicted = heldOut is null ? null : new SurrogateEvaluator(tuned.Surrogate).Evaluate(heldOut.X);
        JudgedRows? judged = heldOut is { Count: >= FineTuneResult.FewestForEstimate }
            ? new JudgedRows(heldOut, predicted!, EstimateMethod.Fresh)
            : options.Interrupt.IsCancellationRequested ? null : CrossValidate(made.Start, samples, options, request.Trainer, mean, progress, cancellationToken);
        Surrogate trained = source.Table is null ? tuned.Surrogate with { Covered = [] } : Coverage.After(tuned.Surrogate, surrogate, samples);
        Surrogate result = trained with
        {
            Provenance = trained.Provenance with { Estimate = judged is null ? null : ErrorEstimate.Of(judged) },
            Conformal = judged is null ? null : ConformalErrors.Of(trained, judged),
        };
        BoundedError? error = heldOut is null ? null : BoundedError.Of(result, heldOut, predicted!, request.Limit);
        return new FineTuneResult(
            result, tuned.HeldOutNmse, samples, heldOut,
            heldOut is null ? null : ErrorMetrics.Measure(heldOut, new SurrogateEvaluator(surrogate).Evaluate(heldOut.X)).Nmse,
            heldOut is null ? null : ErrorMetrics.Measure(heldOut, predicted).Nmse,
            error, request.Limit.Objection(error))
        {
            Tried = made.Tried, Budgeted = made.Budgeted, Program = source.Table is null ? null : mean?.Invoke(samples),
            Relative = judged is null ? [] : [.. result.Signature.Outputs.Select((_, k) => RelativeError.Of(judged.Truth, judged.Predicted, k, isAsked: result.ScaleOf(k).IsLogarithmic))],
            Misses = heldOut is null ? [] : MissRate.Of(result.Signature, heldOut, result.Answers(predicted!)),
        };
    }

    // What is trained. The nets of a surrogate that is learned by another loss give something else; its dataflow, where there is one, says what.
    private static Surrogate? WithLoss(Surrogate surrogate, SampleSet samples, FineTuneRequest request, DiagnosticBag diagnostics, CancellationToken cancellationToken)
    {
        if (request.Loss is not { } loss || loss == OutputLosses.LossOf(surrogate))
        {
            return surrogate;
        }

        if (loss == OutputLoss.Squared)
        {
            diagnostics.Refuse(Refusal.Request, "the surrogate was learned by its logarithm; for another loss it has to be compiled again", "nsc compile, then nsc finetune --loss squared");
            return null;
        }

        DataflowGraph? graph = ProgramPaths.Of(surrogate, request.Samples.Program, new DiagnosticBag())?.Graph;
        cancellationToken.ThrowIfCancellationRequested();
        return Refinement.ByLogarithm(surrogate, samples, graph, request.Options.Seed);
    }

    // Where the dataflow is what the program computes, it answers as many inputs as a net can learn from, and nothing has to run for that.
    // It is read when someone is to be taught: fine-tuning by Adam or on many samples never asks.
    private static Func<SampleSet, ProgramMean?>? Known(Surrogate surrogate, FineTuneRequest request, SampledProgram program)
    {
        if (surrogate.Provenance is not { Init: Provenance.CompNetInit, IsGraphExact: true } || request.Samples.Program is not null)
        {
            return null;
        }

        var known = new Lazy<ProgramMean?>(() => ProgramPaths.Of(program, new DiagnosticBag())?.Graph is { IsExact: true } graph ? ProgramMean.Of(graph, request.IsSpread) : null);
        return _ => known.Value;
    }

    // Measured rows are of the program or of something like it: what it says, with the constants that explain the rows, is where learning begins.
    private static Func<SampleSet, ProgramMean?>? MeasuredOn(Surrogate surrogate, CSource? other, CancellationToken cancellationToken)
    {
        DataflowGraph? graph = ProgramPaths.Of(surrogate, other, new DiagnosticBag())?.Graph;
        cancellationToken.ThrowIfCancellationRequested();
        var known = new ConditionalWeakTable<SampleSet, ProgramMean?>();
        return graph is null ? null : rows => known.GetValue(rows, own => ProgramMean.Of(graph, own));
    }

    // Where the size is chosen, only those that the method can train are tried.
    private static string? Objection(Surrogate surrogate, SampleSet samples, FineTuneRequest request, FineTuneOptions options)
    {
        NetShape shape = NetShape.Of(surrogate.Topology);
        string? objection = request.Hidden is { IsEmpty: true } ? null
            : SurrogateFineTuner.ShapeObjection(request.Hidden is { } hidden ? shape with { Hidden = hidden } : shape, options.Optimizer);
        objection ??= samples.Weights is not null && options.Optimizer != Optimizer.Lm ? "only the second-order method weighs rows: --optimizer lm" : null;
        return objection ?? SurrogateFineTuner.SamplesObjection(surrogate, samples);
    }

    // The fine-tuned surrogate, what it started from and was trained on, and the sizes or rounds that were tried.
    private sealed record Made(FineTuned Tuned, Surrogate Start, SampleSet Training, ImmutableArray<TriedSize> Tried, Budgeted? Budgeted = null);

    private static Made? Tune(
        Surrogate surrogate, SampleSet samples, FineTuneRequest request, FineTuneOptions options, Func<SampleSet, ProgramMean?>? mean, DiagnosticBag diagnostics,
        IProgress<string>? progress, CancellationToken cancellationToken)
    {
        if (request.Budget is not null)
        {
            return BudgetedTuning.Run(surrogate, samples, request with { Options = options }, mean, diagnostics, progress, cancellationToken) is not var (tuned, grown, budgeted) ? null
                : new Made(tuned, Reshaping.To(surrogate, tuned.Surrogate.Topology.Hidden, options.Seed), grown, [], budgeted);
        }

        if (request.Hidden is { IsEmpty: true })
        {
            (SampleSet training, SampleSet? judges) = request.Samples.Table is null
                ? (samples, request.Samples.Draw(surrogate, SizeChoice.Samples, options.Seed, SamplePurpose.SizeChoice, diagnostics, cancellationToken))
                : RowFingerprints.HoldOut(samples, Math.Max(1, (int)(ShareOfRows * samples.Count)), SampleSeeds.For(options.Seed, SamplePurpose.SizeChoice));
            if (judges is null || diagnostics.HasErrors)
            {
                return null;
            }

            (FineTuned chosen, ImmutableArray<TriedSize> tried) = SizeChoice.Run(surrogate, training, judges, request, options, mean, progress, cancellationToken);
            return new Made(chosen, Reshaping.To(surrogate, chosen.Surrogate.Topology.Hidden, options.Seed), samples, tried);
        }

        Surrogate start = request.Hidden is { } hidden ? Reshaping.To(surrogate, hidden, options.Seed) : surrogate;
        return new Made(SurrogateFineTuner.Run(start, samples, options, progress is null ? null : new Steps(progress, options.Steps), cancellationToken, request.Trainer, mean), start, samples, []);
    }

    // The few samples that are trained on may mislead, and those that decide when to stop are fewer. Where the program is run for a measurement anyway, rows
    // that have judged neither say whether the surrogate was better before.
    private static FineTuned Better(FineTuned tuned, Surrogate start, SampleSet judges) =>
        OutputLosses.Error(start, judges) < OutputLosses.Error(tuned.Surrogate, judges)
            ? tuned with { Surrogate = start with { Provenance = tuned.Surrogate.Provenance with { BestStep = 0 }, OutputValues = tuned.Surrogate.OutputValues } }
            : tuned;

    // The samples to train on, and those that are kept out of it.
    private static (SampleSet Training, SampleSet? HeldOut)? Samples(
        Surrogate surrogate, FineTuneRequest request, FineTuneOptions options, DiagnosticBag diagnostics, CancellationToken cancellationToken)
    {
        long seed = options.Seed;
        SampleSet? samples = request.IsSpread
            ? ProgramPaths.Of(surrogate, request.Samples.Program, diagnostics)?.DrawForTuning(request.Samples.Count ?? FineTuneRequest.DefaultSamples, seed, cancellationToken)
            : request.Samples.Obtain(surrogate, FineTuneRequest.DefaultSamples, seed, SamplePurpose.FineTuning, diagnostics, cancellationToken, request.Design);
        if (samples is null)
        {
            return null;
        }

        if (request.Samples.Table is { } table)
        {
            return OfTable(table.Name, samples, surrogate, request, diagnostics);
        }

        bool isMeasured = request.Limit.MaxError is not null || request.Budget is not null || request.IsSpread || surrogate.Provenance.IsGraphExact;
        int count = request.HeldOut ?? (isMeasured ? DrawnForBounds : 0);
        RequireSome(count, request.Limit, diagnostics);
        return diagnostics.HasErrors ? null
            : (samples, count == 0 ? null : request.Samples.Draw(surrogate, count, seed, SamplePurpose.HeldOut, diagnostics, cancellationToken));
    }

    // Rows that were trained on before are not held out, and those with a held-out row's inputs are not trained on.
    private static (SampleSet Training, SampleSet? HeldOut)? OfTable(
        string name, SampleSet samples, Surrogate surrogate, FineTuneRequest request, DiagnosticBag diagnostics)
    {
        SampleSet unseen = surrogate.Provenance.SeenRows().Unseen(samples);
        int count = request.HeldOut ?? Math.Min((int)(ShareOfRows * samples.Count), unseen.Count);
        RequireSome(count, request.Limit, diagnostics);
        if (count > unseen.Count)
        {
            string others = unseen.Count < samples.Count ? $", {samples.Count - unseen.Count} of which were trained on before" : "";
            diagnostics.Refuse(Refusal.Input, $"'{name}' has {samples.Count} rows{others}; {count} cannot be held out");
        }

        if (diagnostics.HasErrors)
        {
            return null;
        }

        SampleSet? heldOut = count == 0 ? null : RowFingerprints.HoldOut(unseen, count, SampleSeeds.For(request.Options.Seed, SamplePurpose.HeldOut)).HeldOut;
        SampleSet training = heldOut is null ? samples : RowFingerprints.Of(heldOut).Unseen(samples);
        if (heldOut is not null && training.Count < FineTuneOptions.FewestSamples && samples.Count - count >= FineTuneOptions.FewestSamples)
        {
            diagnostics.Refuse(Refusal.Input, $"of the {samples.Count} rows of '{name}' only {training.Count} have other inputs than those that are held out; rows of the same inputs stay together", "more rows that differ, or fewer of --held-out");
            return null;
        }

        if (training.Count > RowFingerprints.Most)
        {
            diagnostics.Refuse(Refusal.Input, $"'{name}' has {training.Count} rows to train on; at most {RowFingerprints.Most} are taken", "--samples N");
            return null;
        }

        return (training, heldOut);
    }

    private static void RequireSome(int count, ErrorLimit limit, DiagnosticBag diagnostics)
    {
        if (!(count > 0 || (count == 0 && limit.MaxError is null)))
        {
            diagnostics.Refuse(Refusal.Request, $"{count} held-out samples cannot bound anything; --held-out must be larger");
        }
    }

    private static JudgedRows? CrossValidate(
        Surrogate start, SampleSet samples, FineTuneOptions options, INetTrainer? trainer, Func<SampleSet, ProgramMean?>? mean, IProgress<string>? progress,
        CancellationToken cancellationToken)
    {
        progress?.Report("cross-validating");
        return CrossValidation.Judge(start, samples, options with { InOrder = false }, cancellationToken, trainer ?? SurrogateFineTuner.Engine(options.Optimizer), mean);
    }

    // Reports synchronously, unlike System.Progress, which would post to other threads.
    private sealed class Steps(IProgress<string> progress, int steps) : IProgress<(int Step, double Error)>
    {
        public void Report((int Step, double Error) value) =>
            progress.Report($"step {value.Step}/{steps}, least error {value.Error:G3} on the rows that decide when to stop");
    }
}
