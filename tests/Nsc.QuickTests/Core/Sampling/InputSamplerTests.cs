// Drawn inputs lie in their range, fit their type, and are the same for the same seed on every machine.

using Nsc.Core.Programs;
using Nsc.Core.Sampling;

namespace Nsc.Tests.Sampling;

public class InputSamplerTests
{
    [Fact]
    public void SplitMix64_gives_the_published_numbers()
    {
        var random = new SplitMix64(1234567);
        Assert.Equal([6457827717110365317UL, 3203168211198807973UL, 9817491932198370423UL], [random.Next(), random.Next(), random.Next()]);
    }

    [Fact]
    public void Real_inputs_fill_their_range()
    {
        double[] values = Draw(ScalarKind.Double, -3, 5);
        Assert.All(values, v => Assert.InRange(v, -3, 5));
        Assert.InRange(values.Average(), 0.9, 1.1);
        Assert.InRange(values.Min(), -3, -2.99);
        Assert.InRange(values.Max(), 4.99, 5);
    }

    [Fact]
    public void Float_inputs_are_floats_and_rounding_does_not_leave_the_range()
    {
        double[] values = Draw(ScalarKind.Float, 0.1, 0.1 + 1e-8);
        Assert.All(values, v => Assert.Equal((float)v, v));
        Assert.All(Draw(ScalarKind.Float, -0.1, 0.1), v => Assert.InRange(v, -0.1, 0.1));
    }

    // Neighbouring floats are 0.30000001192 and 0.30000004172: a number that is rounded out of the range is moved back into it.
    [Theory]
    [InlineData(0.30000001, 0.30000003, 0.3000000119)]
    [InlineData(0.30000002, 0.30000005, 0.3000000417)]
    public void A_float_that_is_rounded_out_of_the_range_is_moved_back(double low, double high, double only) =>
        Assert.All(Draw(ScalarKind.Float, low, high), v => Assert.Equal(only, v, 1e-10));

    [Fact]
    public void Both_ends_of_a_range_of_floats_are_drawn_as_they_are()
    {
        double next = MathF.BitIncrement(1);
        Assert.Equal([1, next], Draw(ScalarKind.Float, 1, next).Distinct().Order());
        Assert.Contains(Draw(ScalarKind.Double, 0, 1), v => (float)v != v);
    }

    [Fact]
    public void A_range_of_one_whole_number_gives_that() => Assert.All(Draw(ScalarKind.Int32, 4.5, 5.5), v => Assert.Equal(5, v));

    [Fact]
    public void Integer_inputs_are_uniform_among_the_whole_numbers_in_their_range()
    {
        var counts = Draw(ScalarKind.Int32, -2.5, 2.5).CountBy(v => v).ToDictionary();
        Assert.Equal([-2, -1, 0, 1, 2], counts.Keys.Order());
        Assert.All(counts.Values, n => Assert.InRange(n, 3600, 4400));
    }

    [Theory]
    [InlineData(ScalarKind.Bool, 0, 1)]
    [InlineData(ScalarKind.Int8, -128, 127)]
    [InlineData(ScalarKind.UInt8, 0, 255)]
    [InlineData(ScalarKind.Int16, -32768, 32767)]
    [InlineData(ScalarKind.UInt16, 0, 65535)]
    [InlineData(ScalarKind.Int32, -2147483648.0, 2147483647.0)]
    [InlineData(ScalarKind.UInt32, 0, 4294967295.0)]
    [InlineData(ScalarKind.Int64, -9223372036854775808.0, 9223372036854774784.0)]
    [InlineData(ScalarKind.UInt64, 0, 18446744073709549568.0)]
    public void Integer_inputs_fit_their_type_whatever_their_range(ScalarKind kind, double low, double high)
    {
        double[] values = Draw(kind, -1e30, 1e30);
        Assert.All(values, v => Assert.InRange(v, low, high));
        Assert.All(values, v => Assert.Equal(Math.Floor(v), v));
        Assert.True(values.Distinct().Count() > 1);
    }

    [Fact]
    public void A_range_without_a_whole_number_gives_the_nearest_one() =>
        Assert.All(Draw(ScalarKind.Int32, 2.6, 2.9), v => Assert.Equal(3, v));

    [Theory]
    [InlineData(ScalarKind.Double)]
    [InlineData(ScalarKind.Float)]
    public void Each_decade_of_a_logarithmic_range_gets_its_share(ScalarKind kind)
    {
        double[] values = Draw(kind, new Interval(1e-3, 1e5) { IsLogarithmic = true });
        Assert.All(values, v => Assert.InRange(v, kind == ScalarKind.Float ? (float)1e-3 : 1e-3, 1e5));
        Assert.All(values.CountBy(v => Math.Floor(Math.Log10(v))).Where(d => d.Key is >= -3 and < 5), d => Assert.InRange(d.Value, 2300, 2700));
    }

    // ln((k + 1) / k) / ln(101) of the draws are k.
    [Fact]
    public void Whole_numbers_of_a_logarithmic_range_are_drawn_by_their_logarithm()
    {
        double[] values = Draw(ScalarKind.Int32, new Interval(1, 100) { IsLogarithmic = true });
        Assert.All(values, v => Assert.True(v is >= 1 and <= 100 && v == Math.Floor(v)));
        Assert.All((int[])[1, 2, 10], k => Assert.Equal(Math.Log((k + 1.0) / k) / Math.Log(101), values.Count(v => v == k) / 20_000.0, 0.01));
        Assert.Contains(100.0, values);
    }

    private static double[] Draw(ScalarKind kind, double low, double high) => Draw(kind, new Interval(low, high));

    private static double[] Draw(ScalarKind kind, Interval range) => InputSampler.Draw(
        new ProgramSignature("f", "", [new InputVariable("x", kind, range)], []), 20_000, new SplitMix64(7));
}
