using Nsc.Core.Sampling;

namespace Nsc.Tests.Core.Sampling;

public class ErrorBoundTests
{
    [Theory]
    [InlineData(0.01, 0.95, 299)]
    [InlineData(0.5, 0.5, 1)]
    [InlineData(0.001, 0.99, 4603)]
    public void So_many_samples_are_needed_though_none_errs(double rate, double confidence, int samples)
    {
        Assert.Equal(samples, ErrorBound.FewestSamples(rate, confidence));
        Assert.Equal((-1, 0), (ErrorBound.MostBeyond(samples - 1, rate, confidence), ErrorBound.MostBeyond(samples, rate, confidence)));
    }

    [Theory]
    [InlineData(0, 59, 0.95, 0.0495)]   // the rule of three
    [InlineData(0, 1024, 0.95, 0.00292)]
    [InlineData(5, 100, 0.975, 0.1128)] // tables of the two-sided 95% interval
    [InlineData(50, 100, 0.975, 0.6017)]
    [InlineData(7, 7, 0.9, 1)]
    public void The_limit_is_the_tables(int beyond, int samples, double confidence, double expected) =>
        Assert.Equal(expected, ErrorBound.UpperRate(beyond, samples, confidence), 1e-4);

    [Theory]
    [InlineData(0, 100, 0.95, 0, 0.0362)] // the tables of Clopper and Pearson's interval
    [InlineData(10, 100, 0.95, 0.0490, 0.1762)]
    [InlineData(50, 100, 0.99, 0.3689, 0.6311)]
    [InlineData(100, 100, 0.95, 0.9638, 1)]
    [InlineData(1000, 1_000_000, 0.95, 0.000939, 0.001064)]
    public void The_interval_is_the_tables(int beyond, int samples, double confidence, double low, double high)
    {
        var interval = ErrorBound.Interval(beyond, samples, confidence);
        Assert.Equal(low, interval.Low, samples > 100 ? 1e-6 : 1e-4);
        Assert.Equal(high, interval.High, samples > 100 ? 1e-6 : 1e-4);
    }

    [Fact]
    public void A_bound_holds_as_often_as_it_says()
    {
        // Errors uniform in [0, 1]: the share that exceeds e is 1 - e.
        var random = new Random(1);
        int held = Enumerable.Range(0, 400).Count(_ =>
            1 - ErrorBound.Quantile(Enumerable.Range(0, 200).Select(_ => random.NextDouble()), 0.05, 0.9) <= 0.05);
        Assert.InRange(held, 350, 400);
    }

    [Theory]
    [InlineData(10, 0.01, 0.95)]
    [InlineData(299, 0.01, 0.95)]
    [InlineData(1024, 0.01, 0.95)]
    [InlineData(500, 0.2, 0.9)]
    [InlineData(1_000_000, 0.001, 0.99)]
    public void The_most_that_may_be_beyond_is_what_the_limit_allows(int samples, double rate, double confidence)
    {
        int most = ErrorBound.MostBeyond(samples, rate, confidence);
        Assert.True(most < 0 || ErrorBound.UpperRate(most, samples, confidence) <= rate);
        Assert.True(ErrorBound.UpperRate(most + 1, samples, confidence) > rate);
    }

    [Fact]
    public void Too_few_samples_or_a_lost_one_bound_nothing()
    {
        Assert.Equal(double.PositiveInfinity, ErrorBound.Quantile([0.1, 0.2], 0.01, 0.95));
        Assert.Equal(double.PositiveInfinity, ErrorBound.Quantile([], 0.5, 0.95));
        Assert.Equal(double.PositiveInfinity, ErrorBound.Quantile(Enumerable.Repeat(double.NaN, 500), 0.01, 0.95));
        Assert.Equal(0.2, ErrorBound.Quantile(Enumerable.Repeat(0.2, 500).Append(double.NaN), 0.02, 0.95));
    }
}
