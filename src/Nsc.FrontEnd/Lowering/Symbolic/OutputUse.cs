// What a program does with its inputs and its output buffers, told by where these, and the marks that buffers held before the call, are in its graph.

using Nsc.Core.Dataflow;

namespace Nsc.FrontEnd.Lowering.Symbolic;

/// <summary>What becomes of one output buffer.</summary>
/// <param name="IsRead">Whether something depends on what it held before the call.</param>
/// <param name="IsKept">Whether on some path it holds that still.</param>
/// <param name="IsNeverWritten">Whether it does on all.</param>
/// <param name="Constant">What it holds afterwards, where that is one number.</param>
internal readonly record struct OutputUse(bool IsRead, bool IsKept, bool IsNeverWritten, double? Constant);

/// <param name="Outputs">For each output.</param>
/// <param name="ReadsInput">For each input whether something depends on it.</param>
internal sealed record CallUses(OutputUse[] Outputs, bool[] ReadsInput)
{
    /// <summary>Whether inputs decide how often a loop is entered.</summary>
    public bool FollowsData { get; init; }

    /// <summary>Whether the program uses elements that data decide about, or others than there are.</summary>
    public bool LeavesArrays { get; init; }

    /// <summary>Those of a graph whose inputs are the program's, and then the marks of its outputs.</summary>
    /// <param name="tests">Other values that count.</param>
    public static CallUses Of(IReadOnlyList<Node> nodes, IReadOnlyList<int> outputs, IReadOnlyList<int> tests, int inputCount)
    {
        HashSet<int>?[] carried = Carried(nodes);
        var isRead = new bool[inputCount + outputs.Count];
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
            Mark(carried[outputs[k]]?.Where(mark => mark != inputCount + k), isRead);
        }

        foreach (int test in tests)
        {
            Mark(carried[test], isRead);
        }

        OutputUse[] uses = [.. outputs.Select((node, k) => new OutputUse(
            isRead[inputCount + k], carried[node]?.Contains(inputCount + k) == true, nodes[WithoutConversion(nodes, node)] is { Opcode: Opcode.Input, A: var input } && input == inputCount + k,
            nodes[WithoutConversion(nodes, node)] is { Opcode: Opcode.Constant, ConstantValue: var value } ? value : null))];
        return new CallUses(uses, isRead[..inputCount]);
    }

    // For each node the inputs and marks that it may be, unchanged.
    private static HashSet<int>?[] Carried(IReadOnlyList<Node> nodes)
    {
        var carried = new HashSet<int>?[nodes.Count];
        for (int i = 0; i < nodes.Count; i++)
        {
            Node node = nodes[i];
            if (node.Opcode == Opcode.Input)
            {
                carried[i] = [node.A];
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
