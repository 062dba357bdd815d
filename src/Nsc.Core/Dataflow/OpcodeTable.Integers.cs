// The rows of operations on integers and booleans. Unsigned ones read the same bits as unsigned numbers.

namespace Nsc.Core.Dataflow;

public static partial class OpcodeTable
{
    private static OpcodeRow[] Integers =>
    [
        Infix(Opcode.UnsignedDivide, "/") with
        {
            Integer = (kind, a, b) => b == 0 ? 0 : (long)(kind.Unsigned(a) / kind.Unsigned(b)),
            Range = ValueRange.Quotient, RealOfInteger = (_, a, b) => Math.Truncate(a / b),
        },
        Infix(Opcode.UnsignedRemainder, "%") with
        {
            Integer = (kind, a, b) => b == 0 ? 0 : (long)(kind.Unsigned(a) % kind.Unsigned(b)),
            Range = ValueRange.UnsignedRemainder, RealOfInteger = (_, a, b) => a % b,
        },
        Call(Opcode.UnsignedMinimum, 2, "min") with
        {
            IsCommutative = true, Integer = (kind, a, b) => kind.Unsigned(a) < kind.Unsigned(b) ? a : b,
            RealOfInteger = (_, a, b) => Math.Min(a, b), Moments = MomentRule.Minimum, FirstWhen = "{0} <= {1}",
        },
        Call(Opcode.UnsignedMaximum, 2, "max") with
        {
            IsCommutative = true, Integer = (kind, a, b) => kind.Unsigned(a) > kind.Unsigned(b) ? a : b,
            RealOfInteger = (_, a, b) => Math.Max(a, b), Moments = MomentRule.Maximum, FirstWhen = "{0} >= {1}",
        },
        Infix(Opcode.And, "&") with
        {
            IsCommutative = true, Integer = (_, a, b) => a & b,
            Range = ValueRange.Conjunction, Moments = MomentRule.Conjunction, RealOfInteger = (kind, a, b) => kind.WrapTo(Nearest(a) & Nearest(b)),
        },
        Infix(Opcode.Or, "|") with
        {
            IsCommutative = true, Integer = (_, a, b) => a | b,
            Moments = MomentRule.Disjunction, RealOfInteger = (kind, a, b) => kind.WrapTo(Nearest(a) | Nearest(b)),
        },
        Infix(Opcode.Xor, "^") with
        {
            IsCommutative = true, Integer = (_, a, b) => a ^ b,
            Moments = MomentRule.ExclusiveOr, RealOfInteger = (kind, a, b) => kind.WrapTo(Nearest(a) ^ Nearest(b)),
        },
        Prefix(Opcode.Not, "!") with { Integer = (_, a, _) => ~a, Moments = MomentRule.Complement },
        Infix(Opcode.ShiftLeft, "<<") with
        {
            Integer = (kind, a, b) => IsShift(kind, b) ? a << (int)b : 0, RealOfInteger = (_, a, b) => a * Math.Pow(2, Math.Round(b)),
        },
        Infix(Opcode.ShiftRightLogical, ">>") with
        {
            Integer = (kind, a, b) => IsShift(kind, b) ? (long)(kind.Unsigned(a) >> (int)b) : 0,
            Range = ValueRange.ShiftedRight, RealOfInteger = (_, a, b) => Math.Floor(a / Math.Pow(2, Math.Round(b))),
        },
        Infix(Opcode.ShiftRightArithmetic, ">>") with
        {
            Integer = (kind, a, b) => IsShift(kind, b) ? a >> (int)b : 0,
            Range = ValueRange.ShiftedRight, RealOfInteger = (_, a, b) => Math.Floor(a / Math.Pow(2, Math.Round(b))),
        },
    ];

    private static OpcodeRow[] Comparisons =>
    [
        Compare(Opcode.Equal, "==") with
        {
            IsCommutative = true,
            FloatingToInteger = (x, y) => x == y ? 1 : 0, Integer = (_, a, b) => a == b ? 1 : 0, RealOfInteger = (_, a, b) => Math.Abs(a - b) < 0.5 ? 1 : 0,
        },
        Compare(Opcode.NotEqual, "!=") with
        {
            IsCommutative = true,
            FloatingToInteger = (x, y) => x != y ? 1 : 0, Integer = (_, a, b) => a != b ? 1 : 0, RealOfInteger = (_, a, b) => Math.Abs(a - b) < 0.5 ? 0 : 1,
        },
        Compare(Opcode.Less, "<") with
        {
            FloatingToInteger = (x, y) => x < y ? 1 : 0, Integer = (_, a, b) => a < b ? 1 : 0, RealOfInteger = (_, a, b) => a < b ? 1 : 0,
        },
        Compare(Opcode.LessOrEqual, "<=") with
        {
            FloatingToInteger = (x, y) => x <= y ? 1 : 0, Integer = (_, a, b) => a <= b ? 1 : 0, RealOfInteger = (_, a, b) => a <= b ? 1 : 0,
        },
        Compare(Opcode.UnsignedLess, "<") with
        {
            Integer = (kind, a, b) => kind.Unsigned(a) < kind.Unsigned(b) ? 1 : 0, RealOfInteger = (_, a, b) => a < b ? 1 : 0,
        },
        Compare(Opcode.UnsignedLessOrEqual, "<=") with
        {
            Integer = (kind, a, b) => kind.Unsigned(a) <= kind.Unsigned(b) ? 1 : 0, RealOfInteger = (_, a, b) => a <= b ? 1 : 0,
        },
    ];

    private static OpcodeRow[] Conversions =>
    [
        Convert(Opcode.FloatToInteger) with
        {
            FloatingToInteger = (x, _) => x >= -TwoTo63 && x < TwoTo63 ? (long)x : long.MinValue, // as lround on x86-64; a cast is undefined there
            Moments = MomentRule.Function, RealOfInteger = (_, a, _) => Math.Truncate(a),
        },
        Convert(Opcode.FloatToUnsigned) with
        {
            FloatingToInteger = (x, _) => (long)(ulong)x, Moments = MomentRule.Function, RealOfInteger = (_, a, _) => Math.Truncate(a),
        },
        // To single precision by way of a double would be two roundings.
        Convert(Opcode.IntegerToFloat) with { IntegerToFloating = (_, to, a) => to == ValueKind.Float ? (float)a : (double)a },
        Convert(Opcode.UnsignedToFloat) with
        {
            IntegerToFloating = (from, to, a) => to == ValueKind.Float ? (float)from.Unsigned(a) : (double)from.Unsigned(a),
        },
        Convert(Opcode.RoundToFloat) with { Floating = (x, _, _) => (float)x },
        Convert(Opcode.Wrap) with { Integer = (_, a, _) => a, Range = ValueRange.Reinterpreted },
        Convert(Opcode.SignExtend) with { Integer = (_, a, _) => a, Range = ValueRange.Same },
        Convert(Opcode.ZeroExtend) with { Integer = (kind, a, _) => (long)kind.Unsigned(a), Range = ValueRange.Reinterpreted },
        Convert(Opcode.SingleToBits) with
        {
            IsCanonical = false, FloatingToInteger = (x, _) => BitConverter.SingleToInt32Bits((float)x),
            Moments = MomentRule.Function, RealOfInteger = (_, a, _) => BitConverter.SingleToInt32Bits((float)a),
        },
        Convert(Opcode.DoubleToBits) with
        {
            IsCanonical = false, FloatingToInteger = (x, _) => BitConverter.DoubleToInt64Bits(x),
            Moments = MomentRule.Function, RealOfInteger = (_, a, _) => BitConverter.DoubleToInt64Bits(a),
        },
        Convert(Opcode.BitsToFloat) with
        {
            IsCanonical = false, IntegerToFloating = (_, to, a) => FloatOf(to, a), Moments = MomentRule.Function, RealOfInteger = (kind, a, _) => FloatOf(kind, Nearest(a)),
        },
    ];

    private static double FloatOf(ValueKind kind, long bits) =>
        kind == ValueKind.Float ? BitConverter.Int32BitsToSingle((int)bits) : BitConverter.Int64BitsToDouble(bits);

    private const double TwoTo63 = 9223372036854775808.0;

    private static OpcodeRow Compare(Opcode opcode, string sign) => Infix(opcode, sign) with { Moments = MomentRule.Comparison };

    private static OpcodeRow Convert(Opcode opcode) => new(opcode, 1, Notation.Conversion) { Moments = MomentRule.Identity };

    // A shift by the width or more is undefined in C; the graph gives 0 for it.
    private static bool IsShift(ValueKind kind, long amount) => amount >= 0 && amount < kind.Bits();

    private static long Nearest(double value) => (long)Math.Clamp(Math.Round(value), -1e18, 1e18);
}
