// The rows of arithmetic that floating and integer values share, and of what is floating only but no function of libm's kind.

using System.Numerics.Tensors;

namespace Nsc.Core.Dataflow;

public static partial class OpcodeTable
{
    private static OpcodeRow[] Arithmetic =>
    [
        Infix(Opcode.Add, "+") with
        {
            IsCommutative = true,
            Floating = (x, y, _) => x + y, Integer = (_, a, b) => a + b,
            Column = (a, b, result) => TensorPrimitives.Add(a, b, result),
            Range = ValueRange.Sum, Moments = MomentRule.Sum,
        },
        Infix(Opcode.Subtract, "-") with
        {
            Floating = (x, y, _) => x - y, Integer = (_, a, b) => a - b,
            Column = (a, b, result) => TensorPrimitives.Subtract(a, b, result),
            Range = ValueRange.Difference, Moments = MomentRule.Difference,
        },
        Infix(Opcode.Multiply, "*") with
        {
            IsCommutative = true,
            Floating = (x, y, _) => x * y, Integer = (_, a, b) => a * b,
            Column = (a, b, result) => TensorPrimitives.Multiply(a, b, result),
            Range = ValueRange.Product, Moments = MomentRule.Product,
        },
        Infix(Opcode.Divide, "/") with
        {
            Floating = (x, y, _) => x / y, Integer = (_, a, b) => b == 0 ? 0 : b == -1 ? -a : a / b,
            Column = (a, b, result) => TensorPrimitives.Divide(a, b, result),
            Range = ValueRange.Quotient, Moments = MomentRule.Quotient, RealOfInteger = (_, a, b) => Math.Truncate(a / b),
            Domain = new(1, "{0} != 0", x => x != 0),
        },
        Infix(Opcode.Remainder, "%") with
        {
            Floating = (x, y, _) => x % y, Integer = (_, a, b) => b is 0 or -1 ? 0 : a % b,
            Range = ValueRange.Remainder,
            Domain = new(1, "{0} != 0", x => x != 0),
        },
        Prefix(Opcode.Negate, "-") with
        {
            Floating = (x, _, _) => -x, Integer = (_, a, _) => -a,
            Column = (a, _, result) => TensorPrimitives.Negate(a, result),
            Range = ValueRange.Negation, Moments = MomentRule.Negation,
        },
        Call(Opcode.Absolute, 1, "abs") with
        {
            Floating = (x, _, _) => Math.Abs(x), Integer = (_, a, _) => a < 0 ? -a : a,
            Column = (a, _, result) => TensorPrimitives.Abs(a, result),
            Range = ValueRange.Magnitude, Products = ProductRule.SignedFactors, FirstWhen = "{0} >= 0",
        },
        Call(Opcode.Minimum, 2, "min") with
        {
            IsCommutative = true,
            Floating = (x, y, _) => double.IsNaN(x) ? y : y < x ? y : x, Integer = (_, a, b) => Math.Min(a, b),
            Range = ValueRange.Smaller, Moments = MomentRule.Minimum, FirstWhen = "{0} <= {1}",
        },
        Call(Opcode.Maximum, 2, "max") with
        {
            IsCommutative = true,
            Floating = (x, y, _) => double.IsNaN(x) ? y : y > x ? y : x, Integer = (_, a, b) => Math.Max(a, b),
            Range = ValueRange.Larger, Moments = MomentRule.Maximum, FirstWhen = "{0} >= {1}",
        },
    ];
}
