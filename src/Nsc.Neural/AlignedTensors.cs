// Tensors of numbers that come from arrays. TorchSharp lets a tensor lie in the array's own memory, whose address is another in each run and
// after each garbage collection, and the last bits of the library's sums depend on how that is aligned. A copy is always aligned alike.

using TorchSharp;
using static TorchSharp.torch;

namespace Nsc.Neural;

internal static class AlignedTensors
{
    /// <summary>The numbers as a tensor of its own, row-major.</summary>
    /// <param name="dimensions">Its shape; none for as many numbers as there are.</param>
    public static Tensor Copied(float[] values, params long[] dimensions)
    {
        using Tensor wrapped = tensor(values, dimensions: dimensions.Length == 0 ? [values.Length] : dimensions);
        return wrapped.clone();
    }
}
