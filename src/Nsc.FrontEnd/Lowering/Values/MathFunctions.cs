// Calls of libm, whose meaning is in LibmTable, and the functions of real numbers that only LLVM has.

using Nsc.Core.Dataflow;
using Nsc.Core.Dataflow.Building;
using Nsc.Core.Libm;

namespace Nsc.FrontEnd.Lowering.Values;

/// <summary>Lowers calls of mathematical functions. Names are those of the double-precision functions of C.</summary>
internal sealed class MathFunctions(LoweringState lowering)
{
    private readonly ValueGraph _graph = lowering.Graph;

    /// <summary>The table's name for a called function: <c>__sinf_finite</c>, <c>sinf</c> and <c>llvm.sin.f32</c> are <c>sin</c>.</summary>
    public static string BaseName(string callee)
    {
        if (callee.StartsWith("llvm.", StringComparison.Ordinal))
        {
            return callee.Split('.')[1] switch { "minnum" => "fmin", "maxnum" => "fmax", var name => name };
        }

        string plain = callee.StartsWith("__", StringComparison.Ordinal) ? callee[2..] : callee;
        plain = plain.EndsWith("_finite", StringComparison.Ordinal) ? plain[..^"_finite".Length] : plain;
        return LibmTable.FindVariant(plain)?.Name ?? plain;
    }

    /// <summary>The result of a function of floating values, or null when it is not in the table.</summary>
    /// <param name="kind">The kind of the result.</param>
    public int? Call(string name, ValueKind kind, IReadOnlyList<int> x)
    {
        if (LibmTable.Find(name) is { Definition: { } definition } function && x.Count == function.Arity)
        {
            return definition(_graph, kind, x);
        }

        return name switch
        {
            "fmuladd" => MultiplyAdd(x[0], x[1], x[2]),
            "powi" => IntegerPower(x[0], x[1]),
            _ => null,
        };

        int Apply(Opcode opcode, int a, int b = -1) => _graph.Apply(opcode, kind, a, b);

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
            _ => (mask & NaN) is 0 or NaN ? IsInAnyOf(value, mask) : null, // Quiet and signalling ones are not told apart.
        };

        int Or(int a, int b) => _graph.Apply(Opcode.Or, ValueKind.Boolean, a, b);
        int And(int a, int b) => _graph.Apply(Opcode.And, ValueKind.Boolean, a, b);
    }

    // Bit by bit: on both sides of zero, from the infinities at the ends to the zeros in the middle.
    private int IsInAnyOf(int value, long mask)
    {
        int magnitude = Magnitude(value), isNegative = _graph.HasSign(value), zero = _graph.Floating(0), normal = _graph.Floating(SmallestNormal(value));
        int isZero = Apply(Opcode.Equal, magnitude, zero), isInfinite = IsInfinite(value);
        int isNormal = Apply(Opcode.And, Apply(Opcode.LessOrEqual, normal, magnitude), _graph.Not(isInfinite));
        int isSubnormal = Apply(Opcode.And, Apply(Opcode.Less, magnitude, normal), Apply(Opcode.Less, zero, magnitude));
        int result = (mask & 3) == 0 ? _graph.Not(_graph.True) : Apply(Opcode.NotEqual, value, value);
        foreach ((int isOfSize, int negative, int positive) in (ReadOnlySpan<(int, int, int)>)[(isInfinite, 2, 9), (isNormal, 3, 8), (isSubnormal, 4, 7), (isZero, 5, 6)])
        {
            result = Apply(Opcode.Or, result, (mask >> negative & 1, mask >> positive & 1) switch
            {
                (1, 1) => isOfSize,
                (1, 0) => Apply(Opcode.And, isOfSize, isNegative),
                (0, 1) => Apply(Opcode.And, isOfSize, _graph.Not(isNegative)),
                _ => _graph.Not(_graph.True),
            });
        }

        return result;

        int Apply(Opcode opcode, int a, int b) => _graph.Apply(opcode, ValueKind.Boolean, a, b);
    }

    private double SmallestNormal(int value) => _graph.KindOf(value) == ValueKind.Float ? 1.1754943508222875e-38 : 2.2250738585072014e-308;

    private int Magnitude(int value) => _graph.Apply(Opcode.Absolute, _graph.KindOf(value), value);

    private int IsInfinite(int value) =>
        _graph.Apply(Opcode.Equal, ValueKind.Boolean, Magnitude(value), _graph.Floating(double.PositiveInfinity));
}
