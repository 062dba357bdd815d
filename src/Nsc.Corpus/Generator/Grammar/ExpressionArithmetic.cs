// The arithmetic productions of the expression grammar.

using System.Collections.Immutable;
using Nsc.Corpus.Generator.Values;

namespace Nsc.Corpus.Generator.Grammar;

internal sealed partial class ExpressionGrammar
{
    private ImmutableArray<(double Weight, Func<int, Value> Grow)> Arithmetic() =>
    [
        (12, Addition),
        (11, Subtraction),
        (14, Multiplication),
        (6, Division),
        (6, Affine),
        (4, WithConstant),
        (3, Square),
        (2, depth => Negated(Operand(depth))),
        (2, Polynomial),
        (1, SharedLocal),
    ];

    private Value Addition(int depth)
    {
        Value a = Operand(depth);
        return Plus(a, Balanced(Other(depth, a), a));
    }

    private Value Subtraction(int depth)
    {
        Value a = Operand(depth);
        return Minus(a, Balanced(Other(depth, a), a));
    }

    private Value Multiplication(int depth)
    {
        Value a = Operand(depth);
        return Times(a, Other(depth, a));
    }

    private Value Division(int depth)
    {
        Value a = Operand(depth), b = Other(depth, a);
        if (Intervals.IsClearOfZero(b.Range))
        {
            return Quotient(a, b);
        }

        Value gap = Value.Of(Numbers.Between(R, 0.2, 2) * Math.Max(1, Numbers.Round(b.Magnitude / 10, 1)));
        Value divisor = R.Int(0, 2) switch
        {
            0 => Plus(Fabs(b), gap),
            1 => Plus(gap, Times(b, b)),
            _ => new($"sqrt({Plus(gap, Times(b, b)).Text})", new(Math.Sqrt(gap.Range.Low), Math.Sqrt(gap.Range.Low) + b.Magnitude)),
        };
        return Quotient(a, divisor);
    }

    private Value Affine(int depth)
    {
        Value scaled = Times(Value.Of(Numbers.Coefficient(R)), Operand(depth));
        Value offset = Value.Of(Numbers.Round(Numbers.Coefficient(R) * Math.Clamp(scaled.Magnitude, 0.1, 100), 2));
        return R.Chance(0.7) ? Plus(scaled, offset) : Minus(offset, scaled);
    }

    private Value WithConstant(int depth)
    {
        Value a = Operand(depth), c = Value.Of(Numbers.Free(R));
        return R.Int(0, 4) switch
        {
            0 => Minus(a, Balanced(c, a)),
            1 => Minus(c, Balanced(a, c)),
            2 => Times(c, a),
            3 when Intervals.IsClearOfZero(a.Range) => Quotient(c, a),
            _ => Quotient(a, c),
        };
    }

    private Value Square(int depth)
    {
        Value a = Leaf();
        return R.Chance(0.8) ? Times(a, a) : Times(Times(a, a), a);
    }

    private static Value Negated(Value a) => new($"-{a}", new(-a.Range.High, -a.Range.Low), Binding.Unary);

    private Value Polynomial(int depth)
    {
        Value x = AtMost(Leaf(), 3);
        x = x.Binding == Binding.Atom ? x : Local(x);
        Value sum = Value.Of(Numbers.Coefficient(R));
        for (int i = R.Int(1, 3); i > 0; i--)
        {
            sum = Plus(Times(sum, x), Value.Of(Numbers.Coefficient(R)));
        }

        return sum;
    }

    // A local that later expressions may read again: the program becomes a graph, not a tree.
    private Value SharedLocal(int depth)
    {
        Value local = Local(Grow(Math.Max(1, depth)));
        _pool.Add(local);
        return Plus(local, Times(local, Leaf()));
    }

    private Value Local(Value value) => new(_f.Let("t|u|v|w|q|tmp|acc|mix|delta|base", value.Text), value.Range);
}
