using System.Collections.Immutable;
using Nsc.Core.Dataflow;
using Nsc.Core.Dataflow.Building;
using Nsc.Core.Programs;

namespace Nsc.Tests.Core.Dataflow.Building;

/// <summary>A program's inputs come in one order, however its parameters are ordered.</summary>
public class InputOrderTests
{
    private static readonly Dictionary<string, (int Inputs, Func<ValueGraph, int[], int> Write)> s_programs = new()
    {
        ["a - 2 b + c d / a"] = (4, (g, x) => Plus(g, Minus(g, x[0], Times(g, g.Floating(2), x[1])), Over(g, Times(g, x[2], x[3]), x[0]))),
        ["a b - c d"] = (4, (g, x) => Minus(g, Times(g, x[0], x[1]), Times(g, x[2], x[3]))),
        ["a a + b b + c c + d d"] = (4, (g, x) => x.Select(a => Times(g, a, a)).Aggregate((a, b) => Plus(g, a, b))),
        ["a area"] = (8, (g, x) => Enumerable.Range(0, 4).Select(i => Minus(g, Times(g, x[2 * i], x[((2 * i) + 3) % 8]), Times(g, x[((2 * i) + 2) % 8], x[(2 * i) + 1])))
            .Aggregate((a, b) => Plus(g, a, b))),
        ["a, where b is not used"] = (2, (g, x) => Times(g, x[0], x[0])),
    };

    public static TheoryData<string> Programs => [.. s_programs.Keys];

    [Theory]
    [MemberData(nameof(Programs))]
    public void Permuted_parameters_give_the_same_graph_of_the_same_function(string program)
    {
        (int inputs, var write) = s_programs[program];
        DataflowGraph first = Ordered([.. Enumerable.Range(0, inputs)], write, out _);
        for (int seed = 0; seed < 20; seed++)
        {
            int[] place = [.. Enumerable.Range(0, inputs)];
            new Random(seed).Shuffle(place);
            DataflowGraph ordered = Ordered(place, write, out ImmutableArray<int> order);
            Assert.Equal(first.Nodes, ordered.Nodes);
            double[] values = [.. Enumerable.Range(1, inputs).Select(i => 0.3 * i)];
            double expected = Evaluate(Written(place, write), values), actual = Evaluate(ordered, [.. order.Select(i => values[i])]);
            Assert.Equal(expected, actual, 1e-12 * Math.Abs(expected));
        }
    }

    [Fact]
    public void Inputs_of_other_ranges_are_told_apart()
    {
        DataflowGraph product = Written([0, 1], (g, x) => Times(g, x[0], x[1]));
        InputVariable first = Input("a", 0, 1), second = Input("b", 0, 2);
        string[] Names(params ImmutableArray<InputVariable> inputs) => [.. InputOrder.Of(product, inputs).Select(i => inputs[i].Name)];
        Assert.Equal(Names(first, second), Names(second, first));
    }

    private static DataflowGraph Ordered(int[] place, Func<ValueGraph, int[], int> write, out ImmutableArray<int> order)
    {
        DataflowGraph graph = Written(place, write);
        order = InputOrder.Of(graph, [.. place.Select(i => Input($"x{i}", -1, 1))]);
        return graph.InOrder(order);
    }

    // Of the function's inputs, number i is parameter place[i].
    private static DataflowGraph Written(int[] place, Func<ValueGraph, int[], int> write)
    {
        var graph = new ValueGraph(Arithmetic.Real);
        int output = write(graph, [.. place.Select(p => graph.Input(p, ValueKind.Double, default))]);
        var (nodes, outputs, _) = graph.Extract([output]);
        return new DataflowGraph(nodes, place.Length, outputs, []);
    }

    private static double Evaluate(DataflowGraph graph, double[] inputs) => new GraphEvaluator(graph).EvaluateOutputs(inputs, 1)[0];

    private static InputVariable Input(string name, double low, double high) => new(name, ScalarKind.Double, new Interval(low, high));

    private static int Plus(ValueGraph g, int a, int b) => g.Apply(Opcode.Add, ValueKind.Double, a, b);

    private static int Minus(ValueGraph g, int a, int b) => g.Apply(Opcode.Subtract, ValueKind.Double, a, b);

    private static int Times(ValueGraph g, int a, int b) => g.Apply(Opcode.Multiply, ValueKind.Double, a, b);

    private static int Over(ValueGraph g, int a, int b) => g.Apply(Opcode.Divide, ValueKind.Double, a, b);
}
