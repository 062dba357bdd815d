// Finds outputs that the program does not write: their buffers held a mark before the call, and the mark is still there.

using Nsc.Core.Dataflow;
using Nsc.FrontEnd.Lowering.Values;

namespace Nsc.FrontEnd.Lowering.Symbolic;

/// <summary>Checks where the marks of unwritten outputs end up in the finished graph.</summary>
internal sealed class OutputChecker(LoweringState lowering, IReadOnlyList<Node> nodes)
{
    private int InputCount => lowering.Program.Signature.Inputs.Length;

    /// <summary>Reports each output that is not written, or not on every path, or read too early.</summary>
    /// <param name="outputs">For each output its node.</param>
    public void Check(IReadOnlyList<int> outputs)
    {
        for (int k = 0; k < outputs.Count; k++)
        {
            string name = lowering.Program.Signature.Outputs[k].Name;
            if (IsMark(WithoutConversion(outputs[k])))
            {
                lowering.ReportProgram("output-not-written", $"output '{name}' is never written");
            }
            else if (ReachesThroughSelects(outputs[k]))
            {
                lowering.ReportProgram("output-not-written", $"output '{name}' is not written on every path");
            }
        }

        foreach (Node node in nodes.Where(IsUse))
        {
            for (int i = 0; i < node.Arity; i++)
            {
                if (IsMark(node.Operand(i)))
                {
                    string name = lowering.Program.Signature.Outputs[nodes[node.Operand(i)].A - InputCount].Name;
                    lowering.ReportProgram("output-read", $"output parameter '{name}' is read before it is written");
                }
            }
        }
    }

    private bool IsMark(int node) => nodes[node].Opcode == Opcode.Input && nodes[node].A >= InputCount;

    private static bool IsConversion(Node node) =>
        node.Opcode is Opcode.IntegerToFloat or Opcode.UnsignedToFloat or Opcode.RoundToFloat
            or Opcode.Wrap or Opcode.SignExtend or Opcode.ZeroExtend;

    // Selects and conversions carry a value to an output without using it.
    private static bool IsUse(Node node) => node.Opcode != Opcode.Select && !IsConversion(node);

    private int WithoutConversion(int node)
    {
        while (IsConversion(nodes[node]))
        {
            node = nodes[node].A;
        }

        return node;
    }

    private bool ReachesThroughSelects(int output)
    {
        var seen = new HashSet<int>();
        var pending = new Stack<int>([output]);
        while (pending.TryPop(out int next))
        {
            int node = WithoutConversion(next);
            if (!seen.Add(node))
            {
                continue;
            }

            if (IsMark(node))
            {
                return true;
            }

            if (nodes[node].Opcode == Opcode.Select)
            {
                pending.Push(nodes[node].B);
                pending.Push(nodes[node].C);
            }
        }

        return false;
    }
}
