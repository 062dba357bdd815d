// nsc exestack audit: whether the graphs of a corpus are what its functions do.

using System.CommandLine;
using Nsc.Cli.Mining;
using Nsc.Cli.Output;
using Nsc.CommandLine;
using Nsc.Core.Sampling;
using Nsc.Core.Text;
using Nsc.Corpus.Mining;
using Nsc.Corpus.Shards;
using Nsc.FrontEnd.Execution;
using Nsc.FrontEnd.Tools;

namespace Nsc.Cli.Verbs.Corpus;

internal static class AuditVerb
{
    private static readonly Option<DirectoryInfo> s_corpus = ExeStackOptions.Corpus();
    private static readonly Option<int> s_inputs = Options.Count("--check", "Inputs from the ranges; edges such as NaN come with them.", 200);
    private static readonly Option<int> s_workers = Options.Count("--workers", "Functions at the same time.", Environment.ProcessorCount);
    private static readonly Option<long> s_seed = Options.Seed();
    private static readonly Option<bool> s_json = Options.Json();

    public static Command Create() => new Command("audit", "Hold the graphs of a corpus against the native programs; exit code 5 when one that says exact is not.")
    {
        s_corpus, s_inputs, s_workers, s_seed, s_json,
    }.WithAction(Run);

    private static ExitCode Run(ParseResult parse, Terminal terminal, CancellationToken cancellationToken)
    {
        ExeStack corpus = ExeStack.Open(ExeStackOptions.ExistingCorpus(parse.GetRequiredValue(s_corpus)).FullName);
        ShardRow[] rows = [.. corpus.Packages.SelectMany(p => corpus.Load(p.Package))];
        AuditedFunction[] audited = Audit(rows, parse, terminal, cancellationToken);
        AuditedFunction[] wrong = [.. audited.Where(f => f.Verdict == GraphVerdict.Wrong)];
        int Count(GraphVerdict verdict) => audited.Count(f => f.Verdict == verdict);
        if (parse.GetValue(s_json))
        {
            ResearchJson.Write(terminal.Output, new AuditJson(
                audited.Length, Count(GraphVerdict.Same), Count(GraphVerdict.Close), Count(GraphVerdict.Approximate), Count(GraphVerdict.Wrong), Count(GraphVerdict.Unusable), wrong));
        }
        else
        {
            foreach (AuditedFunction one in audited.Where(f => f.Verdict is GraphVerdict.Wrong or GraphVerdict.Unusable))
            {
                terminal.Output.WriteLine(PrintableText.OneLine($"{one.Package}/{one.File}: {one.Function}: {(one.Verdict == GraphVerdict.Wrong ? "wrong" : "unusable")}: {one.Remark}"));
            }

            terminal.Output.WriteLine($"{audited.Length} functions: the graphs of {Count(GraphVerdict.Same)} have the program's bits, {Count(GraphVerdict.Close)} differ by rounding, "
                + $"{Count(GraphVerdict.Approximate)} say that they are approximate, {wrong.Length} say exact and are wrong; {Count(GraphVerdict.Unusable)} could not be compared");
        }

        return wrong.Length > 0 ? ExitCode.QualityMissed : ExitCode.Success;
    }

    private static AuditedFunction[] Audit(ShardRow[] rows, ParseResult parse, Terminal terminal, CancellationToken cancellationToken)
    {
        Toolchain toolchain = SourceFiles.RequireToolchain();
        var audit = new GraphAudit(parse.GetValue(s_inputs), SampleSeeds.For(parse.GetValue(s_seed), SamplePurpose.Evaluation), toolchain);
        var audited = new AuditedFunction[rows.Length];
        int done = 0;
        Parallel.For(0, rows.Length, new ParallelOptions { MaxDegreeOfParallelism = parse.GetValue(s_workers), CancellationToken = cancellationToken }, i =>
        {
            audited[i] = audit.Audit(rows[i], cancellationToken);
            int count = Interlocked.Increment(ref done);
            terminal.Progress(() => $"function {count}/{rows.Length}");
        });
        return audited;
    }
}
