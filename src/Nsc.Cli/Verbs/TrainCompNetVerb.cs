// nsc train-compnet: generate a corpus, train a CompNet on it, keep checkpoints.

using System.Collections.Immutable;
using System.CommandLine;
using System.Diagnostics;
using Nsc.Cli.Output;
using Nsc.Core.Surrogates;
using Nsc.Corpus.Building;
using Nsc.FrontEnd;
using Nsc.Neural.CompNets;
using Nsc.Neural.Training;

namespace Nsc.Cli.Verbs;

internal static class TrainCompNetVerb
{
    private const int HeldOutPrograms = 200;

    private static readonly CompNetOptions s_shape = new();
    private static readonly TrainingOptions s_training = new();
    private static readonly Option<FileInfo> s_output = new("--output", "-o")
    {
        Description = "The checkpoint.", HelpName = "OUT", Required = true,
    };

    private static readonly Option<bool> s_resume = new("--resume") { Description = "Continue the run whose checkpoint is at OUT." };
    private static readonly Option<int> s_programs = Options.Count("--programs", "Programs to generate.", 100_000, least: 100);
    private static readonly Option<int> s_steps = Options.Count("--steps", "Optimiser steps.", s_training.Steps);
    private static readonly Option<int> s_batch = Options.Count("--batch", "Programs in a step.", s_training.ProgramsPerStep);
    private static readonly Option<double> s_learningRate = new("--learning-rate")
    {
        Description = "Peak learning rate.", HelpName = "X", DefaultValueFactory = _ => s_training.LearningRate,
    };

    private static readonly Option<string> s_architecture = new Option<string>("--arch")
    {
        Description = "What to train: the CompNet that follows the dataflow, or a baseline.", DefaultValueFactory = _ => Architectures.Dataflow,
    }.AcceptOnlyFromAmong([.. Architectures.All]);

    private static readonly Option<int> s_width = Options.Count("--width", "Size of a value's state.", s_shape.Width);
    private static readonly Option<int> s_surrogateWidth = Options.Count("--surrogate-width", "Width of a surrogate's hidden layers.", s_shape.SurrogateWidth);
    private static readonly Option<int> s_workers = Options.Count("--workers", "Threads.", Environment.ProcessorCount);
    private static readonly Option<int> s_saveEvery = Options.Count("--save-every", "Seconds between two checkpoints.", 120);
    private static readonly Option<long> s_seed = Options.Seed();
    private static readonly Option<DirectoryInfo> s_cache = new("--cache")
    {
        Description = "Where the generated corpus is kept.", HelpName = "DIR", DefaultValueFactory = _ => new DirectoryInfo(".nsc"),
    };

    public static Command Create() => new Command("train-compnet", "Train a CompNet on generated programs.")
    {
        s_output, s_resume, s_programs, s_steps, s_batch, s_learningRate, s_architecture, s_width, s_surrogateWidth, s_workers, s_saveEvery, s_seed, s_cache,
    }.WithAction(Run);

    private static ExitCode Run(ParseResult parse, Terminal terminal, CancellationToken cancellationToken)
    {
        FileInfo output = parse.GetRequiredValue(s_output);
        bool resume = parse.GetValue(s_resume);
        if (resume && !output.Exists)
        {
            throw new CommandException(ExitCode.Refused, $"there is no checkpoint at '{output}' to resume");
        }

        if (!resume && output.Exists)
        {
            throw new CommandException(ExitCode.Usage, $"'{output}' exists already", "continue it with --resume, or name another file");
        }

        var options = s_training with
        {
            Steps = parse.GetValue(s_steps), ProgramsPerStep = parse.GetValue(s_batch), Workers = parse.GetValue(s_workers), LearningRate = parse.GetValue(s_learningRate), Seed = parse.GetValue(s_seed),
            WarmUpSteps = Math.Min(s_training.WarmUpSteps, (parse.GetValue(s_steps) / 10) + 1),
        };
        CompNetOptions shape = s_shape with { Width = parse.GetValue(s_width), SurrogateWidth = parse.GetValue(s_surrogateWidth), Architecture = parse.GetValue(s_architecture)! };
        TrainingCorpus corpus = LoadOrBuild(parse, terminal, cancellationToken);
        using var trainer = new CompNetTrainer(shape, options, [new TrainingSource("generated", corpus.Training, 1)], corpus.Hash, corpus.HeldOut);
        terminal.Say($"{trainer.Net.parameters().Sum(p => p.numel())} parameters, {corpus.Training.Length} programs, {options.Steps} steps of {options.ProgramsPerStep}");
        if (resume)
        {
            Resume(trainer, output);
        }

        trainer.Run(output.FullName, TimeSpan.FromSeconds(parse.GetValue(s_saveEvery)), new ProgressReport(terminal), cancellationToken);
        terminal.Say($"done: {output}");
        return ExitCode.Success;
    }

    private static void Resume(CompNetTrainer trainer, FileInfo checkpoint)
    {
        try
        {
            trainer.Resume(CompNetCheckpoint.Load(checkpoint.FullName));
        }
        catch (ContainerException damage)
        {
            throw new CommandException(ExitCode.Refused, $"'{checkpoint}': {damage.Message}");
        }
    }

    private static TrainingCorpus LoadOrBuild(ParseResult parse, Terminal terminal, CancellationToken cancellationToken)
    {
        int programs = parse.GetValue(s_programs);
        long seed = parse.GetValue(s_seed);
        DirectoryInfo cache = parse.GetValue(s_cache)!;
        string path = Path.Combine(cache.FullName, $"corpus-{seed}-{programs}.bin");
        if (CorpusFile.TryLoad(path) is not { } loaded)
        {
            cache.Create();
            Toolchain toolchain = SourceFiles.RequireToolchain();
            var taken = new HashSet<string>();
            var clock = Stopwatch.StartNew();
            var report = new FunnelReport(terminal, programs, clock);
            var heldOut = GeneratedCorpus.Build(HeldOut(seed, HeldOutPrograms), toolchain, taken, null, cancellationToken);
            var training = GeneratedCorpus.Build(
                new GeneratedCorpusOptions(programs, TrainingSeed(seed)), toolchain, taken, report, cancellationToken);
            terminal.Say($"{training.Funnel} in {clock.Elapsed.TotalSeconds:F0} s");
            ImmutableArray<CorpusProgram> all = [.. heldOut.Programs, .. training.Programs];
            loaded = (all, CorpusFile.Save(path, all));
        }

        ImmutableArray<TrainingProgram> converted = [.. loaded.Programs.AsParallel().AsOrdered().Select(p => TrainingProgram.From(p.Graph, p.Inputs, p.Tokens, parse.GetValue(s_architecture)!))];
        return new TrainingCorpus(converted[..HeldOutPrograms], converted[HeldOutPrograms..], loaded.Hash);
    }

    /// <summary>The held-out programs of a training run with a seed: the same ones for every size of its corpus.</summary>
    public static GeneratedCorpusOptions HeldOut(long seed, int count) => new(count, unchecked((ulong)seed * 2 * 0x9E3779B97F4A7C15), UnitSize: 500);

    private static ulong TrainingSeed(long seed) => unchecked((((ulong)seed * 2) + 1) * 0x9E3779B97F4A7C15);

    private sealed record TrainingCorpus(ImmutableArray<TrainingProgram> HeldOut, ImmutableArray<TrainingProgram> Training, string Hash);

    private sealed class FunnelReport(Terminal terminal, int wanted, Stopwatch clock) : IProgress<Funnel>
    {
        public void Report(Funnel value) => terminal.Progress(() =>
            $"corpus: {value.Kept}/{wanted} programs, {value.Generated / clock.Elapsed.TotalSeconds:F0} functions/s, "
            + $"{TimeSpan.FromSeconds((wanted - value.Kept) * clock.Elapsed.TotalSeconds / Math.Max(1, value.Kept)):hh\\:mm\\:ss} left");
    }

    // A line in place on a terminal; elsewhere a line now and then, so that logs can be read.
    private sealed class ProgressReport(Terminal terminal) : IProgress<TrainingProgress>
    {
        private static readonly TimeSpan s_logEvery = TimeSpan.FromSeconds(30);
        private readonly Stopwatch _sinceLogged = Stopwatch.StartNew();

        public void Report(TrainingProgress value)
        {
            if (!terminal.IsInteractive && (_sinceLogged.Elapsed > s_logEvery || value.Step == value.Steps))
            {
                terminal.Say(Line(value));
                _sinceLogged.Restart();
            }

            terminal.Progress(() => Line(value));
        }

        private static string Line(TrainingProgress p) => string.Concat(
            $"step {p.Step}/{p.Steps}  loss {p.Loss:F3}  {p.ProgramsPerSecond:F0} programs/s  {p.TimeLeft:hh\\:mm\\:ss} left",
            p.HeldOutMedian is { } median ? $"  held-out median NMSE {median:G3}" : "");
    }
}
