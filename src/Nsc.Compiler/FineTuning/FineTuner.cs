// Fine-tuning from end to end: samples to train on and to hold out, training, an estimate of the error, and a bound on it.

using System.Collections.Immutable;
using Nsc.Compiler.Evaluation;
using Nsc.Compiler.Input;
using Nsc.Core.Diagnostics;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;
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
        FineTuneOptions options = request.Options with { InOrder = request.IsSpread };
        if (request.Samples.Answered(surrogate, diagnostics, cancellationToken) is not { } source)
        {
            return null;
        }

        request = request with { Samples = source };
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

        if (SurrogateFineTuner.Objection(request.Hidden is { Length: > 0 } hidden ? surrogate with { Topology = surrogate.Topology with { Hidden = hidden } } : surrogate, samples, options.Optimizer) is { } objection)
        {
            diagnostics.Refuse(Refusal.Input, objection);
            return null;
        }

        if (Tune(surrogate, samples, request, options, diagnostics, progress, cancellationToken) is not var (tuned, start, tried))
        {
            return null;
        }

        tuned = request.IsSpread ? InUniformUnits(tuned, samples, options) : tuned;
        double[]? predicted = heldOut is null ? null : new SurrogateEvaluator(tuned.Surrogate).Evaluate(heldOut.X);
        ErrorEstimate? estimate = heldOut is { Count: >= FineTuneResult.FewestForEstimate }
            ? ErrorEstimate.Of(heldOut, predicted!, EstimateMethod.Fresh)
            : CrossValidate(start, samples, options, request.Trainer, progress, cancellationToken);
        Surrogate result = tuned.Surrogate with { Provenance = tuned.Surrogate.Provenance with { Estimate = estimate } };
        BoundedError? error = heldOut is null ? null : BoundedError.Of(result, heldOut, predicted!, request.Limit);
        return new FineTuneResult(
            result, tuned.HeldOutNmse, samples, heldOut,
            heldOut is null ? null : ErrorMetrics.Measure(heldOut, new SurrogateEvaluator(surrogate).Evaluate(heldOut.X)).Nmse,
            heldOut is null ? null : ErrorMetrics.Measure(heldOut, predicted).Nmse,
            error, request.Limit.Objection(error))
        {
            Tried = tried,
            Misses = heldOut is null ? [] : MissRate.Of(result.Signature, heldOut, result.Answers(predicted!)),
        };
    }

    // The fine-tuned surrogate, what it started from, and the sizes that were tried.
    private static (FineTuned Tuned, Surrogate Start, ImmutableArray<TriedSize> Tried)? Tune(
        Surrogate surrogate, SampleSet samples, FineTuneRequest request, FineTuneOptions options, DiagnosticBag diagnostics, IProgress<string>? progress,
        CancellationToken cancellationToken)
    {
        if (request.Hidden is { IsEmpty: true })
        {
            (SampleSet training, SampleSet? judges) = request.Samples.Table is null
                ? (samples, request.Samples.Draw(surrogate, SizeChoice.Samples, options.Seed, SamplePurpose.SizeChoice, diagnostics, cancellationToken))
                : RowFingerprints.HoldOut(samples, Math.Max(1, (int)(ShareOfRows * samples.Count)), SampleSeeds.For(options.Seed, SamplePurpose.SizeChoice));
            if (judges is null || diagnostics.HasErrors)
            {
                return null;
            }

            (FineTuned chosen, ImmutableArray<TriedSize> tried) = SizeChoice.Run(surrogate, training, judges, request.Limit, options, progress, cancellationToken);
            return (chosen, Reshaping.To(surrogate, chosen.Surrogate.Topology.Hidden, options.Seed), tried);
        }

        Surrogate start = request.Hidden is { } hidden ? Reshaping.To(surrogate, hidden, options.Seed) : surrogate;
        return (SurrogateFineTuner.Run(start, samples, options, progress is null ? null : new Steps(progress, options.Steps), cancellationToken, request.Trainer), start, []);
    }

    // The samples to train on, and those that are kept out of it.
    private static (SampleSet Training, SampleSet? HeldOut)? Samples(
        Surrogate surrogate, FineTuneRequest request, FineTuneOptions options, DiagnosticBag diagnostics, CancellationToken cancellationToken)
    {
        long seed = options.Seed;
        SampleSet? samples = request.IsSpread
            ? Spread(surrogate, request, options, diagnostics, cancellationToken)
            : request.Samples.Obtain(surrogate, FineTuneRequest.DefaultSamples, seed, SamplePurpose.FineTuning, diagnostics, cancellationToken, request.Design);
        if (samples is null)
        {
            return null;
        }

        if (request.Samples.Table is { } table)
        {
            return OfTable(table.Name, samples, surrogate, request, diagnostics);
        }

        bool isMeasured = request.Limit.MaxError is not null || request.IsSpread || surrogate.Provenance.IsGraphExact;
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

    private static ErrorEstimate? CrossValidate(
        Surrogate start, SampleSet samples, FineTuneOptions options, INetTrainer? trainer, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        progress?.Report("cross-validating");
        return CrossValidation.Estimate(start, samples, options with { InOrder = false }, cancellationToken, trainer ?? SurrogateFineTuner.Engine(options.Optimizer));
    }

    // Those that decide when to stop come last and are uniform, so that the best weights are the best for uniform inputs.
    private static SampleSet? Spread(
        Surrogate surrogate, FineTuneRequest request, FineTuneOptions options, DiagnosticBag diagnostics, CancellationToken cancellationToken)
    {
        int count = request.Samples.Count ?? FineTuneRequest.DefaultSamples, uniform = options.HeldOutCount(count);
        return ProgramPaths.Of(surrogate, request.Samples.Program, diagnostics)?.DrawForTuning(count - uniform, uniform, options.Seed, cancellationToken);
    }

    // The trainer's unit is the deviation over what it is trained on; what is shown is said of uniform inputs, hence in theirs.
    private static FineTuned InUniformUnits(FineTuned tuned, SampleSet samples, FineTuneOptions options)
    {
        int watched = options.HeldOutCount(samples.Count);
        SampleSet uniform = samples.Slice(samples.Count - watched, watched);
        double nmse = ErrorMetrics.Measure(uniform, new SurrogateEvaluator(tuned.Surrogate).Evaluate(uniform.X)).Nmse, least = tuned.HeldOutNmse.Min();
        return least > 0 ? tuned with { HeldOutNmse = Array.ConvertAll(tuned.HeldOutNmse, e => e * nmse / least) } : tuned;
    }

    // Reports synchronously, unlike System.Progress, which would post to other threads.
    private sealed class Steps(IProgress<string> progress, int steps) : IProgress<(int Step, double Error)>
    {
        public void Report((int Step, double Error) value) =>
            progress.Report($"step {value.Step}/{steps}, least error {value.Error:G3} on the rows that decide when to stop");
    }
}
