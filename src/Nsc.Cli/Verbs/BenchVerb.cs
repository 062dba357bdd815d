// nsc bench data: how much data a compiled surrogate saves, against training from scratch.

using System.CommandLine;
using System.Globalization;
using Nsc.Bench;
using Nsc.Cli.Output;
using Nsc.Nets.FineTuning;

namespace Nsc.Cli.Verbs;

internal static class BenchVerb
{
    private static readonly Option<string> s_samples = new("--samples")
    {
        Description = "Numbers of training samples.", HelpName = "N,N,...", DefaultValueFactory = _ => "0,8,32,128,1024",
    };

    private static readonly Option<int> s_seeds = Options.Count("--seeds", "Sample sets and random inits for each program.", 3);
    private static readonly Option<int?> s_steps = Options.Steps();
    private static readonly Option<Optimizer?> s_optimizer = Options.OptimizerOr("adam");
    private static readonly Option<long> s_seed = Options.Seed();
    private static readonly Option<bool> s_details = new("--details") { Description = "Also show each program's errors." };
    private static readonly Option<bool> s_json = Options.Json();
    private static readonly Option<FileInfo?> s_report = Reports.Option();

    public static Command Create()
    {
        var data = new Command("data", "Error against the number of samples.") { s_samples, s_seeds, s_steps, s_optimizer, s_seed, s_details, s_json, s_report };
        BenchPrograms.AddTo(data);
        BenchArms.AddTo(data);
        return new Command("bench", "Measure compiled surrogates against training from scratch.") { data.WithAction(Run), BenchEpochsVerb.Create(), BenchImagesVerb.Create(), BenchTrainingVerb.Create(), BenchInvarianceVerb.Create(), BenchPeersVerb.Create() };
    }

    private static ExitCode Run(ParseResult parse, Terminal terminal, CancellationToken cancellationToken)
    {
        int[] counts = ParseCounts(parse.GetValue(s_samples)!);
        int seeds = parse.GetValue(s_seeds);
        BenchSetup setup = BenchSetup.Prepare(parse, parse.GetValue(s_seed), counts.Max(), seeds, terminal, cancellationToken);
        Optimizer optimizer = parse.GetValue(s_optimizer) ?? Optimizer.Adam;
        var options = new FineTuneOptions(Steps: parse.GetValue(s_steps) ?? FineTuneOptions.DefaultSteps(optimizer), Optimizer: optimizer);
        var errors = DataEfficiency.Measure(setup.Programs, setup.Shape, counts, options, line => terminal.Progress(() => line), cancellationToken);
        List<BenchRow> rows = DataEfficiency.Summarise(errors, seeds);
        if (parse.GetValue(s_report) is { } file)
        {
            Reports.Write(file, new BenchReport(setup.Programs, rows, errors, options, Reports.Command(parse), setup.Models).Html(), terminal);
        }

        Report(parse, terminal, rows, errors);
        return ExitCode.Success;
    }

    private static void Report(ParseResult parse, Terminal terminal, List<BenchRow> rows, List<ProgramError> errors)
    {
        if (parse.GetValue(s_json))
        {
            NscJson.Write(terminal.Output, rows.Select(r => new BenchRowJson(
                r.Arm, r.Samples, r.Programs, r.Seeds, r.NmseGeomean, r.NmseMedian, [r.Low, r.High], r.RatioToRandom, r.Wins)).ToArray());
            return;
        }

        terminal.Output.WriteLine($"{"arm",-10}{"samples",8}{"programs",10}{"NMSE geomean",14}  {"95% interval",-22}{"median",10}{"ratio",9}{"wins",6}");
        foreach (BenchRow r in rows)
        {
            terminal.Output.WriteLine($"{r.Arm,-10}{r.Samples,8}{r.Programs,10}{r.NmseGeomean,14:G3}  {$"[{r.Low:G3}, {r.High:G3}]",-22}{r.NmseMedian,10:G3}{r.RatioToRandom,9:F2}{r.Wins,6}");
        }

        if (parse.GetValue(s_details))
        {
            foreach (var program in errors.GroupBy(e => e.Program))
            {
                terminal.Output.WriteLine(program.Key);
                foreach (var byCount in program.GroupBy(e => e.Samples))
                {
                    terminal.Output.WriteLine($"  {byCount.Key,6}  {string.Join("  ", byCount.Select(e => $"{e.Arm} {e.Nmse:G3}"))}");
                }
            }
        }
    }

    internal static int[] ParseCounts(string list)
    {
        string[] parts = list.Split(',');
        int[] counts = [.. parts.Select(p => int.TryParse(p, NumberStyles.None, CultureInfo.InvariantCulture, out int n) ? n : -1)];
        return Array.TrueForAll(counts, n => n == 0 || n is >= FineTuneOptions.FewestSamples and <= 100_000)
            ? counts
            : throw new CommandException(ExitCode.Usage, $"--samples {list}: expected numbers of samples, 0 or at least {FineTuneOptions.FewestSamples}, such as 0,8,32");
    }
}
