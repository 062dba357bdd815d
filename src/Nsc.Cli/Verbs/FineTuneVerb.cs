// nsc finetune: finish a surrogate on a few samples.

using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Nsc.Cli.Output;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;
using Nsc.Engine.FineTuning;
using Nsc.Engine.Trainers;
using Nsc.Training.Reference;

namespace Nsc.Cli.Verbs;

internal static class FineTuneVerb
{
    private const int DefaultSamples = 128;

    // With these, up to 30 misses in 4,096 still prove a rate of 1% with a confidence of 95%.
    private const int DrawnForBounds = 4096;

    // Fewer rows tell less of the error than cross-validation of those that were trained on.
    private const int FewestForEstimate = 64;
    private const double ShareOfRows = 0.2;
    private static readonly Argument<FileInfo> s_surrogate = new("SURROGATE") { Description = "The surrogate to fine-tune." };
    private static readonly SampleSource s_source = new(DefaultSamples);
    private static readonly Option<int?> s_steps = Options.Steps();
    private static readonly Option<Optimizer?> s_optimizer = Options.OptimizerOr("lm, and adam with --engine torch");
    private static readonly Option<long> s_seed = Options.Seed();
    private static readonly Option<string> s_engine = new("--engine")
    {
        Description = "What trains: our own engine, or its readable reference on TorchSharp, which has Adam only.", DefaultValueFactory = _ => "fused",
    };

    private static readonly Option<string> s_sampling = Options.Sampling();
    private static readonly Option<int?> s_heldOut = new("--held-out")
    {
        Description = $"Samples that nothing is trained on, to measure and bound the error with. Default: {ShareOfRows:P0} of the rows of --data; {DrawnForBounds} new samples with --max-error, with --sampling paths, and of a program whose dataflow graph is exact, since that runs in microseconds; else none, and the error is cross-validated.",
        HelpName = "N",
    };

    private static readonly ErrorLimitOptions s_limit = new();
    private static readonly Option<bool> s_force = Options.Force();
    private static readonly Option<bool> s_json = Options.Json();
    private static readonly Option<FileInfo?> s_report = Reports.Option();
    private static readonly Option<FileInfo?> s_output = new("--output", "-o")
    {
        Description = "Where to write the result. Default: in place of SURROGATE.", HelpName = "OUT",
    };

    public static Command Create()
    {
        s_engine.AcceptOnlyFromAmong("fused", "torch");
        return new Command("finetune", "Fine-tune a surrogate on samples of its program or of a file.")
        {
            s_surrogate, s_source.Program, s_source.Data, s_source.Samples, s_sampling, s_optimizer, s_steps, s_seed, s_engine, s_heldOut,
            s_limit.MaxError, s_limit.Rate, s_limit.Confidence, s_force, s_output, s_json, s_report,
        }.WithAction(Run);
    }

    private static ExitCode Run(ParseResult parse, Terminal terminal, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        (INetTrainer trainer, FineTuneOptions options) = Choose(parse);
        FileInfo file = parse.GetRequiredValue(s_surrogate);
        ErrorLimit limit = s_limit.Of(parse);
        bool isSpread = parse.GetValue(s_sampling) == Options.Paths;
        if (isSpread && parse.GetValue(s_source.Data) is not null)
        {
            throw new CommandException(ExitCode.Usage, "--sampling paths draws samples; the rows of --data are what they are");
        }

        options = options with { InOrder = isSpread };
        Surrogate surrogate = SourceFiles.LoadSurrogate(file);
        (SampleSet samples, SampleSet? heldOut) = Samples(parse, surrogate, limit, options, terminal, cancellationToken);
        if (SurrogateFineTuner.Objection(surrogate, samples) is { } objection)
        {
            throw new CommandException(ExitCode.Refused, objection);
        }

        var progress = new ProgressLine(terminal, options.Steps);
        FineTuned tuned = SurrogateFineTuner.Run(surrogate, samples, options, progress, cancellationToken, trainer);
        tuned = isSpread ? InUniformUnits(tuned, samples, options) : tuned;
        double[]? predicted = heldOut is null ? null : new SurrogateEvaluator(tuned.Surrogate).Evaluate(heldOut.X);
        ErrorEstimate? estimate = heldOut is { Count: >= FewestForEstimate }
            ? ErrorEstimate.Of(heldOut, predicted!, EstimateMethod.Fresh)
            : CrossValidate(surrogate, samples, options, trainer, terminal, cancellationToken);
        tuned = tuned with { Surrogate = tuned.Surrogate with { Provenance = tuned.Surrogate.Provenance with { Estimate = estimate } } };
        BoundedError? error = heldOut is null ? null : BoundedError.Of(tuned.Surrogate, heldOut, predicted!, limit);
        string? miss = limit.Objection(error);
        bool isWritten = miss is null || parse.GetValue(s_force);
        string path = (parse.GetValue(s_output) ?? file).ToString();
        if (isWritten)
        {
            SurrogateFile.Save(path, tuned.Surrogate);
        }

        if (parse.GetValue(s_report) is { } report)
        {
            Reports.Write(report, SurrogateReport.OfTuning(surrogate, tuned, samples, options, Reports.Command(parse)), terminal);
        }

        if (heldOut is { Count: >= FewestForEstimate } && new SurrogateEvaluator(surrogate).Evaluate(heldOut.X) is var before
            && ErrorMetrics.Measure(heldOut, before).Nmse is var nmse && nmse < estimate!.Nmse)
        {
            terminal.Say(string.Create(CultureInfo.InvariantCulture, $"warning: the surrogate was better before, with an NMSE of {nmse:G3} on the same samples; more samples help"));
        }

        Report(parse, terminal, tuned, error is null ? null : Measure(surrogate, heldOut!, predicted!, error), error, isWritten ? path : null, clock);
        return ErrorLimit.Conclude(miss, isWritten, terminal);
    }

    // The samples to train on, and those that are kept out of it.
    private static (SampleSet Training, SampleSet? HeldOut) Samples(
        ParseResult parse, Surrogate surrogate, ErrorLimit limit, FineTuneOptions options, Terminal terminal, CancellationToken cancellationToken)
    {
        long seed = options.Seed;
        SampleSet samples = options.InOrder
            ? Spread(parse, surrogate, options, terminal, cancellationToken)
            : s_source.Obtain(parse, surrogate, seed, SamplePurpose.FineTuning, terminal, cancellationToken);
        if (parse.GetValue(s_source.Data) is { } data)
        {
            return OfFile(parse.GetValue(s_heldOut), samples, surrogate, limit, seed, data.Name);
        }

        bool isMeasured = limit.MaxError is not null || options.InOrder || surrogate.Provenance.IsGraphExact;
        int count = RequireSome(parse.GetValue(s_heldOut) ?? (isMeasured ? DrawnForBounds : 0), limit);
        return (samples, count == 0 ? null : s_source.Draw(parse, surrogate, count, seed, SamplePurpose.HeldOut, terminal, cancellationToken));
    }

    // Rows that were trained on before are not held out, and those with a held-out row's inputs are not trained on.
    private static (SampleSet Training, SampleSet? HeldOut) OfFile(int? asked, SampleSet samples, Surrogate surrogate, ErrorLimit limit, long seed, string file)
    {
        SampleSet unseen = surrogate.Provenance.SeenRows().Unseen(samples);
        int count = RequireSome(asked ?? Math.Min((int)(ShareOfRows * samples.Count), unseen.Count), limit);
        if (count > unseen.Count)
        {
            string others = unseen.Count < samples.Count ? $", {samples.Count - unseen.Count} of which were trained on before" : "";
            throw new CommandException(ExitCode.Refused, $"'{file}' has {samples.Count} rows{others}; {count} cannot be held out");
        }

        if (count == 0)
        {
            return (Limited(samples, file), null);
        }

        SampleSet heldOut = RowFingerprints.HoldOut(unseen, count, SampleSeeds.For(seed, SamplePurpose.HeldOut)).HeldOut;
        return (Limited(RowFingerprints.Of(heldOut).Unseen(samples), file), heldOut);
    }

    private static SampleSet Limited(SampleSet training, string file) => training.Count <= RowFingerprints.Most
        ? training
        : throw new CommandException(ExitCode.Refused, $"'{file}' has {training.Count} rows to train on; at most {RowFingerprints.Most} are taken", "--samples N");

    private static int RequireSome(int count, ErrorLimit limit) => count > 0 || (count == 0 && limit.MaxError is null)
        ? count
        : throw new CommandException(ExitCode.Usage, $"{count} held-out samples cannot bound anything; --held-out must be larger");

    private static ErrorEstimate? CrossValidate(
        Surrogate start, SampleSet samples, FineTuneOptions options, INetTrainer trainer, Terminal terminal, CancellationToken cancellationToken)
    {
        terminal.Progress(() => "cross-validating");
        return CrossValidation.Estimate(start, samples, options with { InOrder = false }, cancellationToken, trainer);
    }

    // Those that decide when to stop come last and are uniform, so that the best weights are the best for uniform inputs.
    private static SampleSet Spread(ParseResult parse, Surrogate surrogate, FineTuneOptions options, Terminal terminal, CancellationToken cancellationToken)
    {
        int count = s_source.Count(parse) ?? DefaultSamples, uniform = options.HeldOutCount(count);
        return ProgramPaths.Of(surrogate, parse.GetValue(s_source.Program), terminal).DrawForTuning(count - uniform, uniform, options.Seed, cancellationToken);
    }

    // The trainer's unit is the deviation over what it is trained on; what is shown is said of uniform inputs, hence in theirs.
    private static FineTuned InUniformUnits(FineTuned tuned, SampleSet samples, FineTuneOptions options)
    {
        int watched = options.HeldOutCount(samples.Count);
        SampleSet uniform = samples.Slice(samples.Count - watched, watched);
        double nmse = ErrorMetrics.Measure(uniform, new SurrogateEvaluator(tuned.Surrogate).Evaluate(uniform.X)).Nmse, least = tuned.HeldOutNmse.Min();
        return least > 0 ? tuned with { HeldOutNmse = Array.ConvertAll(tuned.HeldOutNmse, e => e * nmse / least) } : tuned;
    }

    private static HeldOutJson Measure(Surrogate before, SampleSet heldOut, double[] predicted, BoundedError error) => new(
        heldOut.Count, ErrorMetrics.Measure(heldOut, new SurrogateEvaluator(before).Evaluate(heldOut.X)).Nmse,
        ErrorMetrics.Measure(heldOut, predicted).Nmse, error.Bounds, error.BeyondRate, error.ProgramFails);

    private static void Report(ParseResult parse, Terminal terminal, FineTuned tuned, HeldOutJson? measured, BoundedError? error, string? path, Stopwatch clock)
    {
        Provenance made = tuned.Surrogate.Provenance;
        ErrorEstimate? estimate = made.Estimate;
        if (parse.GetValue(s_json))
        {
            NscJson.Write(terminal.Output, new FineTuneJson(
                made.Samples, made.Steps, made.BestStep, estimate?.Nmse, estimate is null ? null : [estimate.Low, estimate.High], estimate?.Method.InWords(), estimate?.Rows, measured,
                path, Math.Round(clock.Elapsed.TotalMilliseconds, 3)));
            return;
        }

        terminal.Say($"{tuned.Surrogate.Signature.Function}: {made.Samples} samples, step {made.BestStep} of {made.Steps}{(path is null ? "" : $" -> {path}")}");
        terminal.Say($"  {estimate?.ToString() ?? "its error is not known: all rows were trained on before (nsc eval measures it on others)"}");
        if (measured is not null)
        {
            terminal.Say(string.Create(CultureInfo.InvariantCulture, $"  on {measured.Samples} held-out samples: NMSE {measured.NmseBefore:G3} before, {measured.NmseAfter:G3} after ({ErrorLimit.Method}):"));
            Array.ForEach(error!.Sentences(), s => terminal.Say($"    {s}"));
        }

        if (path is not null)
        {
            terminal.Say($"next: nsc eval {path}");
        }
    }

    private static (INetTrainer Trainer, FineTuneOptions Options) Choose(ParseResult parse)
    {
        bool torch = parse.GetValue(s_engine) == "torch";
        Optimizer optimizer = parse.GetValue(s_optimizer) ?? (torch ? Optimizer.Adam : Optimizer.Lm);
        if (torch && optimizer != Optimizer.Adam)
        {
            throw new CommandException(ExitCode.Usage, "--engine torch has no second-order method", "leave out one of --engine torch and --optimizer lm");
        }

        var options = new FineTuneOptions(
            Steps: parse.GetValue(s_steps) ?? FineTuneOptions.DefaultSteps(optimizer), Seed: parse.GetValue(s_seed), Optimizer: optimizer);
        return (torch ? new TorchTrainer() : SurrogateFineTuner.Engine(optimizer), options);
    }

    // Reports synchronously, unlike System.Progress, which would post to other threads.
    private sealed class ProgressLine(Terminal terminal, int steps) : IProgress<(int Step, double Error)>
    {
        public void Report((int Step, double Error) value) =>
            terminal.Progress(() => $"step {value.Step}/{steps}, least error {value.Error:G3} on the rows that decide when to stop");
    }
}
