// How many programs train-compnet generates, and where they are kept.

using System.CommandLine;
using System.Diagnostics;
using Nsc.CommandLine;
using Nsc.Core.Ranks;
using Nsc.Corpus.Building;
using Nsc.Corpus.Mining;

namespace Nsc.Cli.TrainingRuns;

internal static class GeneratedProgramsOptions
{
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

    /// <exception cref="CommandException">Ranks do not share the cache.</exception>
    public static GeneratedPrograms Load(ParseResult parse, long seed, int workers, Terminal terminal, IRanks ranks, CancellationToken cancellationToken)
    {
        int programs = parse.GetValue(s_programs);
        string file = GeneratedPrograms.CacheFile(parse.GetValue(s_cache)!.FullName, seed, programs);
        var report = new FunnelReport(terminal, programs);
        GeneratedPrograms generated = GeneratedPrograms.Load(file, programs, seed, workers, SourceFiles.RequireToolchain, ranks, report, cancellationToken)
            ?? throw new CommandException(ExitCode.Failure, $"rank {ranks.Rank} does not find '{file}', which rank 0 does", "let --cache name a folder that all ranks share");
        report.Conclude();
        return generated;
    }

    private sealed class FunnelReport(Terminal terminal, int wanted) : IProgress<Funnel>
    {
        private readonly Stopwatch _clock = Stopwatch.StartNew();
        private Funnel? _last;

        public void Report(Funnel value)
        {
            _last = value;
            terminal.Progress(() =>
                $"corpus: {value.Kept}/{wanted} programs, {value.Generated / _clock.Elapsed.TotalSeconds:F0} functions/s, "
                + $"{TimeSpan.FromSeconds((wanted - value.Kept) * _clock.Elapsed.TotalSeconds / Math.Max(1, value.Kept)):hh\\:mm\\:ss} left");
        }

        /// <summary>What became of all programs, when any were built.</summary>
        public void Conclude()
        {
            if (_last is { } funnel)
            {
                terminal.Say($"{funnel} in {_clock.Elapsed.TotalSeconds:F0} s");
            }
        }
    }
}
