// Bounds of integer values. They come from the input ranges and end loops such as `for (i = 0; i < n; i++)` with a bounded n.

namespace Nsc.Core.Dataflow.Building;

/// <summary>A closed interval of integers that holds a value.</summary>
public readonly record struct ValueRange(long Low, long High)
{
    public bool IsNonNegative => Low >= 0;

    public bool IsSingle => Low == High;

    public static ValueRange Of(ValueKind kind) => kind switch
    {
        ValueKind.Boolean => new(0, 1),
        ValueKind.Int8 => new(sbyte.MinValue, sbyte.MaxValue),
        ValueKind.Int16 => new(short.MinValue, short.MaxValue),
        ValueKind.Int32 => new(int.MinValue, int.MaxValue),
        _ => new(long.MinValue, long.MaxValue),
    };

    public ValueRange Union(ValueRange other) => new(Math.Min(Low, other.Low), Math.Max(High, other.High));

    /// <summary>The range of an operation's result, given its operands' ranges.</summary>
    public static ValueRange After(Opcode opcode, ValueKind kind, ValueRange a, ValueRange b)
    {
        ValueRange whole = Of(kind);
        return opcode switch
        {
            Opcode.Add => Within(whole, (Int128)a.Low + b.Low, (Int128)a.High + b.High),
            Opcode.Subtract => Within(whole, (Int128)a.Low - b.High, (Int128)a.High - b.Low),
            Opcode.Negate => Within(whole, -(Int128)a.High, -(Int128)a.Low),
            Opcode.Multiply => Product(whole, a, b),
            Opcode.Minimum => new(Math.Min(a.Low, b.Low), Math.Min(a.High, b.High)),
            Opcode.Maximum => new(Math.Max(a.Low, b.Low), Math.Max(a.High, b.High)),
            Opcode.Absolute when a.Low > whole.Low => new(a.IsNonNegative ? a.Low : 0, Math.Max(Math.Abs(a.Low), Math.Abs(a.High))),
            Opcode.And when b.IsNonNegative => new(0, b.High),
            Opcode.And when a.IsNonNegative => new(0, a.High),
            Opcode.UnsignedRemainder when b.IsSingle && b.Low > 0 => new(0, b.Low - 1),
            Opcode.Remainder when b.IsSingle && b.Low > 0 => new(a.IsNonNegative ? 0 : 1 - b.Low, b.Low - 1),
            Opcode.Remainder or Opcode.UnsignedRemainder when a.IsNonNegative && b.IsNonNegative // 0 by definition where b is 0
                => new(0, Math.Min(a.High, Math.Max(b.High - 1, 0))),
            Opcode.UnsignedDivide or Opcode.Divide when a.IsNonNegative && b.IsSingle && b.Low > 0 => new(a.Low / b.Low, a.High / b.Low),
            Opcode.ShiftRightLogical or Opcode.ShiftRightArithmetic when a.IsNonNegative && b.IsSingle && b.Low is >= 0 and < 64
                => new(a.Low >> (int)b.Low, a.High >> (int)b.Low),
            Opcode.SignExtend => a,
            Opcode.ZeroExtend or Opcode.Wrap when a.IsNonNegative && a.High <= whole.High => a,
            _ => whole,
        };
    }

    private static ValueRange Product(ValueRange whole, ValueRange a, ValueRange b)
    {
        Int128[] corners = [(Int128)a.Low * b.Low, (Int128)a.Low * b.High, (Int128)a.High * b.Low, (Int128)a.High * b.High];
        return Within(whole, corners.Min(), corners.Max());
    }

    // A result that may wrap around can be anything.
    private static ValueRange Within(ValueRange whole, Int128 low, Int128 high) =>
        low >= whole.Low && high <= whole.High ? new((long)low, (long)high) : whole;
}
