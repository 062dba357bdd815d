// A range's numbers and unit numbers are one to one, in a logarithmic range too.

using Nsc.Core.Programs;

namespace Nsc.Tests.Core;

public class IntervalTests
{
    private static readonly Interval s_decades = new(0.01, 100) { IsLogarithmic = true };

    [Fact]
    public void Unit_numbers_run_from_end_to_end()
    {
        Assert.Equal([-1, 0, 1], ((double[])[10, 30, 50]).Select(new Interval(10, 50).Unit));
        Assert.Equal([10, 30, 50], ((double[])[-1, 0, 1]).Select(new Interval(10, 50).At));
        Assert.All(((double[])[0.01, 0.1, 1, 10, 100]).Zip([-1.0, -0.5, 0, 0.5, 1]), p => Assert.Equal(p.Second, s_decades.Unit(p.First), 1e-15));
        Assert.All(((double[])[0.01, 0.1, 1, 10, 100]).Zip([-1.0, -0.5, 0, 0.5, 1]), p => Assert.Equal(p.First, s_decades.At(p.Second), 1e-13));
    }

    [Fact]
    public void What_lies_around_a_number_stays_within_the_range()
    {
        Assert.Equal(new Interval(20, 40), new Interval(10, 50).Around(30, 0.5));
        Assert.Equal(new Interval(10, 20), new Interval(10, 50).Around(10, 0.5));
        Interval near = s_decades.Around(10, 0.25);
        Assert.True(near.IsLogarithmic);
        Assert.Equal(Math.Sqrt(10), near.Low, 1e-12);
        Assert.Equal(10 * Math.Sqrt(10), near.High, 1e-12);
        Assert.Equal(100, s_decades.Around(100, 0.25).High);
    }

    [Theory]
    [InlineData(0, 1, false, true)]
    [InlineData(1, 1, false, false)]
    [InlineData(2, 1, false, false)]
    [InlineData(double.NegativeInfinity, 1, false, false)]
    [InlineData(0, double.NaN, false, false)]
    [InlineData(1, 2, true, true)]
    [InlineData(0, 2, true, false)]
    [InlineData(-1, 2, true, false)]
    [InlineData(5e-324, 2, true, false)]
    [InlineData(1, 1.0000000000000002, false, true)]
    public void Only_some_intervals_can_be_ranges(double low, double high, bool isLogarithmic, bool isRange) =>
        Assert.Equal(isRange, new Interval(low, high) { IsLogarithmic = isLogarithmic }.IsRange);

    [Fact]
    public void A_logarithmic_interval_says_so() => Assert.Equal(("[0.01, 100] log", "[0, 1]"), (s_decades.ToString(), new Interval(0, 1).ToString()));
}
