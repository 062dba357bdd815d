// What a branch decides by, in words that a reader of the program recognises: the expression, as the graph has it.

using System.Collections.Immutable;
using System.Globalization;
using Nsc.Core.Programs;

namespace Nsc.Core.Dataflow;

public static class ConditionText
{
    // Deeper operands, and longer texts, are cut.
    private const int Depth = 4, Longest = 60;

    /// <summary>The condition under which a deciding node's outcome is yes, such as <c>x &lt; 0.5</c>.</summary>
    public static string Of(DataflowGraph graph, ImmutableArray<InputVariable> inputs, int node)
    {
        Node n = graph.Nodes[node];
        string text = n.Opcode switch
        {
            Opcode.Minimum or Opcode.UnsignedMinimum => Infix("<=", n),
            Opcode.Maximum or Opcode.UnsignedMaximum => Infix(">=", n),
            Opcode.Absolute => $"{Operand(n.A, Depth)} >= 0",
            _ => Unwrapped(Operand(node, Depth + 1)),
        };
        return text.Length <= Longest ? text : text[..(Longest - 3)] + "...";

        string Infix(string sign, Node of) => $"{Operand(of.A, Depth)} {sign} {Operand(of.B, Depth)}";

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
            return o.Opcode switch
            {
                Opcode.Select => $"({a} ? {Operand(o.B, depth - 1)} : {Operand(o.C, depth - 1)})",
                _ when Sign(o.Opcode) is { } sign => $"({a} {sign} {Operand(o.B, depth - 1)})",
                Opcode.Negate => $"-{a}",
                Opcode.Not => $"!{a}",
                Opcode.IntegerToFloat or Opcode.UnsignedToFloat or Opcode.RoundToFloat or Opcode.FloatToInteger or Opcode.FloatToUnsigned
                    or Opcode.Wrap or Opcode.SignExtend or Opcode.ZeroExtend => a,
                _ when o.Arity == 2 => $"{Name(o.Opcode)}({a}, {Operand(o.B, depth - 1)})",
                _ => $"{Name(o.Opcode)}({Unwrapped(a)})",
            };
        }
    }

    private static string Name(Opcode opcode) => opcode switch
    {
        Opcode.Absolute => "abs",
        Opcode.Minimum or Opcode.UnsignedMinimum => "min",
        Opcode.Maximum or Opcode.UnsignedMaximum => "max",
        Opcode.SquareRoot => "sqrt",
        Opcode.CubeRoot => "cbrt",
        Opcode.Hypotenuse => "hypot",
        Opcode.Power => "pow",
        _ => opcode.ToString().ToLowerInvariant(),
    };

    private static string? Sign(Opcode opcode) => opcode switch
    {
        Opcode.Add => "+",
        Opcode.Subtract => "-",
        Opcode.Multiply => "*",
        Opcode.Divide or Opcode.UnsignedDivide => "/",
        Opcode.Remainder or Opcode.UnsignedRemainder => "%",
        Opcode.And => "&",
        Opcode.Or => "|",
        Opcode.Xor => "^",
        Opcode.ShiftLeft => "<<",
        Opcode.ShiftRightLogical or Opcode.ShiftRightArithmetic => ">>",
        Opcode.Equal => "==",
        Opcode.NotEqual => "!=",
        Opcode.Less or Opcode.UnsignedLess => "<",
        Opcode.LessOrEqual or Opcode.UnsignedLessOrEqual => "<=",
        _ => null,
    };

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
