// What a single small net looks like.

using System.Collections.Immutable;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;

namespace Nsc.Engine;

/// <summary>
/// Nets of the covering topology, with tanh after every hidden layer. A net's flat vector holds each layer's weights (rows, columns) and then
/// its biases (rows), from the first layer to the last one, which has one row.
/// </summary>
/// <param name="Inputs">The input slots, of which a program may use fewer; input i sits in slot i.</param>
/// <param name="Hidden">The widths of the hidden layers, first to last.</param>
public sealed record NetShape(int Inputs, ImmutableArray<int> Hidden)
{
    /// <summary>The number of layers with weights.</summary>
    public int LayerCount => Hidden.Length + 1;

    /// <summary>The number of weights and biases of one net.</summary>
    public int WeightCount => LayerStart(LayerCount);

    /// <summary>The width of the first layer, which sees the inputs.</summary>
    public int FirstWidth => Rows(0);

    /// <summary>The values that the last layer takes. Its weights and its bias are the last elements of the flat vector.</summary>
    public int LastWidth => Columns(LayerCount - 1);

    /// <summary>Whether there are two hidden layers of one width, which is what Adam's engine is written for.</summary>
    internal bool HasEqualPair => Hidden.Length == 2 && Hidden[0] == Hidden[1];

    /// <summary>The width of both hidden layers of a net that <see cref="HasEqualPair"/>.</summary>
    /// <exception cref="NotSupportedException">The net has other hidden layers.</exception>
    internal int PairWidth => HasEqualPair ? Hidden[0] : throw new NotSupportedException($"Adam's engine is written for two hidden layers of one width, not for {this}");

    /// <summary>The values that go into a layer.</summary>
    public int Columns(int layer) => layer == 0 ? Inputs : Hidden[layer - 1];

    /// <summary>The values that come out of a layer; 1 for the last.</summary>
    public int Rows(int layer) => layer < Hidden.Length ? Hidden[layer] : 1;

    /// <summary>Where a layer's weights begin in the flat vector.</summary>
    public int LayerStart(int layer)
    {
        int start = 0;
        for (int l = 0; l < layer; l++)
        {
            start += Rows(l) * (Columns(l) + 1);
        }

        return start;
    }

    /// <summary>Where a layer's biases begin.</summary>
    public int BiasStart(int layer) => LayerStart(layer) + (Rows(layer) * Columns(layer));

    /// <summary>A flat vector as for training from scratch: uniform within 1/sqrt(fan-in), biases too.</summary>
    /// <param name="inputs">Those that are used, of <see cref="Inputs"/>.</param>
    public float[] Random(int inputs, SplitMix64 random)
    {
        var net = new List<float>(WeightCount);
        for (int layer = 0; layer < LayerCount; layer++)
        {
            double fanIn = Math.Sqrt(layer == 0 ? inputs : Columns(layer));
            int count = LayerStart(layer + 1) - LayerStart(layer);
            net.AddRange(Enumerable.Range(0, count).Select(_ => (float)(((2 * random.NextDouble()) - 1) / fanIn)));
        }

        return [.. net];
    }

    /// <summary>The shape with room for as many inputs.</summary>
    public NetShape With(int inputs) => inputs > Inputs ? this with { Inputs = inputs } : this;

    /// <summary>The topology of a surrogate with nets of this shape.</summary>
    public Topology TopologyOf(int inputs, int outputs) => new(inputs, Hidden, outputs);

    /// <summary>The shape of a surrogate's nets.</summary>
    public static NetShape Of(Topology topology) => topology.Activation == Activation.Tanh
        ? new NetShape(topology.Inputs, topology.Hidden)
        : throw new NotSupportedException($"nets with {topology.Activation} have no flat vector");

    public bool Equals(NetShape? other) => other is not null && Inputs == other.Inputs && Hidden.SequenceEqual(other.Hidden);

    public override int GetHashCode() => HashCode.Combine(Inputs, Hidden.Length, WeightCount);

    /// <summary>For people, such as <c>9-16-16-1</c>.</summary>
    public override string ToString() => string.Join('-', Hidden.Prepend(Inputs).Append(1));
}
