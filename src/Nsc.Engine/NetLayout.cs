// Between the covering topology, in which nets are emitted and trained, and a surrogate, which has only the inputs that its
// program has.

using System.Collections.Immutable;
using Nsc.Core.Surrogates;

namespace Nsc.Engine;

/// <summary>Converts nets from flat covering vectors to a surrogate's layers and back. Input i sits in slot i.</summary>
public static class NetLayout
{
    /// <summary>The layers of a surrogate from one flat vector for each output; the columns of unused slots are dropped.</summary>
    public static ImmutableArray<Layer> ToLayers(IReadOnlyList<float[]> nets, int inputs, NetShape shape)
    {
        return [.. Enumerable.Range(0, shape.LayerCount).Select(l =>
        {
            (int start, int bias, int rows, int columns) = (shape.LayerStart(l), shape.BiasStart(l), shape.Rows(l), shape.Columns(l));
            int used = l == 0 ? inputs : columns;
            return new Layer(
                [.. nets.SelectMany(net => Enumerable.Range(0, rows).SelectMany(row => net.AsSpan(start + (row * columns), used).ToArray()))],
                [.. nets.SelectMany(net => net.AsSpan(bias, rows).ToArray())]);
        })];
    }

    /// <summary>One flat covering vector for each output of a surrogate; unused slots get zero columns.</summary>
    public static float[][] FromLayers(Surrogate surrogate, NetShape shape)
    {
        int width = shape.FirstWidth, inputs = surrogate.Topology.Inputs;
        return [.. Enumerable.Range(0, surrogate.Topology.Outputs).Select(Flatten)];

        float[] Flatten(int output)
        {
            var net = new List<float>(shape.WeightCount);
            for (int row = 0; row < width; row++)
            {
                net.AddRange(surrogate.Layers[0].Weight.AsSpan(((output * width) + row) * inputs, inputs));
                net.AddRange(new float[shape.Inputs - inputs]);
            }

            net.AddRange(surrogate.Layers[0].Bias.AsSpan(output * width, width));
            foreach (Layer layer in surrogate.Layers.Skip(1))
            {
                int weights = layer.Weight.Length / surrogate.Topology.Outputs, biases = layer.Bias.Length / surrogate.Topology.Outputs;
                net.AddRange(layer.Weight.AsSpan(output * weights, weights));
                net.AddRange(layer.Bias.AsSpan(output * biases, biases));
            }

            return [.. net];
        }
    }
}
