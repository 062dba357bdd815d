// The closed set of operations that a dataflow graph is made of. OpcodeTable says what each one is.

namespace Nsc.Core.Dataflow;

/// <summary>
/// An operation. Arithmetic opcodes are shared by floating and integer values, as in the source text; the node's
/// <see cref="ValueKind"/> tells them apart. Comparisons and conversions take their meaning from the operand's kind.
/// A number is an opcode's place in <see cref="OpcodeTable"/>; files name opcodes, so that others can be added.
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

    // What follows is in exact graphs only (OpcodeRow.IsCanonical): ValueGraph.SimplifyReal says it in the opcodes above.

    /// <summary>a * b + c, rounded once.</summary>
    FusedMultiplyAdd,

    /// <summary>a - b * n, where n is the whole number nearest to a / b, the even one of two: exact, by IEEE 754.</summary>
    IeeeRemainder,

    /// <summary>a * 2^b, rounded once; b is a whole number.</summary>
    Scale,
    Exp10,

    /// <summary>The bits of a float as an integer, by IEEE 754.</summary>
    SingleToBits,

    /// <summary>The bits of a double likewise.</summary>
    DoubleToBits,

    /// <summary>The floating-point number that has an integer's bits.</summary>
    BitsToFloat,
}
