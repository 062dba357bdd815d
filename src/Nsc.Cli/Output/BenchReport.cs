// The report of bench data: what was measured, where CompNet lost and why that is plausible, and what surrogates look like.

using System.Collections.Immutable;
using System.Globalization;
using Nsc.Bench;
using Nsc.Core.Dataflow;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;
using Nsc.Nets.CompNets;
using Nsc.Nets.FineTuning;
using Nsc.Report;

namespace Nsc.Cli.Output;

/// <param name="Command">The command line that repeats it.</param>
/// <param name="Models">Names and hashes of the arms' models.</param>
internal sealed record BenchReport(
    IReadOnlyList<BenchProgram> Programs, IReadOnlyList<BenchRow> Rows, IReadOnlyList<ProgramError> Errors, FineTuneOptions Options, string Command,
    IReadOnlyList<string> Models)
{
    /// <summary>Programs whose slices are drawn: half of them where the arm does worst.</summary>
    private const int MostDrawn = 12;

    private const int SliceSamples = 128, SlicePoints = 161;

    private readonly Dictionary<(string Program, string Arm, int Samples), double> _errors = Errors.ToDictionary(e => (e.Program, e.Arm, e.Samples), e => e.Nmse);

    private string Ours { get; } = Programs[0].Starts.ContainsKey(Architectures.Dataflow) ? Architectures.Dataflow : Programs[0].Starts.Keys.First();

    private int Most { get; } = Rows.Max(r => r.Samples);

    public string Html()
    {
        var page = new HtmlPage("nsc bench: data efficiency");
        page.Paragraph(string.Create(CultureInfo.InvariantCulture, $"{Programs.Count} programs, {Rows[0].Seeds} seeds, {Method()} for every arm on the same samples; a fifth of the samples decides when to stop; 1,024 other samples test. NMSE is the mean squared error over the variance: 1 is no better than the mean."));
        page.Remark(Command).List(Models);
        page.Figure(Plot.Svg(
            new PlotFrame("Test error against samples", "training samples", "NMSE, geometric mean over programs, 95% intervals", PlotScale.Categories),
            [.. Rows.GroupBy(r => r.Arm).Select(arm => new PlotLine(arm.Key, [.. arm.Select(r => new PlotPoint(r.Samples, r.NmseGeomean, r.Low, r.High))]))]));
        page.Table(
            ["arm", "samples", "NMSE", "95% interval", "median", "ratio to random", "wins"],
            Rows.Select(r => (string[])[r.Arm, $"{r.Samples}", Reports.Short(r.NmseGeomean), $"{Reports.Short(r.Low)} to {Reports.Short(r.High)}", Reports.Short(r.NmseMedian), r.RatioToRandom.ToString("F2", CultureInfo.InvariantCulture), $"{r.Wins} of {r.Programs}"]));
        page.Heading("When to trust it").Paragraph(Verdict()).List(Losses().Take(20));
        page.Heading("Every program").Paragraph("A click on a column's head sorts by it.").Table(ProgramHeads(), Programs.Select(ProgramRow));
        WriteSlices(page);
        return page.ToString();
    }

    private string Method() => Options.Optimizer == Optimizer.Adam
        ? string.Create(CultureInfo.InvariantCulture, $"{Options.Steps} steps of Adam at {Options.LearningRate:G}")
        : string.Create(CultureInfo.InvariantCulture, $"at most {Options.Steps} steps of Levenberg and Marquardt's method");

    private string Verdict()
    {
        string[] lost = [.. Rows.Where(r => r.Arm == Ours).Select(r => $"{r.Programs - r.Wins} of {r.Programs} programs at {r.Samples} samples")];
        return $"{Ours} is not ahead of training from scratch on {string.Join(", ", lost)}. Below are the programs on which it loses at {Most} samples, with what about them makes that plausible.";
    }

    private IEnumerable<string> Losses() => Programs
        .Select(p => (Program: p, Ratio: ErrorOf(p, Ours, Most) / ErrorOf(p, DataEfficiency.RandomArm, Most)))
        .Where(p => p.Ratio >= 1).OrderByDescending(p => p.Ratio)
        .Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Program.Name} ({p.Ratio:G3} times random's error): {Reasons(p.Program)}"));

    // What keeps a surrogate from being good, as far as the program's text tells.
    private string Reasons(BenchProgram program)
    {
        var reasons = new List<string>();
        DataflowGraph graph = program.Graph;
        if (!graph.IsExact)
        {
            reasons.Add($"its graph is approximate ({string.Join("; ", graph.Approximations)})");
        }

        if (graph.Nodes.Any(n => n.Opcode is Opcode.Floor or Opcode.FloatToInteger or Opcode.Remainder || n.Opcode.IsComparison()))
        {
            reasons.Add("it jumps or branches, where a smooth net cannot follow");
        }

        if (ErrorOf(program, DataEfficiency.RandomArm, Most) > 0.5)
        {
            reasons.Add("neither start learns it: the net is too small for it, or the samples too few");
        }

        if (ErrorOf(program, Ours, Most) < 1e-3)
        {
            reasons.Add("both are nearly exact");
        }

        double range = program.Program.Signature.Inputs.Max(i => i.Range.High - i.Range.Low);
        if (range > 100)
        {
            reasons.Add("an input's range is wide");
        }

        return reasons.Count > 0 ? string.Join("; ", reasons) : "no reason is known";
    }

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
        (Surrogate, SampleSet)[] pairs = [.. drawn.Select(p => (p.Starts[Ours], p.Pools[0].Slice(0, samples)))];
        Surrogate[] tuned = samples < FineTuneOptions.FewestSamples ? [.. pairs.Select(p => p.Item1)]
            : [.. SurrogateFineTuner.RunAll(pairs, Options).Select(t => t.Surrogate)];
        page.Heading("Slices").Paragraph($"The program, its compiled surrogate, and the surrogate after {samples} samples, along the input that matters most, the others in the middle of their ranges. First where the error is largest.");
        page.Plots(drawn.Zip(tuned, Slice));
        page.Heading("Worst inputs").Paragraph($"After {samples} samples, of the same programs: the test sample that is furthest off.");
        page.Table(["program", "inputs", "output", "expected", "surrogate"], drawn.Zip(tuned).Select(p => WorstRow(p.First, p.Second)));
    }

    private string Slice(BenchProgram program, Surrogate tuned)
    {
        ImmutableArray<InputVariable> inputs = program.Program.Signature.Inputs;
        var evaluator = new GraphEvaluator(program.Graph);
        var (truth, input) = Enumerable.Range(0, inputs.Length)
            .Select(i => FirstOutput(evaluator.EvaluateOutputs(Points(inputs, i), SlicePoints), program))
            .Select((values, i) => (Values: Array.ConvertAll(values, v => double.IsFinite(v) ? v : 0), Input: i)).MaxBy(s => s.Values.Max() - s.Values.Min());
        double[] points = Points(inputs, input);
        PlotLine Line(string name, double[] values) => new(name, [.. values.Select((y, s) => new PlotPoint(points[(s * inputs.Length) + input], y))]);
        double[] Predicted(Surrogate surrogate) => FirstOutput(new SurrogateEvaluator(surrogate).Evaluate(points), program);
        return Plot.Svg(
            new PlotFrame(program.Name, inputs[input].Name, program.Program.Signature.Outputs[0].Name, PlotScale.Linear, PlotScale.Linear, 460, 300),
            Line("program", truth), Line("compiled", Predicted(program.Starts[Ours])), Line("fine-tuned", Predicted(tuned)));
    }

    private static double[] FirstOutput(double[] outputs, BenchProgram program) =>
        [.. outputs.Where((_, i) => i % program.Graph.Outputs.Length == 0)];

    // (SlicePoints, inputs), row-major.
    private static double[] Points(ImmutableArray<InputVariable> inputs, int input) => [.. Enumerable.Range(0, SlicePoints).SelectMany(s => PointOn(inputs, input, s))];

    private static double[] PointOn(ImmutableArray<InputVariable> inputs, int input, int step) => [.. inputs.Select((v, i) =>
    {
        double x = i == input ? v.Range.Low + ((v.Range.High - v.Range.Low) * step / (SlicePoints - 1)) : v.Range.Middle;
        return v.Kind.IsInteger() ? Math.Round(x) : x;
    })];

    private static string[] WorstRow(BenchProgram program, Surrogate tuned)
    {
        double[] predicted = new SurrogateEvaluator(tuned).Evaluate(program.Test.X);
        WorstSample worst = ErrorMetrics.Measure(program.Test, predicted, worstCount: 1).Worst[0];
        return [program.Name, string.Join(", ", worst.Inputs.Select(Reports.Short)), program.Program.Signature.Outputs[worst.Output].Name, Reports.Short(worst.Expected[worst.Output]), Reports.Short(worst.Actual[worst.Output])];
    }

    private IEnumerable<int> SampleCounts() => Rows.Select(r => r.Samples).Distinct();

    private IEnumerable<string> Arms() => Rows.Select(r => r.Arm).Distinct();

    private double ErrorOf(BenchProgram program, string arm, int samples) => _errors[(program.Name, arm, samples)];
}
