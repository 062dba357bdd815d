// A hash of an output's dataflow graph (Weisfeiler-Leman) and its constants: equal for clones that are written differently or have other ranges.

using System.Buffers.Binary;
using System.Collections.Immutable;
using Nsc.Core.Dataflow;
using Nsc.Core.Dataflow.Building;
using Nsc.Core.Sampling;

namespace Nsc.Corpus.Mining.Duplicates;

/// <summary>
/// A hash of an output's graph that does not see its constants, the order of a commutative operation's operands, the order of the
/// inputs, whether a number is a float or a double, and how wide an integer is; and the constants, in an order that follows from
/// where they stand. Colours are refined as Weisfeiler and Leman (1968) do it, from operands to users and back.
/// </summary>
internal sealed record ConeKey(ulong Skeleton, ImmutableArray<double> Constants)
{
    private const int Rounds = 3;

    /// <summary>The key of a graph with one output.</summary>
    public static ConeKey Of(DataflowGraph cone)
    {
        cone = cone.Canonical(); // What CompNet reads.
        ulong[] contexts = new ulong[cone.Nodes.Length], colours = [];
        for (int round = 0; round < Rounds; round++)
        {
            colours = Upwards(cone, contexts);
            contexts = Downwards(cone, colours);
        }

        colours = Upwards(cone, contexts);
        IEnumerable<int> constants = Enumerable.Range(0, colours.Length).Where(i => cone.Nodes[i].Opcode == Opcode.Constant);
        return new ConeKey(
            colours.Where((_, i) => cone.Nodes[i].Opcode != Opcode.RoundToFloat).Order().Aggregate(0UL, Mix),
            [.. constants.OrderBy(i => colours[i]).ThenBy(i => cone.Nodes[i].ConstantValue).Select(i => cone.Nodes[i].ConstantValue)]);
    }

    /// <summary>Whether two keys agree up to a relative tolerance of each constant.</summary>
    public bool IsLike(ConeKey other, double tolerance)
    {
        if (Skeleton != other.Skeleton || Constants.Length != other.Constants.Length)
        {
            return false;
        }

        for (int i = 0; i < Constants.Length; i++)
        {
            (double a, double b) = (Constants[i], other.Constants[i]);
            if (!a.Equals(b) && !(Math.Abs(a - b) <= tolerance * Math.Max(Math.Abs(a), Math.Abs(b))))
            {
                return false;
            }
        }

        return true;
    }

    // The colour of a value by its operands. A rounding to float is its operand.
    private static ulong[] Upwards(DataflowGraph graph, ulong[] contexts)
    {
        var colours = new ulong[graph.Nodes.Length];
        for (int i = 0; i < colours.Length; i++)
        {
            Node node = graph.Nodes[i];
            colours[i] = node.Opcode switch
            {
                Opcode.Constant => Mix(1, contexts[i]),
                Opcode.Input => Mix(2, contexts[i]),
                Opcode.RoundToFloat => colours[node.A],
                _ => Operation(node, colours),
            };
        }

        return colours;
    }

    private static ulong Operation(Node node, ulong[] colours)
    {
        ulong[] operands = [.. Enumerable.Range(0, node.Arity).Select(k => colours[node.Operand(k)])];
        if (node.Opcode.IsCommutative())
        {
            Array.Sort(operands);
        }

        return operands.Aggregate(Mix(3, (ulong)node.Opcode), Mix);
    }

    // The colour of a value by what is done with it; only those of inputs and constants are used.
    private static ulong[] Downwards(DataflowGraph graph, ulong[] colours)
    {
        var contexts = new ulong[graph.Nodes.Length];
        contexts[graph.Outputs[0]] = Mix(4, 0);
        for (int i = contexts.Length - 1; i >= 0; i--)
        {
            Node node = graph.Nodes[i];
            for (int k = 0; k < node.Arity; k++)
            {
                int position = node.Opcode.IsCommutative() ? 0 : k;
                contexts[node.Operand(k)] += node.Opcode == Opcode.RoundToFloat ? contexts[i] : Mix(Mix(contexts[i], colours[i]), (ulong)position);
            }
        }

        return contexts;
    }

    private static ulong Mix(ulong a, ulong b) =>
        SplitMix64.Scramble(BinaryPrimitives.ReverseEndianness(a) + (b * 0x9E3779B97F4A7C15) + 0xD1B54A32D192ED03);
}
