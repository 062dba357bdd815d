// The optimiser of all trainings, CompNet's and surrogates' alike: one pass over flat memory.

using System.Numerics;
using System.Runtime.InteropServices;

namespace Nsc.Engine.Trainers;

/// <summary>Adam (Kingma and Ba, 2015) with decoupled weight decay (Loshchilov and Hutter, 2019).</summary>
public static class Adam
{
    private const float MeanDecay = 0.9f;
    private const float SquareDecay = 0.999f;
    private const float Tiny = 1e-8f;

    /// <summary>Takes a step against a gradient. All spans are equally long.</summary>
    /// <param name="mean">The running mean of the gradients.</param>
    /// <param name="square">The running mean of their squares.</param>
    /// <param name="step">1 for the first step.</param>
    public static void Step(
        Span<float> weights, ReadOnlySpan<float> gradient, Span<float> mean, Span<float> square, int step, double learningRate, double weightDecay = 0)
    {
        float rate = (float)(learningRate / (1 - Math.Pow(MeanDecay, step)));
        float squareScale = (float)(1 / (1 - Math.Pow(SquareDecay, step)));
        float shrink = (float)(1 - (learningRate * weightDecay));
        Span<Vector<float>> w = MemoryMarshal.Cast<float, Vector<float>>(weights);
        Span<Vector<float>> m = MemoryMarshal.Cast<float, Vector<float>>(mean), s = MemoryMarshal.Cast<float, Vector<float>>(square);
        ReadOnlySpan<Vector<float>> g = MemoryMarshal.Cast<float, Vector<float>>(gradient);
        for (int i = 0; i < w.Length; i++)
        {
            m[i] = (MeanDecay * m[i]) + ((1 - MeanDecay) * g[i]);
            s[i] = (SquareDecay * s[i]) + ((1 - SquareDecay) * g[i] * g[i]);
            w[i] = (shrink * w[i]) - (rate * m[i] / (Vector.SquareRoot(squareScale * s[i]) + new Vector<float>(Tiny)));
        }

        for (int i = w.Length * Vector<float>.Count; i < weights.Length; i++)
        {
            mean[i] = (MeanDecay * mean[i]) + ((1 - MeanDecay) * gradient[i]);
            square[i] = (SquareDecay * square[i]) + ((1 - SquareDecay) * gradient[i] * gradient[i]);
            weights[i] = (shrink * weights[i]) - (rate * mean[i] / (MathF.Sqrt(squareScale * square[i]) + Tiny));
        }
    }
}
