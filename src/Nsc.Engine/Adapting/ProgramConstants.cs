// The constants of a program's dataflow, each use by itself, so that one can be changed where the text has one literal.

using System.Collections.Immutable;
using Nsc.Core.Dataflow;

namespace Nsc.Engine.Adapting;

/// <summary>A floating constant that may be changed.</summary>
/// <param name="Nodes">Its nodes: one for a use of its own, several for all uses of the same number.</param>
/// <param name="Line">The line of the source of its first use; 0 where that is unknown.</param>
public sealed record ProgramConstant(ImmutableArray<int> Nodes, double Value, int Line);

/// <summary>A dataflow graph in which each use of a floating constant has a node of its own.</summary>
public sealed class ProgramConstants
{
    private ProgramConstants(DataflowGraph graph, ImmutableArray<ProgramConstant> all) => (Graph, All) = (graph, all);

    /// <summary>Computes the same; its constants are nodes by use, so that equal ones need not stay equal.</summary>
    public DataflowGraph Graph { get; }

    /// <summary>All that may be changed: each use, and all uses of a number together where there are several.</summary>
    public ImmutableArray<ProgramConstant> All { get; }

    public static ProgramConstants Of(DataflowGraph graph)
    {
        var nodes = ImmutableArray.CreateBuilder<Node>();
        var uses = new List<ProgramConstant>();
        int[] map = new int[graph.Nodes.Length];
        for (int i = 0; i < map.Length; i++)
        {
            Node node = graph.Nodes[i];
            int line = graph.Lines.IsDefaultOrEmpty ? 0 : graph.Lines[i];
            for (int k = 0; node.Opcode != Opcode.Input && k < node.Arity; k++)
            {
                int operand = graph.Nodes[i].Operand(k);
                node = With(node, k, IsFree(graph.Nodes[operand]) ? Own(graph.Nodes[operand], line) : map[operand]);
            }

            map[i] = Append(node);
        }

        IEnumerable<ProgramConstant> together = uses.GroupBy(u => u.Value).Where(g => g.Count() > 1).Select(g => g.First() with { Nodes = [.. g.SelectMany(u => u.Nodes)] });
        var all = ImmutableArray.CreateRange(uses.Concat(together));
        return new ProgramConstants(graph with { Nodes = nodes.ToImmutable(), Outputs = [.. graph.Outputs.Select(o => map[o])], Lines = [] }, all);

        int Own(Node constant, int line)
        {
            int at = Append(constant);
            uses.Add(new ProgramConstant([at], constant.ConstantValue, line));
            return at;
        }

        int Append(Node node)
        {
            nodes.Add(node);
            return nodes.Count - 1;
        }
    }

    /// <summary>The graph with other values of some constants.</summary>
    public DataflowGraph With(IReadOnlyList<(ProgramConstant Constant, double Value)> values)
    {
        ImmutableArray<Node>.Builder nodes = Graph.Nodes.ToBuilder();
        foreach ((ProgramConstant constant, double value) in values)
        {
            foreach (int node in constant.Nodes)
            {
                nodes[node] = Node.Floating(ValueIn(nodes[node].Kind, value)) with { Kind = nodes[node].Kind };
            }
        }

        return Graph with { Nodes = nodes.ToImmutable() };
    }

    private static bool IsFree(Node node) => node.Opcode == Opcode.Constant && node.Kind.IsFloating() && double.IsFinite(node.ConstantValue);

    private static double ValueIn(ValueKind kind, double value) => kind == ValueKind.Float ? (float)value : value;

    private static Node With(Node node, int position, int operand) => position switch
    {
        0 => node with { A = operand },
        1 => node with { B = operand },
        _ => node with { C = operand },
    };
}
