// Ranges decide branches, so a range that is too narrow makes a wrong graph: checked against every pair of small operands.

using Nsc.Core.Dataflow;
using Nsc.Core.Dataflow.Building;

namespace Nsc.Tests.Core.Dataflow.Building;

public sealed class ValueRangeTests
{
    private static readonly ValueRange[] Ranges = [new(-128, 127), new(-3, 5), new(0, 9), new(4, 4), new(1, 7), new(-9, -2), new(100, 127), new(0, 0)];

    public static TheoryData<Opcode> IntegerOperations =>
    [
        Opcode.Add, Opcode.Subtract, Opcode.Multiply, Opcode.Divide, Opcode.Remainder, Opcode.Negate, Opcode.Absolute,
        Opcode.Minimum, Opcode.Maximum, Opcode.UnsignedDivide, Opcode.UnsignedRemainder, Opcode.UnsignedMinimum, Opcode.UnsignedMaximum,
        Opcode.And, Opcode.Or, Opcode.Xor, Opcode.Not, Opcode.ShiftLeft, Opcode.ShiftRightLogical, Opcode.ShiftRightArithmetic,
    ];

    [Theory]
    [MemberData(nameof(IntegerOperations))]
    public void A_range_holds_every_result(Opcode opcode)
    {
        foreach (ValueRange a in Ranges)
        {
            foreach (ValueRange b in Ranges)
            {
                ValueRange range = ValueRange.After(opcode, ValueKind.Int8, a, b);
                for (long x = a.Low; x <= a.High; x++)
                {
                    for (long y = b.Low; y <= b.High; y++)
                    {
                        Assert.InRange(ScalarSemantics.Evaluate(opcode, ValueKind.Int8, ValueKind.Int8, x, y, 0), range.Low, range.High);
                    }
                }
            }
        }
    }

    [Theory]
    [InlineData(Opcode.Wrap)]
    [InlineData(Opcode.ZeroExtend)]
    [InlineData(Opcode.SignExtend)]
    public void A_range_holds_every_conversion(Opcode opcode)
    {
        ValueKind from = opcode == Opcode.Wrap ? ValueKind.Int16 : ValueKind.Int8, to = opcode == Opcode.Wrap ? ValueKind.Int8 : ValueKind.Int16;
        foreach (ValueRange a in Ranges.Append(new ValueRange(-1, 127)))
        {
            ValueRange range = ValueRange.After(opcode, to, a, default);
            for (long x = a.Low; x <= a.High; x++)
            {
                Assert.InRange(ScalarSemantics.Evaluate(opcode, to, from, x, 0, 0), range.Low, range.High);
            }
        }
    }
}
