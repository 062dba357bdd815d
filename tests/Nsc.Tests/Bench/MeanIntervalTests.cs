// An interval that says 95% must hold the true mean 95 times in 100, with five programs as with a hundred.

using Nsc.Bench;

namespace Nsc.Tests.Bench;

public class MeanIntervalTests
{
    private const int Draws = 4000;

    [Theory]
    [InlineData(1, 12.7062)]
    [InlineData(2, 4.3027)]
    [InlineData(4, 2.7764)]
    [InlineData(9, 2.2622)]
    [InlineData(173, 1.9738)]
    public void The_quantiles_are_those_of_students_distribution(int freedom, double expected) =>
        Assert.Equal(expected, MeanInterval.Quantile(freedom), 1e-4);

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(40)]
    public void The_interval_holds_the_mean_of_normal_logarithms_as_often_as_it_says(int programs) =>
        Assert.InRange(Coverage(programs, Normal), 0.935, 0.965);

    // As wide and as lopsided as logarithms of errors are: some programs are solved, the others spread over decades.
    [Theory]
    [InlineData(5)]
    [InlineData(40)]
    public void The_interval_holds_the_mean_of_errors_of_which_a_third_are_nearly_exact(int programs) =>
        Assert.InRange(Coverage(programs, random => random.NextDouble() < 1.0 / 3 ? -12 + Normal(random) : -2 + (2 * Normal(random))), 0.925, 0.975);

    [Fact]
    public void One_program_says_nothing_of_others() =>
        Assert.Equal((0, double.PositiveInfinity), MeanInterval.Geometric([Math.Log(0.5)]));

    [Fact]
    public void The_interval_is_around_the_geometric_mean()
    {
        (double low, double high) = MeanInterval.Geometric([Math.Log(0.1), Math.Log(0.001)]);
        Assert.Equal(0.01, Math.Sqrt(low * high), 1e-12);
        Assert.Equal((0.25, 0.25), MeanInterval.Geometric([Math.Log(0.25), Math.Log(0.25), Math.Log(0.25)]));
    }

    // The share of draws whose interval holds the mean of very many.
    private static double Coverage(int programs, Func<Random, double> logarithm)
    {
        var random = new Random(1);
        double truth = Math.Exp(Enumerable.Range(0, 1_000_000).Average(_ => logarithm(random)));
        return Enumerable.Range(0, Draws).Average(_ =>
        {
            (double low, double high) = MeanInterval.Geometric([.. Enumerable.Range(0, programs).Select(_ => logarithm(random))]);
            return low <= truth && truth <= high ? 1.0 : 0.0;
        });
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
