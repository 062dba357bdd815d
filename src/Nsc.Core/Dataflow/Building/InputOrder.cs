// Which input is which, whatever the order of a function's parameters: an input is known by its range and by what the program does with it.

using System.Collections.Immutable;
using Nsc.Core.Programs;

namespace Nsc.Core.Dataflow.Building;

/// <summary>
/// An order of a graph's inputs that does not depend on how they are numbered: colour refinement (Weisfeiler and Leman, 1968). Inputs with
/// equal colours are told apart one by one; a program that treats them alike is the same graph either way.
/// </summary>
public static class InputOrder
{
    /// <summary>The inputs in that order.</summary>
    /// <param name="graph">A canonical graph in the program's own units.</param>
    public static ImmutableArray<int> Of(DataflowGraph graph, ImmutableArray<InputVariable> inputs)
    {
        ulong[] colours = Refined(graph, [.. inputs.Select(ColourOf)]);
        while (FirstOfEqual(colours) is { } input)
        {
            colours[input] = ValueGraph.Mixed(colours[input], 1);
            colours = Refined(graph, colours);
        }

        return [.. Enumerable.Range(0, inputs.Length).OrderBy(i => colours[i])];
    }

    /// <summary>The graph with its inputs in an order.</summary>
    public static DataflowGraph InOrder(this DataflowGraph graph, ImmutableArray<int> order) => graph.Canonical(
        order.Length, (values, input) => values.Input(order.IndexOf(input.A), input.Kind, ValueRange.Of(input.Kind)));

    private static ulong ColourOf(InputVariable input)
    {
        ulong ends = ValueGraph.Mixed(BitConverter.DoubleToUInt64Bits(input.Range.Low), BitConverter.DoubleToUInt64Bits(input.Range.High));
        return ValueGraph.Mixed(ends, ((ulong)input.Kind * 2) + (input.Range.IsLogarithmic ? 1UL : 0));
    }

    // Of the inputs that are alike, one; of several such groups, the one of the least colour.
    private static int? FirstOfEqual(ulong[] colours)
    {
        var groups = colours.Select((colour, input) => (colour, input)).GroupBy(c => c.colour).Where(g => g.Skip(1).Any());
        return groups.MinBy(g => g.Key)?.First().input;
    }

    // Until a round tells no more inputs apart.
    private static ulong[] Refined(DataflowGraph graph, ulong[] colours)
    {
        for (int before = 0, distinct; (distinct = colours.Distinct().Count()) > before; before = distinct)
        {
            colours = Next(graph, colours);
        }

        return colours;
    }

    // An input's colour with those of all values that are made of it, and of what these are made of.
    private static ulong[] Next(DataflowGraph graph, ulong[] colours)
    {
        ulong[] from = Computed(graph, colours), uses = new ulong[from.Length];
        for (int k = 0; k < graph.Outputs.Length; k++)
        {
            uses[graph.Outputs[k]] += ValueGraph.Mixed((ulong)k, 2);
        }

        ulong[] next = [.. colours];
        for (int i = from.Length - 1; i >= 0; i--)
        {
            Node node = graph.Nodes[i];
            for (int k = 0; k < node.Arity; k++)
            {
                uses[node.Operand(k)] += ValueGraph.Mixed(ValueGraph.Mixed(uses[i], node.Opcode.IsCommutative() ? 0 : (ulong)k), from[i]);
            }

            if (node.Opcode == Opcode.Input)
            {
                next[node.A] = ValueGraph.Mixed(next[node.A], uses[i]);
            }
        }

        return next;
    }

    // For each value what it computes of which colours; the operands of a commutative operation have no order.
    private static ulong[] Computed(DataflowGraph graph, ulong[] colours)
    {
        var computed = new ulong[graph.Nodes.Length];
        for (int i = 0; i < computed.Length; i++)
        {
            Node node = graph.Nodes[i];
            ulong operation = ValueGraph.Mixed((ulong)node.Opcode, (ulong)node.Kind);
            computed[i] = node.Opcode switch
            {
                Opcode.Input => ValueGraph.Mixed(operation, colours[node.A]),
                Opcode.Constant => ValueGraph.Mixed(operation, (ulong)node.Bits),
                _ when node.Opcode.IsCommutative() => ValueGraph.Mixed(operation, computed[node.A] + computed[node.B]),
                _ => Enumerable.Range(0, node.Arity).Aggregate(operation, (mixed, k) => ValueGraph.Mixed(mixed, computed[node.Operand(k)])),
            };
        }

        return computed;
    }
}
