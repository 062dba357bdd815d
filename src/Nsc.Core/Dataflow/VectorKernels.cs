// The floating operations that have a vectorised kernel in System.Numerics.Tensors with the bits of the scalar definition: those
// that IEEE 754 defines to the last bit. Its kernels for exp, sin and the like round otherwise than the C library; they run cell by cell.

using System.Numerics.Tensors;

namespace Nsc.Core.Dataflow;

internal static class VectorKernels
{
    /// <summary>Applies a floating operation to whole columns; false when there is no kernel for it.</summary>
    public static bool TryApply(Opcode opcode, ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> result)
    {
        switch (opcode)
        {
            case Opcode.Add: TensorPrimitives.Add(a, b, result); return true;
            case Opcode.Subtract: TensorPrimitives.Subtract(a, b, result); return true;
            case Opcode.Multiply: TensorPrimitives.Multiply(a, b, result); return true;
            case Opcode.Divide: TensorPrimitives.Divide(a, b, result); return true;
            case Opcode.Negate: TensorPrimitives.Negate(a, result); return true;
            case Opcode.Absolute: TensorPrimitives.Abs(a, result); return true;
            case Opcode.SquareRoot: TensorPrimitives.Sqrt(a, result); return true;
            case Opcode.Floor: TensorPrimitives.Floor(a, result); return true;
            case Opcode.Ceiling: TensorPrimitives.Ceiling(a, result); return true;
            default: return false;
        }
    }
}
