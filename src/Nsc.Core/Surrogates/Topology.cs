// The shape of a surrogate's network, and its weights layer by layer.

using System.Collections.Immutable;

namespace Nsc.Core.Surrogates;

/// <summary>What follows each hidden layer. The names are part of the file format.</summary>
public enum Activation
{
    Tanh,
}

/// <summary>
/// A multilayer perceptron per output, all of one shape, laid side by side: output k has weights of its own and shares
/// nothing but the inputs. The activation follows every layer but the last.
/// </summary>
/// <param name="Inputs">The network's inputs, one for each input of the program.</param>
/// <param name="Hidden">The widths of the hidden layers, first to last; empty for a linear model.</param>
/// <param name="Outputs">The program's outputs, hence the number of networks.</param>
public sealed record Topology(int Inputs, ImmutableArray<int> Hidden, int Outputs, Activation Activation = Activation.Tanh)
{
    /// <summary>The widest layer and the most layers, inputs and outputs that a surrogate may have.</summary>
    public const int MaxWidth = 4096;
    public const int MaxHiddenLayers = 16;

    /// <summary>The number of layers with weights.</summary>
    public int LayerCount => Hidden.Length + 1;

    /// <summary>The values that go into a layer.</summary>
    public int Columns(int layer) => layer == 0 ? Inputs : Hidden[layer - 1];

    /// <summary>The values that come out of a layer; 1 for the last.</summary>
    public int Rows(int layer) => layer < Hidden.Length ? Hidden[layer] : 1;

    /// <summary>The weights and biases of one output's network.</summary>
    public int ParametersPerOutput => Enumerable.Range(0, LayerCount).Sum(l => Rows(l) * (Columns(l) + 1));

    /// <summary>For people, such as <c>9-16-16-1 tanh</c>, with <c> x 2</c> for two outputs.</summary>
    public override string ToString() =>
        $"{string.Join('-', Hidden.Prepend(Inputs).Append(1))} {Activation.ToString().ToLowerInvariant()}{(Outputs > 1 ? $" x {Outputs}" : "")}";

    public bool Equals(Topology? other) => other is not null
        && (Inputs, Outputs, Activation) == (other.Inputs, other.Outputs, other.Activation) && Hidden.SequenceEqual(other.Hidden);

    public override int GetHashCode() => HashCode.Combine(Inputs, Hidden.Length, Outputs, Activation);
}

/// <summary>One layer of all networks of a surrogate: a' = activation(Weight a + Bias) for each output.</summary>
/// <param name="Weight">(outputs, rows, columns), row-major.</param>
/// <param name="Bias">(outputs, rows), row-major.</param>
public sealed record Layer(ImmutableArray<float> Weight, ImmutableArray<float> Bias);
