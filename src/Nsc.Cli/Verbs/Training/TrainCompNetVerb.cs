// nsc train-compnet: generate a corpus, train a CompNet on it, keep checkpoints. Alone or as one rank of an MPI job.

using System.Collections.Immutable;
using System.CommandLine;
using System.Diagnostics;
using System.Text;
using Nsc.Cli.TrainingRuns;
using Nsc.CommandLine;
using Nsc.Core.Ranks;
using Nsc.Core.Surrogates;
using Nsc.Corpus.Building;
using Nsc.Engine.Emission;
using Nsc.Training.HyperNetworks;
using Nsc.Training.Optimization;
using Nsc.Training.Supervision;

namespace Nsc.Cli.Verbs.Training;

internal static class TrainCompNetVerb
{
    private static readonly Option<FileInfo> s_output = new("--output", "-o")
    {
        Description = "The checkpoint.", HelpName = "OUT", Required = true,
    };

    private static readonly Option<bool> s_resume = new("--resume") { Description = "Continue the run whose checkpoint is at OUT, with its options." };
    private static readonly Option<int> s_workers = Options.Count(
        "--workers", "Threads of each process; 1 under mpirun unless you say otherwise.", MpiLaunch.RankCount > 1 ? 1 : Environment.ProcessorCount);

    private static readonly Option<int> s_saveEvery = Options.Count("--save-every", "Seconds between two checkpoints.", 120);

    private static readonly Option<FileInfo?> s_startFrom = new("--start-from")
    {
        Description = "Start with this checkpoint's weights instead of random ones.", HelpName = "MODEL",
    };

    private static readonly Option<long> s_seed = Options.Seed();

    public static Command Create()
    {
        var command = new Command("train-compnet", "Train a CompNet on generated programs, and on real ones when there is a corpus.")
        {
            s_output, s_resume, s_startFrom, s_workers, s_saveEvery, s_seed,
        };
        CompNetSettings.AddTo(command);
        TrainingMixtureOptions.AddTo(command);
        return command.WithAction(
            (parse, terminal, cancellationToken) => MpiJob.Run(terminal, (ranks, shown) => Run(parse, shown, ranks, cancellationToken)),
            grace: _ => TimeSpan.FromMinutes(1)); // It saves its checkpoint when the step, or the look at the held-out programs, is over.
    }

    private static ExitCode Run(ParseResult parse, Terminal terminal, IRanks ranks, CancellationToken cancellationToken)
    {
        FileInfo output = parse.GetRequiredValue(s_output);
        bool resume = parse.GetValue(s_resume);
        TrainingFiles.Check(output, resume);
        parse = resume ? ResumedOptions.With(parse, output) : parse;
        int workers = parse.GetValue(s_workers) * ranks.Count;
        TrainingOptions options = CompNetSettings.Training(parse) with { Workers = workers, Seed = parse.GetValue(s_seed) };
        if (workers > options.ProgramsPerStep)
        {
            throw new CommandException(ExitCode.Usage, $"{workers} workers cannot share steps of {options.ProgramsPerStep} programs");
        }

        CompNetOptions shape = CompNetSettings.Shape(parse);
        TrainingMixture corpus = TrainingMixtureOptions.Load(parse, options.Seed, parse.GetValue(s_workers), shape.Architecture, terminal, ranks, cancellationToken);
        using var trainer = new CompNetTrainer(shape, options, corpus.Sources, corpus.Hash, corpus.HeldOut, ranks) { Command = ResumedOptions.Of(parse, s_workers) };
        if (parse.GetValue(s_startFrom) is { } start)
        {
            StartFrom(trainer, start);
        }

        terminal.Say(string.Join(", ", corpus.Sources.Select(s => $"{s.Programs.Count} {s.Name} programs (weight {s.Weight})")));
        terminal.Say($"{trainer.Net.parameters().Sum(p => p.numel())} parameters, {options.Steps} steps of {options.ProgramsPerStep}"
            + (ranks.Count == 1 ? "" : $", {ranks.Count} ranks"));
        if (resume)
        {
            Resume(trainer, output);
        }

        trainer.Run(output.FullName, TimeSpan.FromSeconds(parse.GetValue(s_saveEvery)), ranks.Rank == 0 ? new TrainingReport(terminal, output) : null, cancellationToken);
        terminal.Say($"done: {output}");
        return ExitCode.Success;
    }

    private static void Resume(CompNetTrainer trainer, FileInfo checkpoint) => Read(checkpoint, () => trainer.Resume(checkpoint.FullName));

    private static void StartFrom(CompNetTrainer trainer, FileInfo checkpoint)
    {
        if (!checkpoint.Exists)
        {
            throw new CommandException(ExitCode.Refused, $"there is no checkpoint at '{checkpoint}' to start from");
        }

        Read(checkpoint, () => trainer.StartFrom(CompNetCheckpoint.Load(checkpoint.FullName)));
    }

    private static void Read(FileInfo checkpoint, Action read)
    {
        try
        {
            read();
        }
        catch (ContainerException damage)
        {
            throw new CommandException(ExitCode.Refused, $"'{checkpoint}': {damage.Message}");
        }
    }
}
