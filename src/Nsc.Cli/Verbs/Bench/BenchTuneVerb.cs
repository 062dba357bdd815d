// nsc bench tune: how near nsc tune comes to the least value of a function within a number of calls, beside other optimisers.

using System.CommandLine;
using System.Globalization;
using Nsc.Bench;
using Nsc.Bench.Preparation;
using Nsc.Bench.Tuning;
using Nsc.Cli.Benching;
using Nsc.Cli.Output;
using Nsc.CommandLine;
using Nsc.Core.Text;
using Nsc.FrontEnd.Execution;
using Nsc.FrontEnd.Tools;

namespace Nsc.Cli.Verbs.Bench;

internal static class BenchTuneVerb
{
    private static readonly Option<string> s_calls = new("--calls") { Description = "Numbers of program calls in all, samples among them.", HelpName = "N,N,...", DefaultValueFactory = _ => "50,150,600" };
    private static readonly Option<int> s_seeds = Options.Count("--seeds", "Searches for each function, of which the median counts.", 5);
    private static readonly Option<long> s_seed = Options.Seed();
    private static readonly Option<FileInfo?> s_minima = new("--minima")
    {
        Description = "Least values that are known, NAME VALUE a line; for others it is the least that any search finds.", HelpName = "FILE",
    };

    private static readonly Option<bool> s_details = new("--details") { Description = "Also show each function's regrets." };
    private static readonly Option<bool> s_json = Options.Json();

    public static Command Create()
    {
        var command = new Command("tune", "tune beside other optimisers, by program calls (scripts/bench-tune installs them).") { s_calls, s_seeds, s_seed, s_minima, s_details, s_json };
        PeerOptions.AddTo(command);
        BenchProgramsOptions.AddTo(command);
        BenchArmsOptions.AddModelTo(command);
        return command.WithAction(Run);
    }

    private static ExitCode Run(ParseResult parse, Terminal terminal, CancellationToken cancellationToken)
    {
        int[] counts = BenchVerb.ParseCounts(parse.GetValue(s_calls)!, "--calls");
        Dictionary<string, double> least = Minima(parse.GetValue(s_minima));
        BenchSetup setup = PreparedBench.Of(
            parse, BenchArmsOptions.OfModel(parse), parse.GetValue(s_seed), counts.Max(), parse.GetValue(s_seeds), terminal, cancellationToken);
        Toolchain toolchain = SourceFiles.RequireToolchain();
        var runs = new TuningRuns(setup, counts, toolchain, terminal, cancellationToken);
        List<SearchCourse> courses = [.. OurTuner.All.SelectMany(runs.Of), .. TuningPeer.All.SelectMany(peer => runs.Of(peer, PeerOptions.Folder(parse), PeerOptions.Limit(parse)))];
        List<TuningRow> rows = TuningRows.Of(courses, setup.Programs, counts, least);
        Report(parse, terminal, new BenchTuneJson([.. TuningRows.Summarise(rows)], [.. rows]));
        return ExitCode.Success;
    }

    private static Dictionary<string, double> Minima(FileInfo? file)
    {
        var minima = new Dictionary<string, double>();
        foreach (string line in file is null ? [] : SourceFiles.Read(file.FullName).Text.Split('\n').Select(l => l.Split('#')[0].Trim()).Where(l => l.Length > 0))
        {
            string[] words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            minima[words[0]] = words.Length == 2 && double.TryParse(words[1], CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
                ? value
                : throw new CommandException(ExitCode.Refused, $"'{file}': '{PrintableText.OneLine(line)}' is no name with a number");
        }

        return minima;
    }

    private static void Report(ParseResult parse, Terminal terminal, BenchTuneJson result)
    {
        if (parse.GetValue(s_json))
        {
            ResearchJson.Write(terminal.Output, result);
            return;
        }

        var table = new TextTable(0, TextColumn.Fitting("method", result.Summary.Select(s => s.Method)), new("calls", 7), new("functions", 11), new("regret", 10), new(MeanInterval.Name, 22, IsText: true, Gap: 2), new("best or near", 14));
        foreach (TuningSummary s in result.Summary.OrderBy(s => s.Calls))
        {
            table.Add($"{s.Method}", $"{s.Calls}", $"{s.Functions}", $"{s.Regret:G3}", $"[{s.Low:G3}, {s.High:G3}]", $"{s.Best}");
        }

        table.Write(terminal);
        terminal.Output.WriteLine("regret: how far the least value that was found lies above the least one known, in deviations of the function's values; median over searches, at least 1E-06, geometric mean over functions");
        terminal.Output.WriteLine("best or near: functions on which it is the least of all, or within a tenth of that");
        foreach (OurTuner ours in OurTuner.All)
        {
            terminal.Output.WriteLine($"{ours.Name}: {ours.Meaning}");
        }

        foreach (TuningPeer peer in TuningPeer.All)
        {
            terminal.Output.WriteLine($"{peer.Name}: {peer.Meaning}{(peer.MostCalls == int.MaxValue ? "" : $", up to {peer.MostCalls} calls")}");
        }

        foreach (var function in parse.GetValue(s_details) ? result.Rows.GroupBy(r => (r.Function, r.Calls)) : [])
        {
            string regrets = string.Join("  ", function.Select(r => string.Create(CultureInfo.InvariantCulture, $"{r.Method} {r.Regret:G3} ({r.Value:G6})")));
            terminal.Output.WriteLine($"{PrintableText.OneLine(function.Key.Function)}, {function.Key.Calls} calls: {regrets}");
        }
    }
}
