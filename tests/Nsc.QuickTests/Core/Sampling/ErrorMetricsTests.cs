// The error figures, against values worked out by hand.

using Nsc.Core.Sampling;

namespace Nsc.Tests.Core.Sampling;

public class ErrorMetricsTests
{
    [Fact]
    public void The_figures_are_those_of_the_textbook()
    {
        // Two outputs of three samples; the variances of (1, 2, 3) and (10, 10, 40) are 2/3 and 200.
        var truth = new SampleSet(1, 2, [0, 1, 2], [1, 10, 2, 10, 3, 40]);

        ErrorMetrics metrics = ErrorMetrics.Measure(truth, [1, 10, 2.5, 10, 3, 34], worstCount: 2);

        OutputError first = metrics.Outputs[0];
        Assert.Equal(0.25 / 3, first.Mse, 12);
        Assert.Equal(0.125, first.Nmse, 12);
        Assert.Equal(0.875, first.R2, 12);
        Assert.Equal(0.5 / 3, first.Mae, 12);
        Assert.Equal(0.5, first.MaxAbs, 12);
        Assert.Equal(12.0, metrics.Outputs[1].Mse, 12);
        Assert.Equal(0.06, metrics.Outputs[1].Nmse, 12);
        Assert.Equal((0.125 + 0.06) / 2, metrics.Nmse, 12);
    }

    [Fact]
    public void The_worst_samples_come_first_and_outputs_are_compared_in_their_own_units()
    {
        var truth = new SampleSet(1, 2, [0, 1, 2], [1, 10, 2, 10, 3, 40]);

        ErrorMetrics metrics = ErrorMetrics.Measure(truth, [1, 10, 2.5, 10, 3, 34], worstCount: 2);

        Assert.Equal(2, metrics.Worst.Length);
        Assert.Equal([1.0], metrics.Worst[0].Inputs);
        Assert.Equal([2.0, 10], metrics.Worst[0].Expected);
        Assert.Equal([2.5, 10], metrics.Worst[0].Actual);
        Assert.Equal((0, 0.5), (metrics.Worst[0].Output, metrics.Worst[0].AbsoluteError));
        Assert.Equal((1, 6.0), (metrics.Worst[1].Output, metrics.Worst[1].AbsoluteError));
    }

    [Fact]
    public void Of_two_outputs_of_a_sample_the_one_counts_that_is_off_by_more_deviations()
    {
        // The deviations are 0.8 and 14: off by 0.5 is more than off by 6.
        var truth = new SampleSet(1, 2, [0, 1, 2], [1, 10, 2, 10, 3, 40]);
        WorstSample worst = ErrorMetrics.Measure(truth, [1, 10, 2.5, 16, 3, 40], worstCount: 1).Worst[0];
        Assert.Equal((0, 0.5), (worst.Output, worst.AbsoluteError));
    }

    [Theory]
    [InlineData(4, 5, 1.0 / 16)]
    [InlineData(-4, -4, 0)]
    [InlineData(0, 0.5, 0.25)]
    [InlineData(0, 0, 0)]
    public void A_constant_output_is_measured_against_its_own_size(double constant, double predicted, double nmse)
    {
        var truth = new SampleSet(1, 1, [0, 1], [constant, constant]);

        Assert.Equal(nmse, ErrorMetrics.Measure(truth, [predicted, predicted]).Nmse, 12);
    }

    [Theory]
    [InlineData(1e300)]
    [InlineData(1e-300)]
    [InlineData(double.Epsilon)]
    [InlineData(double.MaxValue)]
    public void Extreme_units_do_not_spoil_the_normalised_error(double unit)
    {
        var truth = new SampleSet(1, 1, [0, 1], [-unit, unit]);

        Assert.Equal(0, ErrorMetrics.Measure(truth, [-unit, unit]).Nmse);
        Assert.Equal(1, ErrorMetrics.Measure(truth, [0, 0]).Nmse, 9);
    }

    [Fact]
    public void A_prediction_that_is_not_a_number_is_infinitely_wrong()
    {
        var truth = new SampleSet(1, 1, [0, 1], [1, 2]);

        Assert.Equal(double.PositiveInfinity, ErrorMetrics.Measure(truth, [1, double.NaN]).Nmse);
    }

    [Fact]
    public void Predictions_must_match_the_samples()
    {
        Assert.Throws<ArgumentException>(() => ErrorMetrics.Measure(new SampleSet(1, 1, [], []), []));
        Assert.Throws<ArgumentException>(() => ErrorMetrics.Measure(new SampleSet(1, 1, [0], [0]), [0, 0]));
    }

    [Theory]
    [InlineData(new double[] { 1, 2, 3, 6 }, 1.8708286933869707)] // The variance of (1, 2, 3, 6) is 3.5.
    [InlineData(new double[] { -5, -5, -5 }, 5)]
    [InlineData(new double[] { 0, 0 }, 1)]
    [InlineData(new double[] { -1e300, 1e300 }, 1e300)]
    public void The_scale_of_an_output_is_its_deviation_or_its_size(double[] values, double scale) =>
        Assert.Equal(1, ErrorMetrics.Scale(new SampleSet(1, 1, new double[values.Length], values), 0) / scale, 1e-12);

    [Fact]
    public void As_many_of_the_worst_samples_are_listed_as_are_asked_for()
    {
        var truth = new SampleSet(1, 1, [.. Enumerable.Range(0, 8).Select(i => (double)i)], [.. Enumerable.Range(0, 8).Select(i => (double)i)]);
        double[] predicted = [0.1, 1.4, 2.2, 3.8, 4, 4.5, 6.3, 7.7];
        Assert.Equal([3.0, 7, 5, 1, 6], ErrorMetrics.Measure(truth, predicted).Worst.Select(w => w.Inputs[0]));
        Assert.Equal([3.0], ErrorMetrics.Measure(truth, predicted, worstCount: 1).Worst.Select(w => w.Inputs[0]));
        Assert.Empty(ErrorMetrics.Measure(truth, predicted, worstCount: 0).Worst);
    }
}
