// nsc exestack coverage: what training programs are made of beside what real functions are made of.

using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Nsc.Cli.Mining;
using Nsc.Cli.Output;
using Nsc.CommandLine;
using Nsc.Corpus.Building;
using Nsc.Corpus.Mining;
using Nsc.Corpus.Shards;
using Nsc.Corpus.Splitting;
using Nsc.FrontEnd.Tools;

namespace Nsc.Cli.Verbs.Corpus;

internal static class CoverageVerb
{
    private const double SmallestShown = 0.001;
    private static readonly SplitVerbOptions s_split = new();
    private static readonly Option<int> s_generated = Options.Count("--generated", "Generated programs in the training mixture.", 2000, least: 0);
    private static readonly Option<long> s_seed = Options.Seed();
    private static readonly Option<bool> s_json = Options.Json();

    public static Command Create()
    {
        var command = new Command("coverage", "Compare the training mixture (generated programs, variants, idioms) with real functions.") { s_generated, s_seed, s_json };
        s_split.AddTo(command);
        return command.WithAction(Run);
    }

    private static ExitCode Run(ParseResult parse, Terminal terminal, CancellationToken cancellationToken)
    {
        Toolchain toolchain = SourceFiles.RequireToolchain();
        Splits splits = s_split.Load(parse, terminal, cancellationToken);
        ShardRow[] real = [.. splits.Training.Real.Where(r => r.Package != DefaultHeldOut.Idioms), .. splits.Validation];
        ShardRow[] idioms = [.. splits.Training.Real.Where(r => r.Package == DefaultHeldOut.Idioms)];
        CoverageSource[] training =
        [
            new("generated", Generated(parse.GetValue(s_generated), parse.GetValue(s_seed), toolchain, cancellationToken)),
            new("variants", Programs(splits.Training.Variants)), new("idioms", Programs(idioms)),
        ];
        Coverage coverage = Coverage.Of(Programs(real), training);
        if (parse.GetValue(s_json))
        {
            ResearchJson.Write(terminal.Output, JsonOf(coverage));
        }
        else
        {
            Show(coverage, terminal.Output);
        }

        return ExitCode.Success;
    }

    private static ImmutableArray<CorpusProgram> Generated(int count, long seed, Toolchain toolchain, CancellationToken cancellationToken) => count == 0
        ? [] : GeneratedCorpus.Build(new GeneratedCorpusOptions(count, (ulong)seed, UnitSize: 500), toolchain, [], cancellationToken: cancellationToken).Programs;

    private static ImmutableArray<CorpusProgram> Programs(IReadOnlyList<ShardRow> rows) => [.. rows.AsParallel().AsOrdered().Select(r => r.Program())];

    private static void Show(Coverage coverage, TextWriter output)
    {
        string[] names = [$"real {coverage.RealCount}", .. coverage.Sources.Zip(coverage.Counts, (s, n) => $"{s} {n}"), "training"];
        foreach (CoverageHistogram histogram in coverage.Histograms)
        {
            output.WriteLine($"{histogram.Name,-24}{string.Concat(names.Select(n => $"{n,17}"))}");
            foreach (CoverageBucket bucket in histogram.Buckets.Where(b => Math.Max(b.Real, b.Training) >= SmallestShown))
            {
                double[] shares = [bucket.Real, .. bucket.Sources, bucket.Training];
                output.WriteLine($"  {bucket.Name,-22}{string.Concat(shares.Select(s => $"{Percent(s),17}"))}");
            }
        }

        output.WriteLine("largest holes: at least four times as common in real functions as in training");
        foreach (CoverageHole hole in coverage.Holes.Take(20))
        {
            output.WriteLine($"  {hole.Histogram,-14}{hole.Bucket.Name,-24}{Percent(hole.Bucket.Real),8} real{Percent(hole.Bucket.Training),10} training");
        }
    }

    private static string Percent(double share) => (100 * share).ToString("F2", CultureInfo.InvariantCulture) + "%";

    private static CoverageJson JsonOf(Coverage coverage) => new(
        coverage.RealCount, coverage.Sources.Zip(coverage.Counts).ToDictionary(p => p.First, p => p.Second),
        [.. coverage.Histograms.Select(h => new HistogramJson(h.Name, [.. h.Buckets.Select(b => BucketOf(b, coverage))]))],
        [.. coverage.Holes.Select(h => new HoleJson(h.Histogram, h.Bucket.Name, h.Bucket.Real, h.Bucket.Training))]);

    private static BucketJson BucketOf(CoverageBucket bucket, Coverage coverage) =>
        new(bucket.Name, bucket.Real, coverage.Sources.Zip(bucket.Sources).ToDictionary(p => p.First, p => p.Second), bucket.Training);
}
