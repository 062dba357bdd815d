// Where clang may have put something else in place of a call of pow().

using Nsc.Core.Dataflow;
using Nsc.Core.Dataflow.Building;

namespace Nsc.FrontEnd.Lowering.Values;

/// <summary>
/// Clang writes x * x for pow(x, 2), 1 / x for pow(x, -1), a square root for pow(x, 0.5), exp2(n * x) for pow(2^n, x) and exp10(x)
/// for pow(10, x); all but one of them round otherwise. Where the constant stands in the text, the graph's IR has been rewritten
/// like the program's. Where it appears only while a loop is unrolled, it depends on clang's unrolling what the program computes.
/// </summary>
internal static class PowerCalls
{
    /// <summary>Whether the program may compute a power otherwise than by pow(), because of an operand that unrolling made constant.</summary>
    public static bool MayBeRewritten(ValueGraph graph, int x, int y, bool isBaseOpen, bool isExponentOpen)
    {
        double? power = isExponentOpen && graph.IsConstant(y) ? graph[y].ConstantValue : null;
        double? root = isBaseOpen && graph.IsConstant(x) ? graph[x].ConstantValue : null;
        bool isSpecial = power is 2 or -1 or 0.5 || root == 10 || (root is > 0 and not 1 && Math.Log2(root.Value) is var n && n == Math.Floor(n));
        return isSpecial && !(graph.IsConstant(x) && graph.IsConstant(y) && IsTheSame(graph[x].ConstantValue, graph[y].ConstantValue));
    }

    private static bool IsTheSame(double x, double y)
    {
        double expected = Math.Pow(x, y);
        return (y != 2 || x * x == expected) && (y != -1 || 1 / x == expected) && (y != 0.5 || Math.Sqrt(x) == expected)
            && (x != 10 || ScalarSemantics.Floating(Opcode.Exp10, y) == expected);
    }
}
