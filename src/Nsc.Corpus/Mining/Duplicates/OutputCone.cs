// What one output depends on: functions are compared output by output.

using System.Collections.Immutable;
using Nsc.Core.Dataflow;

namespace Nsc.Corpus.Mining.Duplicates;

internal static class OutputCone
{
    /// <summary>The graph of one output: the nodes that it depends on, in their order. The inputs keep their numbers.</summary>
    public static DataflowGraph Of(DataflowGraph graph, int output)
    {
        var isNeeded = new bool[graph.Nodes.Length];
        isNeeded[graph.Outputs[output]] = true;
        for (int i = isNeeded.Length - 1; i >= 0; i--)
        {
            for (int k = 0; isNeeded[i] && k < graph.Nodes[i].Arity; k++)
            {
                isNeeded[graph.Nodes[i].Operand(k)] = true;
            }
        }

        var place = new int[isNeeded.Length];
        var nodes = ImmutableArray.CreateBuilder<Node>();
        for (int i = 0; i < isNeeded.Length; i++)
        {
            if (isNeeded[i])
            {
                place[i] = nodes.Count;
                nodes.Add(Renumbered(graph.Nodes[i], place));
            }
        }

        return new DataflowGraph(nodes.ToImmutable(), graph.InputCount, [place[graph.Outputs[output]]], graph.Approximations);
    }

    private static Node Renumbered(Node node, int[] place) => node.Arity switch
    {
        0 => node,
        1 => node with { A = place[node.A] },
        2 => node with { A = place[node.A], B = place[node.B] },
        _ => node with { A = place[node.A], B = place[node.B], C = place[node.C] },
    };
}
