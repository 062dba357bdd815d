// AdamW (Loshchilov and Hutter, 2019) on one flat tensor, in managed code: a step makes no tensor operation.

using System.Runtime.InteropServices;
using Nsc.Engine.Trainers;
using static TorchSharp.torch;

namespace Nsc.Training;

/// <summary><see cref="Adam"/> on one contiguous tensor of weights. The moments are tensors of the same shape, so that they can be stored.</summary>
internal sealed class FlatAdamW(Tensor weights, double weightDecay = 0) : IDisposable
{
    /// <summary>The first moment: the running mean of the gradients.</summary>
    public Tensor Mean { get; } = zeros(weights.shape).DetachFromDisposeScope();

    /// <summary>The second moment: the running mean of their squares.</summary>
    public Tensor Square { get; } = zeros(weights.shape).DetachFromDisposeScope();

    /// <summary>Steps taken so far.</summary>
    public int Steps { get; set; }

    /// <summary>Takes a step against a gradient of the weights' shape.</summary>
    public void Step(Tensor gradient, double learningRate)
    {
        Steps++;
        Adam.Step(Values(weights), Values(gradient), Values(Mean), Values(Square), Steps, learningRate, weightDecay);
    }

    public void Dispose()
    {
        Mean.Dispose();
        Square.Dispose();
    }

    private static Span<float> Values(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);
}
