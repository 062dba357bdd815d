// nsc bench all: everything that is measured of fine-tuning, on programs that are prepared and trained once.

using System.CommandLine;
using Nsc.Bench;
using Nsc.Bench.Preparation;
using Nsc.Cli.Benching;
using Nsc.Cli.Data;
using Nsc.Cli.Output;
using Nsc.CommandLine;
using Nsc.CommandLine.Reporting;
using Nsc.Engine.FineTuning;
using Nsc.Engine.Trainers;

namespace Nsc.Cli.Verbs.Bench;

internal static class BenchAllVerb
{
    private static readonly Option<string> s_samples = new("--samples")
    {
        Description = "Numbers of training samples; epochs are counted at the greatest.", HelpName = "N,N,...", DefaultValueFactory = _ => "0,8,32,128,1024",
    };

    private static readonly Option<int> s_seeds = Options.Count("--seeds", "Sample sets and random inits for each program.", 3);
    private static readonly Option<int> s_steps = Options.Count("--steps", "Optimiser steps.", new FineTuneOptions().Steps, least: 0);
    private static readonly Option<long> s_seed = Options.Seed();
    private static readonly Option<bool> s_json = Options.Json();
    private static readonly Option<FileInfo?> s_report = Reports.Option();
    private static readonly Option<FileInfo?> s_resume = ResumeFile.Option();

    public static Command Create()
    {
        var command = new Command("all", "data, epochs, images and axbench in one go (on data/parrot unless told otherwise).") { s_samples, s_seeds, s_steps, s_seed, s_resume, s_json, s_report };
        BenchProgramsOptions.AddTo(command);
        BenchArmsOptions.AddTo(command);
        return command.WithAction(Run);
    }

    private static ExitCode Run(ParseResult parse, Terminal terminal, CancellationToken cancellationToken)
    {
        int[] counts = BenchVerb.ParseCounts(parse.GetValue(s_samples)!);
        int seeds = parse.GetValue(s_seeds), most = Math.Max(FineTuneOptions.FewestSamples, counts.Max()), steps = parse.GetValue(s_steps);
        long seed = parse.GetValue(s_seed);
        terminal.Say("preparing");
        BenchSetup setup = PreparedBench.Of(parse, BenchArmsOptions.Load(parse), seed, most, seeds, terminal, cancellationToken, fallback: PreparedBench.Parrot);
        TrainingPlan plan = setup.Plan(counts, new FineTuneOptions(Steps: steps)), watched = BenchEpochsVerb.PlanOf(setup, most, steps);
        ImageBench[] benches = ImageBenches.All(setup.Programs, ImageBenches.Scene, terminal);
        var recall = ResumeFile.Open(parse.GetValue(s_resume), setup.Identity("all", plan, seed, benches), ResumeRows.All(plan, watched, benches), terminal);
        var results = plan.Measure(trained => MeasureAll(plan, benches, trained), recall, line => terminal.Say($"{line}: data, images, axbench"), cancellationToken);
        var epochs = TrainingSpeedUp.Measure(watched, MeasuredArm.Epochs(recall), arm => terminal.Say($"{arm}, {most} samples: epochs"), cancellationToken);
        var shown = new AllResults(setup, plan, watched, benches, results, epochs);
        if (parse.GetValue(s_report) is { } file)
        {
            Reports.Write(file, BenchReport.Html("all", parse, setup.Models, shown.Sections()), terminal);
        }

        if (parse.GetValue(s_json))
        {
            ResearchJson.Write(terminal.Output, shown.Json());
        }
        else
        {
            shown.Print(terminal);
        }

        return ExitCode.Success;
    }

    // An image that a surrogate made is judged twice, and made once.
    private static MeasuredArm[] MeasureAll(TrainingPlan plan, ImageBench[] benches, TrainedArm trained)
    {
        MadeImage[] images = VisualFidelity.Make(plan, benches, trained);
        return [new MeasuredArm(DataEfficiency.Errors(plan.Programs, trained), images, AxBench.Errors(plan.Programs, images, trained), [])];
    }

    /// <summary>The results of each bench, as its own verb would have them.</summary>
    private sealed class AllResults(
        BenchSetup setup, TrainingPlan plan, TrainingPlan watched, ImageBench[] benches, List<ArmResult<MeasuredArm>> results, List<ArmResult<ProgramEpochs>> epochs)
    {
        private readonly List<ArmResult<ProgramError>> _errors = Of(results, m => m.Errors);
        private readonly List<ArmResult<MadeImage>> _images = Of(results, m => m.Images);
        private readonly List<BenchRow> _dataRows = DataEfficiency.Summarise([.. results.SelectMany(r => r.Rows[0].Errors)], plan.Seeds);
        private readonly List<EpochsRow> _epochsRows = TrainingSpeedUp.Summarise([.. epochs.SelectMany(r => r.Rows)], watched.SampleCounts[0], plan.Seeds);
        private readonly List<ImageRow> _imageRows = VisualFidelity.Summarise([.. results.SelectMany(r => r.Rows[0].Images)]);
        private readonly List<KernelRow> _kernelRows = AxBench.Summarise([.. results.SelectMany(r => r.Rows[0].Kernels)]);
        private readonly List<(AxBenchKernel, string)> _leftOut = AxBench.LeftOut(setup.Programs, setup.Shape.Inputs);

        public IReportSection[] Sections() =>
        [
            new DataSection(plan, _dataRows, _errors), new EpochsSection(watched, _epochsRows, epochs), new AxBenchSection(plan, _kernelRows, _leftOut),
            .. benches.Length > 0 ? (IReportSection[])[new ImagesSection(plan, benches, _images)] : [],
        ];

        public BenchAllJson Json() => new(
            BenchJson.Of(_dataRows, _errors.SelectMany(r => r.Rows)), BenchJson.Of(_epochsRows, epochs.SelectMany(r => r.Rows)),
            BenchJson.Of(_imageRows), BenchJson.Of(_kernelRows, _leftOut));

        public void Print(Terminal terminal)
        {
            TextWriter output = terminal.Output;
            BenchVerb.Print(terminal, _dataRows);
            output.WriteLine();
            BenchEpochsVerb.Print(terminal, _epochsRows);
            output.WriteLine();
            if (benches.Length > 0)
            {
                BenchImagesVerb.Print(terminal, _imageRows);
                output.WriteLine();
            }

            BenchAxBenchVerb.Print(output, plan.Programs, plan.Shape, _kernelRows, _leftOut);
        }

        private static List<ArmResult<T>> Of<T>(List<ArmResult<MeasuredArm>> results, Func<MeasuredArm, T[]> part) =>
            [.. results.Select(r => new ArmResult<T>(r.Arm, r.Samples, r.Seconds, part(r.Rows[0])))];
    }
}
