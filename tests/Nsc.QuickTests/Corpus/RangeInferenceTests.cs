using Nsc.Core.Dataflow;
using Nsc.Core.Programs;
using Nsc.Corpus.Mining;

namespace Nsc.Tests.Mining;

public sealed class RangeInferenceTests
{
    [Fact]
    public void Inputs_get_ranges_of_their_own()
    {
        // exp(x) + y: x cannot be large, y can.
        InferredRanges ranges = Infer(2, Input(0), Input(1), new Node(Opcode.Exp, ValueKind.Double, 0), new Node(Opcode.Add, ValueKind.Double, 2, 1));
        Assert.True(ranges.Inputs[0].Range.High <= 10);
        Assert.Equal(new Interval(-1000, 1000), ranges.Inputs[1].Range);
    }

    [Fact]
    public void Inputs_that_need_different_ranges_find_them()
    {
        // sqrt(x - 5) * sqrt(-y): no range is good for both.
        InferredRanges ranges = Infer(
            2, Input(0), Input(1), Node.Floating(-1), new Node(Opcode.Multiply, ValueKind.Double, 1, 2), new Node(Opcode.SquareRoot, ValueKind.Double, 0),
            new Node(Opcode.Absolute, ValueKind.Double, 3), new Node(Opcode.Add, ValueKind.Double, 4, 5));
        Assert.True(ranges.Inputs[0].Range.Low >= 0);
        Assert.Equal(-1000, ranges.Inputs[1].Range.Low);
    }

    [Fact]
    public void Over_a_range_neighbours_are_alike()
    {
        InferredRanges ranges = Infer(1, Input(0), new Node(Opcode.Sin, ValueKind.Double, 0));
        Assert.True(ranges.Inputs[0].Range.High <= 10);
    }

    [Fact]
    public void An_output_that_is_constant_does_not_count()
    {
        DataflowGraph graph = new([Input(0), Node.Floating(3), new Node(Opcode.Multiply, ValueKind.Double, 0, 0)], 1, [1, 2], []);
        Assert.Equal([1], RangeInference.Infer(graph, Doubles(1)).First().Varied);
    }

    [Fact]
    public void What_is_never_finite_has_no_range()
    {
        DataflowGraph graph = new([Input(0), Node.Floating(0), new Node(Opcode.Divide, ValueKind.Double, 0, 1)], 1, [2], []);
        Assert.Empty(RangeInference.Infer(graph, Doubles(1)));
    }

    private static Node Input(int index) => Node.ForInput(index, ValueKind.Double);

    private static System.Collections.Immutable.ImmutableArray<InputVariable> Doubles(int count) =>
        [.. Enumerable.Range(0, count).Select(i => new InputVariable($"x{i}", ScalarKind.Double, Interval.Default))];

    private static InferredRanges Infer(int inputs, params Node[] nodes) =>
        RangeInference.Infer(new DataflowGraph([.. nodes], inputs, [nodes.Length - 1], []), Doubles(inputs)).First();
}
