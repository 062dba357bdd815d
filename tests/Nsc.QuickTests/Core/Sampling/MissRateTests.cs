// How often classes are missed, and how far off numbers over decades are.

using Nsc.Core.Programs;
using Nsc.Core.Sampling;

namespace Nsc.Tests.Sampling;

public class MissRateTests
{
    private static readonly ProgramSignature s_signature = new("f", "", [], [new("hit", ScalarKind.Bool), new("y", ScalarKind.Double), new("code", ScalarKind.Int32)]);

    [Fact]
    public void Misses_are_counted_beside_those_of_the_commonest_value()
    {
        var truth = new SampleSet(1, 3, [0, 1, 2, 3, 4], [0, 1, 7, 0, 1, 7, 0, 1, 8, 1, 1, 9, 1, 1, 7]);
        MissRate?[] misses = [.. MissRate.Of(s_signature, truth, [0, 5, 7, 1, 5, 7, 0, 5, 7, 1, 5, 7, double.NaN, 5, 7])];
        Assert.Equal([new(0.4, 0.4), null, new(0.4, 0.4)], misses.Select(m => m is null ? null : new MissRate(Math.Round(m.Rate, 12), Math.Round(m.CommonestRate, 12))));
        Assert.Equal("hit: 40% of answers are another value than the program's; the commonest value as the only answer: 40%", misses[0]!.InWords("hit"));
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void Numbers_of_many_values_are_no_classes(int values, bool areClasses)
    {
        double[] codes = [.. Enumerable.Range(0, values).SelectMany(v => (double[])[0, 0, v])];
        Assert.Equal(areClasses, MissRate.Of(s_signature, new SampleSet(1, 3, new double[values], codes), codes)[2] is not null);
    }

    // 1, 10, ... 10^9, each off by its place in percent: of 10 values the fifth is the median, the tenth has 95% below or at it.
    [Fact]
    public void A_relative_error_is_told_of_numbers_over_decades()
    {
        double[] y = [.. Enumerable.Range(0, 10).Select(i => Math.Pow(10, i))], off = [.. y.Select((v, i) => v * (i % 2 == 0 ? 1 + (0.01 * (i + 1)) : 1 - (0.01 * (i + 1))))];
        var truth = new SampleSet(1, 1, y, y);
        RelativeError error = RelativeError.Of(truth, off, 0)!;
        Assert.Equal((0.05, 0.1), (Math.Round(error.Median, 9), Math.Round(error.P95, 9)));
        Assert.Equal(double.PositiveInfinity, RelativeError.Of(truth, [.. off[..9], double.NaN], 0)!.P95);
        Assert.Null(RelativeError.Of(truth.Take([0, 1, 2, 3]), off[..4], 0)); // Three decades.
        Assert.NotNull(RelativeError.Of(truth.Take([0, 1, 2, 3, 4]), off[..5], 0));
        var zeros = new SampleSet(1, 1, y, [0, .. y[1..]]);
        Assert.Equal(0.06, RelativeError.Of(zeros, off, 0)!.Median, 9);
        Assert.Null(RelativeError.Of(new SampleSet(1, 1, [1, 2], [0, 0]), [0, 0], 0));
    }

    [Fact]
    public void A_relative_error_is_that_of_its_own_output()
    {
        double[] decades = [.. Enumerable.Range(0, 41).Select(i => Math.Pow(10, i / 8.0))];
        var truth = new SampleSet(1, 2, decades, [.. decades.SelectMany(d => (double[])[1 + d, d])]);
        RelativeError error = RelativeError.Of(truth, [.. decades.SelectMany((d, i) => (double[])[0, d * (1 + (0.01 * i))])], 1)!;
        Assert.Equal((0.2, 0.38), (Math.Round(error.Median, 12), Math.Round(error.P95, 12)));

        // Numbers below 1, three decades of them, are few decades too.
        double[] few = [.. Enumerable.Range(0, 21).Select(i => 1e-6 * Math.Pow(10, i / 8.0))];
        Assert.Null(RelativeError.Of(new SampleSet(1, 1, few, few), few, 0));
        Assert.Null(RelativeError.Of(new SampleSet(1, 1, few, [.. few.Select(f => 1e9 * f)]), few, 0));
    }
}
