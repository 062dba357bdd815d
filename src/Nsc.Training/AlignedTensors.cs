// Numbers of managed memory as tensors. The library would take them where they lie, which is anywhere; its matrix products round
// differently for operands that are not aligned as its own are, so the same computation gave other bits from time to time.

using static TorchSharp.torch;

namespace Nsc.Training;

internal static class AlignedTensors
{
    /// <summary>A copy of some numbers in the library's own memory.</summary>
    public static Tensor Aligned(this float[] values, params long[] dimensions)
    {
        using Tensor view = tensor(values, dimensions: dimensions);
        return view.clone();
    }
}
