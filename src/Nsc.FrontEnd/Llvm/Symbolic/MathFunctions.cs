// The C library's and LLVM's functions that a graph can hold, as one table from name to meaning.

using Nsc.Core.Dataflow;

namespace Nsc.FrontEnd.Llvm.Symbolic;

/// <summary>Lowers calls of mathematical functions. Names are those of the double-precision functions of C.</summary>
internal sealed class MathFunctions(ValueGraph graph)
{
    /// <summary>Functions that are one opcode.</summary>
    private static readonly Dictionary<string, Opcode> Direct = new()
    {
        ["sqrt"] = Opcode.SquareRoot, ["cbrt"] = Opcode.CubeRoot, ["hypot"] = Opcode.Hypotenuse, ["pow"] = Opcode.Power,
        ["exp"] = Opcode.Exp, ["exp2"] = Opcode.Exp2, ["expm1"] = Opcode.ExpMinus1,
        ["log"] = Opcode.Log, ["log2"] = Opcode.Log2, ["log10"] = Opcode.Log10, ["log1p"] = Opcode.Log1Plus,
        ["sin"] = Opcode.Sin, ["cos"] = Opcode.Cos, ["tan"] = Opcode.Tan,
        ["asin"] = Opcode.Asin, ["acos"] = Opcode.Acos, ["atan"] = Opcode.Atan, ["atan2"] = Opcode.Atan2,
        ["sinh"] = Opcode.Sinh, ["cosh"] = Opcode.Cosh, ["tanh"] = Opcode.Tanh,
        ["asinh"] = Opcode.Asinh, ["acosh"] = Opcode.Acosh, ["atanh"] = Opcode.Atanh,
        ["erf"] = Opcode.ErrorFunction, ["erfc"] = Opcode.ComplementaryErrorFunction,
        ["tgamma"] = Opcode.Gamma, ["lgamma"] = Opcode.LogGamma,
        ["fabs"] = Opcode.Absolute, ["copysign"] = Opcode.CopySign, ["fmod"] = Opcode.Remainder,
        ["fmin"] = Opcode.Minimum, ["fmax"] = Opcode.Maximum,
        ["minnum"] = Opcode.Minimum, ["maxnum"] = Opcode.Maximum, ["minimum"] = Opcode.Minimum, ["maximum"] = Opcode.Maximum,
        ["minimumnum"] = Opcode.Minimum, ["maximumnum"] = Opcode.Maximum,
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
        || name is "fdim" or "fma" or "exp10" or "pow10" or "ldexp" or "scalbn" or "scalbln" or "remainder" or "drem" or "lround" or "llround" or "lrint" or "llrint"
            or "finite" or "isinf" or "isnan";

    /// <summary>The result of a function of floating values, or null when it is not in the table.</summary>
    /// <param name="kind">The kind of the result.</param>
    public int? Call(string name, ValueKind kind, IReadOnlyList<int> x)
    {
        if (Direct.TryGetValue(name, out Opcode opcode) && x.Count == opcode.Arity())
        {
            return graph.Apply(opcode, kind, x[0], x.Count > 1 ? x[1] : -1);
        }

        return name switch
        {
            "fma" or "fmuladd" => Apply(Opcode.Add, Apply(Opcode.Multiply, x[0], x[1]), x[2]),
            "fdim" => Apply(Opcode.Maximum, Apply(Opcode.Subtract, x[0], x[1]), graph.Floating(0)),
            "exp10" or "pow10" => Apply(Opcode.Power, graph.Floating(10), x[0]),
            "ldexp" or "scalbn" or "scalbln" => Apply(Opcode.Multiply, x[0], Apply(Opcode.Exp2, Apply(Opcode.IntegerToFloat, x[1]))),
            "powi" => IntegerPower(x[0], x[1]),
            "remainder" or "drem" => Apply(Opcode.Subtract, x[0], Apply(Opcode.Multiply, x[1], Apply(Opcode.RoundToEven, Apply(Opcode.Divide, x[0], x[1])))),
            "lround" or "llround" => graph.Apply(Opcode.FloatToInteger, kind, graph.Apply(Opcode.Round, ValueKind.Double, x[0])),
            "lrint" or "llrint" => graph.Apply(Opcode.FloatToInteger, kind, graph.Apply(Opcode.RoundToEven, ValueKind.Double, x[0])),
            "isnan" => graph.ToWidth(graph.Apply(Opcode.NotEqual, ValueKind.Boolean, x[0], x[0]), kind, isSigned: false),
            "isinf" => graph.ToWidth(IsInfinite(x[0]), kind, isSigned: false),
            "finite" => graph.ToWidth(graph.Apply(Opcode.Less, ValueKind.Boolean, Magnitude(x[0]), graph.Floating(double.PositiveInfinity)), kind, isSigned: false),
            _ => null,
        };

        int Apply(Opcode operation, int a, int b = -1) => graph.Apply(operation, kind, a, b);

        int IntegerPower(int value, int exponent)
        {
            const int MostProducts = 32;
            long n = graph.IsConstant(exponent) ? graph[exponent].Bits : long.MaxValue;
            if (Math.Abs((decimal)n) > MostProducts)
            {
                return Apply(Opcode.Power, value, Apply(Opcode.IntegerToFloat, exponent));
            }

            int power = Product(value, (int)Math.Abs(n));
            return n < 0 ? Apply(Opcode.Divide, graph.Floating(1), power) : power;
        }

        int Product(int value, int exponent) => exponent == 0 ? graph.Floating(1)
            : exponent == 1 ? value
            : exponent % 2 == 1 ? Apply(Opcode.Multiply, Product(value, exponent - 1), value)
            : Product(Apply(Opcode.Multiply, value, value), exponent / 2);
    }

    /// <summary>Whether a value is in one of the classes of <c>llvm.is.fpclass</c>, or null for a mixture that C's macros do not ask for.</summary>
    public int? IsInClass(int value, long mask)
    {
        const long NaN = 0x3, Infinite = 0x204, All = 0x3FF, Zero = 0x60, Subnormal = 0x90;
        int isNaN = graph.Apply(Opcode.NotEqual, ValueKind.Boolean, value, value);
        int isInfinite = IsInfinite(value);
        return mask switch
        {
            NaN => isNaN,
            Infinite => isInfinite,
            NaN | Infinite => Or(isNaN, isInfinite),
            Zero => graph.Apply(Opcode.Equal, ValueKind.Boolean, value, graph.Floating(0)),
            All ^ NaN => graph.Not(isNaN),
            All ^ Infinite => graph.Not(isInfinite),
            All ^ NaN ^ Infinite => graph.Apply(Opcode.Less, ValueKind.Boolean, Magnitude(value), graph.Floating(double.PositiveInfinity)),
            All ^ NaN ^ Infinite ^ Zero ^ Subnormal => And(
                graph.Apply(Opcode.LessOrEqual, ValueKind.Boolean, graph.Floating(SmallestNormal(value)), Magnitude(value)),
                graph.Apply(Opcode.Less, ValueKind.Boolean, Magnitude(value), graph.Floating(double.PositiveInfinity))),
            0x3C => graph.Apply(Opcode.Less, ValueKind.Boolean, value, graph.Floating(0)), // signbit: -inf, -normal, -subnormal, -0
            0x3E => graph.Apply(Opcode.Less, ValueKind.Boolean, value, graph.Floating(0)),
            0x200 => graph.Apply(Opcode.Equal, ValueKind.Boolean, value, graph.Floating(double.PositiveInfinity)),
            0x4 => graph.Apply(Opcode.Equal, ValueKind.Boolean, value, graph.Floating(double.NegativeInfinity)),
            _ => null,
        };

        int Or(int a, int b) => graph.Apply(Opcode.Or, ValueKind.Boolean, a, b);
        int And(int a, int b) => graph.Apply(Opcode.And, ValueKind.Boolean, a, b);
    }

    private double SmallestNormal(int value) => graph.KindOf(value) == ValueKind.Float ? 1.17549435e-38 : 2.2250738585072014e-308;

    private int Magnitude(int value) => graph.Apply(Opcode.Absolute, graph.KindOf(value), value);

    private int IsInfinite(int value) =>
        graph.Apply(Opcode.Equal, ValueKind.Boolean, Magnitude(value), graph.Floating(double.PositiveInfinity));
}
