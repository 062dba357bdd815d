// What a report shows of bench data: what was measured, where CompNet lost and why that is plausible, and what surrogates look like.

using System.Collections.Immutable;
using System.Globalization;
using Nsc.Bench;
using Nsc.CommandLine.Reporting;
using Nsc.Core.Dataflow;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;
using Nsc.Corpus.Building;
using Nsc.Engine.Emission;
using Nsc.Engine.FineTuning;
using Nsc.Engine.Trainers;
using Nsc.Report;

namespace Nsc.Cli.Output;

/// <param name="Results">Each row's training, with its wall time.</param>
internal sealed record DataSection(TrainingPlan Plan, IReadOnlyList<BenchRow> Rows, IReadOnlyList<ArmResult<ProgramError>> Results) : IReportSection
{
    /// <summary>Programs whose slices are drawn: half of them where the arm does worst.</summary>
    private const int MostDrawn = 12;

    private const int SliceSamples = 128;

    private readonly Dictionary<(string Program, string Arm, int Samples), double> _errors =
        Results.SelectMany(r => r.Rows).ToDictionary(e => (e.Program, e.Arm, e.Samples), e => e.Nmse);

    private IReadOnlyList<BenchProgram> Programs => Plan.Programs;

    private string Ours { get; } = Plan.Ours.Name;

    private int Most { get; } = Rows.Max(r => r.Samples);

    public void WriteTo(HtmlPage page)
    {
        page.Heading("Error against samples");
        page.Paragraph($"{Programs.Count} programs. Every arm is trained on the same samples with {TrainingBudget.Optimiser(Plan.Options)}. {TrainingBudget.Treatments} {Programs[0].Test.Count} other samples test. NMSE is the mean squared error over the variance, from 1e-8 to 1e4: 1 is no better than the mean. Figures are geometric means over seeds and then programs; a win is a program on which the error is below random's. {MeanInterval.Meaning}");
        page.Figure(Plot.Svg(
            new PlotFrame("Test error against samples", "training samples", $"NMSE, geometric mean over programs, {MeanInterval.Name}s", PlotScale.Categories),
            [.. Rows.GroupBy(r => r.Arm).Select(arm => new PlotLine(arm.Key, [.. arm.Select(r => new PlotPoint(r.Samples, r.NmseGeomean, r.Low, r.High))]))]));
        page.Table(
            ["arm", "samples", "NMSE", MeanInterval.Name, "median", "ratio to random", MeanInterval.Name, "wins", .. TrainingBudget.Heads],
            Rows.Zip(Results, (r, result) => (string[])
            [
                r.Arm, $"{r.Samples}", Reports.Short(r.NmseGeomean), $"{Reports.Short(r.Low)} to {Reports.Short(r.High)}", Reports.Short(r.NmseMedian),
                r.RatioToRandom.ToString("F2", CultureInfo.InvariantCulture), $"{Reports.Short(r.RatioLow)} to {Reports.Short(r.RatioHigh)}", $"{r.Wins} of {r.Programs}", .. Budget(r, result.Seconds),
            ]));
        page.Subheading("When to trust it").Paragraph(Verdict()).List(Losses().Take(20));
        page.Subheading("Every program").Paragraph("A click on a column's head sorts by it.").Table(ProgramHeads(), Programs.Select(ProgramRow));
        WriteSlices(page);
    }

    // A peer's seconds are of the processor.
    private string[] Budget(BenchRow row, double seconds) => Plan.Arms.Any(a => a.Name == row.Arm)
        ? TrainingBudget.Of(Plan, row.Samples, seconds)
        : [$"{row.Samples}", "", $"{row.Seeds}", seconds.ToString("F1", CultureInfo.InvariantCulture)];

    private string Verdict()
    {
        string[] behind = [.. Rows.Where(r => r.Arm == Ours && r.Wins < r.Programs).Select(r => $"{r.Programs - r.Wins} of {r.Programs} programs at {r.Samples} samples")];
        return (behind.Length == 0 ? $"{Ours} is ahead of training from scratch on every program at every number of samples." : $"{Ours} is not ahead of training from scratch on {string.Join(", ", behind)}.")
            + (Losses().Any() ? $" Below are the programs on which it loses at {Most} samples, with what about them makes that plausible." : "");
    }

    private IEnumerable<string> Losses() => Programs
        .Select(p => (Program: p, Ratio: ErrorOf(p, Ours, Most) / ErrorOf(p, DataEfficiency.RandomArm, Most)))
        .Where(p => p.Ratio >= 1).OrderByDescending(p => p.Ratio)
        .Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Program.Name} ({p.Ratio:G3} times random's error): {LossReasons.Of(p.Program, ErrorOf(p.Program, Ours, Most), ErrorOf(p.Program, DataEfficiency.RandomArm, Most))}"));

    private string[] ProgramHeads() =>
        ["program", "inputs", "outputs", "values", .. SampleCounts().SelectMany(n => Arms().Select(arm => $"{arm} {n}")), $"ratio {Most}"];

    private string[] ProgramRow(BenchProgram program) =>
    [
        program.Name, $"{program.Program.Signature.Inputs.Length}", $"{program.Program.Signature.Outputs.Length}", $"{program.Graph.Nodes.Length}",
        .. SampleCounts().SelectMany(n => Arms().Select(arm => Reports.Short(ErrorOf(program, arm, n)))),
        Reports.Short(ErrorOf(program, DataEfficiency.RandomArm, Most) / ErrorOf(program, Ours, Most)),
    ];

    private void WriteSlices(HtmlPage page)
    {
        BenchProgram[] ranked = [.. Programs.OrderByDescending(p => ErrorOf(p, Ours, Most))];
        BenchProgram[] drawn = ranked.Length <= MostDrawn ? ranked : [.. ranked.Take(MostDrawn / 2), .. ranked.TakeLast(MostDrawn / 2)];
        int samples = Math.Min(SliceSamples, drawn[0].Pools[0].Count);
        (Surrogate, SampleSet)[] pairs = [.. drawn.Select(p => (p.Start(Plan.Ours, Plan.Shape, 0), p.Pools[0].Slice(0, samples)))];
        Surrogate[] tuned = samples < FineTuneOptions.FewestSamples ? [.. pairs.Select(p => p.Item1)]
            : [.. SurrogateFineTuner.RunAll(pairs, Plan.Ours.Apply(Plan.Options)).Select(t => t.Surrogate)];
        page.Subheading("Slices").Paragraph($"The program, its compiled surrogate, and the surrogate after {samples} samples, along the input that matters most, the others in the middle of their ranges. First where the error is largest.");
        page.Plots(drawn.Zip(tuned, (p, after) => Slices.Svg(
            p.Name, p.Program.Signature, p.Graph, ("compiled", p.Start(Plan.Ours, Plan.Shape, 0)), ("fine-tuned", after))));
        page.Subheading("Worst inputs").Paragraph($"After {samples} samples, of the same programs: the test sample that is furthest off.");
        page.Table(["program", "inputs", "output", "expected", "surrogate"], drawn.Zip(tuned).Select(p => WorstRow(p.First, p.Second)));
    }

    private static string[] WorstRow(BenchProgram program, Surrogate tuned)
    {
        double[] predicted = new SurrogateEvaluator(tuned).Evaluate(program.Test.X);
        WorstSample worst = ErrorMetrics.Measure(program.Test, predicted, worstCount: 1).Worst[0];
        return [program.Name, string.Join(", ", worst.Inputs.Select(Reports.Short)), program.Program.Signature.Outputs[worst.Output].Name, Reports.Short(worst.Expected[worst.Output]), Reports.Short(worst.Actual[worst.Output])];
    }

    private IEnumerable<int> SampleCounts() => Rows.Select(r => r.Samples).Distinct();

    private IEnumerable<string> Arms() => Rows.Select(r => r.Arm).Distinct();

    private double ErrorOf(BenchProgram program, string arm, int samples) => _errors.GetValueOrDefault((program.Name, arm, samples), double.NaN); // A peer may have no answer.
}
