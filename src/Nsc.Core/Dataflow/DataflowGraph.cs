// A program as a graph of values in single assignment: what CompNet reads and what dense supervision evaluates.

using System.Collections.Immutable;

namespace Nsc.Core.Dataflow;

/// <summary>
/// One value. <paramref name="A"/>, <paramref name="B"/> and <paramref name="C"/> are indices of earlier nodes (-1 when
/// unused); for <see cref="Opcode.Input"/>, <paramref name="A"/> is the input's index in the signature.
/// </summary>
/// <param name="Bits">
/// A constant's value: <see cref="BitConverter.DoubleToInt64Bits(double)"/> for floating kinds, else the integer itself.
/// </param>
public readonly record struct Node(Opcode Opcode, ValueKind Kind, int A = -1, int B = -1, int C = -1, long Bits = 0)
{
    /// <summary>A constant's value as a real number.</summary>
    public double ConstantValue => Kind.IsFloating() ? BitConverter.Int64BitsToDouble(Bits) : Bits;

    public int Arity => Opcode.Arity();

    /// <summary>The operand at a position from 0 to 2.</summary>
    public int Operand(int position) => position switch { 0 => A, 1 => B, _ => C };

    public static Node Floating(double value) => new(Opcode.Constant, ValueKind.Double, Bits: BitConverter.DoubleToInt64Bits(value));

    public static Node Integer(long value, ValueKind kind) => new(Opcode.Constant, kind, Bits: kind.WrapTo(value));

    public static Node ForInput(int index, ValueKind kind) => new(Opcode.Input, kind, A: index);
}

/// <summary>
/// A program's dataflow: nodes in topological order, every operand before its user, no two nodes equal, none dead.
/// </summary>
/// <param name="InputCount">The number of inputs of the signature; an input without an effect has no node.</param>
/// <param name="Outputs">For each output of the signature, the index of the node that computes it.</param>
/// <param name="Approximations">
/// Why the graph may differ from the program, such as a loop cut at its unrolling bound. Empty when it is exact.
/// </param>
public sealed record DataflowGraph(
    ImmutableArray<Node> Nodes, int InputCount, ImmutableArray<int> Outputs, ImmutableArray<string> Approximations)
{
    /// <summary>For each node the line of the source that it comes from, 0 where that is unknown; empty for a graph without lines.</summary>
    public ImmutableArray<int> Lines { get; init; } = [];

    /// <summary>
    /// Whether the graph computes what the program computes: the same bits for every input within the ranges, and for NaN and
    /// infinities in floating inputs. Left out is what C leaves open: undefined behaviour, a NaN's sign and payload, and which of two
    /// zeros fmin and fmax give.
    /// </summary>
    public bool IsExact => Approximations.IsEmpty;

    /// <summary>For each node its level: 0 without operands, else one more than its highest operand's.</summary>
    public int[] Levels()
    {
        var levels = new int[Nodes.Length];
        for (int i = 0; i < levels.Length; i++)
        {
            Node node = Nodes[i];
            for (int k = 0; k < node.Arity; k++)
            {
                levels[i] = Math.Max(levels[i], levels[node.Operand(k)] + 1);
            }
        }

        return levels;
    }
}
