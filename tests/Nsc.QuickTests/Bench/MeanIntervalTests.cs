// An interval that says 95% must hold the true mean 95 times in 100, with five programs as with a hundred.

using Nsc.Bench;

namespace Nsc.Tests.Bench;

public class MeanIntervalTests
{
    private const int Draws = 4000;

    // Logarithms that bench data measured on sixty held-out idioms: of the errors of random after 8 samples, of the ratios of
    // dataflow+calibration+subspace after 32, and of its errors after 128.
    private static readonly double[] s_errors =
    [
        -3.47, -2.96, -2.60, -2.17, -2.06, -1.80, -1.71, -1.50, -1.34, -1.25, -1.12, -1.07, -0.99, -0.99, -0.93, -0.76, -0.71, -0.67, -0.66, -0.65,
        -0.65, -0.60, -0.57, -0.26, -0.24, -0.24, -0.19, -0.18, -0.18, -0.16, -0.16, -0.12, -0.11, -0.06, -0.04, -0.03, -0.02, -0.02, -0.02, 0.02,
        0.02, 0.03, 0.03, 0.03, 0.05, 0.06, 0.06, 0.07, 0.08, 0.09, 0.10, 0.11, 0.11, 0.12, 0.24, 0.25, 0.26, 0.33, 0.34, 0.36,
    ];

    private static readonly double[] s_ratios =
    [
        -0.62, -0.54, -0.14, -0.14, -0.02, -0.01, 0.01, 0.02, 0.07, 0.09, 0.25, 0.31, 0.35, 0.46, 0.47, 0.48, 0.50, 0.51, 0.57, 0.57,
        0.64, 0.70, 0.71, 0.79, 0.82, 0.88, 0.93, 0.94, 1.00, 1.00, 1.16, 1.24, 1.25, 1.34, 1.45, 1.48, 1.52, 1.65, 1.68, 1.85,
        1.88, 2.10, 2.28, 2.35, 2.52, 2.53, 2.69, 2.96, 2.99, 3.04, 3.16, 3.19, 3.21, 3.22, 3.29, 3.45, 4.13, 4.91, 7.80, 8.36,
    ];

    private static readonly double[] s_smallErrors =
    [
        -14.14, -14.06, -10.23, -9.05, -9.05, -8.27, -7.69, -7.47, -7.35, -6.79, -6.77, -6.66, -6.37, -6.30, -6.12, -6.06, -6.01, -5.99, -5.63, -5.58,
        -4.97, -4.90, -4.63, -4.60, -4.23, -4.13, -4.00, -4.00, -3.98, -3.93, -3.91, -3.84, -3.66, -3.54, -3.42, -3.35, -3.31, -3.25, -2.94, -2.85,
        -2.67, -2.63, -2.56, -2.37, -2.35, -2.34, -2.12, -1.93, -1.91, -1.58, -1.58, -1.32, -0.75, -0.69, -0.39, -0.26, -0.26, -0.09, 0.07, 0.12,
    ];

    [Theory]
    [InlineData(1, 31.820516)]
    [InlineData(2, 6.964557)]
    [InlineData(3, 4.540703)]
    [InlineData(4, 3.746947)]
    [InlineData(5, 3.364930)]
    [InlineData(9, 2.821438)]
    [InlineData(30, 2.457262)]
    [InlineData(173, 2.348096)]
    public void The_quantiles_are_those_of_students_distribution(int freedom, double expected) =>
        Assert.Equal(expected, MeanInterval.Quantile(freedom), 1e-6);

    [Fact]
    public void The_interval_is_students_at_98_percent()
    {
        // Mean 2 and variance 1 of three logarithms; t of two degrees of freedom is 6.964557.
        (double low, double high) = MeanInterval.Geometric([1, 2, 3]);
        Assert.Equal(2 - (6.964557 / Math.Sqrt(3)), Math.Log(low), 1e-6);
        Assert.Equal(2 + (6.964557 / Math.Sqrt(3)), Math.Log(high), 1e-6);
        Assert.Equal((0, double.PositiveInfinity), MeanInterval.Geometric([]));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(40)]
    public void The_interval_holds_the_mean_of_normal_logarithms_at_least_as_often_as_it_says(int programs) =>
        Assert.InRange(Coverage(programs, Normal, truth: 0), 0.97, 0.99);

    [Theory]
    [InlineData(5)]
    [InlineData(20)]
    public void The_interval_holds_the_mean_of_what_was_measured_about_as_often_as_it_says(int programs)
    {
        double[] coverage = [.. ((double[][])[s_errors, s_ratios, s_smallErrors]).Select(
            population => Coverage(programs, random => population[random.Next(population.Length)], population.Average()))];
        Assert.All(coverage, share => Assert.InRange(share, 0.89, 1));
        Assert.InRange(coverage.Average(), 0.935, 1);
    }

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

    // The share of draws whose interval holds the mean of what is drawn from.
    private static double Coverage(int programs, Func<Random, double> logarithm, double truth)
    {
        var random = new Random(1);
        return Enumerable.Range(0, Draws).Average(_ =>
        {
            (double low, double high) = MeanInterval.Geometric([.. Enumerable.Range(0, programs).Select(_ => logarithm(random))]);
            return low <= Math.Exp(truth) && Math.Exp(truth) <= high ? 1.0 : 0.0;
        });
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
