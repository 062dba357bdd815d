// Where a program branches, seen in its graph: an `if` has become a select, or what a select was simplified to.

using System.Collections.Immutable;

namespace Nsc.Core.Dataflow.Paths;

/// <summary>
/// The nodes whose outcome decides how a program goes on. A boolean decides when something other than logic uses it: a select, or a
/// conversion to a number. A minimum, a maximum and an absolute value decide as well: they are short ifs.
/// </summary>
public static class Branches
{
    /// <summary>The deciding nodes, in the graph's order.</summary>
    public static ImmutableArray<int> Of(DataflowGraph graph)
    {
        var decides = new bool[graph.Nodes.Length];
        for (int i = 0; i < decides.Length; i++)
        {
            Node node = graph.Nodes[i];
            decides[i] |= IsShortIf(node.Opcode);
            bool isLogic = node.Kind == ValueKind.Boolean && node.Opcode != Opcode.Select;
            for (int k = 0; k < node.Arity && !isLogic; k++)
            {
                decides[node.Operand(k)] |= IsTest(graph.Nodes[node.Operand(k)]);
            }
        }

        foreach (int output in graph.Outputs)
        {
            decides[output] |= IsTest(graph.Nodes[output]);
        }

        return [.. Enumerable.Range(0, decides.Length).Where(i => decides[i])];
    }

    /// <summary>For each sample whether a deciding node's outcome is yes: its test holds, or its result is its first operand.</summary>
    public static bool[] Outcomes(DataflowGraph graph, int node, GraphValues values)
    {
        double[] result = values.Column(node);
        if (!IsShortIf(graph.Nodes[node].Opcode))
        {
            return Array.ConvertAll(result, v => v != 0);
        }

        double[] first = values.Column(graph.Nodes[node].A);
        return [.. result.Zip(first, (r, a) => r == a)];
    }

    private static bool IsShortIf(Opcode opcode) => opcode.Row().FirstWhen is not null;

    private static bool IsTest(Node node) => node.Kind == ValueKind.Boolean && node.Opcode is not (Opcode.Input or Opcode.Constant);
}
