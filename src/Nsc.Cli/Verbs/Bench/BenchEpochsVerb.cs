// nsc bench epochs: how much sooner a compiled surrogate is as good as training from scratch ever gets.

using System.CommandLine;
using Nsc.Bench;
using Nsc.Bench.Preparation;
using Nsc.Cli.Benching;
using Nsc.Cli.Data;
using Nsc.Cli.Output;
using Nsc.CommandLine.Reporting;
using Nsc.CommandLine;
using Nsc.Engine.FineTuning;
using Nsc.Engine.Trainers;

namespace Nsc.Cli.Verbs.Bench;

internal static class BenchEpochsVerb
{
    private static readonly Option<int> s_samples = Options.Count("--samples", "Training samples.", 1024, least: FineTuneOptions.FewestSamples);
    private static readonly Option<int> s_seeds = Options.Count("--seeds", "Sample sets and random inits for each program.", 3);
    private static readonly Option<int> s_steps = Options.Count("--steps", "Epochs that every arm has.", new FineTuneOptions().Steps);
    private static readonly Option<long> s_seed = Options.Seed();
    private static readonly Option<bool> s_details = new("--details") { Description = "Also show each program's epochs; with --json the result is then an object {rows, perProgram}." };
    private static readonly Option<bool> s_json = Options.Json();
    private static readonly Option<FileInfo?> s_report = Reports.Option();
    private static readonly Option<FileInfo?> s_resume = ResumeFile.Option();

    public static Command Create()
    {
        var command = new Command("epochs", "Epochs until an arm is as good as training from scratch ever gets.") { s_samples, s_seeds, s_steps, s_seed, s_resume, s_details, s_json, s_report };
        BenchProgramsOptions.AddTo(command);
        BenchArmsOptions.AddTo(command);
        return command.WithAction(Run);
    }

    private static ExitCode Run(ParseResult parse, Terminal terminal, CancellationToken cancellationToken)
    {
        (int samples, int seeds, long seed) = (parse.GetValue(s_samples), parse.GetValue(s_seeds), parse.GetValue(s_seed));
        BenchSetup setup = PreparedBench.Of(parse, BenchArmsOptions.Load(parse), seed, samples, seeds, terminal, cancellationToken);
        TrainingPlan plan = PlanOf(setup, samples, parse.GetValue(s_steps));
        var recall = ResumeFile.Open(parse.GetValue(s_resume), setup.Identity("epochs", plan, seed), ResumeRows.Courses(plan), terminal);
        var results = TrainingSpeedUp.Measure(plan, recall, line => terminal.Progress(() => line), cancellationToken);
        ProgramEpochs[] measured = [.. results.SelectMany(r => r.Rows)];
        List<EpochsRow> rows = TrainingSpeedUp.Summarise(measured, samples, seeds);
        if (parse.GetValue(s_report) is { } file)
        {
            Reports.Write(file, BenchReport.Html("epochs", parse, setup.Models, new EpochsSection(plan, rows, results)), terminal);
        }

        Show(parse, terminal, rows, measured);
        return ExitCode.Success;
    }

    /// <summary>The training that this bench watches, with a look after every epoch.</summary>
    internal static TrainingPlan PlanOf(BenchSetup setup, int samples, int steps) => setup.Plan([samples], new FineTuneOptions(Steps: steps, CheckEvery: 1));

    private static void Show(ParseResult parse, Terminal terminal, List<EpochsRow> rows, ProgramEpochs[] measured)
    {
        bool details = parse.GetValue(s_details);
        if (parse.GetValue(s_json) && details)
        {
            ResearchJson.Write(terminal.Output, BenchJson.Of(rows, measured));
        }
        else if (parse.GetValue(s_json))
        {
            ResearchJson.Write(terminal.Output, BenchJson.Of(rows));
        }
        else
        {
            Print(terminal, rows);
            foreach (var program in details ? measured.GroupBy(m => m.Program) : [])
            {
                terminal.Output.WriteLine($"{program.Key}  {string.Join("  ", program.Select(m => $"{m.Arm} {m.Epochs:F1}"))}");
            }
        }
    }

    internal static void Print(Terminal terminal, List<EpochsRow> rows)
    {
        var table = new TextTable(
            0, ArmColumn.Of(rows.Select(r => r.Arm)), new("samples", 8), new("programs", 10), new("epochs", 9), new("ratio", 9), new(MeanInterval.Name, 18, IsText: true, Gap: 2), new("wins", 6));
        foreach (EpochsRow r in rows)
        {
            table.Add($"{r.Arm}", $"{r.Samples}", $"{r.Programs}", $"{r.EpochsGeomean:F1}", $"{r.RatioToRandom:F2}", $"[{r.Low:F2}, {r.High:F2}]", $"{r.Wins}");
        }

        table.Write(terminal);
    }
}
