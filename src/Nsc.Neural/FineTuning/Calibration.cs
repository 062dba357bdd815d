// A compiled net has the right shape long before its predicted mean and deviation can be trusted, and a few samples give
// noisy ones. So the first thing samples are used for is a scale and an offset, by least squares.

using Nsc.Neural.CompNets;
using static TorchSharp.torch;

namespace Nsc.Neural.FineTuning;

internal static class Calibration
{
    /// <summary>Pulls the fit towards leaving the net as it is; the weight of this many samples.</summary>
    private const double PriorSamples = 0.1;

    /// <summary>
    /// The net with its last layer scaled and shifted to fit the first <paramref name="training"/> rows: ridge regression of
    /// the targets on the net's own predictions towards scale 1 and offset 0 in standardised units.
    /// </summary>
    public static float[] Apply(float[] weights, float[] inputs, float[] targets, int training, CompNetOptions shape)
    {
        float[] predicted = Predict(weights, inputs, targets.Length, shape);
        double n = training + PriorSamples, sz = 0, szz = PriorSamples, st = 0, szt = PriorSamples;
        for (int s = 0; s < training; s++)
        {
            double z = predicted[s], t = targets[s];
            sz += z;
            szz += z * z;
            st += t;
            szt += z * t;
        }

        double determinant = (n * szz) - (sz * sz);
        double scale = ((n * szt) - (sz * st)) / determinant, offset = (st - (scale * sz)) / n;
        if (!double.IsFinite(scale) || !double.IsFinite(offset))
        {
            return weights;
        }

        float[] calibrated = [.. weights];
        int lastLayer = weights.Length - shape.SurrogateWidth - 1;
        for (int i = lastLayer; i < calibrated.Length; i++)
        {
            calibrated[i] *= (float)scale;
        }

        calibrated[^1] += (float)offset;
        return calibrated;
    }

    private static float[] Predict(float[] weights, float[] inputs, int samples, CompNetOptions shape)
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        using var guard = no_grad();
        return EmittedNets.Forward(
            tensor(weights, dimensions: [1, weights.Length]),
            tensor(inputs, dimensions: [1, samples, shape.CoveringInputs]), shape).data<float>().ToArray();
    }
}
