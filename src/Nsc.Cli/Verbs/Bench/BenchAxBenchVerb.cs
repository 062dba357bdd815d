// nsc bench axbench: the kernels of AxBench by AxBench's own metrics, beside what its authors' nets reach.

using System.CommandLine;
using Nsc.Bench;
using Nsc.Bench.Preparation;
using Nsc.Cli.Benching;
using Nsc.Cli.Data;
using Nsc.Cli.Output;
using Nsc.CommandLine;
using Nsc.CommandLine.Reporting;
using Nsc.Engine;
using Nsc.FrontEnd;

namespace Nsc.Cli.Verbs.Bench;

internal static class BenchAxBenchVerb
{
    private static readonly Option<string> s_samples = new("--samples") { Description = "Numbers of training samples.", HelpName = "N,N,...", DefaultValueFactory = _ => "8,32,128,1024" };
    private static readonly Option<int> s_seeds = Options.Count("--seeds", "Sample sets and random inits for each kernel.", 3);
    private static readonly Option<long> s_seed = Options.Seed();
    private static readonly Option<FileInfo?> s_resume = ResumeFile.Option();
    private static readonly Option<bool> s_json = Options.Json();
    private static readonly Option<FileInfo?> s_report = Reports.Option();

    public static Command Create()
    {
        var command = new Command("axbench", "AxBench's own metrics on its kernels (data/parrot unless told otherwise).") { s_samples, s_seeds, s_seed, s_resume, s_json, s_report };
        BenchOptimizer.AddTo(command);
        BenchProgramsOptions.AddTo(command);
        BenchArmsOptions.AddTo(command);
        return command.WithAction(Run);
    }

    private static ExitCode Run(ParseResult parse, Terminal terminal, CancellationToken cancellationToken)
    {
        int[] counts = BenchVerb.ParseCounts(parse.GetValue(s_samples)!);
        (int seeds, long seed) = (parse.GetValue(s_seeds), parse.GetValue(s_seed));
        BenchSetup setup = PreparedBench.Of(parse, BenchArmsOptions.Load(parse), seed, counts.Max(), seeds, terminal, cancellationToken, fallback: PreparedBench.Parrot, reading: FrontEndOptions.Default);
        TrainingPlan plan = setup.Plan(counts, BenchOptimizer.Of(parse));
        ImageBench[] images = ImageBenches.All(setup.Programs, ImageBenches.Scene, terminal);
        var recall = ResumeFile.Open(parse.GetValue(s_resume), setup.Identity("axbench", plan, seed), ResumeRows.Kernels(plan), terminal);
        var results = AxBench.Measure(plan, images, recall, line => terminal.Progress(() => line), cancellationToken);
        List<KernelRow> rows = AxBench.Summarise([.. results.SelectMany(r => r.Rows)]);
        var leftOut = AxBench.LeftOut(setup.Programs, setup.Shape.Inputs);
        if (parse.GetValue(s_report) is { } file)
        {
            Reports.Write(file, BenchReport.Html("AxBench's metrics", parse, setup.Models, new AxBenchSection(plan, rows, leftOut)), terminal);
        }

        if (parse.GetValue(s_json))
        {
            ResearchJson.Write(terminal.Output, BenchJson.Of(rows, leftOut));
        }
        else
        {
            Print(terminal.Output, setup.Programs, setup.Shape, rows, leftOut);
        }

        return ExitCode.Success;
    }

    internal static void Print(TextWriter output, IReadOnlyList<BenchProgram> programs, NetShape shape, List<KernelRow> rows, List<(AxBenchKernel Kernel, string Reason)> leftOut)
    {
        foreach (BenchProgram program in programs)
        {
            AxBenchKernel? published = AxBenchKernel.Of(program);
            KernelRow[] own = [.. rows.Where(r => r.Program == program.Name)];
            output.WriteLine($"{program.Name}  {AxBenchSection.Topology(program, shape)}{(published is null ? "" : $"  (AxBench: {AxBenchSection.Published(published)})")}");
            if (AxBenchSection.Commonest(program, own[0].Metric) is { } commonest)
            {
                output.WriteLine($"  {commonest}");
            }

            int width = ArmColumn.Width(own.Select(r => r.Arm));
            output.WriteLine($"  {"arm".PadRight(width)}{"samples",8}{own[0].Metric,21}{"absolute",10}{"unit MSE",10}");
            foreach (KernelRow r in own)
            {
                output.WriteLine($"  {r.Arm.PadRight(width)}{r.Samples,8}{r.Application,21:G3}{r.Absolute,10:G3}{r.UnitMse,10:G3}");
            }
        }

        foreach ((AxBenchKernel kernel, string reason) in leftOut)
        {
            output.WriteLine($"{kernel.Name} is left out (AxBench: {AxBenchSection.Published(kernel)}): {reason}");
        }

        foreach (string note in AxBenchSection.Notes)
        {
            output.WriteLine(note);
        }
    }
}
