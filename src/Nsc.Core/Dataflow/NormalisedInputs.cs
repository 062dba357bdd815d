// A surrogate sees every input mapped to [-1, 1]. The mapping back to the program's units becomes part of the graph, as
// ordinary arithmetic with constants, so that CompNet reads an input's range like any other computation.

using System.Collections.Immutable;
using Nsc.Core.Programs;

namespace Nsc.Core.Dataflow;

public static class NormalisedInputs
{
    /// <summary>The same function over inputs in [-1, 1]: each x becomes middle + halfWidth * u, or the exponential of that, rounded for integers.</summary>
    public static DataflowGraph OverNormalisedInputs(this DataflowGraph graph, ImmutableArray<InputVariable> inputs)
    {
        var nodes = ImmutableArray.CreateBuilder<Node>(graph.Nodes.Length + (4 * inputs.Length));
        var constants = new Dictionary<Node, int>();
        var map = new int[graph.Nodes.Length];
        for (int i = 0; i < map.Length; i++)
        {
            Node node = graph.Nodes[i];
            map[i] = node.Opcode switch
            {
                Opcode.Input => AppendMapping(nodes, constants, node, inputs[node.A].Range),
                Opcode.Constant => Constant(nodes, constants, node),
                _ => Append(nodes, Remap(node, map)),
            };
        }

        return graph with { Nodes = nodes.ToImmutable(), Outputs = [.. graph.Outputs.Select(o => map[o])], Lines = [] };
    }

    private static int AppendMapping(
        ImmutableArray<Node>.Builder nodes, Dictionary<Node, int> constants, Node input, Interval range)
    {
        bool integer = input.Kind.IsInteger();
        Interval linear = range.Linear;
        ValueKind kind = integer ? ValueKind.Double : input.Kind;
        int value = Append(nodes, Node.ForInput(input.A, kind));
        if (linear.HalfWidth != 1)
        {
            int factor = Constant(nodes, constants, Node.Floating(linear.HalfWidth) with { Kind = kind });
            value = Append(nodes, new Node(Opcode.Multiply, kind, value, factor));
        }

        if (linear.Middle != 0)
        {
            int offset = Constant(nodes, constants, Node.Floating(linear.Middle) with { Kind = kind });
            value = Append(nodes, new Node(Opcode.Add, kind, value, offset));
        }

        if (range.IsLogarithmic)
        {
            value = Append(nodes, new Node(Opcode.Exp, kind, value));
        }

        if (integer)
        {
            value = Append(nodes, new Node(Opcode.RoundToEven, kind, value));
            value = Append(nodes, new Node(Opcode.FloatToInteger, input.Kind, value));
        }

        return value;
    }

    private static Node Remap(Node node, int[] map) => node with
    {
        A = node.A >= 0 ? map[node.A] : -1,
        B = node.B >= 0 ? map[node.B] : -1,
        C = node.C >= 0 ? map[node.C] : -1,
    };

    private static int Constant(ImmutableArray<Node>.Builder nodes, Dictionary<Node, int> constants, Node constant)
    {
        if (!constants.TryGetValue(constant, out int index))
        {
            index = Append(nodes, constant);
            constants.Add(constant, index);
        }

        return index;
    }

    private static int Append(ImmutableArray<Node>.Builder nodes, Node node)
    {
        nodes.Add(node);
        return nodes.Count - 1;
    }
}
