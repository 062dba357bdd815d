// A row that counts twice is two rows: in errors, in a step of the second-order method and in what a Gaussian process says.

using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;
using Nsc.Engine;
using Nsc.Engine.Arithmetic;
using Nsc.Engine.Emission;
using Nsc.Engine.FineTuning;
using Nsc.Engine.Teaching;
using Nsc.Engine.Trainers;
using Nsc.Tests.Training;

namespace Nsc.Tests.Engine.FineTuning;

public class RowWeightsTests
{
    private static readonly NetShape s_shape = new(2, [3, 4]);

    [Fact]
    public void Weights_are_one_on_average_and_go_with_their_rows()
    {
        var rows = new SampleSet(1, 1, [1, 2, 3, 4], [1, 2, 3, 4]) { Weights = [1, 1, 2, 4] };
        Assert.Equal([0.5, 0.5, 1, 2], rows.Weights);
        AssertNear([1.5, 0.75, 0.75], rows.Take([3, 2, 2]).Weights!);
        AssertNear([2 / 3.0, 4 / 3.0], rows.Slice(2, 2).Weights!);
        Assert.Equal(1, new SampleSet(1, 1, [1], [1]).Weight(0));
    }

    [Fact]
    public void Errors_are_those_of_repeated_rows()
    {
        var rows = new SampleSet(1, 1, [1, 2, 3], [1, 4, 2]) { Weights = [2, 1, 3] };
        int[] repeated = [0, 0, 1, 2, 2, 2];
        SampleSet all = (rows with { Weights = null }).Take(repeated);
        double[] answers = [1.5, 3, 2.25];
        ErrorMetrics weighted = ErrorMetrics.Measure(rows, answers), plain = ErrorMetrics.Measure(all, [.. repeated.Select(r => answers[r])]);
        Assert.Equal(plain.Nmse, weighted.Nmse, 1e-14);
        Assert.Equal(plain.Outputs[0].Mse, weighted.Outputs[0].Mse, 1e-14);
        Assert.Equal(plain.Outputs[0].Mae, weighted.Outputs[0].Mae, 1e-14);
        Assert.Equal(plain.Outputs[0].MaxAbs, weighted.Outputs[0].MaxAbs);
        Assert.Equal(ErrorMetrics.Scale(all, 0), ErrorMetrics.Scale(rows, 0), 1e-14);
    }

    // With few rows the step comes from J Jᵀ, with many from Jᵀ J.
    [Theory]
    [InlineData(6)]
    [InlineData(150)]
    public void A_step_is_that_of_repeated_rows(int count)
    {
        var random = new Random(3);
        double[] Draw(int n) => [.. Enumerable.Range(0, n).Select(_ => (2 * random.NextDouble()) - 1)];
        double[] weights = Draw(s_shape.WeightCount), points = Draw(2 * count), targets = Draw(count);
        int[] times = [.. Enumerable.Range(0, count).Select(i => 1 + (i % 3))];
        int[] repeated = [.. times.SelectMany((n, i) => Enumerable.Repeat(i, n))];
        LeastSquaresNet weighted = At(new SampleRows(2, points, targets, [.. times.Select(n => Math.Sqrt(n))]), count, weights);
        LeastSquaresNet plain = At(new SampleRows(2, [.. repeated.SelectMany(i => points[(2 * i)..((2 * i) + 2)])], [.. repeated.Select(i => targets[i])]), repeated.Length, weights);
        weighted.Linearise();
        plain.Linearise();
        AssertNear(plain.Gradient, weighted.Gradient);
        AssertNear(plain.Step(0.1)!, weighted.Step(0.1)!);
    }

    [Fact]
    public void A_process_says_what_it_says_of_repeated_rows()
    {
        Covariance covariance = new([CovarianceTerm.SquaredExponential, CovarianceTerm.Cubic], 1);
        double[] points = [-0.8, -0.1, 0.3, 0.9], targets = [1, -0.4, 0.2, 0.7], parameters = [Math.Log(0.1), 0.2, 0.5, -0.3, 0.1], asked = [-1, 0, 0.5];
        int[] repeated = [0, 0, 1, 2, 2, 2, 3];
        double[] roots = [Math.Sqrt(2), 1, Math.Sqrt(3), 1];
        GaussianProcess weighted = GaussianProcess.Of(covariance, new PairFeatures(points, 1, roots), targets, parameters)!;
        GaussianProcess plain = GaussianProcess.Of(covariance, new PairFeatures([.. repeated.Select(r => points[r])], 1), [.. repeated.Select(r => targets[r])], parameters)!;
        AssertNear(plain.Mean(asked), weighted.Mean(asked));
        AssertNear(plain.Variance(asked), weighted.Variance(asked));
    }

    [Fact]
    public void The_slopes_of_a_weighted_likelihood_are_those_of_its_differences()
    {
        Covariance covariance = new([CovarianceTerm.Matern], 1);
        double[] points = [-0.8, -0.1, 0.3, 0.9], targets = [1, -0.4, 0.2, 0.7], parameters = [-2, 0.2, 0.5];
        var pairs = new PairFeatures(points, 1, [1.5, 0.5, 1, 0.2]);
        var system = new PositiveDefiniteSystem(4);
        double At(double[] at) => GaussianProcess.Likelihood(covariance, pairs, targets, at, system)!.Value.Value;
        double[] slopes = GaussianProcess.Likelihood(covariance, pairs, targets, parameters, system)!.Value.Gradient;
        Assert.All(Enumerable.Range(0, 3), i =>
        {
            double[] up = [.. parameters], down = [.. parameters];
            (up[i], down[i]) = (up[i] + 1e-5, down[i] - 1e-5);
            Assert.Equal((At(up) - At(down)) / 2e-5, slopes[i], 1e-6);
        });
    }

    // A third of the rows is wrong, and says so.
    [Theory]
    [InlineData(48)]
    [InlineData(300)]
    public void Rows_that_hardly_count_do_no_harm(int count)
    {
        var (graph, program) = SmallPrograms.Product();
        SampleSet truth = SmallPrograms.Sample(graph, program.Signature, count, 1), test = SmallPrograms.Sample(graph, program.Signature, 500, 2);
        double[] spoiled = [.. truth.Y.Select((y, i) => i % 3 == 0 ? y + (i % 2 == 0 ? 3 : -3) : y)];
        SampleSet rows = truth with { Y = spoiled }, weighted = rows with { Weights = [.. spoiled.Select((_, i) => i % 3 == 0 ? 1e-6 : 1)] };
        Surrogate start = SurrogateEmitter.Random(new NetShape(2, [8, 8]), program, 1, "1.0.0");
        var options = new FineTuneOptions(Steps: 80, Optimizer: Optimizer.Lm) { IsTaught = true };
        double Error(SampleSet training)
        {
            Surrogate tuned = SurrogateFineTuner.Run(start, training, options, null, TestContext.Current.CancellationToken).Surrogate;
            return ErrorMetrics.Measure(test, new SurrogateEvaluator(tuned).Evaluate(test.X)).Nmse;
        }

        Assert.InRange(Error(weighted), 0, Error(rows) / 10);
    }

    private static LeastSquaresNet At(SampleRows rows, int count, double[] weights)
    {
        var net = new LeastSquaresNet(s_shape, rows, count);
        net.Try(weights);
        net.Accept();
        return net;
    }

    private static void AssertNear(double[] expected, double[] actual) => Assert.All(expected.Zip(actual), p => Assert.Equal(p.First, p.Second, 1e-9 * Math.Max(1, Math.Abs(p.First))));
}
