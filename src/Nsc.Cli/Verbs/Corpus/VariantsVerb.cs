// nsc exestack variants: many programs from each real function.

using System.CommandLine;
using System.Diagnostics;
using Nsc.Cli.Mining;
using Nsc.CommandLine;
using Nsc.Core.Diagnostics;
using Nsc.Corpus.Building;
using Nsc.Corpus.Mining;
using Nsc.Corpus.Mining.Variants;
using Nsc.Corpus.Shards;
using Nsc.Corpus.Splitting;
using Nsc.FrontEnd.Execution;
using Nsc.FrontEnd.Tools;

namespace Nsc.Cli.Verbs.Corpus;

internal static class VariantsVerb
{
    private static readonly VariantOptions s_defaults = new();
    private static readonly Option<DirectoryInfo> s_corpus = ExeStackOptions.Corpus();
    private static readonly Option<int> s_perFunction = Options.Count("--per-function", "Variants to try of each function.", s_defaults.PerFunction);
    private static readonly Option<int> s_maxNodes = Options.Count("--max-values", "Variants with a larger dataflow graph are left out.", s_defaults.MaxNodes);
    private static readonly Option<int> s_workers = Options.Count("--workers", "Functions at the same time.", Environment.ProcessorCount);
    private static readonly Option<long> s_seed = Options.Seed();
    private static readonly Option<string> s_heldOut = ExeStackOptions.HeldOutPackages();
    private static readonly Option<DirectoryInfo?> s_sources = new("--sources")
    {
        Description = "Make variants of the functions of a folder of C files instead.", HelpName = "DIR",
    };

    private static readonly Option<string> s_name = new("--name")
    {
        Description = "With --sources, what they are stored as; of 'idioms' the held-out half is left alone.",
        HelpName = "NAME", DefaultValueFactory = _ => DefaultHeldOut.Idioms,
    };

    public static Command Create() => new Command("variants", "Make variants of real functions; what is done already is not done again.")
    {
        s_corpus, s_perFunction, s_maxNodes, s_workers, s_seed, s_heldOut, s_sources, s_name,
    }.WithAction(Run);

    private static ExitCode Run(ParseResult parse, Terminal terminal, CancellationToken cancellationToken)
    {
        Toolchain toolchain = SourceFiles.RequireToolchain();
        DirectoryInfo corpus = parse.GetRequiredValue(s_corpus);
        string folder = (parse.GetValue(s_sources) is null ? ExeStackOptions.ExistingCorpus(corpus, withVariants: false) : corpus).FullName;
        var options = new VariantOptions(parse.GetValue(s_perFunction), (ulong)parse.GetValue(s_seed), parse.GetValue(s_maxNodes));
        VariantCorpus variants = VariantCorpus.Open(folder);
        foreach ((string package, IReadOnlyList<ShardRow> originals) in Originals(parse, folder, toolchain))
        {
            var clock = Stopwatch.StartNew();
            bool isNew = variants.Add(
                package, originals, options, parse.GetValue(s_workers), toolchain, new ProgressReport(terminal), cancellationToken);
            Funnel funnel = variants.Packages.Single(p => p.Package == package).Funnel.Funnel;
            terminal.Say($"{package}: {funnel.Kept} variants of {originals.Count} functions" + (isNew
                ? $", {funnel.Kept / clock.Elapsed.TotalSeconds:F0}/s" : " (done before)"));
        }

        VariantFunnel all = variants.Packages.Aggregate(VariantFunnel.Empty, (sum, p) => sum + p.Funnel);
        terminal.Say($"{all.Funnel}".Replace("generated", "tried", StringComparison.Ordinal));
        terminal.Say($"{all.Executed} of them executed: {all.Agreed} do what their graph says, the others were dropped");
        return ExitCode.Success;
    }

    private static IEnumerable<(string Package, IReadOnlyList<ShardRow> Originals)> Originals(ParseResult parse, string folder, Toolchain toolchain)
    {
        if (parse.GetValue(s_sources) is { } sources)
        {
            string name = parse.GetValue(s_name)!;
            IReadOnlyList<ShardRow> rows = PlainFunctions.Load(ExeStackOptions.Existing(sources).FullName, name, toolchain, new DiagnosticBag());
            return [(name, [.. rows.Where(r => name != DefaultHeldOut.Idioms || !DefaultHeldOut.IsIdiom(r.Function))])];
        }

        string[] heldOut = parse.GetValue(s_heldOut)!.Split(',', StringSplitOptions.RemoveEmptyEntries);
        ExeStack corpus = ExeStack.Open(folder);
        return corpus.Packages.Where(p => !heldOut.Contains(p.Package)).Select(p => (p.Package, corpus.Load(p.Package)));
    }

    private sealed class ProgressReport(Terminal terminal) : IProgress<VariantProgress>
    {
        public void Report(VariantProgress value) => terminal.Progress(() =>
            $"{value.Package}: function {value.Function}/{value.Functions}, {value.Kept} variants");
    }
}
