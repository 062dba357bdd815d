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
    private static readonly Argument<FileInfo> s_surrogate = new("SURROGATE") { Description = "The surrogate to fine-tune." };
    private static readonly SampleSource s_source = new(DefaultSamples);
    private static readonly Option<int?> s_steps = Options.Steps();
    private static readonly Option<Optimizer?> s_optimizer = Options.OptimizerOr("lm, and adam with --engine torch");
    private static readonly Option<long> s_seed = Options.Seed();
    private static readonly Option<string> s_engine = new("--engine")
    {
        Description = "What trains: our own engine, or its readable reference on TorchSharp, which has Adam only.", DefaultValueFactory = _ => "fused",
    };

    private static readonly Option<bool> s_json = Options.Json();
    private static readonly Option<FileInfo?> s_output = new("--output", "-o")
    {
        Description = "Where to write the result. Default: in place of SURROGATE.", HelpName = "OUT",
    };

    public static Command Create()
    {
        s_engine.AcceptOnlyFromAmong("fused", "torch");
        return new Command("finetune", "Fine-tune a surrogate on samples of its program or of a file.")
        {
            s_surrogate, s_source.Program, s_source.Data, s_source.Samples, s_steps, s_optimizer, s_seed, s_engine, s_output, s_json,
        }.WithAction(Run);
    }

    private static ExitCode Run(ParseResult parse, Terminal terminal, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        (INetTrainer trainer, FineTuneOptions options) = Choose(parse);
        FileInfo file = parse.GetRequiredValue(s_surrogate);
        Surrogate surrogate = SourceFiles.LoadSurrogate(file);
        SampleSet samples = s_source.Obtain(parse, surrogate, options.Seed, SamplePurpose.FineTuning, terminal, cancellationToken);
        if (SurrogateFineTuner.Objection(surrogate, samples) is { } objection)
        {
            throw new CommandException(ExitCode.Refused, objection);
        }

        var progress = new ProgressLine(terminal, options.Steps);
        FineTuned tuned = SurrogateFineTuner.Run(surrogate, samples, options, progress, cancellationToken, trainer);
        string path = (parse.GetValue(s_output) ?? file).ToString();
        SurrogateFile.Save(path, tuned.Surrogate);
        Provenance made = tuned.Surrogate.Provenance;
        if (parse.GetValue(s_json))
        {
            NscJson.Write(terminal.Output, new FineTuneJson(
                made.Samples, made.Steps, made.BestStep, made.ValidationNmse!.Value, path, Math.Round(clock.Elapsed.TotalMilliseconds, 3)));
        }
        else
        {
            terminal.Say($"{surrogate.Signature.Function}: {made.Samples} samples, validation NMSE {tuned.HeldOutNmse[0]:G3} -> {made.ValidationNmse:G3} "
                + $"at step {made.BestStep} of {made.Steps} -> {path}");
            terminal.Say($"next: nsc eval {path}");
        }

        return ExitCode.Success;
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
