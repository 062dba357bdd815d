// Builds the dataflow graph: equal nodes once, constants folded with the evaluator's own semantics.

using System.Collections.Immutable;
using Nsc.Core.Sampling;

namespace Nsc.Core.Dataflow.Building;

/// <summary>What the simplifications of floating-point operations may assume.</summary>
public enum Arithmetic
{
    /// <summary>IEEE 754: a simplified value has the same bits, for NaN, infinities and zeros of both signs too.</summary>
    Ieee,

    /// <summary>Real numbers: rounding, NaN, infinities and the sign of zero do not count.</summary>
    Real,
}

/// <summary>
/// A growing graph. Values are indices of nodes; operands come before their users. Floating constants are always of kind
/// Double: they take part in single-precision arithmetic as they are.
/// </summary>
public sealed partial class ValueGraph
{
    private readonly Arithmetic _arithmetic;
    private readonly List<Node> _nodes = [];
    private readonly List<ValueRange> _ranges = [];
    private readonly List<int> _lines = [];
    private readonly List<(int Level, ulong Shape)> _orders = [];
    private readonly Dictionary<Node, int> _index = [];

    public ValueGraph(Arithmetic arithmetic = Arithmetic.Ieee)
    {
        _arithmetic = arithmetic;
        False = Integer(0, ValueKind.Boolean);
        True = Integer(1, ValueKind.Boolean);
    }

    public int False { get; }

    public int True { get; }

    public int Count => _nodes.Count;

    /// <summary>The line of the source that new nodes come from.</summary>
    public int Line { get; set; }

    /// <summary>The nodes that compute something: neither inputs nor constants.</summary>
    public int OperationCount { get; private set; }

    public Node this[int value] => _nodes[value];

    public bool IsConstant(int value) => _nodes[value].Opcode == Opcode.Constant;

    public ValueKind KindOf(int value) => _nodes[value].Kind;

    /// <summary>Bounds of an integer value.</summary>
    public ValueRange RangeOf(int value) => _ranges[value];

    public int Floating(double value) => Intern(Node.Floating(value), default);

    public int Integer(long value, ValueKind kind)
    {
        Node node = Node.Integer(value, kind);
        return Intern(node, new ValueRange(node.Bits, node.Bits));
    }

    /// <summary>A constant from its cell: see <see cref="Node.Bits"/>.</summary>
    public int ConstantCell(ValueKind kind, long cell) =>
        kind.IsFloating() ? Floating(BitConverter.Int64BitsToDouble(cell)) : Integer(cell, kind);

    public int Input(int index, ValueKind kind, ValueRange range) => Intern(Node.ForInput(index, kind), range);

    public int Zero(ValueKind kind) => ConstantCell(kind, 0);

    /// <summary>Whether every value that the node takes is exact in single precision.</summary>
    public bool IsSinglePrecision(int value)
    {
        Node node = _nodes[value];
        return node.Kind == ValueKind.Float || (IsConstant(value) && (float)node.ConstantValue == node.ConstantValue);
    }

    /// <summary>An operation on one, two or three values, simplified. <see cref="Select"/> has a method of its own.</summary>
    public int Apply(Opcode opcode, ValueKind kind, int a, int b = -1, int c = -1)
    {
        if (IsConstantOrNone(a) && IsConstantOrNone(b) && IsConstantOrNone(c))
        {
            return ConstantCell(kind, ScalarSemantics.Evaluate(opcode, kind, KindOf(a), CellOf(a), CellOf(b), CellOf(c)));
        }

        if (IsCommutative(opcode, kind) && !IsConstant(b) && (IsConstant(a) || _orders[a].CompareTo(_orders[b]) > 0))
        {
            (a, b) = (b, a);
        }

        return Simplify(opcode, kind, a, b, c) ?? Create(opcode, kind, a, b, c);
    }

    private bool IsConstantOrNone(int value) => value < 0 || IsConstant(value);

    private long CellOf(int value) => value < 0 ? 0 : _nodes[value].Bits;

    // The minimum of zeros of different signs is one operand or the other.
    private bool IsCommutative(Opcode opcode, ValueKind kind) =>
        opcode.IsCommutative() && (IsAlgebraic(kind) || opcode is not (Opcode.Minimum or Opcode.Maximum));

    /// <summary>Whether values of a kind obey the laws of algebra: integers modulo their width, and real numbers.</summary>
    private bool IsAlgebraic(ValueKind kind) => kind.IsInteger() || _arithmetic == Arithmetic.Real;

    private int Create(Opcode opcode, ValueKind kind, int a, int b, int c)
    {
        ValueRange range = default;
        if (kind.IsInteger())
        {
            bool isIntegerOperation = KindOf(a).IsInteger() && !opcode.IsComparison();
            range = isIntegerOperation ? ValueRange.After(opcode, kind, RangeOf(a), b < 0 ? default : RangeOf(b)) : ValueRange.Of(kind);
            if (range.IsSingle)
            {
                return Integer(range.Low, kind);
            }
        }

        return Intern(new Node(opcode, kind, a, b, c), range);
    }

    private int Intern(Node node, ValueRange range)
    {
        if (!_index.TryGetValue(node, out int value))
        {
            value = _nodes.Count;
            _nodes.Add(node);
            _ranges.Add(range);
            _lines.Add(Line);
            _orders.Add(OrderOf(node));
            _index[node] = value;
            OperationCount += node.Arity > 0 ? 1 : 0;
        }

        return value;
    }

    // Where a value stands among a commutative operation's operands: by how deep it is and what it computes, never by when the
    // program came to it. Equal nodes are one, so that only a collision of hashes leaves it to chance.
    private (int Level, ulong Shape) OrderOf(Node node)
    {
        if (node.Arity == 0)
        {
            return (0, node.Opcode == Opcode.Input ? (ulong)node.A : (ulong)node.Bits);
        }

        var (level, shape) = (0, Mixed((ulong)node.Opcode, (ulong)node.Kind));
        for (int k = 0; k < node.Arity; k++)
        {
            var operand = _orders[node.Operand(k)];
            (level, shape) = (Math.Max(level, operand.Level + 1), Mixed(shape, operand.Shape));
        }

        return (level, shape);
    }

    internal static ulong Mixed(ulong a, ulong b) => SplitMix64.Scramble((a * 0x9E3779B97F4A7C15) + b + 0xD1B54A32D192ED03);

    /// <summary>The part of the graph that the outputs need, numbered as one comes to it from the outputs, operands first.</summary>
    public (ImmutableArray<Node> Nodes, ImmutableArray<int> Outputs, ImmutableArray<int> Lines) Extract(IReadOnlyList<int> outputs)
    {
        var renumbered = new int[_nodes.Count];
        Array.Fill(renumbered, -1);
        var nodes = ImmutableArray.CreateBuilder<Node>();
        var lines = ImmutableArray.CreateBuilder<int>();
        var open = new Stack<int>(outputs.Reverse());
        while (open.TryPeek(out int value))
        {
            Node node = _nodes[value];
            bool isReady = true;
            for (int k = node.Arity - 1; k >= 0; k--)
            {
                if (renumbered[node.Operand(k)] < 0)
                {
                    open.Push(node.Operand(k));
                    isReady = false;
                }
            }

            if (isReady)
            {
                open.Pop();
                if (renumbered[value] < 0)
                {
                    renumbered[value] = nodes.Count;
                    nodes.Add(Renumber(node, renumbered));
                    lines.Add(_lines[value]);
                }
            }
        }

        return (nodes.ToImmutable(), [.. outputs.Select(o => renumbered[o])], lines.ToImmutable());
    }

    private static Node Renumber(Node node, int[] renumbered) => node with
    {
        A = node.Arity > 0 ? renumbered[node.A] : node.A,
        B = node.Arity > 1 ? renumbered[node.B] : node.B,
        C = node.Arity > 2 ? renumbered[node.C] : node.C,
    };
}
