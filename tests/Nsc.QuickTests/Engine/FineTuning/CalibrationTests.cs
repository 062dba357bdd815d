// The ridge regression that weighs a compiled net's predicted mean and deviation against the samples, by what makes a minimum.

using Nsc.Engine;
using Nsc.Engine.FineTuning;
using Nsc.Engine.Trainers;

namespace Nsc.Tests.Engine.FineTuning;

public class CalibrationTests
{
    private static readonly NetShape s_shape = new(2, [4, 4]);

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2.9, -2.9)]
    [InlineData(0.34, 1)]
    public void Samples_that_are_a_line_in_the_nets_answers_are_met_whatever_was_predicted(double scale, double offset)
    {
        (float[] weights, float[] inputs, float[] answers) = Net(rows: 40);
        float[] targets = Array.ConvertAll(answers, z => (2f * z) + 0.5f);
        float[] calibrated = Calibration.Apply(weights, inputs, targets, 40, scale, offset, s_shape);
        Assert.Equal(weights[..^5], calibrated[..^5]);
        Assert.All(weights[^5..^1].Zip(calibrated[^5..^1]), w => Assert.Equal(2 * w.First, w.Second, 0.01));
        Assert.All(NetAnswers.Of(calibrated, inputs, 40, s_shape).Zip(targets), t => Assert.Equal(t.Second, t.First, 0.01));
    }

    // At the minimum of sum (a z + b - t)^2 + prior ((a - scale)^2 + (b - offset)^2), the prior as large as the noise over the doubt, both derivatives are 0.
    [Theory]
    [InlineData(12, 1.2, 0.3)]
    [InlineData(30, 0.7, -0.4)]
    [InlineData(3, 1.5, 1)]
    public void Noisy_samples_are_weighed_against_the_prediction(int training, double scale, double offset)
    {
        (float[] weights, float[] inputs, float[] z) = Net(rows: 40);
        var random = new Random(3);
        float[] t = Array.ConvertAll(z, v => (float)((1.3 * v) - 0.2 + random.NextDouble() - 0.5));
        float[] calibrated = Calibration.Apply(weights, inputs, t, training, scale, offset, s_shape);
        double a = calibrated[^2] / weights[^2], b = calibrated[^1] - (a * weights[^1]);

        // Least squares, to which a prior of a thousandth of a sample makes no difference at this tolerance.
        double mz = z.Take(training).Average(), mt = t.Take(training).Average();
        double slope = Enumerable.Range(0, training).Sum(s => (z[s] - mz) * (t[s] - mt)) / Enumerable.Range(0, training).Sum(s => (z[s] - mz) * (z[s] - mz));
        double noise = Enumerable.Range(0, training).Sum(s => Math.Pow(t[s] - mt - (slope * (z[s] - mz)), 2)) / Math.Max(1, training - 2);
        double prior = noise / Math.Pow(0.15 * scale, 2);
        double byScale = Enumerable.Range(0, training).Sum(s => z[s] * ((a * z[s]) + b - t[s])) + (prior * (a - scale));
        double byOffset = Enumerable.Range(0, training).Sum(s => (a * z[s]) + b - t[s]) + (prior * (b - offset));
        Assert.True(prior > 0.05, $"prior {prior}");
        Assert.Equal(0, byScale, 0.02 * prior);
        Assert.Equal(0, byOffset, 0.02 * prior);
    }

    [Fact]
    public void Rows_beyond_the_training_ones_are_not_looked_at()
    {
        (float[] weights, float[] inputs, float[] answers) = Net(rows: 20);
        float[] targets = Array.ConvertAll(answers, z => z + 0.3f), others = [.. targets[..15], 1e6f, -3e6f, 8, 9, 10];
        Assert.Equal(Calibration.Apply(weights, inputs, targets, 15, 1, 0, s_shape), Calibration.Apply(weights, inputs, others, 15, 1, 0, s_shape));
    }

    // One sample says little: it is the prediction that counts, where the prediction is possible at all.
    [Theory]
    [InlineData(2.99, 0, true)]
    [InlineData(3, 0, false)]
    [InlineData(0.34, 0, true)]
    [InlineData(1.0 / 3, 0, false)]
    [InlineData(1, 2.99, true)]
    [InlineData(1, 3, false)]
    [InlineData(1, -3, false)]
    [InlineData(double.NaN, 0, false)]
    [InlineData(1, double.NaN, false)]
    public void A_prediction_that_is_too_far_off_is_not_believed(double scale, double offset, bool isBelieved)
    {
        (float[] weights, float[] inputs, float[] answers) = Net(rows: 6);
        float[] targets = [.. answers.Select((z, i) => z + (i % 2 == 0 ? 40 : -40))]; // Nothing but noise.
        float[] calibrated = Calibration.Apply(weights, inputs, targets, 4, scale, offset, s_shape), plain = Calibration.Apply(weights, inputs, targets, 4, 1, 0, s_shape);
        Assert.Equal(isBelieved, !plain.SequenceEqual(calibrated));
    }

    [Fact]
    public void Samples_that_are_no_numbers_leave_the_prediction()
    {
        (float[] weights, float[] inputs, float[] answers) = Net(rows: 6);
        answers[2] = float.NaN;
        float[] calibrated = Calibration.Apply(weights, inputs, answers, 6, 1.5, 0.25, s_shape);
        Assert.Equal(1.5f * weights[^2], calibrated[^2]);
        Assert.Equal((1.5f * weights[^1]) + 0.25f, calibrated[^1]);
    }

    // A random net, some rows of inputs, and its answers there.
    private static (float[] Weights, float[] Inputs, float[] Answers) Net(int rows)
    {
        var random = new Random(7);
        float[] weights = [.. Enumerable.Range(0, s_shape.WeightCount).Select(_ => (float)((2 * random.NextDouble()) - 1))];
        float[] inputs = [.. Enumerable.Range(0, rows * s_shape.Inputs).Select(_ => (float)((2 * random.NextDouble()) - 1))];
        return (weights, inputs, NetAnswers.Of(weights, inputs, rows, s_shape));
    }
}
