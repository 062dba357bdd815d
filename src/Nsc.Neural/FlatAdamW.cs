// The optimiser of all trainings: one pass over flat buffers, without a tensor operation.

using System.Numerics;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Nsc.Neural;

/// <summary>
/// Adam with decoupled weight decay (Loshchilov and Hutter, 2019) on one contiguous tensor of weights. The moments are
/// tensors of the same shape, so that they can be stored.
/// </summary>
internal sealed class FlatAdamW(Tensor weights, double weightDecay = 0) : IDisposable
{
    private const float MeanDecay = 0.9f;
    private const float SquareDecay = 0.999f;
    private const float Tiny = 1e-8f;

    /// <summary>The running mean of the gradients.</summary>
    public Tensor Mean { get; } = zeros(weights.shape).DetachFromDisposeScope();

    /// <summary>The running mean of their squares.</summary>
    public Tensor Square { get; } = zeros(weights.shape).DetachFromDisposeScope();

    /// <summary>Steps taken so far.</summary>
    public int Steps { get; set; }

    /// <summary>Takes a step against a gradient of the weights' shape.</summary>
    public void Step(Tensor gradient, double learningRate)
    {
        Steps++;
        float rate = (float)(learningRate / (1 - Math.Pow(MeanDecay, Steps)));
        float squareScale = (float)(1 / (1 - Math.Pow(SquareDecay, Steps)));
        float shrink = (float)(1 - (learningRate * weightDecay));
        Span<float> w = Values(weights), g = Values(gradient), m = Values(Mean), s = Values(Square);
        int vectors = w.Length - (w.Length % Vector<float>.Count);
        for (int i = 0; i < vectors; i += Vector<float>.Count)
        {
            var gi = new Vector<float>(g[i..]);
            Vector<float> mi = (MeanDecay * new Vector<float>(m[i..])) + ((1 - MeanDecay) * gi);
            Vector<float> si = (SquareDecay * new Vector<float>(s[i..])) + ((1 - SquareDecay) * gi * gi);
            mi.CopyTo(m[i..]);
            si.CopyTo(s[i..]);
            ((shrink * new Vector<float>(w[i..])) - (rate * mi / (Vector.SquareRoot(squareScale * si) + new Vector<float>(Tiny)))).CopyTo(w[i..]);
        }

        for (int i = vectors; i < w.Length; i++)
        {
            m[i] = (MeanDecay * m[i]) + ((1 - MeanDecay) * g[i]);
            s[i] = (SquareDecay * s[i]) + ((1 - SquareDecay) * g[i] * g[i]);
            w[i] = (shrink * w[i]) - (rate * m[i] / (MathF.Sqrt(squareScale * s[i]) + Tiny));
        }
    }

    public void Dispose()
    {
        Mean.Dispose();
        Square.Dispose();
    }

    private static Span<float> Values(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);
}
