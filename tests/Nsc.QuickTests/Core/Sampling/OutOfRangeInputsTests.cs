using Nsc.Core.Programs;
using Nsc.Core.Sampling;

namespace Nsc.Tests.Core.Sampling;

public class OutOfRangeInputsTests
{
    [Fact]
    public void Every_row_leaves_the_ranges_near_and_far_and_with_what_is_no_number()
    {
        ProgramSignature signature = Signature(
            new InputVariable("x", ScalarKind.Double, new Interval(-1, 1)), new InputVariable("y", ScalarKind.Float, new Interval(0.1, 0.7)),
            new InputVariable("n", ScalarKind.UInt8, new Interval(3, 9)), new InputVariable("b", ScalarKind.Bool, new Interval(0, 1)));
        double[] rows = OutOfRangeInputs.Draw(signature, 4000, new SplitMix64(1))!;
        Assert.All(Enumerable.Range(0, 4000), row => Assert.Contains(
            Enumerable.Range(0, 4), i => !OutOfRangeInputs.IsInside(signature.Inputs[i].Range, rows[(row * 4) + i])));
        double[] Column(int i) => [.. Enumerable.Range(0, 4000).Select(row => rows[(row * 4) + i])];
        Assert.All((double[])[Math.BitIncrement(1.0), Math.BitDecrement(-1.0), double.NaN, double.PositiveInfinity, double.NegativeInfinity], v => Assert.Contains(v, Column(0)));
        Assert.Contains(Column(0), v => v is > 1.5 and < 8);
        Assert.Contains(Column(0), v => Math.Abs(v) is > 1e100 and < double.PositiveInfinity);
        Assert.Contains(Column(0), v => v is >= -1 and <= 1);
        Assert.All(Column(1), v => Assert.Equal((float)v, v));
        Assert.Contains(Column(1), v => v > 0.7 && v < 0.7001);
        Assert.All(Column(2), v => Assert.True(v is >= 0 and <= 255 && v == Math.Floor(v)));
        Assert.Contains(2.0, Column(2));
        Assert.Contains(10.0, Column(2));
        Assert.All(Column(3), v => Assert.True(v is 0 or 1));
    }

    [Fact]
    public void Types_that_hold_nothing_outside_have_no_such_inputs() => Assert.Null(OutOfRangeInputs.Draw(
        Signature(new InputVariable("a", ScalarKind.Bool, new Interval(0, 1)), new InputVariable("b", ScalarKind.UInt8, new Interval(0, 255))), 10, new SplitMix64(1)));

    private static ProgramSignature Signature(params InputVariable[] inputs) =>
        new("f", "double f(...)", [.. inputs], [new OutputVariable("return", ScalarKind.Double)]);
}
