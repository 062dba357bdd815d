// The floating operations that have a vectorised kernel in System.Numerics.Tensors. All others run cell by cell.

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
            case Opcode.Exp: TensorPrimitives.Exp(a, result); return true;
            case Opcode.Log: TensorPrimitives.Log(a, result); return true;
            case Opcode.Sin: TensorPrimitives.Sin(a, result); return true;
            case Opcode.Cos: TensorPrimitives.Cos(a, result); return true;
            case Opcode.Tanh: TensorPrimitives.Tanh(a, result); return true;
            case Opcode.Floor: TensorPrimitives.Floor(a, result); return true;
            case Opcode.Ceiling: TensorPrimitives.Ceiling(a, result); return true;
            default: return false;
        }
    }
}
