// Builds the dataflow graph: equal nodes once, constants folded with the evaluator's own semantics.

using System.Collections.Immutable;
using Nsc.Core.Dataflow;

namespace Nsc.FrontEnd.Llvm.Symbolic;

/// <summary>
/// A growing graph. Values are indices of nodes; operands come before their users. Floating constants are always of kind
/// Double: they take part in single-precision arithmetic as they are.
/// </summary>
internal sealed partial class ValueGraph
{
    private readonly List<Node> _nodes = [];
    private readonly List<ValueRange> _ranges = [];
    private readonly Dictionary<Node, int> _index = [];

    public ValueGraph()
    {
        False = Integer(0, ValueKind.Boolean);
        True = Integer(1, ValueKind.Boolean);
    }

    public int False { get; }

    public int True { get; }

    public int Count => _nodes.Count;

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

    /// <summary>An operation on one or two values, simplified.</summary>
    public int Apply(Opcode opcode, ValueKind kind, int a, int b = -1)
    {
        if (IsConstant(a) && (b < 0 || IsConstant(b)))
        {
            long cell = b < 0 ? 0 : _nodes[b].Bits;
            return ConstantCell(kind, ScalarSemantics.Evaluate(opcode, kind, KindOf(a), _nodes[a].Bits, cell, 0));
        }

        if (opcode.IsCommutative() && (IsConstant(a) || (a > b && !IsConstant(b))))
        {
            (a, b) = (b, a);
        }

        return Simplify(opcode, kind, a, b) ?? Create(opcode, kind, a, b);
    }

    private int Create(Opcode opcode, ValueKind kind, int a, int b)
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

        return Intern(new Node(opcode, kind, a, b), range);
    }

    private int Intern(Node node, ValueRange range)
    {
        if (!_index.TryGetValue(node, out int value))
        {
            value = _nodes.Count;
            _nodes.Add(node);
            _ranges.Add(range);
            _index[node] = value;
            OperationCount += node.Arity > 0 ? 1 : 0;
        }

        return value;
    }

    /// <summary>The part of the graph that the outputs need, renumbered.</summary>
    public (ImmutableArray<Node> Nodes, ImmutableArray<int> Outputs) Extract(IReadOnlyList<int> outputs)
    {
        var live = new bool[_nodes.Count];
        foreach (int output in outputs)
        {
            live[output] = true;
        }

        for (int i = live.Length - 1; i >= 0; i--)
        {
            for (int k = 0; live[i] && k < _nodes[i].Arity; k++)
            {
                live[_nodes[i].Operand(k)] = true;
            }
        }

        var renumbered = new int[live.Length];
        var nodes = ImmutableArray.CreateBuilder<Node>();
        for (int i = 0; i < live.Length; i++)
        {
            if (live[i])
            {
                renumbered[i] = nodes.Count;
                nodes.Add(Renumber(_nodes[i], renumbered));
            }
        }

        return (nodes.ToImmutable(), [.. outputs.Select(o => renumbered[o])]);
    }

    private static Node Renumber(Node node, int[] renumbered) => node with
    {
        A = node.Arity > 0 ? renumbered[node.A] : node.A,
        B = node.Arity > 1 ? renumbered[node.B] : node.B,
        C = node.Arity > 2 ? renumbered[node.C] : node.C,
    };
}
