// Many small nets at once: how a flat vector of emitted weights is laid out, started at random, and run.

using Nsc.Engine;
using TorchSharp;
using static TorchSharp.torch;

namespace Nsc.Training.HyperNetworks;

/// <summary>Nets as rows of a tensor, each a flat vector in the order of <see cref="NetShape"/>.</summary>
public static class EmittedNets
{
    /// <summary>Runs V nets on their own inputs (V, S, I): predictions (V, S), in standardised units.</summary>
    public static Tensor Forward(Tensor weights, Tensor inputs, NetShape shape) => Run(weights, inputs, shape).Outputs;

    /// <summary>The same, with everything that a pass through the nets shows.</summary>
    internal static NetPass Run(Tensor weights, Tensor inputs, NetShape shape)
    {
        int columns = shape.Inputs, width = shape.Width;
        long nets = weights.shape[0];
        long at = 0;
        Tensor w1 = Take(width * columns).view(nets, width, columns), b1 = Take(width).unsqueeze(1);
        Tensor w2 = Take(width * width).view(nets, width, width), b2 = Take(width).unsqueeze(1);
        Tensor w3 = Take(width).unsqueeze(2), b3 = Take(1);
        Tensor h1 = bmm(inputs, w1.transpose(1, 2)).Plus(b1).tanh();
        Tensor h2 = bmm(h1, w2.transpose(1, 2)).Plus(b2).tanh();
        return new NetPass(h1, h2, bmm(h2, w3).squeeze(2).Plus(b3), w2, w3);

        Tensor Take(long count)
        {
            at += count;
            return weights.narrow(1, at - count, count);
        }
    }

    /// <summary>Weights (V, WeightCount) as for training from scratch: uniform within 1/sqrt(fan-in), biases too. Call it under <see cref="SeededDraws"/>.</summary>
    public static Tensor RandomWeights(long nets, NetShape shape)
    {
        int columns = shape.Inputs, width = shape.Width;
        return cat(
            [
                Layer((long)width * columns, columns), Layer(width, columns),
                Layer((long)width * width, width), Layer(width, width),
                Layer(width, width), Layer(1, width),
            ],
            1);

        Tensor Layer(long count, int fanIn) => rand([nets, count]).Plus(-0.5).Times(2 / Math.Sqrt(fanIn));
    }
}

/// <summary>What a pass of V nets over S samples shows.</summary>
/// <param name="FirstHidden">(V, S, W) activations of the first hidden layer.</param>
/// <param name="SecondHidden">(V, S, W) those of the second.</param>
/// <param name="Outputs">(V, S).</param>
/// <param name="SecondWeights">(V, W, W).</param>
/// <param name="LastWeights">(V, W, 1).</param>
internal sealed record NetPass(Tensor FirstHidden, Tensor SecondHidden, Tensor Outputs, Tensor SecondWeights, Tensor LastWeights)
{
    /// <summary>(V, S, W) the output's derivatives by the sums of the second hidden layer.</summary>
    public Tensor SecondSlopes => LastWeights.transpose(1, 2) * Slopes(SecondHidden);

    /// <summary>(V, S, W) those by the sums of the first.</summary>
    public Tensor FirstSlopes => bmm(SecondSlopes, SecondWeights) * Slopes(FirstHidden);

    // tanh' = 1 - tanh^2.
    private static Tensor Slopes(Tensor hidden) => hidden.Squared().neg().Plus(1);
}
