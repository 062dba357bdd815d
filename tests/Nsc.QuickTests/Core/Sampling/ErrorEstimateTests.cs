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
            ErrorEstimate estimate = ErrorEstimate.Of(new SampleSet(1, 1, new double[rows], y), [.. y.Select(v => v + Error())], EstimateMethod.Fresh)!;
            Assert.True(estimate.IsSensible);
            return estimate.Low <= True && True <= estimate.High;
        });
        Assert.InRange(held, 372, 400); // 93%
    }

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
            return ErrorEstimate.Of(new SampleSet(1, 2, new double[rows], y), [.. y.Select(v => v + (0.5 * random.NextGaussian()))], EstimateMethod.Fresh)!;
        }
    }

    [Fact]
    public void No_error_at_all_on_some_rows_is_no_proof_of_none_and_an_infinite_one_has_no_estimate()
    {
        var truth = new SampleSet(1, 1, [1, 2, 3, 4], [1, 2, 3, 4]);
        Assert.Equal((0.0, 0.75), (ErrorEstimate.Of(truth, truth.Y, EstimateMethod.Fresh)!.Nmse, ErrorEstimate.Of(truth, truth.Y, EstimateMethod.Fresh)!.High));
        Assert.Null(ErrorEstimate.Of(truth, [1, 2, 3, double.NaN], EstimateMethod.Fresh));
    }
}
