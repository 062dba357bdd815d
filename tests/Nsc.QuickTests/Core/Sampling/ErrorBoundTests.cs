// Bounds against tables, beta quantiles computed to thirty digits, and sums of the binomial distribution written down here.

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

    // Wilks (1941): the least numbers of samples of which the largest, the second largest, and so on, is above 95% of all with 95% confidence.
    [Theory]
    [InlineData(59, 0)]
    [InlineData(93, 1)]
    [InlineData(124, 2)]
    [InlineData(153, 3)]
    [InlineData(181, 4)]
    [InlineData(208, 5)]
    [InlineData(234, 6)]
    [InlineData(260, 7)]
    [InlineData(286, 8)]
    [InlineData(311, 9)]
    public void The_quantile_is_the_order_statistic_of_wilks_table(int samples, int beyond)
    {
        Assert.Equal(samples - beyond, ErrorBound.Quantile(Shuffled(samples), 0.05, 0.95));
        Assert.Equal(beyond == 0 ? double.PositiveInfinity : samples - beyond, ErrorBound.Quantile(Shuffled(samples - 1), 0.05, 0.95));
    }

    // The chance that the order statistic is below the true quantile, from the binomial distribution itself.
    [Theory]
    [InlineData(20, 0.2, 0.9)]
    [InlineData(45, 0.1, 0.95)]
    [InlineData(100, 0.05, 0.9)]
    [InlineData(200, 0.3, 0.99)]
    [InlineData(64, 0.5, 0.5)]
    public void The_quantile_holds_with_the_confidence_and_the_next_lower_error_does_not(int samples, double rate, double confidence)
    {
        int place = (int)ErrorBound.Quantile(Shuffled(samples), rate, confidence);

        // The k-th least of the errors is below the true quantile when at most n - k of all are above that.
        double Missed(int k) => Binomial(samples, rate)[..(samples - k + 1)].Sum();
        Assert.True(1 - Missed(place) >= confidence, $"error {place} of {samples} holds with {1 - Missed(place)}");
        Assert.True(1 - Missed(place - 1) < confidence, $"error {place - 1} of {samples} holds with {1 - Missed(place - 1)}");
    }

    [Theory]
    [InlineData(0, 10, 0.95, 0.25886555089305, 0, 0.30849710781876)]
    [InlineData(1, 10, 0.95, 0.3941633024365, 0.0025285785444618, 0.4450161170282)]
    [InlineData(3, 20, 0.9, 0.30418681140748, 0.042169407885779, 0.34366380431428)]
    [InlineData(19, 20, 0.99, 0.99949760944774, 0.6828582652429, 0.99974940431317)]
    [InlineData(12, 400, 0.95, 0.048153921022226, 0.015595552999894, 0.051817215430584)]
    [InlineData(250, 1000, 0.999, 0.29441517407524, 0.20646826365161, 0.29735243375622)]
    public void The_limits_are_quantiles_of_the_beta_distribution(int beyond, int samples, double confidence, double upper, double low, double high)
    {
        Assert.Equal(upper, ErrorBound.UpperRate(beyond, samples, confidence), 1e-11);
        Assert.Equal(low, ErrorBound.Interval(beyond, samples, confidence).Low, 1e-11);
        Assert.Equal(high, ErrorBound.Interval(beyond, samples, confidence).High, 1e-11);
    }

    [Fact]
    public void Where_all_may_be_beyond_all_may_be()
    {
        Assert.Equal(4, ErrorBound.MostBeyond(5, 0.999, 0.001));
        Assert.Equal(1, ErrorBound.Quantile([3, 1, 2, 5, 4], 0.999, 0.001));
        Assert.Equal(-1, ErrorBound.MostBeyond(0, 0.5, 0.5));
        Assert.Equal(1, ErrorBound.UpperRate(8, 7, 0.9));
    }

    // 1 to n, out of order.
    private static double[] Shuffled(int samples)
    {
        double[] errors = [.. Enumerable.Range(1, samples).Select(i => (double)i)];
        new Random(samples).Shuffle(errors);
        return errors;
    }

    // The probabilities of 0 to n successes, one trial after the other.
    private static double[] Binomial(int trials, double p)
    {
        double[] chances = [1];
        for (int i = 0; i < trials; i++)
        {
            chances = [.. Enumerable.Range(0, chances.Length + 1).Select(k => ((k < chances.Length ? chances[k] : 0) * (1 - p)) + ((k > 0 ? chances[k - 1] : 0) * p))];
        }

        return chances;
    }
}
