// nsc bench peers: what finetune does beside the regressors and engines that somebody would take in its place, on the same samples and test points.

using System.CommandLine;
using Nsc.Bench.Peers;
using Nsc.Bench.Preparation;
using Nsc.Cli.Benching;
using Nsc.Cli.Output;
using Nsc.CommandLine;
using Nsc.FrontEnd.Execution;
using Nsc.FrontEnd.Tools;

namespace Nsc.Cli.Verbs.Bench;

internal static class BenchPeersVerb
{
    private static readonly Option<string> s_samples = new("--samples") { Description = "Numbers of samples to learn from.", HelpName = "N,N,...", DefaultValueFactory = _ => "8,32,128,1024" };
    private static readonly Option<int> s_seeds = Options.Count("--seeds", "Sample sets for each program.", 1);
    private static readonly Option<long> s_seed = Options.Seed();
    private static readonly Option<bool> s_details = new("--details") { Description = "Also show each program's errors." };
    private static readonly Option<bool> s_json = Options.Json();

    public static Command Create()
    {
        var command = new Command("peers", "finetune beside regressors and other engines, on the same samples (scripts/bench-peers installs them).")
        {
            s_samples, s_seeds, s_seed, s_details, s_json,
        };
        PeerOptions.AddChoiceTo(command);
        BenchProgramsOptions.AddTo(command);
        BenchArmsOptions.AddModelTo(command);
        return command.WithAction(Run);
    }

    private static ExitCode Run(ParseResult parse, Terminal terminal, CancellationToken cancellationToken)
    {
        int[] counts = BenchVerb.ParseCounts(parse.GetValue(s_samples)!);
        if (counts.Contains(0))
        {
            throw new CommandException(ExitCode.Usage, "--samples: a peer needs samples to learn from");
        }

        string[] chosen = PeerOptions.Chosen(parse);
        BenchSetup setup = PreparedBench.Of(
            parse, BenchArmsOptions.OfModel(parse), parse.GetValue(s_seed), counts.Max(), parse.GetValue(s_seeds), terminal, cancellationToken);
        using var scratch = new ScratchFolder();
        PeerTable table = PeerOptions.Open(parse, PeerMethod.All.Where(m => chosen.Contains(m.Name)), scratch, PeerOptions.Cache(parse), terminal, cancellationToken);
        Toolchain toolchain = SourceFiles.RequireToolchain();
        var comparison = new PeerRuns(setup.Shape, table, chosen, toolchain, terminal, cancellationToken);
        var rows = counts.SelectMany(count => comparison.Measure(setup.Programs, count)).ToList();
        Report(parse, terminal, new PeersJson(comparison.Meanings, [.. PeerSummaries.Summarise(rows)], [.. PeerSummaries.BestPeers(rows)], [.. rows]));
        return ExitCode.Success;
    }

    private static void Report(ParseResult parse, Terminal terminal, PeersJson result)
    {
        if (parse.GetValue(s_json))
        {
            ResearchJson.Write(terminal.Output, result);
        }
        else
        {
            PeerReport.Write(terminal, result, parse.GetValue(s_details));
        }
    }
}
