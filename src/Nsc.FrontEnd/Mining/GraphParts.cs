// The part of a graph that some of its outputs need.

using System.Collections.Immutable;
using Nsc.Core.Dataflow;

namespace Nsc.FrontEnd.Mining;

internal static class GraphParts
{
    /// <summary>The graph of some outputs only, and which inputs are left, in order.</summary>
    public static (DataflowGraph Graph, ImmutableArray<int> Inputs) Of(DataflowGraph graph, ImmutableArray<int> outputs)
    {
        bool[] isNeeded = Needed(graph, outputs);
        ImmutableArray<int> inputs =
        [
            .. Enumerable.Range(0, graph.InputCount)
                .Where(i => graph.Nodes.Where((n, at) => isNeeded[at] && n.Opcode == Opcode.Input && n.A == i).Any()),
        ];
        var place = new int[graph.Nodes.Length];
        var nodes = ImmutableArray.CreateBuilder<Node>();
        for (int i = 0; i < place.Length; i++)
        {
            if (isNeeded[i])
            {
                place[i] = nodes.Count;
                nodes.Add(Moved(graph.Nodes[i], place, inputs));
            }
        }

        return (new DataflowGraph(nodes.ToImmutable(), inputs.Length, [.. outputs.Select(k => place[graph.Outputs[k]])], graph.Approximations), inputs);
    }

    /// <summary>The value that a node is a conversion of.</summary>
    public static int WithoutConversion(DataflowGraph graph, int node)
    {
        while (graph.Nodes[node].Opcode.Row().Moments == MomentRule.Identity)
        {
            node = graph.Nodes[node].A;
        }

        return node;
    }

    private static bool[] Needed(DataflowGraph graph, ImmutableArray<int> outputs)
    {
        var isNeeded = new bool[graph.Nodes.Length];
        foreach (int output in outputs)
        {
            isNeeded[graph.Outputs[output]] = true;
        }

        for (int i = isNeeded.Length - 1; i >= 0; i--)
        {
            for (int k = 0; isNeeded[i] && k < graph.Nodes[i].Arity; k++)
            {
                isNeeded[graph.Nodes[i].Operand(k)] = true;
            }
        }

        return isNeeded;
    }

    private static Node Moved(Node node, int[] place, ImmutableArray<int> inputs) => node.Opcode == Opcode.Input
        ? node with { A = inputs.IndexOf(node.A) }
        : node.Arity switch
        {
            0 => node,
            1 => node with { A = place[node.A] },
            2 => node with { A = place[node.A], B = place[node.B] },
            _ => node with { A = place[node.A], B = place[node.B], C = place[node.C] },
        };
}
