// The closed set of operations a dataflow graph is made of, and the table that describes each one.

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

/// <summary>
/// An operation. Arithmetic opcodes are shared by floating and integer values, as in the source text; the node's
/// <see cref="ValueKind"/> tells them apart. Comparisons and conversions take their meaning from the operand's kind.
/// The numbers are part of the checkpoint format: append, never reorder.
/// </summary>
public enum Opcode : byte
{
    Input = 0,
    Constant,
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
    Negate,
    Absolute,
    Minimum,
    Maximum,
    Power,
    SquareRoot,
    CubeRoot,
    Hypotenuse,
    Exp,
    Exp2,
    ExpMinus1,
    Log,
    Log2,
    Log10,
    Log1Plus,
    Sin,
    Cos,
    Tan,
    Asin,
    Acos,
    Atan,
    Atan2,
    Sinh,
    Cosh,
    Tanh,
    Asinh,
    Acosh,
    Atanh,
    Floor,
    Ceiling,
    Truncate,
    Round,
    RoundToEven,
    CopySign,
    ErrorFunction,
    ComplementaryErrorFunction,
    Gamma,
    LogGamma,
    UnsignedDivide,
    UnsignedRemainder,
    UnsignedMinimum,
    UnsignedMaximum,
    And,
    Or,
    Xor,
    Not,
    ShiftLeft,
    ShiftRightLogical,
    ShiftRightArithmetic,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    UnsignedLess,
    UnsignedLessOrEqual,
    Select,
    FloatToInteger,
    FloatToUnsigned,
    IntegerToFloat,
    UnsignedToFloat,
    RoundToFloat,
    Wrap,
    SignExtend,
    ZeroExtend,

    // What follows is in exact graphs only; CanonicalGraph says it in the opcodes above, which are all that CompNet knows.

    /// <summary>a * b + c, rounded once.</summary>
    FusedMultiplyAdd,

    /// <summary>a - b * n, where n is the whole number nearest to a / b, the even one of two: exact, by IEEE 754.</summary>
    IeeeRemainder,

    /// <summary>a * 2^b, rounded once; b is a whole number.</summary>
    Scale,
    Exp10,
}

/// <summary>What every phase needs to know of an opcode.</summary>
public static class Opcodes
{
    /// <summary>How many opcodes canonical graphs have; the size of CompNet's opcode embedding.</summary>
    public const int Count = (int)Opcode.ZeroExtend + 1;

    /// <summary>The most operands any opcode takes.</summary>
    public const int MaxArity = 3;

    /// <summary>The number of operands.</summary>
    public static int Arity(this Opcode opcode) => opcode switch
    {
        Opcode.Input or Opcode.Constant => 0,
        Opcode.Select or Opcode.FusedMultiplyAdd => 3,
        Opcode.Add or Opcode.Subtract or Opcode.Multiply or Opcode.Divide or Opcode.Remainder
            or Opcode.Minimum or Opcode.Maximum or Opcode.Power or Opcode.Hypotenuse or Opcode.Atan2 or Opcode.CopySign
            or Opcode.IeeeRemainder or Opcode.Scale
            or Opcode.UnsignedDivide or Opcode.UnsignedRemainder or Opcode.UnsignedMinimum or Opcode.UnsignedMaximum
            or Opcode.And or Opcode.Or or Opcode.Xor
            or Opcode.ShiftLeft or Opcode.ShiftRightLogical or Opcode.ShiftRightArithmetic
            or Opcode.Equal or Opcode.NotEqual or Opcode.Less or Opcode.LessOrEqual
            or Opcode.UnsignedLess or Opcode.UnsignedLessOrEqual => 2,
        _ => 1,
    };

    /// <summary>Whether swapping the two operands leaves the value as it is.</summary>
    public static bool IsCommutative(this Opcode opcode) => opcode is Opcode.Add or Opcode.Multiply
        or Opcode.Minimum or Opcode.Maximum or Opcode.UnsignedMinimum or Opcode.UnsignedMaximum or Opcode.Hypotenuse
        or Opcode.And or Opcode.Or or Opcode.Xor or Opcode.Equal or Opcode.NotEqual;

    public static bool IsComparison(this Opcode opcode) =>
        opcode is >= Opcode.Equal and <= Opcode.UnsignedLessOrEqual;

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
