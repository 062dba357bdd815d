// The inputs at which a graph and its program part first, if they do.

using Nsc.Core.Programs;
using Nsc.Core.Sampling;

namespace Nsc.Tests.Core.Sampling;

public sealed class EdgeCaseInputsTests
{
    [Fact]
    public void A_real_input_s_edges_are_what_is_no_number_zeros_of_both_signs_and_the_ends_of_its_range()
    {
        long[] bits = [.. EdgeCaseInputs.Of(new InputVariable("x", ScalarKind.Double, new Interval(-3.25, 17))).Select(BitConverter.DoubleToInt64Bits)];
        double[] expected = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, 0, -0.0, -3.25, 17, double.MaxValue, 5e-324];
        Assert.Subset(bits.ToHashSet(), expected.Select(BitConverter.DoubleToInt64Bits).ToHashSet());
    }

    [Fact]
    public void A_single_precision_input_s_edges_are_floats() =>
        Assert.All(EdgeCaseInputs.Of(new InputVariable("x", ScalarKind.Float, new Interval(0, 1))), v => Assert.True((float)v == v || double.IsNaN(v)));

    [Fact]
    public void A_whole_input_s_edges_are_whole_and_in_its_range() =>
        Assert.Equal([-3, -2, -1, 0, 1, 6, 7], EdgeCaseInputs.Of(new InputVariable("n", ScalarKind.Int32, new Interval(-3.5, 7.5))).Order());

    [Fact]
    public void Rows_hold_each_edge_of_each_input_and_mixtures()
    {
        var signature = new ProgramSignature(
            "f", "double f(double x, int n)",
            [new InputVariable("x", ScalarKind.Double, new Interval(-1, 1)), new InputVariable("n", ScalarKind.Int32, new Interval(0, 9))],
            [new OutputVariable("return", ScalarKind.Double)]);
        double[][] rows = [.. EdgeCaseInputs.Draw(signature, new SplitMix64(1)).Chunk(2)];
        Assert.Contains(rows, r => double.IsNaN(r[0]) && r[1] is not (0 or 1 or 8 or 9));
        Assert.Contains(rows, r => !double.IsFinite(r[0]) && r[1] is 0 or 9);
        Assert.All(rows, r => Assert.InRange(r[1], 0, 9));

        // Each edge once beside ordinary values, and 32 mixtures for each input, of which an edge takes a half.
        int edges = signature.Inputs.Sum(i => EdgeCaseInputs.Of(i).Length);
        Assert.Equal(edges + 64, rows.Length);
        Assert.Equal(EdgeCaseInputs.Of(signature.Inputs[0]), rows.Take(EdgeCaseInputs.Of(signature.Inputs[0]).Length).Select(r => r[0]));
        Assert.InRange(rows.Skip(edges).Count(r => !EdgeCaseInputs.Of(signature.Inputs[0]).Contains(r[0])), 18, 46);
        Assert.InRange(rows.Skip(edges).Select(r => BitConverter.DoubleToInt64Bits(r[0])).Distinct().Count(), 30, 64);
    }
}
