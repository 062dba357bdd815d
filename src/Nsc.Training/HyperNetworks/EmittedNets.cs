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
        long nets = weights.shape[0];
        Tensor at = inputs;
        var hidden = new List<Tensor>();
        var layers = new List<Tensor>();
        for (int l = 0; l < shape.LayerCount; l++)
        {
            (int rows, int columns) = (shape.Rows(l), shape.Columns(l));
            Tensor weight = weights.narrow(1, shape.LayerStart(l), (long)rows * columns).view(nets, rows, columns);
            layers.Add(weight);
            Tensor sums = bmm(at, weight.transpose(1, 2)).Plus(weights.narrow(1, shape.BiasStart(l), rows).unsqueeze(1));
            if (l < shape.Hidden.Length)
            {
                hidden.Add(at = sums.tanh());
            }
            else
            {
                at = sums.squeeze(2);
            }
        }

        return new NetPass(hidden, at, layers);
    }

    /// <summary>Weights (V, WeightCount) as for training from scratch: uniform within 1/sqrt(fan-in), biases too. Call it under <see cref="SeededDraws"/>.</summary>
    public static Tensor RandomWeights(long nets, NetShape shape)
    {
        return cat(
            [.. Enumerable.Range(0, shape.LayerCount).SelectMany(l => new[]
            {
                Layer((long)shape.Rows(l) * shape.Columns(l), shape.Columns(l)), Layer(shape.Rows(l), shape.Columns(l)),
            })],
            1);

        Tensor Layer(long count, int fanIn) => rand([nets, count]).Plus(-0.5).Times(2 / Math.Sqrt(fanIn));
    }
}

/// <summary>What a pass of V nets over S samples shows.</summary>
/// <param name="Hidden">For each hidden layer its activations (V, S, W).</param>
/// <param name="Outputs">(V, S).</param>
/// <param name="Weights">For each layer, the last one too, its weights (V, rows, columns).</param>
internal sealed record NetPass(IReadOnlyList<Tensor> Hidden, Tensor Outputs, IReadOnlyList<Tensor> Weights)
{
    /// <summary>For each hidden layer (V, S, W) the output's derivatives by its sums, by back-propagation.</summary>
    public Tensor[] Slopes()
    {
        var slopes = new Tensor[Hidden.Count];
        for (int l = slopes.Length - 1; l >= 0; l--)
        {
            Tensor byActivations = l == slopes.Length - 1 ? Weights[^1] : bmm(slopes[l + 1], Weights[l + 1]);
            slopes[l] = byActivations * Hidden[l].Squared().neg().Plus(1); // tanh' = 1 - tanh^2
        }

        return slopes;
    }
}
