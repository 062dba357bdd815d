// The generated part of a training corpus: built once, kept in a cache, shared by the ranks of a job.

using System.Collections.Immutable;
using System.CommandLine;
using System.Diagnostics;
using System.Text;
using Nsc.CommandLine;
using Nsc.Core.Ranks;
using Nsc.Corpus.Building;
using Nsc.Corpus.Mining;
using Nsc.FrontEnd.Tools;

namespace Nsc.Cli.TrainingRuns;

/// <summary>Generated programs, of which the first ones are held out.</summary>
internal sealed record GeneratedPrograms(ImmutableArray<CorpusProgram> HeldOut, ImmutableArray<CorpusProgram> Training, string Hash)
{
    private const int HeldOutCount = 200;
    private static readonly Option<int> s_programs = Options.Count("--programs", "Programs to generate.", 100_000, least: 100);
    private static readonly Option<DirectoryInfo> s_cache = new("--cache")
    {
        Description = "Where the generated corpus is kept.", HelpName = "DIR", DefaultValueFactory = _ => new DirectoryInfo(".nsc"),
    };

    public static void AddTo(Command command)
    {
        command.Add(s_programs);
        command.Add(s_cache);
    }

    /// <summary>Reads the programs, or builds them. Rank 0 says whether they are there; if so all read them, else all build them.</summary>
    public static GeneratedPrograms Load(ParseResult parse, long seed, int workers, Terminal terminal, IRanks ranks, CancellationToken cancellationToken)
    {
        int programs = parse.GetValue(s_programs);
        string path = Path.Combine(parse.GetValue(s_cache)!.FullName, $"corpus-{seed}-{programs}.bin");
        var loaded = CorpusFile.TryLoad(path);
        bool isThere = ranks.Gather([loaded is null ? (byte)0 : (byte)1])[0][0] != 0;
        if (!isThere)
        {
            loaded = Build(programs, seed, path, workers, terminal, ranks, cancellationToken);
        }
        else if (loaded is null)
        {
            throw new CommandException(ExitCode.Failure, $"rank {ranks.Rank} does not find '{path}', which rank 0 does", "let --cache name a folder that all ranks share");
        }

        return new GeneratedPrograms(loaded.Value.Programs[..HeldOutCount], loaded.Value.Programs[HeldOutCount..], loaded.Value.Hash);
    }

    private static (ImmutableArray<CorpusProgram> Programs, string Hash) Build(
        int programs, long seed, string path, int workers, Terminal terminal, IRanks ranks, CancellationToken cancellationToken)
    {
        Toolchain toolchain = SourceFiles.RequireToolchain();
        var taken = new HashSet<string>();
        var clock = Stopwatch.StartNew();
        var report = new FunnelReport(terminal, programs, clock);
        var heldOut = GeneratedCorpus.Build(HeldOutOptions(seed, HeldOutCount) with { Workers = workers }, toolchain, taken, null, ranks, cancellationToken);
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
    public static GeneratedCorpusOptions HeldOutOptions(long seed, int count) => new(count, unchecked((ulong)seed * 2 * 0x9E3779B97F4A7C15), UnitSize: 500);

    private static ulong TrainingSeed(long seed) => unchecked((((ulong)seed * 2) + 1) * 0x9E3779B97F4A7C15);

    private sealed class FunnelReport(Terminal terminal, int wanted, Stopwatch clock) : IProgress<Funnel>
    {
        public void Report(Funnel value) => terminal.Progress(() =>
            $"corpus: {value.Kept}/{wanted} programs, {value.Generated / clock.Elapsed.TotalSeconds:F0} functions/s, "
            + $"{TimeSpan.FromSeconds((wanted - value.Kept) * clock.Elapsed.TotalSeconds / Math.Max(1, value.Kept)):hh\\:mm\\:ss} left");
    }
}
