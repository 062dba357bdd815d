// nsc finetune: finish a surrogate on a few samples.

using System.CommandLine;
using System.Diagnostics;
using Nsc.Cli.Output;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;
using Nsc.Nets.FineTuning;
using Nsc.Neural.FineTuning;

namespace Nsc.Cli.Verbs;

internal static class FineTuneVerb
{
    private const int DefaultSamples = 128;

    // With these, up to 30 misses in 4,096 still prove a rate of 1% with a confidence of 95%.
    private const int DrawnForBounds = 4096;
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
        Description = $"Samples that nothing is trained on, to measure and bound the error with. Default: {ShareOfRows:P0} of the rows of --data; {DrawnForBounds} new samples with --max-error; else none.",
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
        HeldOutJson? measured = heldOut is null ? null : Measure(surrogate, tuned.Surrogate, heldOut, limit);
        string? miss = limit.Objection(measured?.Bounds ?? []);
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

        Report(parse, terminal, tuned, measured, isWritten ? path : null, clock);
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
        bool isFile = parse.GetValue(s_source.Data) is not null;
        int count = parse.GetValue(s_heldOut) ?? (isFile ? (int)(ShareOfRows * samples.Count) : limit.MaxError is null ? 0 : DrawnForBounds);
        if (count < 0 || (count == 0 && limit.MaxError is not null))
        {
            throw new CommandException(ExitCode.Usage, $"{count} held-out samples cannot bound anything; --held-out must be larger");
        }

        if (count == 0)
        {
            return (samples, null);
        }

        if (!isFile)
        {
            return (samples, s_source.Draw(parse, surrogate, count, seed, SamplePurpose.Evaluation, terminal, cancellationToken));
        }

        if (count > samples.Count)
        {
            throw new CommandException(ExitCode.Refused, $"'{parse.GetValue(s_source.Data)!.Name}' has {samples.Count} rows; {count} cannot be held out");
        }

        (SampleSet heldOut, SampleSet rest) = samples.Split(count, new SplitMix64(SampleSeeds.For(seed, SamplePurpose.Evaluation)));
        return (rest, heldOut);
    }

    // Those that decide when to stop come last and are uniform, so that the best weights are the best for uniform inputs.
    private static SampleSet Spread(ParseResult parse, Surrogate surrogate, FineTuneOptions options, Terminal terminal, CancellationToken cancellationToken)
    {
        int count = s_source.Count(parse) ?? DefaultSamples, uniform = options.HeldOutCount(count);
        return ProgramPaths.Of(surrogate, parse.GetValue(s_source.Program), terminal).DrawForTuning(count - uniform, uniform, options.Seed, cancellationToken);
    }

    // The trainer's unit is the deviation over what it is trained on; what is said is said of uniform inputs, hence in theirs.
    private static FineTuned InUniformUnits(FineTuned tuned, SampleSet samples, FineTuneOptions options)
    {
        int watched = options.HeldOutCount(samples.Count);
        SampleSet uniform = samples.Slice(samples.Count - watched, watched);
        double nmse = ErrorMetrics.Measure(uniform, new SurrogateEvaluator(tuned.Surrogate).Evaluate(uniform.X)).Nmse;
        double ratio = tuned.Surrogate.Provenance.ValidationNmse is > 0 and double before ? nmse / before : 1;
        Provenance made = tuned.Surrogate.Provenance with { ValidationNmse = nmse };
        return new FineTuned(tuned.Surrogate with { Provenance = made }, Array.ConvertAll(tuned.HeldOutNmse, e => e * ratio));
    }

    private static HeldOutJson Measure(Surrogate before, Surrogate after, SampleSet heldOut, ErrorLimit limit)
    {
        double[] predicted = new SurrogateEvaluator(after).Evaluate(heldOut.X);
        return new HeldOutJson(
            heldOut.Count, ErrorMetrics.Measure(heldOut, new SurrogateEvaluator(before).Evaluate(heldOut.X)).Nmse,
            ErrorMetrics.Measure(heldOut, predicted).Nmse, limit.Bounds(after.Signature, heldOut, predicted));
    }

    private static void Report(ParseResult parse, Terminal terminal, FineTuned tuned, HeldOutJson? measured, string? path, Stopwatch clock)
    {
        Provenance made = tuned.Surrogate.Provenance;
        if (parse.GetValue(s_json))
        {
            NscJson.Write(terminal.Output, new FineTuneJson(
                made.Samples, made.Steps, made.BestStep, made.ValidationNmse!.Value, measured, path, Math.Round(clock.Elapsed.TotalMilliseconds, 3)));
            return;
        }

        terminal.Say($"{tuned.Surrogate.Signature.Function}: {made.Samples} samples, validation NMSE {tuned.HeldOutNmse[0]:G3} -> {made.ValidationNmse:G3} "
            + $"at step {made.BestStep} of {made.Steps}{(path is null ? "" : $" -> {path}")}");
        if (measured is not null)
        {
            terminal.Say($"on {measured.Samples} held-out samples: NMSE {measured.NmseBefore:G3} before, {measured.NmseAfter:G3} after ({ErrorLimit.Method}):");
            Array.ForEach(measured.Bounds, b => terminal.Say($"  {ErrorLimit.Sentence(b)}"));
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
            terminal.Progress(() => $"step {value.Step}/{steps}, best held-out error {value.Error:G3}");
    }
}
