// What an export computes in.

namespace Nsc.Export;

/// <summary>The type of an exported network's sums and activations; its inputs and outputs are doubles either way.</summary>
public enum Precision
{
    /// <summary>Fast. The large weights of a fine-tuned net carry its rounding to some millionths of the output's deviation.</summary>
    Single,

    /// <summary>As nsc itself computes.</summary>
    Double,
}
