// Small dataflow graphs and C programs for the tests of the neural parts; what needs libraries of training and the bench is in another file.

using System.Collections.Immutable;
using Nsc.Core.Dataflow;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;

namespace Nsc.Tests.Training;

internal static partial class SmallPrograms
{
    /// <summary>(x - y) * x + 0.5, over [-1, 1] and [0, 3].</summary>
    public static (DataflowGraph Graph, CProgram Program) Product()
    {
        ImmutableArray<Node> nodes =
        [
            Node.ForInput(0, ValueKind.Double), Node.ForInput(1, ValueKind.Double), Node.Floating(0.5),
            new(Opcode.Subtract, ValueKind.Double, 0, 1), new(Opcode.Multiply, ValueKind.Double, 3, 0), new(Opcode.Add, ValueKind.Double, 4, 2),
        ];
        return (new DataflowGraph(nodes, 2, [5], []), Program("f", 2, 1));
    }

    public static CProgram Program(string name, int inputs, int outputs) => new(
        name + ".c", "", "", new ProgramSignature(
            name, $"double {name}(void)",
            [.. Enumerable.Range(0, inputs).Select(i => new InputVariable($"x{i}", ScalarKind.Double, i == 1 ? new Interval(0, 3) : Interval.Default))],
            [.. Enumerable.Range(0, outputs).Select(k => new OutputVariable($"y{k}", ScalarKind.Double))]));

    /// <summary>Samples of a graph at random inputs in range.</summary>
    public static SampleSet Sample(DataflowGraph graph, ProgramSignature signature, int count, int seed)
    {
        var random = new Random(seed);
        double[] inputs = [.. Enumerable.Range(0, count * signature.Inputs.Length).Select(i =>
        {
            Interval range = signature.Inputs[i % signature.Inputs.Length].Range;
            return range.Middle + (range.HalfWidth * ((2 * random.NextDouble()) - 1));
        })];
        return new SampleSet(signature.Inputs.Length, graph.Outputs.Length, inputs, new GraphEvaluator(graph).EvaluateOutputs(inputs, count));
    }
}
