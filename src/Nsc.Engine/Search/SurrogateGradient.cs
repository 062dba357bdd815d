// A surrogate's answer at one point, and how it changes with the inputs.

using Nsc.Core.Surrogates;

namespace Nsc.Engine.Search;

/// <summary>Values and gradients of one output of a surrogate over unit inputs. Not for several threads.</summary>
public sealed class SurrogateGradient
{
    private readonly Surrogate _surrogate;
    private readonly int _output;
    private readonly double[][] _activations;

    public SurrogateGradient(Surrogate surrogate, int output)
    {
        (_surrogate, _output) = (surrogate, output);
        Topology shape = surrogate.Topology;
        _activations = [.. Enumerable.Range(0, shape.LayerCount).Select(l => new double[shape.Rows(l)])];
    }

    /// <summary>The output in the program's units at a point in [-1, 1]^inputs.</summary>
    /// <param name="gradient">Receives the derivatives by the unit inputs.</param>
    public double At(ReadOnlySpan<double> unit, Span<double> gradient)
    {
        Topology shape = _surrogate.Topology;
        ReadOnlySpan<double> input = unit;
        for (int l = 0; l < shape.LayerCount; l++)
        {
            Forward(l, input);
            input = _activations[l];
        }

        (NetScale scale, double standard) = (_surrogate.ScaleOf(_output), _activations[^1][0]);
        double[] outer = [scale.Slope(standard)];
        for (int l = shape.LayerCount - 1; l >= 0; l--)
        {
            outer = Backward(l, outer);
        }

        outer.CopyTo(gradient);
        return scale.InUnits(standard);
    }

    private ReadOnlySpan<float> Weights(int layer)
    {
        int count = _surrogate.Topology.Rows(layer) * _surrogate.Topology.Columns(layer);
        return _surrogate.Layers[layer].Weight.AsSpan().Slice(_output * count, count);
    }

    private void Forward(int layer, ReadOnlySpan<double> input)
    {
        ReadOnlySpan<float> weights = Weights(layer);
        double[] result = _activations[layer];
        for (int row = 0; row < result.Length; row++)
        {
            double sum = _surrogate.Layers[layer].Bias[(_output * result.Length) + row];
            for (int i = 0; i < input.Length; i++)
            {
                sum += weights[(row * input.Length) + i] * input[i];
            }

            result[row] = layer + 1 < _surrogate.Topology.LayerCount ? Math.Tanh(sum) : sum;
        }
    }

    // From the derivatives by a layer's results before the activation to those by the results of the layer below, likewise.
    private double[] Backward(int layer, double[] outer)
    {
        ReadOnlySpan<float> weights = Weights(layer);
        var inner = new double[_surrogate.Topology.Columns(layer)];
        for (int i = 0; i < inner.Length; i++)
        {
            for (int row = 0; row < outer.Length; row++)
            {
                inner[i] += weights[(row * inner.Length) + i] * outer[row];
            }

            if (layer > 0)
            {
                double below = _activations[layer - 1][i];
                inner[i] *= 1 - (below * below);
            }
        }

        return inner;
    }
}
