// What a single small net looks like.

using Nsc.Core.Surrogates;

namespace Nsc.Engine;

/// <summary>
/// Nets of the covering topology, I-W-W-1 with tanh. A net's flat vector holds W1 (W, I), b1 (W), W2 (W, W), b2 (W),
/// w3 (W), b3, in this order.
/// </summary>
/// <param name="Inputs">I, of which a program may use fewer; input i sits in slot i.</param>
/// <param name="Width">W.</param>
public sealed record NetShape(int Inputs, int Width)
{
    /// <summary>The number of weights and biases of one net.</summary>
    public int WeightCount => (Width * (Inputs + 1)) + (Width * (Width + 1)) + Width + 1;

    /// <summary>The topology of a surrogate with nets of this shape.</summary>
    public Topology TopologyOf(int inputs, int outputs) => new(inputs, [Width, Width], outputs);

    /// <summary>The shape in which a surrogate's nets can be fine-tuned, or null when its topology is not of that family.</summary>
    public static NetShape? Of(Topology topology) =>
        topology.Hidden.Length == 2 && topology.Hidden[0] == topology.Hidden[1] && topology.Activation == Activation.Tanh
            ? new NetShape(topology.Inputs, topology.Hidden[0])
            : null;
}
