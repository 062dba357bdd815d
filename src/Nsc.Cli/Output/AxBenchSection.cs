// What a report shows of bench axbench: each kernel's errors beside what its authors' net reaches.

using Nsc.Bench;
using Nsc.CommandLine.Reporting;
using Nsc.Core.Surrogates;
using Nsc.Engine;
using Nsc.Report;

namespace Nsc.Cli.Output;

internal sealed record AxBenchSection(TrainingPlan Plan, IReadOnlyList<KernelRow> Rows, IReadOnlyList<(AxBenchKernel Kernel, string Reason)> LeftOut) : IReportSection
{
    /// <summary>What the columns are, and what about them is assumed.</summary>
    public static readonly string[] Notes =
    [
        "mean relative error (AxBench's): the length of the outputs' difference by the length of the true outputs, each sample at most 1; a sample whose truth is 0 counts as 1, so that true values near 0 decide it",
        "image RMSE: of the whole image that an application makes with the surrogate, from 0 to 1; mismatch rate: the share of wrong answers",
        "absolute: mean absolute error by the mean absolute value of the true outputs, which has no such quirk",
        "unit MSE: each output scaled to 0 to 1 by its range over the test samples; that AxBench's MSE is in these units is an assumption",
        "AxBench's MSE: the least test error of fifteen nets of the topology in its repository (of kmeans and sobel the training error, as no test error is published); on their inputs, samples and nets, so for orientation only",
        "fft's metric is that of the twiddle factors here, and of the whole spectrum in AxBench",
    ];

    public void WriteTo(HtmlPage page)
    {
        page.Heading("AxBench's own metrics").List(Notes);
        foreach (BenchProgram program in Plan.Programs)
        {
            KernelRow[] rows = [.. Rows.Where(r => r.Program == program.Name)];
            AxBenchKernel? published = AxBenchKernel.Of(program);
            page.Subheading($"{program.Name} {Topology(program, Plan.Shape)}");
            if (published is not null)
            {
                page.Paragraph($"AxBench's net: {Published(published)}.");
            }

            if (Commonest(program, rows[0].Metric) is { } commonest)
            {
                page.Paragraph($"{commonest}.");
            }

            page.Table(
                ["arm", "samples", rows[0].Metric, "absolute", "unit MSE", .. published is null ? Array.Empty<string>() : ["times AxBench's, for orientation"], .. TrainingBudget.Heads[..^1]],
                rows.Select(r => (string[])
                [
                    r.Arm, $"{r.Samples}", Reports.Short(r.Application), Reports.Short(r.Absolute), Reports.Short(r.UnitMse),
                    .. published is null ? Array.Empty<string>() : [Reports.Short(r.UnitMse / published.PublishedMse)], .. TrainingBudget.Of(Plan, r.Samples, 0)[..^1],
                ]));
        }

        if (LeftOut.Count > 0)
        {
            page.Subheading("Left out").List(LeftOut.Select(k => $"{k.Kernel.Name} ({Published(k.Kernel)}): {k.Reason}"));
        }
    }

    /// <summary>A net's layers and error as published.</summary>
    public static string Published(AxBenchKernel kernel) =>
        $"{string.Join('-', kernel.Topology)}, {(kernel.TestMse is null ? "training" : "test")} MSE {Reports.Short(kernel.PublishedMse)}{(kernel.Remark is null ? "" : $"; {kernel.Remark}")}";

    /// <summary>What a program with few answers has to be compared with; null for other programs.</summary>
    /// <param name="metric">What it is judged by.</param>
    public static string? Commonest(BenchProgram program, string metric) => metric == ApplicationMetric.Mismatches
        ? $"Always giving the commonest answer misses {Reports.Short(ApplicationMetric.MissesOfCommonest(program.Test))} of the test samples" : null;

    /// <summary>The layers of our surrogates of a program.</summary>
    public static string Topology(BenchProgram program, NetShape shape) => shape.TopologyOf(program.Program.Signature.Inputs.Length, program.Program.Signature.Outputs.Length).ToString();
}
