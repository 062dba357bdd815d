// LLVM's integer intrinsics, in terms of the graph's integer operations.

using Nsc.Core.Dataflow;
using Nsc.Core.Dataflow.Building;

namespace Nsc.FrontEnd.Lowering.Values;

internal sealed class BitFunctions(ValueGraph graph)
{
    /// <summary>The result of an integer function, or null when it is not one of these.</summary>
    /// <param name="name">An intrinsic's name without its prefix and types, or the C library's name.</param>
    public int? Call(string name, ValueKind kind, IReadOnlyList<int> x)
    {
        return name switch
        {
            "abs" or "labs" or "llabs" => Apply(Opcode.Absolute, x[0]),
            "smin" => Apply(Opcode.Minimum, x[0], x[1]),
            "smax" => Apply(Opcode.Maximum, x[0], x[1]),
            "umin" => Apply(Opcode.UnsignedMinimum, x[0], x[1]),
            "umax" => Apply(Opcode.UnsignedMaximum, x[0], x[1]),
            "fshl" => Funnel(x, isLeft: true),
            "fshr" => Funnel(x, isLeft: false),
            "bswap" => SwapBytes(x[0]),
            "ctpop" => PopulationCount(x[0]),
            "ctlz" => LeadingZeros(x[0]),
            "cttz" => PopulationCount(Apply(Opcode.And, Apply(Opcode.Not, x[0]), Apply(Opcode.Subtract, x[0], Constant(1)))),
            "scmp" => Sign(Opcode.Less, x),
            "ucmp" => Sign(Opcode.UnsignedLess, x),
            "sadd" or "ssub" or "uadd" or "usub" when kind.Bits() < 64 => Saturated(name, x),
            "uadd" or "usub" => SaturatedWide(name == "uadd", x),
            _ => null,
        };

        int Apply(Opcode opcode, int a, int b = -1) => graph.Apply(opcode, kind, a, b);

        int Constant(long value) => graph.Integer(value, kind);

        int Shift(Opcode opcode, int value, int amount) => Apply(opcode, value, Constant(amount));

        int Funnel(IReadOnlyList<int> v, bool isLeft)
        {
            int width = kind.Bits();
            int amount = Apply(Opcode.And, v[2], Constant(width - 1));
            int rest = Apply(Opcode.Subtract, Constant(width), amount);
            int high = Apply(Opcode.ShiftLeft, v[0], isLeft ? amount : rest);
            int low = Apply(Opcode.ShiftRightLogical, v[1], isLeft ? rest : amount);
            return Apply(Opcode.Or, high, low); // a shift by the whole width gives 0 in the graph
        }

        int SwapBytes(int value)
        {
            int size = kind.Bits() / 8, result = Constant(0);
            for (int i = 0; i < size; i++)
            {
                int lowest = Apply(Opcode.And, Shift(Opcode.ShiftRightLogical, value, 8 * i), Constant(0xFF));
                result = Apply(Opcode.Or, result, Shift(Opcode.ShiftLeft, lowest, 8 * (size - 1 - i)));
            }

            return result;
        }

        int PopulationCount(int value)
        {
            // Sums of ever wider fields, all fields at once (Warren, Hacker's Delight, section 5-1).
            for (int field = 1; field < kind.Bits(); field *= 2)
            {
                long mask = (long)(ulong.MaxValue / ((1UL << field) + 1));
                int high = Apply(Opcode.And, Shift(Opcode.ShiftRightLogical, value, field), Constant(mask));
                value = Apply(Opcode.Add, Apply(Opcode.And, value, Constant(mask)), high);
            }

            return value;
        }

        int LeadingZeros(int value)
        {
            for (int field = 1; field < kind.Bits(); field *= 2)
            {
                value = Apply(Opcode.Or, value, Shift(Opcode.ShiftRightLogical, value, field));
            }

            return PopulationCount(Apply(Opcode.Not, value));
        }

        int Sign(Opcode less, IReadOnlyList<int> v)
        {
            int isLess = graph.Apply(less, ValueKind.Boolean, v[0], v[1]), isGreater = graph.Apply(less, ValueKind.Boolean, v[1], v[0]);
            return graph.Select(isLess, Constant(-1), graph.ToWidth(isGreater, kind, isSigned: false));
        }

        int Saturated(string operation, IReadOnlyList<int> v)
        {
            bool isSigned = operation[0] == 's';
            int exact = Exact(operation, kind, v);
            var (low, high) = Limits(kind, isSigned);
            int atLeast = graph.Apply(Opcode.Maximum, ValueKind.Int64, exact, graph.Integer(low, ValueKind.Int64));
            int clamped = graph.Apply(Opcode.Minimum, ValueKind.Int64, atLeast, graph.Integer(high, ValueKind.Int64));
            return graph.ToWidth(clamped, kind, isSigned);
        }

        // No wider type holds the exact result. A sum that wrapped is less than what was added.
        int SaturatedWide(bool isSum, IReadOnlyList<int> v)
        {
            int wrapped = Apply(isSum ? Opcode.Add : Opcode.Subtract, v[0], v[1]);
            int hasOverflowed = graph.Apply(Opcode.UnsignedLess, ValueKind.Boolean, isSum ? wrapped : v[0], isSum ? v[0] : v[1]);
            return graph.Select(hasOverflowed, Constant(isSum ? -1 : 0), wrapped);
        }
    }

    /// <summary>A wrapped result and whether it overflowed, for the checked operations; null for 64-bit values.</summary>
    public (int Result, int HasOverflowed)? Checked(string name, ValueKind kind, IReadOnlyList<int> x)
    {
        if (kind.Bits() > 32)
        {
            return null;
        }

        int exact = Exact(name, kind, x);
        int result = graph.ToWidth(exact, kind, isSigned: true);
        int back = graph.ToWidth(result, ValueKind.Int64, isSigned: name[0] == 's');
        return (result, graph.Apply(Opcode.NotEqual, ValueKind.Boolean, back, exact));
    }

    private int Exact(string name, ValueKind kind, IReadOnlyList<int> x)
    {
        bool isSigned = name[0] == 's';
        Opcode opcode = name[1..] switch { "add" => Opcode.Add, "sub" => Opcode.Subtract, _ => Opcode.Multiply };
        return graph.Apply(opcode, ValueKind.Int64, graph.ToWidth(x[0], ValueKind.Int64, isSigned), graph.ToWidth(x[1], ValueKind.Int64, isSigned));
    }

    private static (long Low, long High) Limits(ValueKind kind, bool isSigned) => isSigned
        ? (-(1L << (kind.Bits() - 1)), (1L << (kind.Bits() - 1)) - 1)
        : (0, (1L << kind.Bits()) - 1);
}
