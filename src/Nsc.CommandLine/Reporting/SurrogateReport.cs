// The reports of compile, finetune and eval: what a surrogate is, what it looks like, where it errs.

using System.Globalization;
using Nsc.Compiler.FineTuning;
using Nsc.Compiler.Input;
using Nsc.Core.Dataflow;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;
using Nsc.Engine.FineTuning;
using Nsc.Engine.Trainers;
using Nsc.Report;

namespace Nsc.CommandLine.Reporting;

internal static class SurrogateReport
{
    private const int Bins = 16, MostInputs = 5, MostCurves = 8;

    /// <summary>Each surrogate beside its program's dataflow, before any sample.</summary>
    public static string OfCompiled(IReadOnlyList<(Surrogate Surrogate, DataflowGraph? Graph)> compiled, string command)
    {
        HtmlPage page = new HtmlPage("nsc compile").Remark(command);
        foreach ((Surrogate surrogate, DataflowGraph? graph) in compiled)
        {
            page.Heading(surrogate.Signature.Function).List(SurrogateFacts.Lines(surrogate));
            if (graph is null)
            {
                page.Paragraph("It has no dataflow graph, and starts from random weights.");
                continue;
            }

            page.Paragraph(graph.IsExact
                ? $"Its dataflow has {graph.Nodes.Length} values and computes what the program does; how well the network mimics it is measured by nsc eval."
                : $"Its dataflow has {graph.Nodes.Length} values and is approximate: {string.Join("; ", graph.Approximations)}.")
                .Figure(Slices.Svg(surrogate.Signature.Function, surrogate.Signature, graph, ("compiled", surrogate)));
        }

        return page.ToString();
    }

    /// <summary>The course of a fine-tuning, and the result on the samples it was given.</summary>
    public static string OfTuning(Surrogate before, FineTuneResult tuned, FineTuneOptions options, string command)
    {
        SampleSet samples = tuned.Training;
        HtmlPage page = new HtmlPage($"nsc finetune: {before.Signature.Function}").Remark(command).List(SurrogateFacts.Lines(tuned.Surrogate))
            .Paragraph($"{samples.Count} samples, {Folds.InWords(samples.Count, options)}; at most {options.Steps} steps.")
            .Figure(Plot.Svg(
                new PlotFrame("Held-out error while fine-tuning", "step", "NMSE, mean over outputs"),
                Course(tuned.Course, options)))
            .Heading("On the samples that it was given").Paragraph("Most of these were trained on; nsc eval measures on others.");
        Curves(page, samples, [("before", before), ("after", tuned.Surrogate)]);
        SensitivityTables.Add(page, tuned.Surrogate);
        return page.ToString();
    }

    /// <summary>The held-out error at each look, over the steps.</summary>
    internal static PlotLine Course(double[] course, FineTuneOptions options) =>
        new("held out", [.. course.Select((e, i) => new PlotPoint(Math.Min(i * options.StepsBetweenLooks, options.Steps), e))]);

    /// <summary>The errors of a surrogate on samples that it has not seen.</summary>
    /// <param name="bounds">Sentences about bounds on the error.</param>
    public static string OfEvaluation(Surrogate surrogate, SampleSet samples, double[] predicted, ErrorMetrics metrics, IEnumerable<string> bounds, string command)
    {
        ProgramSignature signature = surrogate.Signature;
        HtmlPage page = new HtmlPage($"nsc eval: {signature.Function}").Remark(command).List(SurrogateFacts.Lines(surrogate))
            .Heading("Errors").Paragraph($"NMSE {Reports.Short(metrics.Nmse)} on {samples.Count} samples: the mean squared error over the variance, 1 is no better than the mean.")
            .Table(
                ["output", "NMSE", "MSE", "MAE", "largest", "R2"],
                metrics.Outputs.Select((e, k) => (string[])[signature.Outputs[k].Name, Reports.Short(e.Nmse), Reports.Short(e.Mse), Reports.Short(e.Mae), Reports.Short(e.MaxAbs), e.R2.ToString("F4", CultureInfo.InvariantCulture)]))
            .List(bounds);
        Curves(page, samples, [("surrogate", surrogate)]);
        int worst = Enumerable.Range(0, metrics.Outputs.Length).MaxBy(k => metrics.Outputs[k].Nmse);
        page.Heading("Where it errs").Figure(ErrorAlongInputs(signature, samples, predicted, worst));
        SensitivityTables.Add(page, surrogate);
        page.Heading("Worst inputs").Table(
            [.. signature.Inputs.Select(i => i.Name), "output", "expected", "surrogate"],
            metrics.Worst.Select(w => (string[])[.. w.Inputs.Select(Reports.Short), signature.Outputs[w.Output].Name, Reports.Short(w.Expected[w.Output]), Reports.Short(w.Actual[w.Output])]));
        return page.ToString();
    }

    // Each output's true values in rising order, and what surrogates give for the same samples.
    private static void Curves(HtmlPage page, SampleSet samples, params IReadOnlyList<(string Name, Surrogate Surrogate)> surrogates)
    {
        ProgramSignature signature = surrogates[0].Surrogate.Signature;
        double[][] predictions = [.. surrogates.Select(s => new SurrogateEvaluator(s.Surrogate).Evaluate(samples.X))];
        page.Plots(Enumerable.Range(0, Math.Min(MostCurves, samples.OutputCount)).Select(k =>
        {
            int[] order = [.. Enumerable.Range(0, samples.Count).OrderBy(s => samples.Outputs(s)[k])];
            PlotLine Line(string name, double[] values) =>
                new(name, [.. order.Select((s, rank) => new PlotPoint(rank, values[(s * samples.OutputCount) + k]))]);
            return Plot.Svg(
                new PlotFrame(signature.Outputs[k].Name, "samples by true value", signature.Outputs[k].Name, PlotScale.Linear, PlotScale.Linear, 460, 300),
                [.. surrogates.Select((s, i) => Line(s.Name, predictions[i])), Line("program", samples.Y)]);
        }));
    }

    // The mean absolute error in equal bins of each input's range, for the inputs along which it changes most.
    private static string ErrorAlongInputs(ProgramSignature signature, SampleSet samples, double[] predicted, int output)
    {
        PlotLine Along(int input)
        {
            InputVariable variable = signature.Inputs[input];
            return new PlotLine(variable.Name, [.. Enumerable.Range(0, samples.Count)
                .GroupBy(s => Math.Clamp((int)((variable.Range.Unit(samples.Inputs(s)[input]) + 1) / 2 * Bins), 0, Bins - 1))
                .OrderBy(bin => bin.Key)
                .Select(bin => new PlotPoint((bin.Key + 0.5) / Bins, bin.Average(s => Math.Abs(predicted[(s * samples.OutputCount) + output] - samples.Outputs(s)[output]))))]);
        }

        PlotLine[] lines = [.. Enumerable.Range(0, samples.InputCount).Select(Along)
            .OrderByDescending(l => l.Points.Max(p => p.Y) - l.Points.Min(p => p.Y)).Take(MostInputs)];
        return Plot.Svg(
            new PlotFrame($"Error of {signature.Outputs[output].Name} along the inputs", "from the low end of the input's range to the high end", "mean absolute error", PlotScale.Linear, PlotScale.Linear),
            lines);
    }
}
