// nsc train-compnet: generate a corpus, train a CompNet on it, keep checkpoints. Alone or as one rank of an MPI job.

using System.Collections.Immutable;
using System.CommandLine;
using System.Diagnostics;
using System.Text;
using Nsc.Cli.Output;
using Nsc.Core.Ranks;
using Nsc.Core.Surrogates;
using Nsc.Corpus.Building;
using Nsc.FrontEnd;
using Nsc.Neural.CompNets;
using Nsc.Neural.Mpi;
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

    private static readonly Option<int> s_width = Options.Count("--width", "Size of a value's state.", s_shape.Width);
    private static readonly Option<int> s_surrogateWidth = Options.Count("--surrogate-width", "Width of a surrogate's hidden layers.", s_shape.SurrogateWidth);
    private static readonly Option<int> s_workers = Options.Count(
        "--workers", "Threads of each process; 1 under mpirun unless you say otherwise.", MpiLaunch.RankCount > 1 ? 1 : Environment.ProcessorCount);

    private static readonly Option<int> s_saveEvery = Options.Count("--save-every", "Seconds between two checkpoints.", 120);
    private static readonly Option<int> s_lookEvery = Options.Count(
        "--look-every", "Steps between two looks at held-out programs.", s_training.LookEverySteps);

    private static readonly Option<long> s_seed = Options.Seed();
    private static readonly Option<DirectoryInfo> s_cache = new("--cache")
    {
        Description = "Where the generated corpus is kept.", HelpName = "DIR", DefaultValueFactory = _ => new DirectoryInfo(".nsc"),
    };

    public static Command Create() => new Command("train-compnet", "Train a CompNet on generated programs.")
    {
        s_output, s_resume, s_programs, s_steps, s_batch, s_learningRate, s_width, s_surrogateWidth, s_workers, s_saveEvery, s_lookEvery, s_seed, s_cache,
    }.WithAction((parse, terminal, cancellationToken) => MpiJob.Run(terminal, (ranks, shown) => Run(parse, shown, ranks, cancellationToken)));

    private static ExitCode Run(ParseResult parse, Terminal terminal, IRanks ranks, CancellationToken cancellationToken)
    {
        FileInfo output = parse.GetRequiredValue(s_output);
        bool resume = parse.GetValue(s_resume);
        TrainingFiles.Check(output, resume);
        int workers = parse.GetValue(s_workers) * ranks.Count;
        if (workers > parse.GetValue(s_batch))
        {
            throw new CommandException(ExitCode.Usage, $"{workers} workers cannot share steps of {parse.GetValue(s_batch)} programs");
        }

        var options = s_training with
        {
            Steps = parse.GetValue(s_steps), ProgramsPerStep = parse.GetValue(s_batch), Workers = workers, LearningRate = parse.GetValue(s_learningRate), Seed = parse.GetValue(s_seed),
            WarmUpSteps = Math.Min(s_training.WarmUpSteps, (parse.GetValue(s_steps) / 10) + 1), LookEverySteps = parse.GetValue(s_lookEvery),
        };
        CompNetOptions shape = s_shape with { Width = parse.GetValue(s_width), SurrogateWidth = parse.GetValue(s_surrogateWidth) };
        TrainingCorpus corpus = LoadOrBuild(parse, terminal, ranks, cancellationToken);
        using var trainer = new CompNetTrainer(shape, options, corpus.Training, corpus.Hash, corpus.HeldOut, ranks);
        terminal.Say($"{trainer.Net.parameters().Sum(p => p.numel())} parameters, {corpus.Training.Length} programs, {options.Steps} steps of {options.ProgramsPerStep}"
            + (ranks.Count == 1 ? "" : $", {ranks.Count} ranks"));
        if (resume)
        {
            Resume(trainer, output);
        }

        trainer.Run(output.FullName, TimeSpan.FromSeconds(parse.GetValue(s_saveEvery)), ranks.Rank == 0 ? new TrainingReport(terminal, output) : null, cancellationToken);
        terminal.Say($"done: {output}");
        return ExitCode.Success;
    }

    private static void Resume(CompNetTrainer trainer, FileInfo checkpoint)
    {
        try
        {
            trainer.Resume(checkpoint.FullName);
        }
        catch (ContainerException damage)
        {
            throw new CommandException(ExitCode.Refused, $"'{checkpoint}': {damage.Message}");
        }
    }

    // Rank 0 says whether the corpus is there; if so all read it, else all build it.
    private static TrainingCorpus LoadOrBuild(ParseResult parse, Terminal terminal, IRanks ranks, CancellationToken cancellationToken)
    {
        int programs = parse.GetValue(s_programs);
        long seed = parse.GetValue(s_seed);
        DirectoryInfo cache = parse.GetValue(s_cache)!;
        string path = Path.Combine(cache.FullName, $"corpus-{seed}-{programs}.bin");
        var loaded = CorpusFile.TryLoad(path);
        bool isThere = ranks.Gather([loaded is null ? (byte)0 : (byte)1])[0][0] != 0;
        if (!isThere)
        {
            loaded = Build(programs, seed, path, parse.GetValue(s_workers), terminal, ranks, cancellationToken);
        }
        else if (loaded is null)
        {
            throw new CommandException(ExitCode.Failure, $"rank {ranks.Rank} does not find '{path}', which rank 0 does", "let --cache name a folder that all ranks share");
        }

        ImmutableArray<TrainingProgram> converted = [.. loaded.Value.Programs.AsParallel().AsOrdered().Select(p => TrainingProgram.From(p.Graph, p.Inputs))];
        return new TrainingCorpus(converted[..HeldOutPrograms], converted[HeldOutPrograms..], loaded.Value.Hash);
    }

    private static (ImmutableArray<CorpusProgram> Programs, string Hash) Build(
        int programs, long seed, string path, int workers, Terminal terminal, IRanks ranks, CancellationToken cancellationToken)
    {
        Toolchain toolchain = SourceFiles.RequireToolchain();
        var taken = new HashSet<string>();
        var clock = Stopwatch.StartNew();
        var report = new FunnelReport(terminal, programs, clock);
        var heldOut = GeneratedCorpus.Build(HeldOut(seed, HeldOutPrograms) with { Workers = workers }, toolchain, taken, null, ranks, cancellationToken);
        var training = GeneratedCorpus.Build(
            new GeneratedCorpusOptions(programs, TrainingSeed(seed), Workers: workers), toolchain, taken, report, ranks, cancellationToken);
        terminal.Say($"{training.Funnel} in {clock.Elapsed.TotalSeconds:F0} s");
        ImmutableArray<CorpusProgram> all = [.. heldOut.Programs, .. training.Programs];
        byte[] hash = [];
        if (ranks.Rank == 0)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            hash = Encoding.ASCII.GetBytes(CorpusFile.Save(path, all));
        }

        return (all, Encoding.ASCII.GetString(ranks.Gather(hash)[0]));
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
}
