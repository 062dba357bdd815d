// The C library's and LLVM's functions that a graph can hold, as one table from name to meaning.

using Nsc.Core.Dataflow;
using Nsc.Core.Dataflow.Building;

namespace Nsc.FrontEnd.Lowering.Values;

/// <summary>Lowers calls of mathematical functions. Names are those of the double-precision functions of C.</summary>
internal sealed class MathFunctions(LoweringState lowering)
{
    private readonly ValueGraph _graph = lowering.Graph;

    /// <summary>Functions that are one opcode.</summary>
    private static readonly Dictionary<string, Opcode> Direct = new()
    {
        ["sqrt"] = Opcode.SquareRoot, ["cbrt"] = Opcode.CubeRoot, ["hypot"] = Opcode.Hypotenuse, ["pow"] = Opcode.Power,
        ["exp"] = Opcode.Exp, ["exp2"] = Opcode.Exp2, ["exp10"] = Opcode.Exp10, ["pow10"] = Opcode.Exp10, ["expm1"] = Opcode.ExpMinus1,
        ["log"] = Opcode.Log, ["log2"] = Opcode.Log2, ["log10"] = Opcode.Log10, ["log1p"] = Opcode.Log1Plus,
        ["sin"] = Opcode.Sin, ["cos"] = Opcode.Cos, ["tan"] = Opcode.Tan,
        ["asin"] = Opcode.Asin, ["acos"] = Opcode.Acos, ["atan"] = Opcode.Atan, ["atan2"] = Opcode.Atan2,
        ["sinh"] = Opcode.Sinh, ["cosh"] = Opcode.Cosh, ["tanh"] = Opcode.Tanh,
        ["asinh"] = Opcode.Asinh, ["acosh"] = Opcode.Acosh, ["atanh"] = Opcode.Atanh,
        ["erf"] = Opcode.ErrorFunction, ["erfc"] = Opcode.ComplementaryErrorFunction,
        ["tgamma"] = Opcode.Gamma, ["lgamma"] = Opcode.LogGamma,
        ["fabs"] = Opcode.Absolute, ["copysign"] = Opcode.CopySign, ["fmod"] = Opcode.Remainder,
        ["fmin"] = Opcode.Minimum, ["fmax"] = Opcode.Maximum,
        ["minnum"] = Opcode.Minimum, ["maxnum"] = Opcode.Maximum,
        ["fma"] = Opcode.FusedMultiplyAdd, ["remainder"] = Opcode.IeeeRemainder, ["drem"] = Opcode.IeeeRemainder,
        ["floor"] = Opcode.Floor, ["ceil"] = Opcode.Ceiling, ["trunc"] = Opcode.Truncate, ["round"] = Opcode.Round,
        ["rint"] = Opcode.RoundToEven, ["nearbyint"] = Opcode.RoundToEven, ["roundeven"] = Opcode.RoundToEven,
    };

    /// <summary>The table's name for a called function: <c>__sinf_finite</c>, <c>sinf</c> and <c>llvm.sin.f32</c> are <c>sin</c>.</summary>
    public static string BaseName(string callee)
    {
        if (callee.StartsWith("llvm.", StringComparison.Ordinal))
        {
            return callee.Split('.')[1];
        }

        string name = callee.StartsWith("__", StringComparison.Ordinal) ? callee[2..] : callee;
        name = name.EndsWith("_finite", StringComparison.Ordinal) ? name[..^"_finite".Length] : name;
        bool isFloatVariant = name.EndsWith('f') && name is not "erf" && IsKnown(name[..^1]);
        return isFloatVariant ? name[..^1] : name;
    }

    private static bool IsKnown(string name) => Direct.ContainsKey(name)
        || name is "fdim" or "ldexp" or "scalbn" or "scalbln" or "lround" or "llround" or "lrint" or "llrint"
            or "finite" or "isinf" or "isnan";

    /// <summary>The result of a function of floating values, or null when it is not in the table.</summary>
    /// <param name="kind">The kind of the result.</param>
    public int? Call(string name, ValueKind kind, IReadOnlyList<int> x)
    {
        if (Direct.TryGetValue(name, out Opcode opcode) && x.Count == opcode.Arity())
        {
            return _graph.Apply(opcode, kind, x[0], x.Count > 1 ? x[1] : -1, x.Count > 2 ? x[2] : -1);
        }

        return name switch
        {
            "fmuladd" => MultiplyAdd(x[0], x[1], x[2]),
            "fdim" => _graph.Select(_graph.Apply(Opcode.LessOrEqual, ValueKind.Boolean, x[0], x[1]), _graph.Floating(0), Apply(Opcode.Subtract, x[0], x[1])),
            "ldexp" or "scalbn" or "scalbln" => Apply(Opcode.Scale, x[0], _graph.Apply(Opcode.IntegerToFloat, ValueKind.Double, x[1])),
            "powi" => IntegerPower(x[0], x[1]),
            "lround" or "llround" => _graph.Apply(Opcode.FloatToInteger, kind, _graph.Apply(Opcode.Round, ValueKind.Double, x[0])),
            "lrint" or "llrint" => _graph.Apply(Opcode.FloatToInteger, kind, _graph.Apply(Opcode.RoundToEven, ValueKind.Double, x[0])),
            "isnan" => _graph.ToWidth(_graph.Apply(Opcode.NotEqual, ValueKind.Boolean, x[0], x[0]), kind, isSigned: false),
            "isinf" => _graph.ToWidth(IsInfinite(x[0]), kind, isSigned: false),
            "finite" => _graph.ToWidth(_graph.Apply(Opcode.Less, ValueKind.Boolean, Magnitude(x[0]), _graph.Floating(double.PositiveInfinity)), kind, isSigned: false),
            _ => null,
        };

        int Apply(Opcode operation, int a, int b = -1) => _graph.Apply(operation, kind, a, b);

        // What #pragma STDC FP_CONTRACT ON allows.
        int MultiplyAdd(int a, int b, int c)
        {
            lowering.Approximate("whether a * b + c is rounded once or twice depends on the machine");
            return Apply(Opcode.Add, Apply(Opcode.Multiply, a, b), c);
        }

        int IntegerPower(int value, int exponent)
        {
            const int MostProducts = 32;
            long n = _graph.IsConstant(exponent) ? _graph[exponent].Bits : long.MaxValue;
            if (Math.Abs((decimal)n) > MostProducts)
            {
                lowering.Approximate("a whole power is computed as pow(), which rounds otherwise");
                return Apply(Opcode.Power, value, Apply(Opcode.IntegerToFloat, exponent));
            }

            int power = Product(value, (int)Math.Abs(n));
            return n < 0 ? Apply(Opcode.Divide, _graph.Floating(1), power) : power;
        }

        // Squares, multiplied from the lowest bit of the exponent up: the order in which LLVM and its run-time library do it.
        int Product(int value, int exponent)
        {
            int? product = null;
            for (int square = value; exponent > 0; exponent /= 2)
            {
                product = exponent % 2 == 0 ? product : product is { } p ? Apply(Opcode.Multiply, p, square) : square;
                square = exponent > 1 ? Apply(Opcode.Multiply, square, square) : square;
            }

            return product ?? _graph.Floating(1);
        }
    }

    /// <summary>Whether a value is in one of the classes of <c>llvm.is.fpclass</c>, or null for a mixture that C's macros do not ask for.</summary>
    public int? IsInClass(int value, long mask)
    {
        const long NaN = 0x3, Infinite = 0x204, All = 0x3FF, Zero = 0x60, Subnormal = 0x90;
        int isNaN = _graph.Apply(Opcode.NotEqual, ValueKind.Boolean, value, value);
        int isInfinite = IsInfinite(value);
        return mask switch
        {
            NaN => isNaN,
            Infinite => isInfinite,
            NaN | Infinite => Or(isNaN, isInfinite),
            Zero => _graph.Apply(Opcode.Equal, ValueKind.Boolean, value, _graph.Floating(0)),
            All ^ NaN => _graph.Not(isNaN),
            All ^ Infinite => _graph.Not(isInfinite),
            All ^ NaN ^ Infinite => _graph.Apply(Opcode.Less, ValueKind.Boolean, Magnitude(value), _graph.Floating(double.PositiveInfinity)),
            All ^ NaN ^ Infinite ^ Zero ^ Subnormal => And(
                _graph.Apply(Opcode.LessOrEqual, ValueKind.Boolean, _graph.Floating(SmallestNormal(value)), Magnitude(value)),
                _graph.Apply(Opcode.Less, ValueKind.Boolean, Magnitude(value), _graph.Floating(double.PositiveInfinity))),
            0x3C => And(_graph.HasSign(value), _graph.Not(isNaN)), // -inf, -normal, -subnormal, -0
            0x200 => _graph.Apply(Opcode.Equal, ValueKind.Boolean, value, _graph.Floating(double.PositiveInfinity)),
            0x4 => _graph.Apply(Opcode.Equal, ValueKind.Boolean, value, _graph.Floating(double.NegativeInfinity)),
            _ => null,
        };

        int Or(int a, int b) => _graph.Apply(Opcode.Or, ValueKind.Boolean, a, b);
        int And(int a, int b) => _graph.Apply(Opcode.And, ValueKind.Boolean, a, b);
    }

    private double SmallestNormal(int value) => _graph.KindOf(value) == ValueKind.Float ? 1.1754943508222875e-38 : 2.2250738585072014e-308;

    private int Magnitude(int value) => _graph.Apply(Opcode.Absolute, _graph.KindOf(value), value);

    private int IsInfinite(int value) =>
        _graph.Apply(Opcode.Equal, ValueKind.Boolean, Magnitude(value), _graph.Floating(double.PositiveInfinity));
}
