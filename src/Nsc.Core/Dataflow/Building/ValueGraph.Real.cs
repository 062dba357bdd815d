// What holds of real numbers only: the simplifications of canonical graphs.

namespace Nsc.Core.Dataflow.Building;

public sealed partial class ValueGraph
{
    private int? SimplifyReal(Opcode opcode, ValueKind kind, int a, int b, int c) => opcode switch
    {
        Opcode.FusedMultiplyAdd => Apply(Opcode.Add, kind, Apply(Opcode.Multiply, kind, a, b), c),
        Opcode.IeeeRemainder => Apply(
            Opcode.Subtract, kind, a, Apply(Opcode.Multiply, kind, b, Apply(Opcode.RoundToEven, kind, Apply(Opcode.Divide, kind, a, b)))),
        Opcode.Scale => Apply(Opcode.Multiply, kind, a, Apply(Opcode.Exp2, kind, b)),
        Opcode.Exp10 => Apply(Opcode.Power, kind, Floating(10), a),
        Opcode.SingleToBits => ToBits(kind, a, 127, 1 << 23),
        Opcode.DoubleToBits => ToBits(kind, a, 1023, 1L << 52),
        Opcode.BitsToFloat => FromBits(kind, a, kind == ValueKind.Float ? 127 : 1023, kind == ValueKind.Float ? 1 << 23 : 1L << 52),
        _ => null,
    };

    // To within a twelfth of the mantissa, bits are a scaled logarithm (Mitchell 1962): CompNet reads a power where the program shifts bits. Of a
    // negative number, the sign bit is the lowest integer.
    private int ToBits(ValueKind kind, int value, int bias, long one)
    {
        int exponent = Apply(Opcode.Log2, ValueKind.Double, Apply(Opcode.Absolute, ValueKind.Double, value));
        int both = Apply(Opcode.Add, ValueKind.Double, exponent, Floating(bias));
        int bits = Apply(Opcode.FloatToInteger, kind, Apply(Opcode.Multiply, ValueKind.Double, both, Floating(one)));
        int lowest = Integer(kind == ValueKind.Int32 ? int.MinValue : long.MinValue, kind);
        return Select(Apply(Opcode.Less, ValueKind.Boolean, value, Floating(0)), Apply(Opcode.Add, kind, bits, lowest), bits);
    }

    private int FromBits(ValueKind kind, int bits, int bias, long one)
    {
        int both = Apply(Opcode.Divide, ValueKind.Double, Apply(Opcode.IntegerToFloat, ValueKind.Double, bits), Floating(one));
        return Apply(Opcode.Exp2, kind, Apply(Opcode.Subtract, ValueKind.Double, both, Floating(bias)));
    }
}
