// Two functions with the same dataflow are the same function, however they are written.

using System.Buffers.Binary;
using System.Globalization;
using Nsc.Core.Dataflow;
using Nsc.Core.Dataflow.Building;
using Nsc.Core.Sampling;

namespace Nsc.Corpus.Mining.Duplicates;

/// <summary>
/// A hash of a graph that does not see the order of a commutative operation's operands, the order of the inputs, whether a number
/// is a float or a double, and how wide an integer is. Colours are refined as Weisfeiler and Leman (1968) do it, from operands to
/// users and back.
/// </summary>
internal static class GraphKey
{
    private const int Rounds = 3;

    public static string Of(DataflowGraph graph)
    {
        graph = graph.Canonical(); // what CompNet reads
        ulong[] inputs = new ulong[graph.Nodes.Length], colours = [];
        for (int round = 0; round < Rounds; round++)
        {
            colours = Upwards(graph, inputs);
            inputs = Downwards(graph, colours);
        }

        colours = Upwards(graph, inputs);
        ulong key = Mix((ulong)graph.InputCount, (ulong)graph.Outputs.Length);
        foreach (ulong colour in colours.Order().Concat(graph.Outputs.Select(o => colours[o])))
        {
            key = Mix(key, colour);
        }

        return key.ToString("x16", CultureInfo.InvariantCulture);
    }

    // The colour of a value by its operands. A rounding to float is its operand.
    private static ulong[] Upwards(DataflowGraph graph, ulong[] inputs)
    {
        var colours = new ulong[graph.Nodes.Length];
        for (int i = 0; i < colours.Length; i++)
        {
            Node node = graph.Nodes[i];
            colours[i] = node.Opcode switch
            {
                Opcode.Constant => Mix(1, Constant(node)),
                Opcode.Input => Mix(2, inputs[i]),
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

    // The colour of a value by what is done with it; only the inputs' are used.
    private static ulong[] Downwards(DataflowGraph graph, ulong[] colours)
    {
        var contexts = new ulong[graph.Nodes.Length];
        for (int k = 0; k < graph.Outputs.Length; k++)
        {
            contexts[graph.Outputs[k]] += Mix(4, (ulong)k);
        }

        for (int i = contexts.Length - 1; i >= 0; i--)
        {
            Node node = graph.Nodes[i];
            for (int k = 0; k < node.Arity; k++)
            {
                int position = node.Opcode.IsCommutative() ? 0 : k;
                contexts[node.Operand(k)] += Mix(Mix(contexts[i], colours[i]), (ulong)position);
            }
        }

        return contexts;
    }

    // Six digits: the constants of a float version of a function are those of the double one, rounded.
    private static ulong Constant(Node node)
    {
        double value = node.ConstantValue;
        return double.IsFinite(value)
            ? (ulong)BitConverter.DoubleToInt64Bits(double.Parse(value.ToString("E5", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) + 0.0)
            : (ulong)BitConverter.DoubleToInt64Bits(value);
    }

    private static ulong Mix(ulong a, ulong b) =>
        SplitMix64.Scramble(BinaryPrimitives.ReverseEndianness(a) + (b * 0x9E3779B97F4A7C15) + 0xD1B54A32D192ED03);
}
