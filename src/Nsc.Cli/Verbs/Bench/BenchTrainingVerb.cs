// nsc bench training: how fast CompNet trains on all cores of this machine, in three layouts, beside a plain matrix product.
// Every layout runs in processes of its own, again in each round, so that a disturbance hits all of them alike.

using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Nsc.Cli.Output;
using Nsc.Cli.TrainingRuns;
using Nsc.CommandLine;
using Nsc.Core.Ranks;
using Nsc.Corpus.Building;
using Nsc.Engine.Emission;
using Nsc.Training.HyperNetworks;
using Nsc.Training.Mpi;
using Nsc.Training.Optimization;
using Nsc.Training.Progress;
using Nsc.Training.Supervision;

namespace Nsc.Cli.Verbs.Bench;

internal static class BenchTrainingVerb
{
    private const string Measured = "measured ";
    private static readonly Option<int> s_rounds = Options.Count("--rounds", "Rounds; medians are shown.", 5);
    private static readonly Option<int> s_steps = Options.Count("--steps", "Steps that are timed in a round.", 60);
    private static readonly Option<int> s_batch = Options.Count("--batch", "Programs in a step.", 48);
    private static readonly Option<int> s_programs = Options.Count("--programs", "Generated programs to train on.", 2000);
    private static readonly Option<int> s_threads = Options.Count("--threads", "Cores to use.", Environment.ProcessorCount);
    private static readonly Option<long> s_seed = Options.Seed();
    private static readonly Option<DirectoryInfo> s_cache = new("--cache")
    {
        Description = "Where the generated corpus is kept.", HelpName = "DIR", DefaultValueFactory = _ => new DirectoryInfo(".nsc"),
    };

    private static readonly Option<bool> s_json = Options.Json();

    // How the bench calls itself: one layout, once.
    private static readonly Option<int> s_workersOnce = Options.Count("--workers-once", "", 0, least: 0);
    private static readonly Option<int> s_threadsEach = Options.Count("--threads-each", "", 1);

    public static Command Create()
    {
        (s_workersOnce.Hidden, s_threadsEach.Hidden) = (true, true);
        return new Command("training", "Training speed of several layouts, beside a matrix product's.")
        {
            s_rounds, s_steps, s_batch, s_programs, s_threads, s_seed, s_cache, s_json, s_workersOnce, s_threadsEach,
        }.WithAction((parse, terminal, cancellationToken) => parse.GetValue(s_workersOnce) > 0
            ? MpiJob.Run(terminal, (ranks, shown) => MeasureOnce(parse, shown, ranks))
            : Run(parse, terminal, cancellationToken));
    }

    private static ExitCode Run(ParseResult parse, Terminal terminal, CancellationToken cancellationToken)
    {
        LoadCorpus(parse, terminal, cancellationToken);
        int threads = parse.GetValue(s_threads), rounds = parse.GetValue(s_rounds);
        TrainingLayout[] layouts = TrainingLayout.AllOn(threads);
        if (layouts.Length < TrainingLayout.Count)
        {
            terminal.Say("no mpirun here: ranks are left out (apt-get install openmpi-bin)");
        }

        var products = new List<double>();
        var speeds = layouts.ToDictionary(l => l, _ => new List<TrainingSpeed>());
        for (int round = 0; round < rounds; round++)
        {
            products.Add(TrainingSpeed.MatrixProductRate(threads) / 1e9);
            foreach (TrainingLayout layout in layouts)
            {
                cancellationToken.ThrowIfCancellationRequested();
                terminal.Progress(() => $"round {round + 1}/{rounds}: {layout.Name}");
                speeds[layout].Add(RunOnce(parse, layout, cancellationToken));
            }
        }

        Report(parse, terminal, ZeroShot.Median(products), [.. layouts.Select(l => ToJson(l, speeds[l], ZeroShot.Median(products)))]);
        return ExitCode.Success;
    }

    private static TrainingSpeed RunOnce(ParseResult parse, TrainingLayout layout, CancellationToken cancellationToken)
    {
        Process process = layout.Start(
        [
            "bench", "training", "--workers-once", Number(layout.Workers), "--threads-each", Number(layout.ThreadsEach), "--seed",
            parse.GetValue(s_seed).ToString(CultureInfo.InvariantCulture), "--steps", Number(parse.GetValue(s_steps)), "--batch",
            Number(parse.GetValue(s_batch)), "--programs", Number(parse.GetValue(s_programs)), "--cache", parse.GetValue(s_cache)!.FullName,
        ]);
        using (process)
        using (cancellationToken.Register(() => process.Kill(entireProcessTree: true)))
        {
            string said = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            cancellationToken.ThrowIfCancellationRequested();
            // mpirun hands its ranks a terminal, and .NET greets it with an escape sequence.
            string line = said.Split('\n').FirstOrDefault(l => l.Contains(Measured, StringComparison.Ordinal)) ?? Measured;
            double[] numbers = [.. line[(line.IndexOf(Measured, StringComparison.Ordinal) + Measured.Length)..]
                .Split(' ', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(n => double.Parse(n, CultureInfo.InvariantCulture))];
            return process.ExitCode == 0 && numbers.Length == 2
                ? new TrainingSpeed(numbers[0], numbers[1])
                : throw new CommandException(ExitCode.Failure, $"{layout.Name}: exit code {process.ExitCode}");
        }

        static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
    }

    private static ExitCode MeasureOnce(ParseResult parse, Terminal terminal, IRanks ranks)
    {
        var options = new TrainingOptions(
            parse.GetValue(s_steps), parse.GetValue(s_batch), Workers: parse.GetValue(s_workersOnce) * ranks.Count, Seed: parse.GetValue(s_seed),
            FineTunedWeight: CompNetSettings.UsualFineTunedWeight);
        TrainingProgram[] corpus = [.. LoadCorpus(parse, terminal, CancellationToken.None)
            .AsParallel().AsOrdered().Select(p => TrainingProgram.From(p.Graph, p.Inputs, p.Tokens))];
        TrainingSpeed speed = TrainingSpeed.Measure(new CompNetOptions(), options, corpus, ranks, parse.GetValue(s_threadsEach));
        terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Measured}{speed.ProgramsPerSecond:R} {speed.OperationsPerProgram:R}"));
        return ExitCode.Success;
    }

    private static IReadOnlyList<CorpusProgram> LoadCorpus(ParseResult parse, Terminal terminal, CancellationToken cancellationToken)
    {
        string path = Path.Combine(parse.GetValue(s_cache)!.FullName, $"bench-training-{parse.GetValue(s_seed)}-{parse.GetValue(s_programs)}.bin");
        if (CorpusFile.TryLoad(path) is { } loaded)
        {
            return loaded.Programs;
        }

        terminal.Say($"generating {parse.GetValue(s_programs)} programs");
        var built = GeneratedCorpus.Build(
            GeneratedPrograms.HeldOutOptions(parse.GetValue(s_seed), parse.GetValue(s_programs)), SourceFiles.RequireToolchain(), [],
            cancellationToken: cancellationToken);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        CorpusFile.Save(path, built.Programs);
        return built.Programs;
    }

    private static TrainingSpeedJson ToJson(TrainingLayout layout, List<TrainingSpeed> speeds, double productRate)
    {
        double perSecond = ZeroShot.Median(speeds.Select(s => s.ProgramsPerSecond));
        double rate = perSecond * speeds[0].OperationsPerProgram / 1e9;
        return new TrainingSpeedJson(
            layout.Name, perSecond, speeds.Min(s => s.ProgramsPerSecond), speeds.Max(s => s.ProgramsPerSecond), rate, rate / productRate);
    }

    private static void Report(ParseResult parse, Terminal terminal, double productRate, TrainingSpeedJson[] rows)
    {
        if (parse.GetValue(s_json))
        {
            ResearchJson.Write(terminal.Output, new TrainingBenchJson(productRate, rows));
            return;
        }

        terminal.Output.WriteLine($"{"layout",-32}{"programs/s",12}  {"(least to most)",-20}{"GFLOP/s",10}{"share",9}");
        foreach (TrainingSpeedJson row in rows)
        {
            terminal.Output.WriteLine($"{row.Layout,-32}{row.ProgramsPerSecond,12:F0}  {$"({row.Least:F0} to {row.Most:F0})",-20}{row.Gflops,10:F1}{row.ShareOfProduct,9:P1}");
        }

        terminal.Output.WriteLine($"{"a plain matrix product",-32}{"",12}  {"",-20}{productRate,10:F1}{1,9:P1}");
    }
}
