// Intervals for a surrogate's error: how often they hold, and their ends by the delta method, computed apart.

using Nsc.Core.Sampling;

namespace Nsc.Tests.Core.Sampling;

public class ErrorEstimateTests
{
    /// <summary>Errors whose squares have heavy tails: a product of normal ones, to the given power.</summary>
    [Theory]
    [InlineData(128, 1)]
    [InlineData(128, 2)]
    [InlineData(1024, 2)]
    [InlineData(4096, 3)]
    public void The_interval_holds_the_true_error_as_often_as_it_says(int rows, int power)
    {
        var random = new SplitMix64(5);
        double Error() => 1e-3 * Enumerable.Range(0, power).Aggregate(1.0, (product, _) => product * random.NextGaussian());

        // The mean square of a product of independent standard normal numbers is 1.
        const double True = 1e-6;
        int held = Enumerable.Range(0, 400).Count(_ =>
        {
            double[] y = [.. Enumerable.Range(0, rows).Select(_ => random.NextGaussian())];
            ErrorEstimate estimate = ErrorEstimate.Of(new(new SampleSet(1, 1, new double[rows], y), [.. y.Select(v => v + Error())], EstimateMethod.Fresh))!;
            Assert.True(estimate.IsSensible);
            return estimate.Low <= True && True <= estimate.High;
        });
        Assert.InRange(held, 372, 400); // 93%
    }

    [Theory]
    [InlineData(0.02, 0.01, 0.04, null)]
    [InlineData(0.7, 0.4, 1.2, null)]
    [InlineData(0.97, 0.9, 1.05, "hardly better than always answering the mean")]
    [InlineData(1.3, 0.9, 1.9, "hardly better than always answering the mean")]
    [InlineData(1.3, 1.1, 1.5, "worse than always answering the mean")]
    public void An_error_that_the_mean_would_make_too_is_warned_of(double nmse, double low, double high, string? warning) => Assert.Equal(
        warning is null ? null : $"that is {warning}; fine-tune it before use", new ErrorEstimate(nmse, low, high, 256, EstimateMethod.Interpreted).Warning);

    [Fact]
    public void The_estimate_is_the_nmse_and_its_interval_shrinks_with_the_rows()
    {
        ErrorEstimate few = Of(200), many = Of(20_000);
        Assert.Equal(0.25, many.Nmse, 0.02);
        Assert.True(many.High / many.Low < 1.2 && few.High / few.Low > 1.5);
        Assert.Contains("on 200 samples drawn apart from those that were trained on", few.ToString());

        static ErrorEstimate Of(int rows)
        {
            var random = new SplitMix64(1);
            double[] y = [.. Enumerable.Range(0, 2 * rows).Select(_ => random.NextGaussian())];
            return ErrorEstimate.Of(new(new SampleSet(1, 2, new double[rows], y), [.. y.Select(v => v + (0.5 * random.NextGaussian()))], EstimateMethod.Fresh))!;
        }
    }

    [Fact]
    public void No_error_at_all_on_some_rows_is_no_proof_of_none_and_an_infinite_one_has_no_estimate()
    {
        var truth = new SampleSet(1, 1, [1, 2, 3, 4], [1, 2, 3, 4]);
        Assert.Equal((0.0, 0.75), (ErrorEstimate.Of(new(truth, truth.Y, EstimateMethod.Fresh))!.Nmse, ErrorEstimate.Of(new(truth, truth.Y, EstimateMethod.Fresh))!.High));
        Assert.Null(ErrorEstimate.Of(new(truth, [1, 2, 3, double.NaN], EstimateMethod.Fresh)));
    }

    // Five samples of two outputs; the figures are from a few lines of Python that follow the same formula.
    private static readonly SampleSet s_five = new(1, 2, [0, 1, 2, 3, 4], [0, 10, 1, 14, 2, 9, 3, 30, 6, 2]);
    private static readonly double[] s_predicted = [0.5, 10, 1, 13, 2, 9, 2, 33, 6.5, 2];

    [Theory]
    [InlineData(EstimateMethod.Fresh, 1.0648741320615725e-05, 206.07856191406978)]
    [InlineData(EstimateMethod.CrossValidated, 0.0019988910235694906, 1.0978473922148417)]
    public void The_interval_is_so_many_relative_standard_errors_wide(EstimateMethod method, double low, double high)
    {
        ErrorEstimate estimate = ErrorEstimate.Of(new(s_five, s_predicted, method))!;
        Assert.Equal(0.04684524839882292, estimate.Nmse, 1e-15);
        Assert.Equal(1, estimate.Low / low, 1e-9);
        Assert.Equal(1, estimate.High / high, 1e-9);
        Assert.Equal((5, method), (estimate.Rows, estimate.Method));
    }

    [Theory]
    [InlineData(0.1, 0.05, 0.2, 4, true)]
    [InlineData(0, 0, 0, 1, true)]
    [InlineData(0.1, 0.1, 0.1, 4, true)]
    [InlineData(0.1, -0.01, 0.2, 4, false)]
    [InlineData(0.1, 0.11, 0.2, 4, false)]
    [InlineData(0.1, 0.05, 0.09, 4, false)]
    [InlineData(0.1, 0.05, 0.2, 0, false)]
    [InlineData(double.NaN, 0.05, 0.2, 4, false)]
    [InlineData(0.1, 0.05, double.PositiveInfinity, 4, false)]
    [InlineData(double.PositiveInfinity, 0.05, double.PositiveInfinity, 4, false)]
    public void An_estimate_lies_in_its_interval_and_is_of_some_rows(double nmse, double low, double high, int rows, bool isSensible) =>
        Assert.Equal(isSensible, new ErrorEstimate(nmse, low, high, rows, EstimateMethod.Fresh).IsSensible);

    [Fact]
    public void An_estimate_says_where_its_rows_are_from_and_rounds_its_interval_outward()
    {
        var estimate = new ErrorEstimate(0.012345, 0.0012349, 0.098711, 64, EstimateMethod.CrossValidated);
        Assert.Equal("estimated NMSE 0.0123 (95% interval 0.00123 to 0.0988), by cross-validation on 64 rows", estimate.ToString());
        Assert.Contains("on 64 samples drawn apart", (estimate with { Method = EstimateMethod.Fresh }).ToString(), StringComparison.Ordinal);
        Assert.Equal(("fresh", "cross-validation"), (EstimateMethod.Fresh.InWords(), EstimateMethod.CrossValidated.InWords()));
    }
}
