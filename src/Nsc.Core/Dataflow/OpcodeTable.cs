// The opcodes, one row each. An instruction set is one declarative table: evaluation, constant folding, ranges, moments, conditions in
// words and CompNet's embeddings follow from it. To add an opcode, append to the enumeration and add a row here.

using System.Collections.Immutable;

namespace Nsc.Core.Dataflow;

public static partial class OpcodeTable
{
    /// <summary>Every opcode's row, at the place of its number.</summary>
    public static ImmutableArray<OpcodeRow> Rows { get; } = Numbered([
        new(Opcode.Input, 0, Notation.Leaf),
        new(Opcode.Constant, 0, Notation.Leaf),
        .. Arithmetic,
        .. Functions,
        .. Integers,
        .. Comparisons,
        .. Conversions,
        new(Opcode.Select, 3, Notation.Conditional) { Moments = MomentRule.Choice },
    ]);

    /// <summary>The opcodes of canonical graphs, in the order of CompNet's embeddings.</summary>
    public static ImmutableArray<OpcodeRow> Canonical { get; } = [.. Rows.Where(r => r.IsCanonical)];

    // By number; what is missing or twice is a fault of the table.
    private static ImmutableArray<OpcodeRow> Numbered(OpcodeRow[] rows)
    {
        Array.Sort(rows, (a, b) => a.Opcode.CompareTo(b.Opcode));
        int canonical = 0;
        return [.. rows.Select((row, number) => (int)row.Opcode != number
            ? throw new InvalidOperationException($"the table of opcodes has no row, or two, for {(Opcode)number}")
            : row.IsCanonical ? row with { CanonicalIndex = canonical++ } : row)];
    }

    private static OpcodeRow Prefix(Opcode opcode, string sign) => new(opcode, 1, Notation.Prefix, sign);

    private static OpcodeRow Infix(Opcode opcode, string sign) => new(opcode, 2, Notation.Infix, sign);

    private static OpcodeRow Call(Opcode opcode, int arity, string name) => new(opcode, arity, Notation.Call, name);
}
