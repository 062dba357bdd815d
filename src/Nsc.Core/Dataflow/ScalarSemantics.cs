// The meaning of every opcode on one value, as the table has it. The graph builder folds constants with it and the vectorised evaluator
// is tested against it, so there is one definition of what a graph computes.

namespace Nsc.Core.Dataflow;

/// <summary>Evaluates opcodes on 64-bit cells: the bits of a double for floating kinds, else a sign-extended integer.</summary>
public static class ScalarSemantics
{
    /// <summary>The result cell of an operation.</summary>
    /// <param name="kind">The kind of the result.</param>
    /// <param name="operandKind">The kind of the first operand (of the second one for <see cref="Opcode.Select"/>).</param>
    public static long Evaluate(Opcode opcode, ValueKind kind, ValueKind operandKind, long a, long b, long c)
    {
        if (opcode == Opcode.Select)
        {
            return a != 0 ? b : c;
        }

        OpcodeRow row = opcode.Row();
        if (operandKind.IsInteger())
        {
            return kind.IsInteger()
                ? kind.WrapTo((row.Integer ?? throw Undefined(row))(operandKind, a, b))
                : BitConverter.DoubleToInt64Bits((row.IntegerToFloating ?? throw Undefined(row))(operandKind, kind, a));
        }

        double x = BitConverter.Int64BitsToDouble(a), y = BitConverter.Int64BitsToDouble(b), z = BitConverter.Int64BitsToDouble(c);
        return kind.IsInteger() ? kind.WrapTo((row.FloatingToInteger ?? throw Undefined(row))(x, y))
            : kind == ValueKind.Float && row.Single is { } single ? Cell(kind, single((float)x, (float)y, (float)z))
            : Cell(kind, Floating(row, x, y, z));
    }

    /// <summary>The cell of a floating value of a kind, rounded to single precision where the kind is Float.</summary>
    public static long Cell(ValueKind kind, double value) =>
        BitConverter.DoubleToInt64Bits(kind == ValueKind.Float ? (float)value : value);

    /// <summary>A floating operation in double precision. Functions are the C library's, so that they have the program's own rounding.</summary>
    public static double Floating(Opcode opcode, double x, double y = 0, double z = 0) => Floating(opcode.Row(), x, y, z);

    internal static double Floating(OpcodeRow row, double x, double y = 0, double z = 0) => (row.Floating ?? throw Undefined(row))(x, y, z);

    private static ArgumentOutOfRangeException Undefined(OpcodeRow row) => new("opcode", row.Opcode, "not an operation on values of this kind");
}
