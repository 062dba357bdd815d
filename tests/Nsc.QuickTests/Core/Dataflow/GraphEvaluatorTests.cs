using System.Collections.Immutable;
using Nsc.Core.Dataflow;
using Nsc.Core.Programs;

namespace Nsc.Tests.Core.Dataflow;

public class GraphEvaluatorTests
{
    private static readonly double[] s_interesting = [-3.5, -1, -0.5, 0.25, 0.75, 1, 2, 3.25];

    public static TheoryData<Opcode> FloatingOpcodes() => [.. OpcodeTable.Rows.Where(r => r.Floating is not null).Select(r => r.Opcode)];

    [Theory]
    [MemberData(nameof(FloatingOpcodes))]
    public void Every_floating_opcode_computes_on_columns_what_its_scalar_definition_says(Opcode opcode)
    {
        ImmutableArray<Node> nodes =
        [
            Node.ForInput(0, ValueKind.Double), Node.ForInput(1, ValueKind.Double),
            new(opcode, ValueKind.Double, 0, opcode.Arity() > 1 ? 1 : -1, opcode.Arity() > 2 ? 0 : -1),
        ];
        var graph = new DataflowGraph(nodes, 2, [2], []);
        double[] inputs = [.. s_interesting.SelectMany(a => s_interesting.SelectMany(b => new[] { a, b }))];
        double[] outputs = new GraphEvaluator(graph).EvaluateOutputs(inputs, inputs.Length / 2);
        for (int s = 0; s < outputs.Length; s++)
        {
            Assert.Equal(ScalarSemantics.Floating(opcode, inputs[2 * s], inputs[(2 * s) + 1], inputs[2 * s]), outputs[s]);
        }
    }

    [Theory]
    [InlineData(Opcode.Add, int.MaxValue, 1, int.MinValue)]
    [InlineData(Opcode.Multiply, 65536, 65536, 0)]
    [InlineData(Opcode.Divide, -7, 2, -3)]
    [InlineData(Opcode.Remainder, -7, 2, -1)]
    [InlineData(Opcode.UnsignedDivide, -2, 2, int.MaxValue)]
    [InlineData(Opcode.ShiftRightLogical, -1, 28, 15)]
    [InlineData(Opcode.ShiftRightArithmetic, -16, 2, -4)]
    [InlineData(Opcode.ShiftLeft, 1, 31, int.MinValue)]
    [InlineData(Opcode.ShiftLeft, 1, 32, 0)]
    [InlineData(Opcode.UnsignedMaximum, -1, 1, -1)]
    public void Integers_wrap_at_their_width_as_in_C(Opcode opcode, int a, int b, int expected) =>
        Assert.Equal(expected, ScalarSemantics.Evaluate(opcode, ValueKind.Int32, ValueKind.Int32, a, b, 0));

    [Fact]
    public void A_value_in_single_precision_is_rounded_after_each_operation()
    {
        ImmutableArray<Node> nodes =
        [
            Node.ForInput(0, ValueKind.Float), Node.Floating(1e-9) with { Kind = ValueKind.Float }, new(Opcode.Add, ValueKind.Float, 0, 1),
        ];
        Assert.Equal([1.0], new GraphEvaluator(new DataflowGraph(nodes, 1, [2], [])).EvaluateOutputs([1.0], 1));
    }

    [Fact]
    public void A_graph_over_unit_inputs_computes_the_same_function()
    {
        ImmutableArray<InputVariable> inputs =
        [
            new("x", ScalarKind.Double, new Interval(-2, 10)), new("n", ScalarKind.Int32, new Interval(-3, 7)), new("b", ScalarKind.Bool, new Interval(0, 1)),
        ];
        ImmutableArray<Node> nodes =
        [
            Node.ForInput(0, ValueKind.Double), Node.ForInput(1, ValueKind.Int32), Node.ForInput(2, ValueKind.Boolean),
            new(Opcode.IntegerToFloat, ValueKind.Double, 1), new(Opcode.Multiply, ValueKind.Double, 0, 3), new(Opcode.Select, ValueKind.Double, 2, 4, 0),
        ];
        var graph = new DataflowGraph(nodes, 3, [5], []);
        DataflowGraph normalised = graph.OverNormalisedInputs(inputs);
        for (int n = -3; n <= 7; n++)
        {
            double[] raw = [3.25, n, n & 1], unit = [.. raw.Select((v, i) => (v - inputs[i].Range.Middle) / inputs[i].Range.HalfWidth)];
            Assert.Equal(new GraphEvaluator(graph).EvaluateOutputs(raw, 1)[0], new GraphEvaluator(normalised).EvaluateOutputs(unit, 1)[0], 1e-12);
        }
    }

    [Fact]
    public void Inputs_of_the_wrong_length_are_refused() =>
        Assert.Throws<ArgumentException>(() => new GraphEvaluator(new DataflowGraph([Node.ForInput(0, ValueKind.Double)], 1, [0], [])).Evaluate([1, 2, 3], 2));
}
