// The pure functions of libm, one row each. What the front end lets a program call, what a graph can hold, the words of the token
// vocabulary and what generators of programs must spell or avoid all follow from it.

using System.Collections.Immutable;
using Nsc.Core.Dataflow;
using Nsc.Core.Dataflow.Building;

namespace Nsc.Core.Libm;

/// <summary>The pure functions of libm that this compiler knows, by name.</summary>
public static class LibmTable
{
    private const LibmType Real = LibmType.Real, Int = LibmType.Int, Long = LibmType.Long;

    /// <summary>Every function, in the order of the alphabet.</summary>
    public static ImmutableArray<LibmFunction> All { get; } =
    [
        Of("acos", Opcode.Acos),
        Of("acosh", Opcode.Acosh),
        Of("asin", Opcode.Asin),
        Of("asinh", Opcode.Asinh),
        Of("atan", Opcode.Atan),
        Of("atan2", Opcode.Atan2),
        Of("atanh", Opcode.Atanh),
        Of("cbrt", Opcode.CubeRoot),
        Of("ceil", Opcode.Ceiling),
        Of("copysign", Opcode.CopySign),
        Of("cos", Opcode.Cos),
        Of("cosh", Opcode.Cosh),
        Of("erf", Opcode.ErrorFunction),
        Of("erfc", Opcode.ComplementaryErrorFunction),
        Of("exp", Opcode.Exp),
        Of("exp10", Opcode.Exp10, isToken: false),
        Of("exp2", Opcode.Exp2),
        Of("expm1", Opcode.ExpMinus1),
        Of("fabs", Opcode.Absolute),
        new("fdim", [Real, Real], Real, PositiveDifference),
        Of("floor", Opcode.Floor),
        Of("fma", Opcode.FusedMultiplyAdd),
        Of("fmax", Opcode.Maximum),
        Of("fmin", Opcode.Minimum),
        Of("fmod", Opcode.Remainder),
        Of("hypot", Opcode.Hypotenuse),
        new("ilogb", [Real], Int, null) { IsToken = false },
        new("j0", [Real], Real, null) { IsToken = false },
        new("j1", [Real], Real, null) { IsToken = false },
        new("jn", [Int, Real], Real, null) { IsToken = false },
        new("ldexp", [Real, Int], Real, Scaled),
        Of("lgamma", Opcode.LogGamma),
        new("llrint", [Real], Long, Rounded(Opcode.RoundToEven)) { IsToken = false },
        new("llround", [Real], Long, Rounded(Opcode.Round)) { IsToken = false },
        Of("log", Opcode.Log),
        Of("log10", Opcode.Log10),
        Of("log1p", Opcode.Log1Plus),
        Of("log2", Opcode.Log2),
        new("logb", [Real], Real, null) { IsToken = false },
        new("lrint", [Real], Long, Rounded(Opcode.RoundToEven)) { IsToken = false },
        new("lround", [Real], Long, Rounded(Opcode.Round)) { IsToken = false },
        Of("nearbyint", Opcode.RoundToEven, isToken: false),
        new("nextafter", [Real, Real], Real, null) { IsToken = false },
        Of("pow", Opcode.Power),
        Of("remainder", Opcode.IeeeRemainder),
        Of("rint", Opcode.RoundToEven),
        Of("round", Opcode.Round),
        Of("roundeven", Opcode.RoundToEven, isToken: false),
        new("scalbln", [Real, Long], Real, Scaled) { IsToken = false },
        new("scalbn", [Real, Int], Real, Scaled) { IsToken = false },
        Of("sin", Opcode.Sin),
        Of("sinh", Opcode.Sinh),
        Of("sqrt", Opcode.SquareRoot),
        Of("tan", Opcode.Tan),
        Of("tanh", Opcode.Tanh),
        Of("tgamma", Opcode.Gamma),
        Of("trunc", Opcode.Truncate),
        new("y0", [Real], Real, null) { IsToken = false },
        new("y1", [Real], Real, null) { IsToken = false },
        new("yn", [Int, Real], Real, null) { IsToken = false },
    ];

    private static readonly Dictionary<string, LibmFunction> s_byName = All.ToDictionary(f => f.Name, StringComparer.Ordinal);

    /// <summary>The function of this name, for double; null when there is none.</summary>
    public static LibmFunction? Find(string name) => s_byName.GetValueOrDefault(name);

    /// <summary>The function that a call of <c>sin</c>, <c>sinf</c> or <c>sinl</c> means; null when there is none.</summary>
    public static LibmFunction? FindVariant(string name) => Find(name) ?? (name is [.., 'f' or 'l'] ? Find(name[..^1]) : null);

    /// <summary>Whether a name is that of a function's variant for float.</summary>
    public static bool IsFloatVariant(string name) => name is [.., 'f'] && Find(name) is null && FindVariant(name) is not null;

    private static LibmFunction Of(string name, Opcode opcode, bool isToken = true)
    {
        LibmType[] arguments = [.. Enumerable.Repeat(Real, opcode.Arity())];
        return new LibmFunction(name, arguments, Real, (graph, kind, x) => graph.Apply(opcode, kind, x[0], At(x, 1), At(x, 2)))
        {
            Opcode = opcode, IsToken = isToken,
        };
    }

    private static int At(IReadOnlyList<int> x, int index) => x.Count > index ? x[index] : -1;

    // A NaN is not less or equal, so that it goes through the difference.
    private static int PositiveDifference(ValueGraph graph, ValueKind kind, IReadOnlyList<int> x) => graph.Select(
        graph.Apply(Opcode.LessOrEqual, ValueKind.Boolean, x[0], x[1]), graph.Floating(0), graph.Apply(Opcode.Subtract, kind, x[0], x[1]));

    private static int Scaled(ValueGraph graph, ValueKind kind, IReadOnlyList<int> x) =>
        graph.Apply(Opcode.Scale, kind, x[0], graph.Apply(Opcode.IntegerToFloat, ValueKind.Double, x[1]));

    private static LibmDefinition Rounded(Opcode rounding) =>
        (graph, kind, x) => graph.Apply(Opcode.FloatToInteger, kind, graph.Apply(rounding, ValueKind.Double, x[0]));
}
