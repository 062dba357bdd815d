// A program's graph as CompNet and the moment analysis read it: one form for all graphs that compute the same function of real
// numbers. It is never evaluated as the program.

namespace Nsc.Core.Dataflow.Building;

public static class CanonicalGraph
{
    /// <summary>
    /// The same function of real numbers in fewer operations, and in those that CompNet knows (<see cref="OpcodeRow.IsCanonical"/>). It
    /// rounds otherwise than the program, and is not to be trusted with NaN, infinities and the sign of zero. The canonical form of
    /// a canonical graph is itself.
    /// </summary>
    public static DataflowGraph Canonical(this DataflowGraph graph) =>
        graph.Canonical(graph.InputCount, (values, input) => values.Input(input.A, input.Kind, ValueRange.Of(input.Kind)));

    /// <summary>The canonical form over other inputs.</summary>
    /// <param name="inputCount">How many there are.</param>
    /// <param name="ofInput">What stands for an input's node.</param>
    public static DataflowGraph Canonical(this DataflowGraph graph, int inputCount, Func<ValueGraph, Node, int> ofInput)
    {
        var values = new ValueGraph(Arithmetic.Real);
        var map = new int[graph.Nodes.Length];
        for (int i = 0; i < map.Length; i++)
        {
            Node node = graph.Nodes[i];
            map[i] = node.Opcode switch
            {
                Opcode.Input => ofInput(values, node),
                Opcode.Constant => values.ConstantCell(node.Kind, node.Bits),
                Opcode.Select => values.Select(map[node.A], map[node.B], map[node.C]),
                _ => values.Apply(node.Opcode, node.Kind, map[node.A], node.B < 0 ? -1 : map[node.B], node.C < 0 ? -1 : map[node.C]),
            };
        }

        var (nodes, outputs, _) = values.Extract([.. graph.Outputs.Select(o => map[o])]);
        return graph with { Nodes = nodes, InputCount = inputCount, Outputs = outputs, Lines = [] };
    }
}
