// A Gaussian process against what it must do by theory: interpolate, slope, leave out, and choose the covariance that fits.

using Nsc.Core.Sampling;
using Nsc.Engine.Arithmetic;
using Nsc.Engine.Teaching;
using Nsc.Engine.Trainers;

namespace Nsc.Tests.Engine.Teaching;

public class GaussianProcessTests
{
    private static readonly Covariance s_mixed = new([CovarianceTerm.SquaredExponential, CovarianceTerm.Matern, CovarianceTerm.Quadratic, CovarianceTerm.Cubic], 2);

    [Fact]
    public void The_slopes_of_the_likelihood_are_those_of_its_differences()
    {
        (double[] points, double[] targets) = Samples(12, 2, (x, y) => Math.Sin(2 * x) + (x * y));
        var pairs = new PairFeatures(points, 2);
        var system = new PositiveDefiniteSystem(targets.Length);
        double[] parameters = [.. Enumerable.Range(0, s_mixed.ParameterCount).Select(i => -1.5 + (0.13 * i))];
        double At(double[] at) => GaussianProcess.Likelihood(s_mixed, pairs, targets, at, system)!.Value.Value;
        double[] slopes = GaussianProcess.Likelihood(s_mixed, pairs, targets, parameters, system)!.Value.Gradient;
        for (int i = 0; i < parameters.Length; i++)
        {
            double[] up = [.. parameters], down = [.. parameters];
            up[i] += 1e-5;
            down[i] -= 1e-5;
            Assert.Equal((At(up) - At(down)) / 2e-5, slopes[i], 1e-5);
        }
    }

    [Fact]
    public void What_a_sample_differs_from_the_others_is_what_a_process_without_it_says()
    {
        (double[] points, double[] targets) = Samples(9, 2, (x, y) => x - (y * y));
        double[] parameters = [Math.Log(1e-3), .. Enumerable.Repeat(-0.5, s_mixed.ParameterCount - 1)];
        GaussianProcess all = GaussianProcess.Of(s_mixed, new PairFeatures(points, 2), targets, parameters)!;
        for (int i = 0; i < targets.Length; i++)
        {
            GaussianProcess others = GaussianProcess.Of(
                s_mixed, new PairFeatures([.. points[..(2 * i)], .. points[((2 * i) + 2)..]], 2), [.. targets[..i], .. targets[(i + 1)..]], parameters)!;
            Assert.Equal(targets[i] - others.Mean(points[(2 * i)..((2 * i) + 2)])[0], all.LeftOut[i], 1e-9);
        }
    }

    [Fact]
    public void A_cubic_in_three_inputs_is_known_from_forty_samples()
    {
        static double Cubic(ReadOnlySpan<double> x) => (x[0] * x[1] * x[2]) - (2 * x[1] * x[1]) + x[2];
        var random = new SplitMix64(5);
        LessonSet lessons = Lessons(random, 40, 3, Cubic), asked = Lessons(random, 200, 3, Cubic);
        Teacher teacher = Teacher.Of(lessons)!;
        Assert.InRange(MeanSquare(teacher.Mean(asked.Points, []), asked.Targets), 0, 1e-6);
        Assert.InRange(teacher.LeaveOneOutError, 0, 1e-6);
        Assert.InRange(Teacher.CrossValidate(lessons, 1), 0, 1e-4);
    }

    [Fact]
    public void A_net_that_knows_the_function_but_for_a_line_leaves_only_the_line_to_be_learned()
    {
        // Many waves, which twelve samples cannot show.
        static double Waves(ReadOnlySpan<double> x) => Math.Sin(20 * x[0]) * Math.Cos(17 * x[1]);
        var random = new SplitMix64(6);
        LessonSet Of(int rows)
        {
            LessonSet waves = Lessons(random, rows, 2, Waves);
            return waves with { Means = [waves.Targets], Targets = [.. waves.Targets.Select((w, i) => w + (0.3 * waves.Points[2 * i]))] };
        }

        LessonSet lessons = Of(12), asked = Of(100);
        double withNet = MeanSquare(Teacher.Of(lessons)!.Mean(asked.Points, asked.Means), asked.Targets);
        double without = MeanSquare(Teacher.Of(lessons with { Means = [] })!.Mean(asked.Points, []), asked.Targets);
        Assert.InRange(withNet, 0, 1e-4);
        Assert.InRange(without, 0.05, 10);
    }

    [Fact]
    public void Noise_is_not_taken_for_the_function()
    {
        var random = new SplitMix64(7);
        LessonSet clean = Lessons(random, 60, 1, x => x[0]);
        LessonSet noisy = clean with { Targets = [.. clean.Targets.Select(t => t + (0.2 * random.NextGaussian()))] };
        Assert.InRange(MeanSquare(Teacher.Of(noisy)!.Mean(clean.Points, []), clean.Targets), 0, 0.01); // The noise itself is 0.04.
    }

    [Fact]
    public void The_posterior_covariance_is_what_knowing_one_point_says_of_the_others()
    {
        (double[] points, double[] targets) = Samples(9, 2, (x, y) => x - (y * y));
        double[] parameters = [Math.Log(1e-6), .. Enumerable.Repeat(-0.5, s_mixed.ParameterCount - 1)], asked = [0.1, 0.7, -0.4, 0.2, 0.9, -0.9];
        GaussianProcess process = GaussianProcess.Of(s_mixed, new PairFeatures(points, 2), targets, parameters)!;
        double[] covariance = process.PosteriorCovariance(asked), variance = process.Variance(asked);
        GaussianProcess more = GaussianProcess.Of(s_mixed, new PairFeatures([.. points, .. asked[..2]], 2), [.. targets, 0], parameters)!;
        double[] left = more.Variance(asked);
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(variance[i], covariance[(i * 3) + i], 1e-9);
            Assert.Equal(variance[i] - (covariance[i] * covariance[i] / (covariance[0] + 1e-6)), left[i], 1e-8);
        }
    }

    [Fact]
    public void What_a_teacher_does_not_know_is_also_what_its_processes_disagree_on()
    {
        LessonSet lessons = Lessons(new SplitMix64(9), 12, 1, x => Math.Abs(x[0] - 0.2));
        Teacher teacher = Teacher.Of(lessons)!;
        double[] doubt = teacher.Doubt([lessons.Points[0], 0.2, 3], []);
        Assert.InRange(doubt[0], -1e-6, 1e-3);
        Assert.True(doubt[8] > 100 * doubt[4] && doubt[4] > doubt[0]);
        Assert.Equal(doubt[5], doubt[7], 1e-6);
    }

    [Fact]
    public void Two_equal_samples_are_no_matter()
    {
        LessonSet lessons = Lessons(new SplitMix64(8), 10, 2, x => x[0] + x[1]);
        LessonSet twice = lessons.Take([0, 0, 1, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9]);
        Assert.InRange(MeanSquare(Teacher.Of(twice)!.Mean(lessons.Points, []), lessons.Targets), 0, 1e-6);
    }

    [Fact]
    public void Stacking_mixes_predictors_whose_errors_cancel_and_leaves_out_the_worse_one()
    {
        double[] one = [1, -1, 1, -1], other = [-1, 1, -1, 1.2], worse = [5, 5, 5, 5];
        (double[] weights, double error) = Stacking.Weigh([one, worse, other]);
        Assert.Equal([0.5, 0, 0.5], weights, (a, b) => Math.Abs(a - b) < 0.05);
        Assert.InRange(error, 0, 0.005);
        Assert.Equal(1, weights.Sum(), 1e-12);
        (weights, error) = Stacking.Weigh([[2.0, 2], [1.0, 1]]);
        Assert.Equal([0, 1], weights);
        Assert.Equal(1, error);
    }

    [Fact]
    public void The_inverse_and_the_determinant_of_a_system_are_right()
    {
        var system = new PositiveDefiniteSystem(3);
        double[] matrix = [4, 1, 0.5, 1, 3, 0.2, 0.5, 0.2, 2];
        for (int i = 0; i < 9; i++)
        {
            system.Matrix[(i / 3 * system.Stride) + (i % 3)] = matrix[i];
        }

        Assert.True(system.Factorise(1));
        double determinant = (5 * ((4 * 3) - 0.04)) - (1 * (3 - 0.1)) + (0.5 * (0.2 - 2));
        Assert.Equal(Math.Log(determinant), system.LogDeterminant(), 1e-12);
        double[] inverse = system.Invert();
        Assert.Equal(((4 * 3) - 0.04) / determinant, inverse[0], 1e-12);
        Assert.Equal(((0.5 * 0.2) - (1 * 3)) / determinant, inverse[1], 1e-12);
        Assert.Equal(19 / determinant, inverse[(2 * system.Stride) + 2], 1e-12);
    }

    private static (double[] Points, double[] Targets) Samples(int rows, int seed, Func<double, double, double> function)
    {
        LessonSet lessons = Lessons(new SplitMix64((ulong)seed), rows, 2, x => function(x[0], x[1]));
        return (lessons.Points, lessons.Targets);
    }

    private static LessonSet Lessons(SplitMix64 random, int rows, int width, Function function)
    {
        double[] points = [.. Enumerable.Range(0, rows * width).Select(_ => (2 * random.NextDouble()) - 1)];
        return new LessonSet(points, width, [.. Enumerable.Range(0, rows).Select(i => function(points.AsSpan(i * width, width)))], []);
    }

    private delegate double Function(ReadOnlySpan<double> point);

    private static double MeanSquare(double[] predicted, double[] truth) => predicted.Zip(truth, (p, t) => (p - t) * (p - t)).Average();
}
