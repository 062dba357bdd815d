using System.Globalization;
using Nsc.Core.Sampling;
using Nsc.Core.Text;

namespace Nsc.Tests.Core.Text;

public class DirectedRoundingTests
{
    [Theory]
    [InlineData(0.00035512, 3, "0.000356", "0.000355")]
    [InlineData(1.0049, 3, "1.01", "1")]
    [InlineData(9.9996, 4, "10", "9.999")]
    [InlineData(-1.2344, 4, "-1.234", "-1.235")]
    [InlineData(0.25, 3, "0.25", "0.25")]
    [InlineData(0, 3, "0", "0")]
    [InlineData(1.23456e-12, 3, "1.24E-12", "1.23E-12")]
    [InlineData(double.PositiveInfinity, 3, "Infinity", "Infinity")]
    public void A_limit_is_rounded_away_from_its_claim(double value, int digits, string up, string down) =>
        Assert.Equal((up, down), (DirectedRounding.Up(value, digits), DirectedRounding.Down(value, digits)));

    [Fact]
    public void No_upper_limit_is_below_its_value_and_no_lower_one_above()
    {
        var random = new Random(1);
        for (int i = 0; i < 10_000; i++)
        {
            double value = Math.Exp((random.NextDouble() - 0.5) * 100) * (random.Next(2) == 0 ? 1 : -1);
            int digits = random.Next(1, 8);
            double up = double.Parse(DirectedRounding.Up(value, digits), CultureInfo.InvariantCulture), down = double.Parse(DirectedRounding.Down(value, digits), CultureInfo.InvariantCulture);
            Assert.True(down <= value && value <= up, $"{down} {value} {up}");
            Assert.InRange(up - down, 0, Math.Abs(value) * 1.1 * Math.Pow(10, 1 - digits));
        }
    }

    [Theory]
    [InlineData(0.01, "1")]
    [InlineData(0.07, "7")]
    [InlineData(0.012345, "1.2345")]
    public void A_share_that_was_asked_for_keeps_its_digits(double share, string percent) => Assert.Equal(percent, DirectedRounding.Percent(share));

    // Beyond what a decimal number holds.
    [Theory]
    [InlineData(1.2345e-26)]
    [InlineData(2.5e27)]
    [InlineData(double.PositiveInfinity)]
    public void A_share_of_any_size_keeps_its_digits(double share) =>
        Assert.Equal(share * 100, double.Parse(DirectedRounding.Percent(share), CultureInfo.InvariantCulture));
}
