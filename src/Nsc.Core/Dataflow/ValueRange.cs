// Bounds of integer values. They come from the input ranges and end loops such as `for (i = 0; i < n; i++)` with a bounded n.

namespace Nsc.Core.Dataflow;

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
    public static ValueRange After(Opcode opcode, ValueKind kind, ValueRange a, ValueRange b) => opcode.Row().Range?.Invoke(kind, a, b) ?? Of(kind);

    internal static ValueRange Sum(ValueKind kind, ValueRange a, ValueRange b) => Within(kind, (Int128)a.Low + b.Low, (Int128)a.High + b.High);

    internal static ValueRange Difference(ValueKind kind, ValueRange a, ValueRange b) => Within(kind, (Int128)a.Low - b.High, (Int128)a.High - b.Low);

    internal static ValueRange Negation(ValueKind kind, ValueRange a, ValueRange b) => Within(kind, -(Int128)a.High, -(Int128)a.Low);

    internal static ValueRange Product(ValueKind kind, ValueRange a, ValueRange b)
    {
        Int128[] corners = [(Int128)a.Low * b.Low, (Int128)a.Low * b.High, (Int128)a.High * b.Low, (Int128)a.High * b.High];
        return Within(kind, corners.Min(), corners.Max());
    }

    internal static ValueRange Quotient(ValueKind kind, ValueRange a, ValueRange b) =>
        a.IsNonNegative && IsPositive(b) ? new(a.Low / b.Low, a.High / b.Low) : Of(kind);

    internal static ValueRange Remainder(ValueKind kind, ValueRange a, ValueRange b) => IsPositive(b)
        ? new(a.IsNonNegative ? 0 : 1 - b.Low, b.Low - 1)
        : RemainderOfNonNegative(kind, a, b);

    internal static ValueRange UnsignedRemainder(ValueKind kind, ValueRange a, ValueRange b) =>
        IsPositive(b) ? new(0, b.Low - 1) : RemainderOfNonNegative(kind, a, b);

    internal static ValueRange Smaller(ValueKind kind, ValueRange a, ValueRange b) => new(Math.Min(a.Low, b.Low), Math.Min(a.High, b.High));

    internal static ValueRange Larger(ValueKind kind, ValueRange a, ValueRange b) => new(Math.Max(a.Low, b.Low), Math.Max(a.High, b.High));

    internal static ValueRange Magnitude(ValueKind kind, ValueRange a, ValueRange b) => a.Low > Of(kind).Low
        ? new(a.IsNonNegative ? a.Low : 0, Math.Max(Math.Abs(a.Low), Math.Abs(a.High)))
        : Of(kind);

    internal static ValueRange Conjunction(ValueKind kind, ValueRange a, ValueRange b) =>
        b.IsNonNegative ? new(0, b.High) : a.IsNonNegative ? new(0, a.High) : Of(kind);

    internal static ValueRange ShiftedRight(ValueKind kind, ValueRange a, ValueRange b) => a.IsNonNegative && b.IsSingle && b.Low is >= 0 and < 64
        ? new(a.Low >> (int)b.Low, a.High >> (int)b.Low)
        : Of(kind);

    internal static ValueRange Same(ValueKind kind, ValueRange a, ValueRange b) => a;

    // The same bits in another width, or read as unsigned ones.
    internal static ValueRange Reinterpreted(ValueKind kind, ValueRange a, ValueRange b) =>
        a.IsNonNegative && a.High <= Of(kind).High ? a : Of(kind);

    private static bool IsPositive(ValueRange divisor) => divisor.IsSingle && divisor.Low > 0;

    // 0 by definition where b is 0.
    private static ValueRange RemainderOfNonNegative(ValueKind kind, ValueRange a, ValueRange b) =>
        a.IsNonNegative && b.IsNonNegative ? new(0, Math.Min(a.High, Math.Max(b.High - 1, 0))) : Of(kind);

    // A result that may wrap around can be anything.
    private static ValueRange Within(ValueKind kind, Int128 low, Int128 high)
    {
        ValueRange whole = Of(kind);
        return low >= whole.Low && high <= whole.High ? new((long)low, (long)high) : whole;
    }
}
