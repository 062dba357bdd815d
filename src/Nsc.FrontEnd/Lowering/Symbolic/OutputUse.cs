// What a program does with its output buffers, told by where the marks that they held before the call are in its graph.

using Nsc.Core.Dataflow;

namespace Nsc.FrontEnd.Lowering.Symbolic;

/// <summary>What becomes of one output buffer.</summary>
/// <param name="IsRead">Whether something depends on what it held before the call.</param>
/// <param name="IsKept">Whether on some path it holds that still.</param>
/// <param name="IsNeverWritten">Whether it does on all.</param>
/// <param name="Constant">What it holds afterwards, where that is one number.</param>
internal readonly record struct OutputUse(bool IsRead, bool IsKept, bool IsNeverWritten, double? Constant)
{
    /// <summary>For each output.</summary>
    public static OutputUse[] Of(IReadOnlyList<Node> nodes, IReadOnlyList<int> outputs, int inputCount)
    {
        HashSet<int>?[] carried = Carried(nodes, inputCount);
        var isRead = new bool[outputs.Count];
        foreach (Node node in nodes)
        {
            for (int i = 0; i < node.Arity; i++)
            {
                bool isCarrying = IsConversion(node) || (node.Opcode == Opcode.Select && i > 0);
                Mark(isCarrying ? null : carried[node.Operand(i)], isRead);
            }
        }

        for (int k = 0; k < outputs.Count; k++)
        {
            Mark(carried[outputs[k]]?.Where(mark => mark != k), isRead);
        }

        return [.. outputs.Select((node, k) => new OutputUse(
            isRead[k], carried[node]?.Contains(k) == true, nodes[WithoutConversion(nodes, node)] is { Opcode: Opcode.Input, A: var input } && input == inputCount + k,
            nodes[WithoutConversion(nodes, node)] is { Opcode: Opcode.Constant, ConstantValue: var value } ? value : null))];
    }

    // For each node the marks that it may be, unchanged.
    private static HashSet<int>?[] Carried(IReadOnlyList<Node> nodes, int inputCount)
    {
        var carried = new HashSet<int>?[nodes.Count];
        for (int i = 0; i < nodes.Count; i++)
        {
            Node node = nodes[i];
            if (node.Opcode == Opcode.Input && node.A >= inputCount)
            {
                carried[i] = [node.A - inputCount];
            }
            else if (IsConversion(node))
            {
                carried[i] = carried[node.A];
            }
            else if (node.Opcode == Opcode.Select && (carried[node.B] ?? carried[node.C]) is not null)
            {
                carried[i] = [.. carried[node.B] ?? [], .. carried[node.C] ?? []];
            }
        }

        return carried;
    }

    private static void Mark(IEnumerable<int>? marks, bool[] isRead)
    {
        foreach (int mark in marks ?? [])
        {
            isRead[mark] = true;
        }
    }

    private static bool IsConversion(Node node) =>
        node.Opcode is Opcode.IntegerToFloat or Opcode.UnsignedToFloat or Opcode.RoundToFloat
            or Opcode.Wrap or Opcode.SignExtend or Opcode.ZeroExtend;

    private static int WithoutConversion(IReadOnlyList<Node> nodes, int node)
    {
        while (IsConversion(nodes[node]))
        {
            node = nodes[node].A;
        }

        return node;
    }
}
