// Two buffers serve all layers of a generated network: a layer reads one and writes the other.

using Nsc.Core.Surrogates;

namespace Nsc.Export.Writing;

internal static class Buffers
{
    /// <summary>What a layer reads: the scaled inputs, under the name that the code gives them, or what the layer below wrote.</summary>
    public static string From(int layer, string inputs) => layer == 0 ? inputs : To(layer - 1);

    /// <summary>What a layer writes.</summary>
    public static string To(int layer) => layer % 2 == 0 ? "a" : "b";

    /// <summary>Where the answer is in the end.</summary>
    public static string Last(Topology shape) => To(shape.LayerCount - 1);

    /// <summary>The length of each.</summary>
    public static int Length(Topology shape) => shape.Hidden.Append(1).Max();
}
