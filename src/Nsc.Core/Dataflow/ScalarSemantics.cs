// The meaning of every opcode on one value. The graph builder folds constants with it and the vectorised evaluator is
// tested against it, so there is one definition of what a graph computes.

using System.Runtime.InteropServices;

namespace Nsc.Core.Dataflow;

/// <summary>Evaluates opcodes on 64-bit cells: the bits of a double for floating kinds, else a sign-extended integer.</summary>
public static partial class ScalarSemantics
{
    private const double TwoTo63 = 9223372036854775808.0;

    /// <summary>The result cell of an operation.</summary>
    /// <param name="kind">The kind of the result.</param>
    /// <param name="operandKind">The kind of the first operand (of the second one for <see cref="Opcode.Select"/>).</param>
    public static long Evaluate(Opcode opcode, ValueKind kind, ValueKind operandKind, long a, long b, long c)
    {
        if (opcode == Opcode.Select)
        {
            return a != 0 ? b : c;
        }

        if (operandKind.IsInteger())
        {
            return kind.IsInteger()
                ? kind.WrapTo(Integer(opcode, operandKind, a, b))
                : opcode == Opcode.UnsignedToFloat ? CellOfUnsigned(kind, operandKind.Unsigned(a)) : CellOfInteger(kind, a);
        }

        double x = BitConverter.Int64BitsToDouble(a), y = BitConverter.Int64BitsToDouble(b), z = BitConverter.Int64BitsToDouble(c);
        return kind.IsInteger() ? kind.WrapTo(FloatingToInteger(opcode, x, y))
            : kind == ValueKind.Float ? Cell(kind, Single(opcode, (float)x, (float)y, (float)z) ?? Floating(opcode, x, y, z))
            : Cell(kind, Floating(opcode, x, y, z));
    }

    /// <summary>The cell of a floating value of a kind, rounded to single precision where the kind is Float.</summary>
    public static long Cell(ValueKind kind, double value) =>
        BitConverter.DoubleToInt64Bits(kind == ValueKind.Float ? (float)value : value);

    // From an integer in one rounding: to single precision by way of a double would be two.
    private static long CellOfInteger(ValueKind kind, long value) =>
        BitConverter.DoubleToInt64Bits(kind == ValueKind.Float ? (float)value : (double)value);

    private static long CellOfUnsigned(ValueKind kind, ulong value) =>
        BitConverter.DoubleToInt64Bits(kind == ValueKind.Float ? (float)value : (double)value);

    /// <summary>A floating operation in double precision. Functions are the C library's, so that they have the program's own rounding.</summary>
    public static double Floating(Opcode opcode, double x, double y = 0, double z = 0) => opcode switch
    {
        Opcode.Add => x + y,
        Opcode.Subtract => x - y,
        Opcode.Multiply => x * y,
        Opcode.Divide => x / y,
        Opcode.Remainder => x % y,
        Opcode.Negate => -x,
        Opcode.Absolute => Math.Abs(x),
        Opcode.Minimum => double.IsNaN(x) ? y : y < x ? y : x,
        Opcode.Maximum => double.IsNaN(x) ? y : y > x ? y : x,
        Opcode.Power => Math.Pow(x, y),
        Opcode.SquareRoot => Math.Sqrt(x),
        Opcode.CubeRoot => Math.Cbrt(x),
        Opcode.Hypotenuse => LibM.Hypot(x, y),
        Opcode.Exp => Math.Exp(x),
        Opcode.Exp2 => LibM.Exp2(x),
        Opcode.Exp10 => LibM.Exp10(x),
        Opcode.ExpMinus1 => LibM.Expm1(x),
        Opcode.Log => Math.Log(x),
        Opcode.Log2 => Math.Log2(x),
        Opcode.Log10 => Math.Log10(x),
        Opcode.Log1Plus => LibM.Log1p(x),
        Opcode.Sin => Math.Sin(x),
        Opcode.Cos => Math.Cos(x),
        Opcode.Tan => Math.Tan(x),
        Opcode.Asin => Math.Asin(x),
        Opcode.Acos => Math.Acos(x),
        Opcode.Atan => Math.Atan(x),
        Opcode.Atan2 => Math.Atan2(x, y),
        Opcode.Sinh => Math.Sinh(x),
        Opcode.Cosh => Math.Cosh(x),
        Opcode.Tanh => Math.Tanh(x),
        Opcode.Asinh => Math.Asinh(x),
        Opcode.Acosh => Math.Acosh(x),
        Opcode.Atanh => Math.Atanh(x),
        Opcode.Floor => Math.Floor(x),
        Opcode.Ceiling => Math.Ceiling(x),
        Opcode.Truncate => Math.Truncate(x),
        Opcode.Round => Math.Round(x, MidpointRounding.AwayFromZero),
        Opcode.RoundToEven => Math.Round(x, MidpointRounding.ToEven),
        Opcode.CopySign => Math.CopySign(x, y),
        Opcode.ErrorFunction => LibM.Erf(x),
        Opcode.ComplementaryErrorFunction => LibM.Erfc(x),
        Opcode.Gamma => LibM.TGamma(x),
        Opcode.LogGamma => LibM.LGamma(x),
        Opcode.RoundToFloat => (float)x,
        Opcode.FusedMultiplyAdd => Math.FusedMultiplyAdd(x, y, z),
        Opcode.IeeeRemainder => LibM.Remainder(x, y),
        Opcode.Scale => Math.ScaleB(x, (int)Math.Clamp(y, -100_000, 100_000)),
        _ => throw new ArgumentOutOfRangeException(nameof(opcode), opcode, "not a floating operation"),
    };

    // The functions that the C library computes in single precision with other results than rounded double ones. Null for the
    // other operations: of floats, rounding the result in double precision is the result in single precision (Figueroa 1995).
    private static double? Single(Opcode opcode, float x, float y, float z) => opcode switch
    {
        Opcode.Power => MathF.Pow(x, y),
        Opcode.CubeRoot => MathF.Cbrt(x),
        Opcode.Hypotenuse => LibM.Hypot(x, y),
        Opcode.Exp => MathF.Exp(x),
        Opcode.Exp2 => LibM.Exp2(x),
        Opcode.Exp10 => LibM.Exp10(x),
        Opcode.ExpMinus1 => LibM.Expm1(x),
        Opcode.Log => MathF.Log(x),
        Opcode.Log2 => MathF.Log2(x),
        Opcode.Log10 => MathF.Log10(x),
        Opcode.Log1Plus => LibM.Log1p(x),
        Opcode.Sin => MathF.Sin(x),
        Opcode.Cos => MathF.Cos(x),
        Opcode.Tan => MathF.Tan(x),
        Opcode.Asin => MathF.Asin(x),
        Opcode.Acos => MathF.Acos(x),
        Opcode.Atan => MathF.Atan(x),
        Opcode.Atan2 => MathF.Atan2(x, y),
        Opcode.Sinh => MathF.Sinh(x),
        Opcode.Cosh => MathF.Cosh(x),
        Opcode.Tanh => MathF.Tanh(x),
        Opcode.Asinh => MathF.Asinh(x),
        Opcode.Acosh => MathF.Acosh(x),
        Opcode.Atanh => MathF.Atanh(x),
        Opcode.ErrorFunction => LibM.Erf(x),
        Opcode.ComplementaryErrorFunction => LibM.Erfc(x),
        Opcode.Gamma => LibM.TGamma(x),
        Opcode.LogGamma => LibM.LGamma(x),
        Opcode.FusedMultiplyAdd => MathF.FusedMultiplyAdd(x, y, z),
        _ => null,
    };

    private static long FloatingToInteger(Opcode opcode, double x, double y) => opcode switch
    {
        Opcode.Equal => x == y ? 1 : 0,
        Opcode.NotEqual => x != y ? 1 : 0,
        Opcode.Less => x < y ? 1 : 0,
        Opcode.LessOrEqual => x <= y ? 1 : 0,
        Opcode.FloatToInteger => x >= -TwoTo63 && x < TwoTo63 ? (long)x : long.MinValue, // as lround on x86-64; a cast is undefined there
        Opcode.FloatToUnsigned => (long)(ulong)x,
        _ => throw new ArgumentOutOfRangeException(nameof(opcode), opcode, "not a comparison or conversion"),
    };

    private static long Integer(Opcode opcode, ValueKind kind, long a, long b) => opcode switch
    {
        Opcode.Add => a + b,
        Opcode.Subtract => a - b,
        Opcode.Multiply => a * b,
        Opcode.Divide => b == 0 ? 0 : b == -1 ? -a : a / b,
        Opcode.Remainder => b is 0 or -1 ? 0 : a % b,
        Opcode.UnsignedDivide => b == 0 ? 0 : (long)(kind.Unsigned(a) / kind.Unsigned(b)),
        Opcode.UnsignedRemainder => b == 0 ? 0 : (long)(kind.Unsigned(a) % kind.Unsigned(b)),
        Opcode.Negate => -a,
        Opcode.Absolute => a < 0 ? -a : a,
        Opcode.Minimum => Math.Min(a, b),
        Opcode.Maximum => Math.Max(a, b),
        Opcode.UnsignedMinimum => kind.Unsigned(a) < kind.Unsigned(b) ? a : b,
        Opcode.UnsignedMaximum => kind.Unsigned(a) > kind.Unsigned(b) ? a : b,
        Opcode.And => a & b,
        Opcode.Or => a | b,
        Opcode.Xor => a ^ b,
        Opcode.Not => ~a,
        Opcode.ShiftLeft => ShiftAmount(kind, b) is { } s ? a << s : 0,
        Opcode.ShiftRightLogical => ShiftAmount(kind, b) is { } s ? (long)(kind.Unsigned(a) >> s) : 0,
        Opcode.ShiftRightArithmetic => ShiftAmount(kind, b) is { } s ? a >> s : 0,
        Opcode.Equal => a == b ? 1 : 0,
        Opcode.NotEqual => a != b ? 1 : 0,
        Opcode.Less => a < b ? 1 : 0,
        Opcode.LessOrEqual => a <= b ? 1 : 0,
        Opcode.UnsignedLess => kind.Unsigned(a) < kind.Unsigned(b) ? 1 : 0,
        Opcode.UnsignedLessOrEqual => kind.Unsigned(a) <= kind.Unsigned(b) ? 1 : 0,
        Opcode.Wrap or Opcode.SignExtend => a,
        Opcode.ZeroExtend => (long)kind.Unsigned(a),
        _ => throw new ArgumentOutOfRangeException(nameof(opcode), opcode, "not an integer operation"),
    };

    // A shift by the width or more is undefined in C; the graph gives 0 for it.
    private static int? ShiftAmount(ValueKind kind, long amount) => amount >= 0 && amount < kind.Bits() ? (int)amount : null;

    // Functions that .NET lacks, or computes in its own way, come from the C library that the program itself calls.
    private static partial class LibM
    {
        [LibraryImport(Library, EntryPoint = "erf")]
        public static partial double Erf(double x);

        [LibraryImport(Library, EntryPoint = "erff")]
        public static partial float Erf(float x);

        [LibraryImport(Library, EntryPoint = "erfc")]
        public static partial double Erfc(double x);

        [LibraryImport(Library, EntryPoint = "erfcf")]
        public static partial float Erfc(float x);

        [LibraryImport(Library, EntryPoint = "tgamma")]
        public static partial double TGamma(double x);

        [LibraryImport(Library, EntryPoint = "tgammaf")]
        public static partial float TGamma(float x);

        [LibraryImport(Library, EntryPoint = "lgamma")]
        public static partial double LGamma(double x);

        [LibraryImport(Library, EntryPoint = "lgammaf")]
        public static partial float LGamma(float x);

        [LibraryImport(Library, EntryPoint = "expm1")]
        public static partial double Expm1(double x);

        [LibraryImport(Library, EntryPoint = "expm1f")]
        public static partial float Expm1(float x);

        [LibraryImport(Library, EntryPoint = "log1p")]
        public static partial double Log1p(double x);

        [LibraryImport(Library, EntryPoint = "log1pf")]
        public static partial float Log1p(float x);

        [LibraryImport(Library, EntryPoint = "exp2")]
        public static partial double Exp2(double x);

        [LibraryImport(Library, EntryPoint = "exp2f")]
        public static partial float Exp2(float x);

        [LibraryImport(Library, EntryPoint = "exp10")]
        public static partial double Exp10(double x);

        [LibraryImport(Library, EntryPoint = "exp10f")]
        public static partial float Exp10(float x);

        [LibraryImport(Library, EntryPoint = "hypot")]
        public static partial double Hypot(double x, double y);

        [LibraryImport(Library, EntryPoint = "hypotf")]
        public static partial float Hypot(float x, float y);

        [LibraryImport(Library, EntryPoint = "remainder")]
        public static partial double Remainder(double x, double y);

        private const string Library = "libm.so.6";
    }
}
