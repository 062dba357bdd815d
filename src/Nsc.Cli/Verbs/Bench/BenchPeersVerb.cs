// nsc bench peers: what finetune does beside the regressors and engines that somebody would take in its place, on the same samples and test points.

using System.CommandLine;
using Nsc.Bench.Peers;
using Nsc.Bench.Preparation;
using Nsc.Cli.Benching;
using Nsc.Cli.Output;
using Nsc.CommandLine;
using Nsc.Compiler.Scanning;
using Nsc.Core.Diagnostics;
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

        IEnumerable<PeerMethod> chosen = PeerOptions.Chosen(parse);
        BenchSetup setup = PreparedBench.Of(
            parse, BenchArmsOptions.OfModel(parse), parse.GetValue(s_seed), counts.Max(), parse.GetValue(s_seeds), terminal, cancellationToken);
        using var scratch = new ScratchFolder();
        PeerTable peers = PeerOptions.Open(parse, chosen, scratch, PeerOptions.Cache(parse), terminal, cancellationToken);
        NetCost? cost = NetCost.Measure(setup.Shape, SourceFiles.RequireToolchain(), new DiagnosticBag(), cancellationToken);
        var rows = counts.SelectMany(count => Measure(setup, count, peers, cost, terminal, cancellationToken)).ToList();
        Report(parse, terminal, new PeersJson(
            OurMethod.All.ToDictionary(m => m.Name, m => m.Meaning).Concat(peers.Methods.ToDictionary(m => m.Name, m => m.Meaning)).ToDictionary(),
            [.. PeerSummaries.Summarise(rows)], [.. PeerSummaries.BestPeers(rows)], [.. rows]));
        return ExitCode.Success;
    }

    private static List<ComparedRow> Measure(
        BenchSetup setup, int samples, PeerTable peers, NetCost? cost, Terminal terminal, CancellationToken cancellationToken)
    {
        var programs = setup.Programs.Where(p => PeerTraining.Objection(p, setup.Shape, samples) is not { } objection || !IsSaid($"{p.Name} is left out at {samples} samples: {objection}")).ToList();
        var rows = new List<ComparedRow>();
        if (programs.Count == 0)
        {
            return rows;
        }

        foreach (OurMethod method in OurMethod.All)
        {
            terminal.Progress(() => $"{method.Name}, {samples} samples");
            rows.AddRange(method.Measure(programs, samples, setup.Shape, cost, cancellationToken));
        }

        // A peer has one core.
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken };
        var byPeer = new List<ComparedRow>[peers.Methods.Count];
        Parallel.For(0, byPeer.Length, parallel, i =>
        {
            PeerMethod method = peers.Methods[i];
            byPeer[i] = PeerComparison.Measure(
                programs, samples, method.Name, setup.Shape, PeerComparison.NetOptions,
                problems => peers.AskAll(method, problems, done => terminal.Progress(() => $"{method.Name}, {samples} samples: {done}/{problems.Count}")));
        });
        return [.. rows, .. byPeer.SelectMany(r => r)];

        bool IsSaid(string line)
        {
            terminal.Say(line);
            return true;
        }
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
