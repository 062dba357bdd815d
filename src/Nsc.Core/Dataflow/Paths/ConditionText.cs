// What a branch decides by, in words that a reader of the program recognises: the expression, as the graph has it.

using System.Collections.Immutable;
using System.Globalization;
using Nsc.Core.Programs;

namespace Nsc.Core.Dataflow.Paths;

public static class ConditionText
{
    // Deeper operands, and longer texts, are cut.
    private const int Depth = 4, Longest = 60;

    /// <summary>The condition under which a deciding node's outcome is yes, such as <c>x &lt; 0.5</c>.</summary>
    public static string Of(DataflowGraph graph, ImmutableArray<InputVariable> inputs, int node)
    {
        Node n = graph.Nodes[node];
        string text = n.Opcode.Row().FirstWhen is { } condition
            ? string.Format(CultureInfo.InvariantCulture, condition, Operand(n.A, Depth), n.Arity > 1 ? Operand(n.B, Depth) : "")
            : Unwrapped(Operand(node, Depth + 1));
        return text.Length <= Longest ? text : text[..(Longest - 3)] + "...";

        string Operand(int at, int depth)
        {
            Node o = graph.Nodes[at];
            if (o.Opcode == Opcode.Input)
            {
                return inputs[o.A].Name;
            }

            if (o.Opcode == Opcode.Constant)
            {
                return o.ConstantValue.ToString("G6", CultureInfo.InvariantCulture);
            }

            if (depth == 0)
            {
                return "...";
            }

            string a = Operand(o.A, depth - 1);
            OpcodeRow row = o.Opcode.Row();
            return row.Notation switch
            {
                Notation.Conditional => $"({a} ? {Operand(o.B, depth - 1)} : {Operand(o.C, depth - 1)})",
                Notation.Infix => $"({a} {row.Spelling} {Operand(o.B, depth - 1)})",
                Notation.Prefix => row.Spelling + a,
                Notation.Conversion => a,
                _ when row.Arity == 1 => $"{row.Spelling}({Unwrapped(a)})",
                _ => $"{row.Spelling}({a}, {string.Join(", ", Enumerable.Range(1, row.Arity - 1).Select(k => Operand(o.Operand(k), depth - 1)))})",
            };
        }
    }

    // Without the parentheses around all of it.
    private static string Unwrapped(string text)
    {
        int open = 0;
        for (int i = 0; i < text.Length; i++)
        {
            open += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
            if (open == 0 && (i > 0 || text[0] != '(') && i < text.Length - 1)
            {
                return text;
            }
        }

        return text.StartsWith('(') && text.EndsWith(')') ? text[1..^1] : text;
    }
}
