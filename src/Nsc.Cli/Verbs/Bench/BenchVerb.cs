// nsc bench data: how much data a compiled surrogate saves, against training from scratch.

using System.CommandLine;
using System.Globalization;
using Nsc.Bench;
using Nsc.Bench.Preparation;
using Nsc.Cli.Benching;
using Nsc.Cli.Data;
using Nsc.Cli.Output;
using Nsc.CommandLine.Reporting;
using Nsc.CommandLine;
using Nsc.Core.Sampling.Designs;
using Nsc.Engine.FineTuning;
using Nsc.Engine.Trainers;

namespace Nsc.Cli.Verbs.Bench;

internal static class BenchVerb
{
    private static readonly Option<string> s_samples = new("--samples")
    {
        Description = "Numbers of training samples.", HelpName = "N,N,...", DefaultValueFactory = _ => "0,8,32,128,1024",
    };

    private static readonly Option<int> s_seeds = Options.Count("--seeds", "Sample sets and random inits for each program.", 3);
    private static readonly Option<long> s_seed = Options.Seed();
    private static readonly Option<string> s_sampling = new Option<string>("--sampling")
    {
        Description = "How the inputs of training samples are laid out; those of the test samples are uniform. A Latin hypercube is one of the greatest number of samples alone.",
        DefaultValueFactory = _ => SamplingDesign.Uniform.Name(),
    }.AcceptOnlyFromAmong([.. SamplingDesigns.All.Where(d => d.Design.NeedsRangesAlone()).Select(d => d.Name)]);

    private static readonly Option<bool> s_details = new("--details") { Description = "Also show each program's errors; with --json the result is then an object {rows, perProgram}." };
    private static readonly Option<bool> s_json = Options.Json();
    private static readonly Option<FileInfo?> s_report = Reports.Option();
    private static readonly Option<FileInfo?> s_resume = ResumeFile.Option();

    public static Command Create()
    {
        var data = new Command("data", "Error against the number of samples.") { s_samples, s_sampling, s_seeds, s_seed, s_resume, s_details, s_json, s_report };
        BenchOptimizer.AddTo(data);
        BenchProgramsOptions.AddTo(data);
        BenchArmsOptions.AddWithPeersTo(data);
        PeerOptions.AddKeptTo(data);
        return new Command("bench", "Measure compiled surrogates against training from scratch.")
        {
            data.WithAction(Run), BenchEpochsVerb.Create(), BenchImagesVerb.Create(), BenchAxBenchVerb.Create(), BenchAllVerb.Create(),
            BenchTrainingVerb.Create(), BenchInvarianceVerb.Create(), BenchPeersVerb.Create(), BenchTuneVerb.Create(), BenchAdaptVerb.Create(), BenchAccelerateVerb.Create(), BenchEnginesVerb.Create(),
        };
    }

    private static ExitCode Run(ParseResult parse, Terminal terminal, CancellationToken cancellationToken)
    {
        int[] counts = ParseCounts(parse.GetValue(s_samples)!);
        (int seeds, long seed) = (parse.GetValue(s_seeds), parse.GetValue(s_seed));
        (BenchArms arms, string[] peers) = BenchArmsOptions.LoadWithPeers(parse);
        BenchSetup setup = PreparedBench.Of(parse, arms, seed, counts.Max(), seeds, terminal, cancellationToken, pools: BenchPools.Of(SamplingDesigns.Named(parse.GetValue(s_sampling)!)));
        TrainingPlan plan = setup.Plan(counts, BenchOptimizer.Of(parse));
        var recall = ResumeFile.Open(parse.GetValue(s_resume), setup.Identity("data", plan, seed), ResumeRows.Errors(plan), terminal);
        var results = DataEfficiency.Measure(plan, recall, line => terminal.Progress(() => line), cancellationToken);
        results = peers.Length == 0 ? results : PeerArms.With(results, setup, peers, parse, terminal, cancellationToken);
        ProgramError[] errors = [.. results.SelectMany(r => r.Rows)];
        List<BenchRow> rows = DataEfficiency.Summarise(errors, seeds);
        if (parse.GetValue(s_report) is { } file)
        {
            Reports.Write(file, BenchReport.Html("data efficiency", parse, setup.Models, new DataSection(plan, rows, results)), terminal);
        }

        Show(parse, terminal, rows, errors);
        return ExitCode.Success;
    }

    private static void Show(ParseResult parse, Terminal terminal, List<BenchRow> rows, ProgramError[] errors)
    {
        bool details = parse.GetValue(s_details);
        if (parse.GetValue(s_json) && details)
        {
            ResearchJson.Write(terminal.Output, BenchJson.Of(rows, errors));
        }
        else if (parse.GetValue(s_json))
        {
            ResearchJson.Write(terminal.Output, BenchJson.Of(rows));
        }
        else
        {
            Print(terminal, rows);
            PrintPrograms(terminal.Output, details ? errors : []);
        }
    }

    internal static void Print(Terminal terminal, List<BenchRow> rows)
    {
        var table = new TextTable(
            0, ArmColumn.Of(rows.Select(r => r.Arm)), new("samples", 8), new("programs", 10), new("NMSE geomean", 14), new(MeanInterval.Name, 22, IsText: true, Gap: 2), new("median", 10),
            new("ratio", 9), new(MeanInterval.Name, 18, IsText: true, Gap: 2), new("wins", 6), new("losses", 8));
        foreach (BenchRow r in rows)
        {
            table.Add(
                $"{r.Arm}", $"{r.Samples}", $"{r.Programs}", $"{r.NmseGeomean:G3}", $"[{r.Low:G3}, {r.High:G3}]", $"{r.NmseMedian:G3}", $"{r.RatioToRandom:F2}",
                $"[{r.RatioLow:G3}, {r.RatioHigh:G3}]", $"{r.Wins}", $"{r.Losses}");
        }

        table.Write(terminal);
    }

    private static void PrintPrograms(TextWriter output, ProgramError[] errors)
    {
        foreach (var program in errors.GroupBy(e => e.Program))
        {
            output.WriteLine(program.Key);
            foreach (var byCount in program.GroupBy(e => e.Samples))
            {
                output.WriteLine($"  {byCount.Key,6}  {string.Join("  ", byCount.Select(e => $"{e.Arm} {e.Nmse:G3}"))}");
            }
        }
    }

    internal static int[] ParseCounts(string list, string option = "--samples")
    {
        string[] parts = list.Split(',');
        int[] counts = [.. parts.Select(p => int.TryParse(p, NumberStyles.None, CultureInfo.InvariantCulture, out int n) ? n : -1)];
        return Array.TrueForAll(counts, n => n == 0 || n is >= FineTuneOptions.FewestSamples and <= 100_000)
            ? [.. counts.Distinct()]
            : throw new CommandException(ExitCode.Usage, $"{option} {list}: expected numbers of samples, 0 or at least {FineTuneOptions.FewestSamples}, such as 0,8,32");
    }
}
