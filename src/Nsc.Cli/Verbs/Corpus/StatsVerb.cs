// nsc exestack stats: how many functions a corpus has, and how many of them are distinct.

using System.CommandLine;
using Nsc.Cli.Mining;
using Nsc.Cli.Output;
using Nsc.CommandLine;
using Nsc.Corpus.Mining.Duplicates;
using Nsc.Corpus.Mining.Variants;
using Nsc.Corpus.Mining;
using Nsc.Corpus.Shards;

namespace Nsc.Cli.Verbs.Corpus;

internal static class StatsVerb
{
    private static readonly Option<DirectoryInfo> s_corpus = ExeStackOptions.Corpus();
    private static readonly Option<string> s_heldOut = ExeStackOptions.HeldOutPackages();
    private static readonly Option<bool> s_json = Options.Json();

    public static Command Create() => new Command("stats", "Count packages, functions and distinct functions.") { s_corpus, s_heldOut, s_json }.WithAction(Run);

    private static ExitCode Run(ParseResult parse, Terminal terminal, CancellationToken cancellationToken)
    {
        string folder = ExeStackOptions.ExistingCorpus(parse.GetRequiredValue(s_corpus)).FullName;
        string[] heldOut = parse.GetValue(s_heldOut)!.Split(',', StringSplitOptions.RemoveEmptyEntries);
        ExeStack corpus = ExeStack.Open(folder);
        VariantCorpus variants = VariantCorpus.Open(folder);

        // Held-out packages come first, so that a function of theirs and of another package counts as theirs.
        string[] packages = [.. corpus.Packages.Select(p => p.Package).OrderByDescending(heldOut.Contains).ThenBy(p => p, StringComparer.Ordinal)];
        ShardRow[] all = [.. packages.SelectMany(corpus.Load)];
        Deduplication distinct = Deduplication.Within(all, [], cancellationToken);
        PackageStatsJson[] rows = [.. packages.Select(p => new PackageStatsJson(
            p, heldOut.Contains(p), all.Count(r => r.Package == p), distinct.Kept.Count(r => r.Package == p), variants.Load(p).Count))];
        var stats = new StatsJson(
            rows, all.Length, distinct.Kept.Length, rows.Where(r => r.HeldOut).Sum(r => r.Distinct), rows.Where(r => !r.HeldOut).Sum(r => r.Distinct),
            variants.Packages.Sum(p => p.Funnel.Funnel.Kept), distinct.Count(DuplicateKind.Tokens), distinct.Count(DuplicateKind.Graph), distinct.Count(DuplicateKind.Behaviour));
        if (parse.GetValue(s_json))
        {
            ResearchJson.Write(terminal.Output, stats);
        }
        else
        {
            Show(stats, terminal);
        }

        return ExitCode.Success;
    }

    private static void Show(StatsJson stats, Terminal terminal)
    {
        TextWriter output = terminal.Output;
        var table = new TextTable(0, new("package", 24, IsText: true), new("functions", 10), new("distinct", 10), new("variants", 10), new("", 0, IsText: true, Gap: 2));
        foreach (PackageStatsJson row in stats.Packages)
        {
            table.Add($"{row.Package}", $"{row.Functions}", $"{row.Distinct}", $"{row.Variants}", $"{(row.HeldOut ? "held out" : "")}");
        }

        table.Write(terminal);
        output.WriteLine($"{stats.Packages.Length} packages, {stats.Functions} functions, {stats.Distinct} distinct: {stats.HeldOut} held out, {stats.Training} for training; {stats.Variants} variants");
        output.WriteLine($"repeated: {stats.ByTokens} by tokens, {stats.ByGraph} more by graph, {stats.ByBehaviour} more by behaviour");
    }
}
