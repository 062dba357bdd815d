// nsc finetune: finish a surrogate on a few samples.

using System.Collections.Immutable;
using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Nsc.CommandLine.Data;
using Nsc.CommandLine.Json;
using Nsc.CommandLine.Reporting;
using Nsc.Compiler;
using Nsc.Compiler.Evaluation;
using Nsc.Compiler.FineTuning;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Core.Sampling.Designs;
using Nsc.Core.Surrogates;
using Nsc.Core.Text;
using Nsc.Engine;
using Nsc.Engine.FineTuning;
using Nsc.Engine.Trainers;

namespace Nsc.CommandLine.Verbs;

internal static class FineTuneVerb
{
    private static readonly Argument<FileInfo> s_surrogate = new("SURROGATE") { Description = "The surrogate to fine-tune." };
    private static readonly SampleOptions s_source = new(FineTuneRequest.DefaultSamples);
    private static readonly Option<int?> s_steps = Options.Steps();
    private static readonly Option<Optimizer?> s_optimizer = Options.OptimizerOr("lm, and adam with --engine torch");
    private static readonly Option<long> s_seed = Options.Seed();
    private static readonly Option<string> s_engine = new("--engine")
    {
        Description = "What trains: our own engine, or its readable reference on TorchSharp, which has Adam only.", DefaultValueFactory = _ => "fused",
    };

    private static readonly Option<string?> s_sampling = Options.Sampling();
    private static readonly Option<bool> s_extend = Options.ExtendRanges();

    private static readonly Option<ImmutableArray<int>?> s_topology = TopologyOptions.Create(
        $"the smallest of {string.Join(", ", NetSizes.All.Select(NetSizes.InWords))} that keeps --max-error or errs at most a tenth more than the best", "that of SURROGATE");

    private static readonly Option<TimeSpan?> s_budget = Options.Duration("--budget", "Fine-tune for such a time in place of a number of samples: samples, and the net unless --topology names one, grow until --max-error is kept, the error stops falling or there is no time for more.");

    private static readonly Option<int?> s_heldOut = new("--held-out")
    {
        Description = $"Samples that nothing is trained on, to measure and bound the error with. Default: {FineTuner.ShareOfRows:P0} of the rows of --data; {FineTuner.DrawnForBounds} new samples with --max-error, with --sampling paths, and of a program whose dataflow graph is exact, since that runs in at most a millisecond; else none, and the error is cross-validated.",
        HelpName = "N",
    };

    private static readonly ErrorLimitOptions s_limit = new();
    private static readonly Option<string?> s_weights = new("--weights")
    {
        Description = "The column of --data that says how much each row counts: errors are weighted with it, and a row of half the weight is taken to have twice the variance of noise.", HelpName = "COLUMN",
    };

    private static readonly Option<OutputLoss?> s_loss = Options.Loss();
    private static readonly Option<bool> s_keepBest = new("--keep-best") { Description = $"When it is cancelled, by Ctrl-C or SIGTERM, write the best weights so far; the exit code is still {(int)ExitCode.Cancelled}." };
    private static readonly Option<bool> s_force = Options.Force();
    private static readonly Option<bool> s_json = Options.Json();
    private static readonly Option<FileInfo?> s_report = Reports.Option();
    private static readonly Option<FileInfo?> s_output = new Option<FileInfo?>("--output", "-o")
    {
        Description = "Where to write the result; - is standard output. Default: in place of SURROGATE.", HelpName = "OUT",
    }.OrStandardOutput();

    // Steps on many rows take seconds, and what is kept is measured.
    private static readonly TimeSpan s_toKeep = TimeSpan.FromMinutes(1);

    public static Command Create(TensorLibrary library)
    {
        s_engine.AcceptOnlyFromAmong("fused", "torch");
        return new Command("finetune", "Fine-tune a surrogate on samples of its program or of a file.")
        {
            s_surrogate, s_source.Program, s_source.Data, s_source.Rows.Profile, s_weights, s_extend, s_source.Samples, s_budget, s_sampling, s_topology, s_loss, s_optimizer, s_steps, s_seed, s_engine, s_heldOut,
            s_limit.MaxError, s_limit.Rate, s_limit.Confidence, s_keepBest, s_force, s_output, s_json, s_report,
        }.With(s_source.Rows).With(s_source.Project).WithAction((parse, terminal, cancellationToken) => Run(parse, terminal, library, cancellationToken), grace: parse => parse.GetValue(s_keepBest) ? s_toKeep : Invocation.Grace);
    }

    private static ExitCode Run(ParseResult parse, Terminal terminal, TensorLibrary library, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        FineTuneRequest request = Choose(parse, library);
        FileInfo file = parse.GetRequiredValue(s_surrogate);
        Surrogate surrogate = SourceFiles.LoadSurrogate(file);
        request = request with { Samples = s_source.Of(parse, surrogate, SampleSeeds.For(parse.GetValue(s_seed), SamplePurpose.FineTuning), parse.GetValue(s_weights)) };
        bool keepsBest = parse.GetValue(s_keepBest);
        request = keepsBest ? request with { Options = request.Options with { Interrupt = cancellationToken } } : request;
        FineTuneResult tuned = SurrogateCompiler.FineTune(surrogate, request, new ProgressLine(terminal), keepsBest ? default : cancellationToken).Require(terminal);
        bool isWritten = tuned.Miss is null || parse.GetValue(s_force);
        string path = (parse.GetValue(s_output) ?? file).ToString();
        if (isWritten)
        {
            SurrogateFile.Save(path, tuned.Surrogate);
        }

        if (parse.GetValue(s_report) is { } report)
        {
            Reports.Write(report, SurrogateReport.OfTuning(surrogate, tuned, request.Options, Reports.Command(parse)), terminal);
        }

        if (tuned.IsWorse)
        {
            terminal.Say(string.Create(CultureInfo.InvariantCulture, $"warning: the surrogate was better before, with an NMSE of {tuned.NmseBefore:G3} on the same samples; more samples help"));
        }

        Report(parse, terminal, tuned, isWritten ? path : null, clock);
        if (keepsBest && cancellationToken.IsCancellationRequested)
        {
            terminal.Say($"nsc: cancelled{(isWritten ? ", with the best weights so far" : "")}");
            return ExitCode.Cancelled;
        }

        return ErrorLimitOptions.Conclude(tuned.Miss, isWritten, terminal);
    }

    private static FineTuneRequest Choose(ParseResult parse, TensorLibrary library)
    {
        bool torch = parse.GetValue(s_engine) == "torch";
        Optimizer optimizer = parse.GetValue(s_optimizer) ?? (torch ? Optimizer.Adam : Optimizer.Lm);
        if (torch && optimizer != Optimizer.Adam)
        {
            throw new CommandException(ExitCode.Usage, "--engine torch has no second-order method", "leave out one of --engine torch and --optimizer lm");
        }

        if (parse.GetValue(s_budget) is not null && (s_source.RowsOf(parse) is not null || parse.GetValue(s_source.Samples) is not null || parse.GetValue(s_topology) is { IsEmpty: true } || (parse.GetValue(s_sampling) is { } design && !SamplingDesigns.Named(design).NeedsRangesAlone())))
        {
            throw new CommandException(ExitCode.Usage, "--budget draws samples and chooses sizes itself", "leave out --samples, --data, --inputs, --topology auto and --sampling paths or active");
        }

        if (parse.GetValue(s_weights) is not null && parse.GetValue(s_source.Data) is null)
        {
            throw new CommandException(ExitCode.Usage, "--weights names a column of --data", "give --data FILE");
        }

        return new FineTuneRequest
        {
            Budget = parse.GetValue(s_budget),
            ExtendsRanges = parse.GetValue(s_extend), Design = Options.DesignOf(parse, s_sampling, s_source.RowsOf(parse)), Hidden = parse.GetValue(s_topology), HeldOut = parse.GetValue(s_heldOut), Loss = parse.GetValue(s_loss), Limit = s_limit.Of(parse), Trainer = torch ? library.ReferenceTrainer() : null,
            Options = new FineTuneOptions(
                Steps: parse.GetValue(s_steps) ?? FineTuneOptions.DefaultSteps(optimizer), Seed: parse.GetValue(s_seed), Optimizer: optimizer) { IsTaught = optimizer == Optimizer.Lm },
        };
    }

    private static void Report(ParseResult parse, Terminal terminal, FineTuneResult tuned, string? path, Stopwatch clock)
    {
        (Provenance made, ErrorEstimate? estimate, BoundedError? error) = (tuned.Surrogate.Provenance, tuned.Estimate, tuned.Error);
        if (parse.GetValue(s_json))
        {
            HeldOutJson? measured = error is null ? null : new HeldOutJson(
                tuned.HeldOut!.Count, tuned.NmseBefore!.Value, tuned.NmseAfter!.Value, error.Bounds, error.BeyondRate, error.ProgramFails);
            NscJson.Write(terminal.Output, new FineTuneJson(
                made.Samples, made.Steps, made.BestStep, estimate?.Nmse, estimate is null ? null : [estimate.Low, estimate.High], estimate?.Method.InWords(), estimate?.Rows, measured,
                path, Math.Round(clock.Elapsed.TotalMilliseconds, 3), [.. tuned.Tried.Select(t => new TriedSizeJson([.. t.Hidden], t.Nmse, t.KeepsLimit, t.IsChosen))],
                HalfWidths(tuned.Surrogate)?.ToDictionary(),
                tuned.Program is null ? null : [.. tuned.Program.Changed.Select(c => new FittedConstantJson(c.Constant.Line, c.Constant.Value, c.Value, c.Low, c.High))],
                tuned.Program?.Contradictions(tuned.Training).Length,
                tuned.Budgeted is null ? null : new BudgetJson([.. tuned.Budgeted.Rounds.Select(r => new BudgetRoundJson(r.Samples, [.. r.Hidden], r.Nmse, r.Seconds))], BudgetLines.InWords(tuned.Budgeted.End), tuned.Budgeted.Foretold),
                tuned.Surrogate.Signature.Outputs.Zip(tuned.Relative).Where(o => o.Second is not null).ToDictionary(o => o.First.Name, o => o.Second!)));
            return;
        }

        terminal.Say($"{tuned.Surrogate.Signature.Function}: {made.Samples} samples, step {made.BestStep} of {made.Steps}{(path is null ? "" : $" -> {path}")}");
        terminal.Say($"  {estimate?.ToString() ?? $"its error is not known: {(parse.GetValue(s_keepBest) ? "it was cancelled, or " : "")}all rows were trained on before (nsc eval measures it on others)"}");
        foreach (string line in BudgetLines.Of(tuned.Budgeted))
        {
            terminal.Say($"  {line}");
        }

        foreach (string line in AdaptationLines.Of(tuned))
        {
            terminal.Say($"  {line}");
        }

        foreach (TriedSize size in tuned.Tried)
        {
            terminal.Say(string.Create(CultureInfo.InvariantCulture, $"    {NetSizes.InWords(size.Hidden),-8} NMSE {size.Nmse:G3}{(size.KeepsLimit is { } keeps ? keeps ? ", keeps the bound" : ", misses the bound" : "")}{(size.IsChosen ? "  <- taken" : "")}"));
        }

        if (HalfWidths(tuned.Surrogate) is { } halves)
        {
            terminal.Say($"  {100 * ConformalErrors.Usual}% of the program's answers are within {string.Join(", ", halves.Select((h, k) => Ends(h, tuned.Surrogate.ScaleOf(k))))} (nsc run --interval {ConformalErrors.Usual})");
        }

        foreach (string line in RelativeLines.Of(tuned.Surrogate.Signature, tuned.Relative))
        {
            terminal.Say($"  {line}");
        }

        if (error is not null)
        {
            terminal.Say(string.Create(CultureInfo.InvariantCulture, $"  on {tuned.HeldOut!.Count} held-out samples: NMSE {tuned.NmseBefore:G3} before, {tuned.NmseAfter:G3} after ({ErrorLimit.Method}{s_source.Population(parse)}):"));
            Array.ForEach(error.Sentences(), s => terminal.Say($"    {s}"));
            foreach (string line in MissLines.Of(tuned.Surrogate.Signature, tuned.Misses))
            {
                terminal.Say($"    {line}");
            }
        }

        foreach ((OutputVariable output, int k) in tuned.Surrogate.Signature.Outputs.Select((o, k) => (o, k)).Where(o => SurrogateFineTuner.IsConstant(tuned.Training, o.k)))
        {
            terminal.Say(string.Create(CultureInfo.InvariantCulture, $"  {output.Name} is {tuned.Training.Outputs(0)[k]:R} on all samples: it is learned as that constant"));
        }

        if (parse.GetValue(s_loss) is null && RelativeLines.Hint(tuned.Surrogate, tuned.Training) is { } hint)
        {
            terminal.Say($"  {hint}");
        }

        if (path is not null)
        {
            terminal.Say($"next: nsc eval {path}");
        }
    }

    // The usual interval, about an answer or as a factor of it.
    private static string Ends(KeyValuePair<string, double> half, NetScale scale) => scale.IsLogarithmic
        ? string.Create(CultureInfo.InvariantCulture, $"a factor of {DirectedRounding.Up(NetScale.Exponential(half.Value), 3)} of {half.Key}")
        : string.Create(CultureInfo.InvariantCulture, $"{half.Key} ± {DirectedRounding.Up(half.Value, 3)}");

    // Half the width of each output's interval; null where the rows are too few.
    private static KeyValuePair<string, double>[]? HalfWidths(Surrogate surrogate)
    {
        double?[] halves = [.. surrogate.Signature.Outputs.Select((_, k) => surrogate.Conformal?.HalfWidth(k, ConformalErrors.Usual))];
        return halves.Contains(null) ? null : [.. surrogate.Signature.Outputs.Zip(halves, (o, h) => KeyValuePair.Create(o.Name, h!.Value))];
    }

    // Reports synchronously, unlike System.Progress, which would post to other threads.
    private sealed class ProgressLine(Terminal terminal) : IProgress<string>
    {
        public void Report(string value) => terminal.Progress(() => value);
    }
}
