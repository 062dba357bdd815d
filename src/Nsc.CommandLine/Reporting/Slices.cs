// One-dimensional slices: a program and its surrogates along one input, the others in the middle of their ranges.

using System.Collections.Immutable;
using Nsc.Core.Dataflow;
using Nsc.Core.Programs;
using Nsc.Core.Surrogates;
using Nsc.Report;

namespace Nsc.CommandLine.Reporting;

internal static class Slices
{
    private const int PointCount = 161;

    /// <summary>A plot of the first output along the input that moves the program most.</summary>
    /// <param name="graph">The program's dataflow in its own units.</param>
    public static string Svg(string title, ProgramSignature signature, DataflowGraph graph, params IReadOnlyList<(string Name, Surrogate Surrogate)> surrogates)
    {
        ImmutableArray<InputVariable> inputs = signature.Inputs;
        var evaluator = new GraphEvaluator(graph);
        (double[] truth, int input) = Enumerable.Range(0, inputs.Length)
            .Select(i => (Values: FirstOutput(evaluator.EvaluateOutputs(Points(inputs, i), PointCount), signature), Input: i))
            .MaxBy(slice => Span(slice.Values));
        double[] points = Points(inputs, input);
        PlotLine Line(string name, double[] values) => new(name, [.. values.Select((y, s) => new PlotPoint(points[(s * inputs.Length) + input], y))]);
        return Plot.Svg(
            new PlotFrame(title, inputs[input].Name, signature.Outputs[0].Name, PlotScale.Linear, PlotScale.Linear, 460, 300),
            [Line("program", truth), .. surrogates.Select(s => Line(s.Name, FirstOutput(new SurrogateEvaluator(s.Surrogate).Evaluate(points), signature)))]);
    }

    private static double Span(double[] values)
    {
        double[] finite = [.. values.Where(double.IsFinite).DefaultIfEmpty(0)];
        return finite.Max() - finite.Min();
    }

    private static double[] FirstOutput(double[] outputs, ProgramSignature signature) => [.. outputs.Where((_, i) => i % signature.Outputs.Length == 0)];

    // (PointCount, inputs), row-major.
    private static double[] Points(ImmutableArray<InputVariable> inputs, int input) => [.. Enumerable.Range(0, PointCount).SelectMany(s => PointOn(inputs, input, s))];

    private static IEnumerable<double> PointOn(ImmutableArray<InputVariable> inputs, int input, int step) => inputs.Select((v, i) => v.At(i == input ? (2.0 * step / (PointCount - 1)) - 1 : 0));
}
