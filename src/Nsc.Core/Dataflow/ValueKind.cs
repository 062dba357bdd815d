// The types of a graph's values.

namespace Nsc.Core.Dataflow;

/// <summary>
/// The type of a value. Integer values are held as 64-bit two's complement, sign-extended from their width;
/// unsigned operations reinterpret them. A boolean is 0 or 1.
/// </summary>
public enum ValueKind : byte
{
    Boolean,
    Int8,
    Int16,
    Int32,
    Int64,
    Float,
    Double,
}

public static class ValueKinds
{
    public static bool IsFloating(this ValueKind kind) => kind >= ValueKind.Float;

    public static bool IsInteger(this ValueKind kind) => kind < ValueKind.Float;

    /// <summary>The width of an integer kind in bits.</summary>
    public static int Bits(this ValueKind kind) => kind switch
    {
        ValueKind.Boolean => 1,
        ValueKind.Int8 => 8,
        ValueKind.Int16 => 16,
        ValueKind.Int32 or ValueKind.Float => 32,
        _ => 64,
    };

    /// <summary>Reduces an integer to the kind's width: sign-extended, or 0 or 1 for a boolean.</summary>
    public static long WrapTo(this ValueKind kind, long value) => kind switch
    {
        ValueKind.Boolean => value & 1,
        ValueKind.Int8 => (sbyte)value,
        ValueKind.Int16 => (short)value,
        ValueKind.Int32 => (int)value,
        _ => value,
    };

    /// <summary>The value's bits read as an unsigned number of the kind's width.</summary>
    public static ulong Unsigned(this ValueKind kind, long value) => kind switch
    {
        ValueKind.Boolean => (ulong)(value & 1),
        ValueKind.Int8 => (byte)value,
        ValueKind.Int16 => (ushort)value,
        ValueKind.Int32 => (uint)value,
        _ => (ulong)value,
    };
}
