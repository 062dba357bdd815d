// The rows of the functions of libm.

using System.Numerics.Tensors;

namespace Nsc.Core.Dataflow;

public static partial class OpcodeTable
{
    private static OpcodeRow[] Functions =>
    [
        Call(Opcode.Power, 2, "pow") with
        {
            Floating = (x, y, _) => Math.Pow(x, y), Single = (x, y, _) => MathF.Pow(x, y),
            Products = ProductRule.Factors, Domain = new(0, "{0} >= 0", x => x >= 0),
        },
        Call(Opcode.SquareRoot, 1, "sqrt") with
        {
            Floating = (x, _, _) => Math.Sqrt(x),
            Column = (a, _, result) => TensorPrimitives.Sqrt(a, result),
            Products = ProductRule.Factors, Domain = new(0, "{0} >= 0", x => x >= 0),
        },
        Call(Opcode.CubeRoot, 1, "cbrt") with
        {
            Floating = (x, _, _) => Math.Cbrt(x), Single = (x, _, _) => MathF.Cbrt(x),
            Products = ProductRule.SignedFactors,
        },
        Call(Opcode.Hypotenuse, 2, "hypot") with
        {
            IsCommutative = true,
            Floating = (x, y, _) => NativeMath.Hypot(x, y), Single = (x, y, _) => NativeMath.Hypot(x, y),
        },
        Call(Opcode.Exp, 1, "exp") with
        {
            Floating = (x, _, _) => Math.Exp(x), Single = (x, _, _) => MathF.Exp(x), Products = ProductRule.Summands,
        },
        Call(Opcode.Exp2, 1, "exp2") with
        {
            Floating = (x, _, _) => NativeMath.Exp2(x), Single = (x, _, _) => NativeMath.Exp2(x), Products = ProductRule.Summands,
        },
        Call(Opcode.Exp10, 1, "exp10") with
        {
            IsCanonical = false,
            Floating = (x, _, _) => NativeMath.Exp10(x), Single = (x, _, _) => NativeMath.Exp10(x), Products = ProductRule.Summands,
        },
        Call(Opcode.ExpMinus1, 1, "expm1") with
        {
            Floating = (x, _, _) => NativeMath.Expm1(x), Single = (x, _, _) => NativeMath.Expm1(x), Products = ProductRule.SummandsMinusOne,
        },
        Call(Opcode.Log, 1, "log") with
        {
            Floating = (x, _, _) => Math.Log(x), Single = (x, _, _) => MathF.Log(x),
            Products = ProductRule.Logarithm, Base = Math.E, Domain = new(0, "{0} > 0", x => x > 0),
        },
        Call(Opcode.Log2, 1, "log2") with
        {
            Floating = (x, _, _) => Math.Log2(x), Single = (x, _, _) => MathF.Log2(x),
            Products = ProductRule.Logarithm, Base = 2, Domain = new(0, "{0} > 0", x => x > 0),
        },
        Call(Opcode.Log10, 1, "log10") with
        {
            Floating = (x, _, _) => Math.Log10(x), Single = (x, _, _) => MathF.Log10(x),
            Products = ProductRule.Logarithm, Base = 10, Domain = new(0, "{0} > 0", x => x > 0),
        },
        Call(Opcode.Log1Plus, 1, "log1p") with
        {
            Floating = (x, _, _) => NativeMath.Log1p(x), Single = (x, _, _) => NativeMath.Log1p(x), Domain = new(0, "{0} > -1", x => x > -1),
        },
        Call(Opcode.Sin, 1, "sin") with
        {
            Floating = (x, _, _) => Math.Sin(x), Single = (x, _, _) => MathF.Sin(x), Products = ProductRule.Sine,
        },
        Call(Opcode.Cos, 1, "cos") with
        {
            Floating = (x, _, _) => Math.Cos(x), Single = (x, _, _) => MathF.Cos(x), Products = ProductRule.Cosine,
        },
        Call(Opcode.Tan, 1, "tan") with { Floating = (x, _, _) => Math.Tan(x), Single = (x, _, _) => MathF.Tan(x) },
        Call(Opcode.Asin, 1, "asin") with
        {
            Floating = (x, _, _) => Math.Asin(x), Single = (x, _, _) => MathF.Asin(x), Domain = new(0, "{0} * {0} <= 1", x => x * x <= 1),
        },
        Call(Opcode.Acos, 1, "acos") with
        {
            Floating = (x, _, _) => Math.Acos(x), Single = (x, _, _) => MathF.Acos(x), Domain = new(0, "{0} * {0} <= 1", x => x * x <= 1),
        },
        Call(Opcode.Atan, 1, "atan") with { Floating = (x, _, _) => Math.Atan(x), Single = (x, _, _) => MathF.Atan(x) },
        Call(Opcode.Atan2, 2, "atan2") with { Floating = (x, y, _) => Math.Atan2(x, y), Single = (x, y, _) => MathF.Atan2(x, y) },
        Call(Opcode.Sinh, 1, "sinh") with { Floating = (x, _, _) => Math.Sinh(x), Single = (x, _, _) => MathF.Sinh(x) },
        Call(Opcode.Cosh, 1, "cosh") with { Floating = (x, _, _) => Math.Cosh(x), Single = (x, _, _) => MathF.Cosh(x) },
        Call(Opcode.Tanh, 1, "tanh") with { Floating = (x, _, _) => Math.Tanh(x), Single = (x, _, _) => MathF.Tanh(x) },
        Call(Opcode.Asinh, 1, "asinh") with { Floating = (x, _, _) => Math.Asinh(x), Single = (x, _, _) => MathF.Asinh(x) },
        Call(Opcode.Acosh, 1, "acosh") with
        {
            Floating = (x, _, _) => Math.Acosh(x), Single = (x, _, _) => MathF.Acosh(x), Domain = new(0, "{0} >= 1", x => x >= 1),
        },
        Call(Opcode.Atanh, 1, "atanh") with
        {
            Floating = (x, _, _) => Math.Atanh(x), Single = (x, _, _) => MathF.Atanh(x), Domain = new(0, "{0} * {0} < 1", x => x * x < 1),
        },
        Call(Opcode.Floor, 1, "floor") with
        {
            Floating = (x, _, _) => Math.Floor(x), Column = (a, _, result) => TensorPrimitives.Floor(a, result),
        },
        Call(Opcode.Ceiling, 1, "ceil") with
        {
            Floating = (x, _, _) => Math.Ceiling(x), Column = (a, _, result) => TensorPrimitives.Ceiling(a, result),
        },
        Call(Opcode.Truncate, 1, "trunc") with { Floating = (x, _, _) => Math.Truncate(x) },
        Call(Opcode.Round, 1, "round") with { Floating = (x, _, _) => Math.Round(x, MidpointRounding.AwayFromZero) },
        Call(Opcode.RoundToEven, 1, "roundeven") with { Floating = (x, _, _) => Math.Round(x, MidpointRounding.ToEven) },
        Call(Opcode.CopySign, 2, "copysign") with { Floating = (x, y, _) => Math.CopySign(x, y) },
        Call(Opcode.ErrorFunction, 1, "erf") with { Floating = (x, _, _) => NativeMath.Erf(x), Single = (x, _, _) => NativeMath.Erf(x) },
        Call(Opcode.ComplementaryErrorFunction, 1, "erfc") with { Floating = (x, _, _) => NativeMath.Erfc(x), Single = (x, _, _) => NativeMath.Erfc(x) },
        Call(Opcode.Gamma, 1, "tgamma") with { Floating = (x, _, _) => NativeMath.TGamma(x), Single = (x, _, _) => NativeMath.TGamma(x) },
        Call(Opcode.LogGamma, 1, "lgamma") with { Floating = (x, _, _) => NativeMath.LGamma(x), Single = (x, _, _) => NativeMath.LGamma(x) },
        Call(Opcode.FusedMultiplyAdd, 3, "fma") with
        {
            IsCanonical = false, Floating = Math.FusedMultiplyAdd, Single = MathF.FusedMultiplyAdd,
        },
        Call(Opcode.IeeeRemainder, 2, "remainder") with { IsCanonical = false, Floating = (x, y, _) => NativeMath.Remainder(x, y) },
        Call(Opcode.Scale, 2, "ldexp") with
        {
            IsCanonical = false, Floating = (x, y, _) => Math.ScaleB(x, (int)Math.Clamp(y, -100_000, 100_000)),
        },
    ];
}
