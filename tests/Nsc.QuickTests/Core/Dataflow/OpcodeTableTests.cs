using Nsc.Core.Dataflow;
using Nsc.Core.Dataflow.Building;
using Nsc.Core.Dataflow.Moments;
using Nsc.Core.Libm;

namespace Nsc.Tests.Core.Dataflow;

/// <summary>Every row of the table of opcodes.</summary>
public class OpcodeTableTests
{
    public static TheoryData<Opcode> All() => [.. Enum.GetValues<Opcode>()];

    public static TheoryData<Opcode> Operations() => [.. Enum.GetValues<Opcode>().Where(o => o.Arity() > 0)];

    [Theory]
    [MemberData(nameof(All))]
    public void Every_opcode_has_its_row(Opcode opcode)
    {
        OpcodeRow row = opcode.Row();
        Assert.Equal(opcode, row.Opcode);
        Assert.Equal(opcode.ToString(), row.Name);
        Assert.InRange(row.Arity, 0, Opcodes.MaxArity);
        Assert.Equal(row.IsCanonical, row.CanonicalIndex >= 0);
        Assert.True(!row.IsCommutative || row.Arity == 2);
        Assert.Equal(row.Arity == 0, row.Notation == Notation.Leaf);
        Assert.True(row.Spelling.Length > 0 || row.Notation is Notation.Leaf or Notation.Conversion or Notation.Conditional);
    }

    [Fact]
    public void Names_are_distinct_and_canonical_opcodes_are_numbered_without_gaps()
    {
        Assert.Distinct(OpcodeTable.Rows.Select(r => r.Name));
        Assert.Equal(Enumerable.Range(0, OpcodeTable.Canonical.Length), OpcodeTable.Canonical.Select(r => r.CanonicalIndex));
        Assert.Equal(Opcodes.MaxArity, OpcodeTable.Rows.Max(r => r.Arity));
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public void Every_operation_has_a_value_for_the_kinds_that_it_takes(Opcode opcode)
    {
        OpcodeRow row = opcode.Row();
        Assert.True(row.TakesFloating || row.TakesInteger || opcode == Opcode.Select);
        long one = BitConverter.DoubleToInt64Bits(1);
        foreach (ValueKind result in ResultsOfFloating(row))
        {
            ScalarSemantics.Evaluate(opcode, result, result.IsFloating() ? result : ValueKind.Double, one, one, one);
        }

        foreach (ValueKind result in ResultsOfInteger(row))
        {
            ScalarSemantics.Evaluate(opcode, result, ValueKind.Int32, 1, 1, 1);
        }
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public void Kinds_that_an_operation_does_not_take_are_refused(Opcode opcode)
    {
        OpcodeRow row = opcode.Row();
        if (row.Floating is null && opcode != Opcode.Select)
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => ScalarSemantics.Evaluate(opcode, ValueKind.Double, ValueKind.Double, 0, 0, 0));
        }

        if (row.Integer is null && opcode != Opcode.Select)
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => ScalarSemantics.Evaluate(opcode, ValueKind.Int32, ValueKind.Int32, 0, 0, 0));
        }
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public void The_moments_of_every_canonical_operation_are_finite(Opcode opcode)
    {
        OpcodeRow row = opcode.Row();
        if (!row.IsCanonical)
        {
            return;
        }

        foreach (bool isFloating in (bool[])[true, false])
        {
            if (isFloating ? !row.TakesFloating && opcode != Opcode.Select : !row.TakesInteger)
            {
                continue;
            }

            DataflowGraph graph = OneOperation(row, isFloating);
            Expansion value = MomentAnalysis.Of(graph)[^1];
            Assert.True(double.IsFinite(value.Mean) && double.IsFinite(value.Variance) && value.Low <= value.High, $"{opcode}: {value.Mean}, {value.Variance}");
        }
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public void What_is_not_canonical_is_said_in_opcodes_that_are(Opcode opcode)
    {
        OpcodeRow row = opcode.Row();
        if (row.TakesFloating)
        {
            Assert.All(OneOperation(row, isFloating: true).Canonical().Nodes, n => Assert.True(n.Opcode.Row().IsCanonical));
        }
    }

    [Fact]
    public void Functions_have_the_names_that_libm_has()
    {
        Assert.All(
            OpcodeTable.Rows.Where(r => r.Notation == Notation.Call && LibmTable.Find(r.Spelling) is { Opcode: not null }),
            r => Assert.Equal(r.Opcode, LibmTable.Find(r.Spelling)!.Opcode));
        Assert.All(LibmTable.All.Where(f => f.Opcode is not null), f => Assert.NotNull(f.Opcode!.Value.Row().Floating));
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public void A_domain_is_where_the_value_is_finite(Opcode opcode)
    {
        OpcodeRow row = opcode.Row();
        if (row.Domain is not { } domain)
        {
            return;
        }

        foreach (double x in (double[])[-2, -1.5, -0.5, 0, 0.5, 1.5, 3])
        {
            double value = domain.Operand == 0 ? row.Real(ValueKind.Double, x, 0.7) : row.Real(ValueKind.Double, 0.7, x);
            bool isOnItsEdge = opcode == Opcode.Power && x == 0;
            Assert.True(isOnItsEdge || domain.Holds(x) == double.IsFinite(value), $"{opcode} at {x} is {value}");
        }
    }

    private static IEnumerable<ValueKind> ResultsOfFloating(OpcodeRow row) =>
        [.. row.Floating is null ? Array.Empty<ValueKind>() : [ValueKind.Double, ValueKind.Float], .. row.FloatingToInteger is null ? Array.Empty<ValueKind>() : [ValueKind.Int32]];

    private static IEnumerable<ValueKind> ResultsOfInteger(OpcodeRow row) =>
        [.. row.Integer is null ? Array.Empty<ValueKind>() : [ValueKind.Int32], .. row.IntegerToFloating is null ? Array.Empty<ValueKind>() : [ValueKind.Double, ValueKind.Float]];

    // Of three inputs; a condition is whether the first one is positive.
    private static DataflowGraph OneOperation(OpcodeRow row, bool isFloating)
    {
        ValueKind operand = isFloating ? ValueKind.Double : ValueKind.Int32;
        ValueKind result = row.Moments == MomentRule.Comparison ? ValueKind.Boolean
            : isFloating ? (row.Floating is not null || row.Opcode == Opcode.Select ? ValueKind.Double : ValueKind.Int32)
            : row.Integer is not null ? ValueKind.Int32 : ValueKind.Double;
        List<Node> nodes = [Node.ForInput(0, operand), Node.ForInput(1, operand), Node.ForInput(2, operand)];
        int first = 0;
        if (row.Opcode == Opcode.Select)
        {
            nodes.Add(Node.Floating(0));
            nodes.Add(new Node(Opcode.Less, ValueKind.Boolean, 3, 0));
            first = 4;
        }

        nodes.Add(new Node(row.Opcode, result, first, row.Arity > 1 ? 1 : -1, row.Arity > 2 ? 2 : -1));
        return new DataflowGraph([.. nodes], 3, [nodes.Count - 1], []);
    }
}
