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
    public void One_input_leaves_its_range_and_each_other_one_in_a_quarter_of_the_rows()
    {
        InputVariable[] inputs = [.. Enumerable.Range(0, 4).Select(i => new InputVariable($"x{i}", ScalarKind.Double, new Interval(-1, 1)))];
        double[][] rows = [.. OutOfRangeInputs.Draw(Signature(inputs), 4000, new SplitMix64(2))!.Chunk(4)];
        int[] outside = [.. rows.Select(row => row.Count(v => v is not (>= -1 and <= 1)))];
        Assert.InRange(outside.Min(), 1, 1);
        Assert.InRange(outside.Average(), 1.7, 1.8); // 1 + 3 / 4
        Assert.All(Enumerable.Range(0, 4), i => Assert.InRange(rows.Count(row => row[i] is not (>= -1 and <= 1)) / 4000.0, 0.40, 0.47));
    }

    // A fifth of the draws is uniform over 3 widths and a half to each side of the middle; a seventh of these is inside and drawn again.
    [Fact]
    public void Real_inputs_are_some_widths_away_on_both_sides_or_of_any_size()
    {
        double[] values = OutOfRangeInputs.Draw(Signature(new InputVariable("x", ScalarKind.Double, new Interval(100, 104))), 8000, new SplitMix64(3))!;
        double[] near = [.. values.Where(v => v is (>= 88 and < 99.999) or (> 104.001 and <= 116))];
        Assert.InRange(near.Length / 8000.0, 0.16, 0.20);
        Assert.All((double[])[88, 91, 94, 104.001, 107, 110, 113], low => Assert.InRange(near.Count(v => v >= low && v < low + 3) / (double)near.Length, 0.09, 0.16));
        Assert.InRange(values.Count(v => v < -1000 && double.IsFinite(v)) / 8000.0, 0.08, 0.12);
        Assert.InRange(values.Count(v => v > 1000 && double.IsFinite(v)) / 8000.0, 0.08, 0.12);
        Assert.Contains(values, v => Math.Abs(v) > 1e300 && double.IsFinite(v));

        double[] single = OutOfRangeInputs.Draw(Signature(new InputVariable("x", ScalarKind.Float, new Interval(100, 104))), 8000, new SplitMix64(3))!;
        Assert.InRange(single.Count(v => !double.IsFinite(v)) / 8000.0, 0.17, 0.24); // A fifth, as what is of any size is a finite float.
        Assert.Contains(single, v => Math.Abs(v) > 1e37 && double.IsFinite(v));
    }

    // A quarter of the draws each: one beyond either end, some widths away, anywhere in the type.
    [Fact]
    public void Whole_inputs_are_next_to_the_range_some_widths_away_or_anywhere_in_their_type()
    {
        double[] values = OutOfRangeInputs.Draw(Signature(new InputVariable("n", ScalarKind.Int16, new Interval(100, 109.5))), 8000, new SplitMix64(4))!;
        Assert.All(values, v => Assert.True(v is >= short.MinValue and <= short.MaxValue and not (>= 100 and <= 109) && v == Math.Floor(v)));
        Assert.InRange(values.Count(v => v == 110) / 8000.0, 0.24, 0.30);
        Assert.InRange(values.Count(v => v == 99) / 8000.0, 0.24, 0.30);
        Assert.InRange(values.Count(v => v < -1000) / 8000.0, 0.08, 0.16);
        Assert.InRange(values.Count(v => v > 1000) / 8000.0, 0.08, 0.16);
        Assert.InRange(values.Min(), short.MinValue, -20_000);
        Assert.InRange(values.Max(), 20_000, short.MaxValue);
    }

    [Fact]
    public void Types_that_hold_nothing_outside_have_no_such_inputs() => Assert.Null(OutOfRangeInputs.Draw(
        Signature(new InputVariable("a", ScalarKind.Bool, new Interval(0, 1)), new InputVariable("b", ScalarKind.UInt8, new Interval(0, 255))), 10, new SplitMix64(1)));

    private static ProgramSignature Signature(params InputVariable[] inputs) =>
        new("f", "double f(...)", [.. inputs], [new OutputVariable("return", ScalarKind.Double)]);
}
