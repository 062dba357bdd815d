// A compiled net comes with a predicted mean and deviation of its output. They are good to about a tenth of the deviation, and
// so are those of some dozen samples; the first thing that samples are used for is to weigh the two.

using Nsc.Engine.Trainers;

namespace Nsc.Engine.FineTuning;

internal static class Calibration
{
    /// <summary>How far off a predicted scale usually is, as a part of it, and a predicted mean, in deviations.</summary>
    private const double Doubt = 0.15;

    /// <summary>A prediction that differs from the samples by more than this factor, or so many deviations, is not believed.</summary>
    private const double Disbelief = 3;

    /// <summary>The net with its last layer scaled and shifted to fit the first <paramref name="training"/> rows.</summary>
    /// <param name="scale">The predicted deviation, in the units of the targets.</param>
    /// <param name="offset">The predicted mean, in the same units.</param>
    /// <param name="rowWeights">How much each row counts; null where all count alike.</param>
    public static float[] Apply(
        float[] weights, float[] inputs, float[] targets, int training, double scale, double offset, NetShape shape, float[]? rowWeights = null)
    {
        if (!(scale > 1 / Disbelief && scale < Disbelief && Math.Abs(offset) < Disbelief))
        {
            (scale, offset) = (1, 0);
        }

        float[] predicted = NetAnswers.Of(weights, inputs, targets.Length, shape);
        double doubt = Doubt * scale;
        (double freeScale, double freeOffset) = Ridge(predicted, targets, rowWeights, training, scale, offset, 1e-3);
        double noise = Residual(predicted, targets, rowWeights, training, freeScale, freeOffset) / Math.Max(1, training - 2);
        (scale, offset) = Ridge(predicted, targets, rowWeights, training, scale, offset, Math.Max(1e-3, noise / (doubt * doubt)));
        float[] calibrated = [.. weights];
        int lastLayer = weights.Length - shape.LastWidth - 1;
        for (int i = lastLayer; i < calibrated.Length; i++)
        {
            calibrated[i] *= (float)scale;
        }

        calibrated[^1] += (float)offset;
        return calibrated;
    }

    // The scale and offset that fit best, when straying from the given ones costs as much as so many samples' errors.
    private static (double Scale, double Offset) Ridge(
        float[] predicted, float[] targets, float[]? rowWeights, int training, double scale, double offset, double prior)
    {
        double n = (rowWeights?.Take(training).Sum(w => (double)w) ?? training) + prior, sz = 0, szz = prior, st = prior * offset, szt = prior * scale;
        for (int s = 0; s < training; s++)
        {
            double w = rowWeights?[s] ?? 1, z = predicted[s], t = targets[s];
            sz += w * z;
            szz += w * z * z;
            st += w * t;
            szt += w * z * t;
        }

        double determinant = (n * szz) - (sz * sz), fitted = ((n * szt) - (sz * st)) / determinant, shift = (st - (fitted * sz)) / n;
        return double.IsFinite(fitted) && double.IsFinite(shift) ? (fitted, shift) : (scale, offset);
    }

    private static double Residual(float[] predicted, float[] targets, float[]? rowWeights, int training, double scale, double offset)
    {
        double sum = 0;
        for (int s = 0; s < training; s++)
        {
            double error = targets[s] - (scale * predicted[s]) - offset;
            sum += (rowWeights?[s] ?? 1) * error * error;
        }

        return sum;
    }
}
