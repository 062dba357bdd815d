using Nsc.Core.Sampling;

namespace Nsc.Tests.Core.Sampling;

public class RowFingerprintsTests
{
    [Fact]
    public void Rows_are_known_again_in_any_order_and_in_single_precision()
    {
        SampleSet rows = Rows(100, 1), others = Rows(1000, 2);
        RowFingerprints seen = RowFingerprints.TryParse(RowFingerprints.Of(rows).ToString())!;
        Assert.Equal(100, seen.Count);
        SampleSet back = rows.Take([.. Enumerable.Range(0, 100).Reverse()]) with { Y = new double[100] };
        Assert.Equal(0, seen.Unseen(back with { X = [.. back.X.Select(x => (double)(float)x)] }).Count);
        Assert.Equal(1000, seen.Unseen(others).Count);
        Assert.Equal(others.X, seen.Unseen(rows.Append(others)).X);
        Assert.Equal(1100, seen.Union(RowFingerprints.Of(others)).Count);
        Assert.True(RowFingerprints.Of(new SampleSet(1, 1, [0.0], [1])).Contains([-0.0]));
    }

    [Theory]
    [InlineData("?")]
    [InlineData("AAA=")]
    public void What_is_no_set_is_none(string text) => Assert.Null(RowFingerprints.TryParse(text));

    [Fact]
    public void With_a_row_all_are_held_out_that_repeat_its_inputs()
    {
        var rows = new SampleSet(1, 1, [.. Enumerable.Range(0, 300).Select(i => (double)(i % 30))], [.. Enumerable.Range(0, 300).Select(i => (double)i)]);
        (SampleSet heldOut, SampleSet others) = RowFingerprints.HoldOut(rows, 55, 7);
        Assert.Equal((60, 240), (heldOut.Count, others.Count));
        Assert.Empty(heldOut.X.Intersect(others.X));
        Assert.NotEqual(heldOut.X, RowFingerprints.HoldOut(rows, 55, 8).HeldOut.X);
        Assert.Equal(55, RowFingerprints.HoldOut(Rows(300, 1), 55, 7).HeldOut.Count);
    }

    [Fact]
    public void Both_parts_are_in_the_order_of_the_rows_and_may_be_all_or_none()
    {
        SampleSet rows = Rows(100, 3);
        (SampleSet heldOut, SampleSet others) = RowFingerprints.HoldOut(rows, 30, 7);
        Assert.Equal(heldOut.Y.Order(), heldOut.Y);
        Assert.Equal(others.Y.Order(), others.Y);
        Assert.Equal(rows.Y, heldOut.Y.Concat(others.Y).Order());
        Assert.Equal((0, 100), (RowFingerprints.HoldOut(rows, 0, 7).HeldOut.Count, RowFingerprints.HoldOut(rows, 0, 7).Others.Count));
        Assert.Equal((100, 0), (RowFingerprints.HoldOut(rows, 100, 7).HeldOut.Count, RowFingerprints.HoldOut(rows, 100, 7).Others.Count));
        Assert.Same(rows, RowFingerprints.None.Unseen(rows));
    }

    private static SampleSet Rows(int count, int seed)
    {
        var random = new Random(seed);
        return new SampleSet(2, 1, [.. Enumerable.Range(0, 2 * count).Select(_ => random.NextDouble())], [.. Enumerable.Range(0, count).Select(i => (double)i)]);
    }
}
