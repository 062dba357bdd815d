// The libm and choice productions of the expression grammar.

using System.Collections.Immutable;
using Nsc.Core.Programs;
using Nsc.Corpus.Generator.Values;

namespace Nsc.Corpus.Generator.Grammar;

internal sealed partial class ExpressionGrammar
{
    private ImmutableArray<(double Weight, Func<int, Value> Grow)> Functions() =>
    [
        (22, depth => Unary(Operand(depth))),
        (3, Power),
        (1.5, Angle),
        (1.5, Hypotenuse),
        (0.7, Remainder),
    ];

    private ImmutableArray<(double Weight, Func<int, Value> Grow)> Choices() =>
    [
        (4, Extremum),
        (4, Conditional),
        (2, Clamp),
        (0.7, Truth),
        (0.4, depth => Signed(Operand(depth), Leaf())),
    ];

    private Value Unary(Value a) => R.Weighted(10, 9, 9, 8, 8, 8, 6, 5, 3, 3, 2, 2, 2, 2, 2, 1.5, 1.5, 1.5, 1, 1, 1) switch
    {
        0 => Fabs(a),
        1 => Call("sqrt", NotNegative(a), Math.Sqrt),
        2 => Waves("sin", AtMost(a, 7)),
        3 => Waves("cos", AtMost(a, 7)),
        4 => Call("exp", AtMost(a, 3), Math.Exp),
        5 => Call("log", Positive(a), Math.Log),
        6 => Call("tanh", AtMost(a, 2.5), Math.Tanh),
        7 => Call("atan", a, Math.Atan),
        8 => Steps("floor", a),
        9 => Decay(AtMost(a, 2)),
        10 => Steps(R.Pick("ceil", "round", "trunc"), a),
        11 => Call("cbrt", a, Math.Cbrt),
        12 => Call("tan", Surely(a, 1.2), Math.Tan),
        13 => Call("asin", Surely(a, 0.98), Math.Asin),
        14 => Arccosine(Surely(a, 0.98)),
        15 => Call("log1p", NotNegative(a), x => Math.Log(1 + x)),
        16 => Call("exp2", AtMost(a, 4), x => Math.Pow(2, x)),
        17 => Call("sinh", AtMost(a, 3), Math.Sinh),
        18 => Call("asinh", a, Math.Asinh),
        19 => new($"erf({AtMost(a, 2).Text})", new(-1, 1)),
        _ => Logarithm(R.Pick("log2", "log10"), Positive(a)),
    };

    private static Value Fabs(Value a) => new($"fabs({a.Text})", Intervals.Absolute(a.Range));

    private static Value Waves(string function, Value a) => new($"{function}({a.Text})", new(-1, 1));

    private static Value Arccosine(Value a) => new($"acos({a.Text})", new(Math.Acos(Math.Min(1, a.Range.High)), Math.Acos(Math.Max(-1, a.Range.Low))));

    // One bound for both bases: the binary logarithm is the larger of the two, and both change sign at 1.
    private static Value Logarithm(string function, Value a) =>
        new($"{function}({a.Text})", Intervals.Union(Intervals.Rising(a.Range, Math.Log2), new(0, 0)));

    private static Value Decay(Value a) => new($"exp(-{Times(a, a)})", new(Math.Exp(-a.Magnitude * a.Magnitude), 1));

    // Steps of a unit make sense on values that span several units.
    private Value Steps(string function, Value a)
    {
        Value wide = a.Width is < 3 or > 20 ? Scaled(a, R.Uniform(2, 6)) : a;
        return new($"{function}({wide.Text})", new(wide.Range.Low - 1, wide.Range.High + 1));
    }

    // Unlike AtMost, never lets a value by: outside of it there is a pole or no value.
    private static Value Surely(Value a, double limit)
    {
        if (a.Magnitude <= limit)
        {
            return a;
        }

        double factor = Numbers.Round(limit / a.Magnitude, 2);
        factor = factor * a.Magnitude > limit ? Numbers.Round(factor * 0.95, 2) : factor;
        return Times(Value.Of(factor), a);
    }

    private Value NotNegative(Value a)
    {
        if (a.Range.Low >= 0)
        {
            return a;
        }

        return R.Chance(0.5) ? Fabs(a) : Plus(Times(a, a), Value.Of(Numbers.Between(R, 0.1, 3)));
    }

    private Value Positive(Value a) => a.Range.Low > 0.01 * a.Range.High && a.Range.Low > 1e-3
        ? a
        : Plus(NotNegative(a), Value.Of(Math.Max(Numbers.Between(R, 0.1, 2), Numbers.Round(a.Magnitude / 50, 1))));

    private Value Power(int depth)
    {
        Value a = AtMost(Positive(Operand(depth)), 20);
        double exponent = R.Pick(0.5, 1.5, 2, 3, 0.25, 0.75, -1, -0.5, 1.0 / 3, 2.2, Numbers.Between(R, -1.5, 2.5));
        exponent = Numbers.Round(exponent, 3);
        return new($"pow({a.Text}, {Value.Of(exponent).Text})", Intervals.Hull(Math.Pow(a.Range.Low, exponent), Math.Pow(a.Range.High, exponent)));
    }

    private Value Angle(int depth)
    {
        Value y = Operand(depth), x = Other(depth, y);
        return new($"atan2({y.Text}, {Positive(x).Text})", new(-Math.PI, Math.PI));
    }

    private Value Hypotenuse(int depth)
    {
        Value a = Operand(depth), b = Balanced(Other(depth, a), a);
        var range = new Interval(0, Math.Sqrt((a.Magnitude * a.Magnitude) + (b.Magnitude * b.Magnitude)));
        if (R.Chance(0.4))
        {
            return new($"hypot({a.Text}, {b.Text})", range);
        }

        return new($"sqrt({Times(a, a).Text} + {Times(b, b).Text})", range);
    }

    private Value Remainder(int depth)
    {
        Value a = Operand(depth);
        double period = Numbers.Round(Math.Max(a.Magnitude, 1e-3) * R.Uniform(0.4, 1.2), 1);
        return new($"fmod({a.Text}, {Numbers.Literal(period)})", new(-period, period));
    }

    private Value Extremum(int depth)
    {
        Value a = Operand(depth);
        Value b = R.Chance(0.5) ? Value.Of(Numbers.Round(R.Inside(a.Range), 2)) : Balanced(Other(depth, a), a);
        string function = R.Pick("fmin", "fmax");
        string text = R.Chance(0.7)
            ? $"{function}({a.Text}, {b.Text})"
            : $"({a.At(Binding.Sum)} {(function == "fmin" ? "<" : ">")} {b.At(Binding.Sum)} ? {a.Text} : {b.Text})";
        return new(text, Intervals.Union(a.Range, b.Range));
    }

    private Value Conditional(int depth)
    {
        Value a = Operand(depth), b = R.Chance(0.8) ? Other(depth, a) : Value.Of(Numbers.Free(R));
        b = Balanced(b, a);
        return new($"{Condition()} ? {a.At(Binding.Sum)} : {b.At(Binding.Sum)}", Intervals.Union(a.Range, b.Range), Binding.Conditional);
    }

    private Value Clamp(int depth)
    {
        Value a = Operand(depth);
        double low = Numbers.Round(a.Range.Middle - (a.Range.HalfWidth * R.Uniform(0.2, 0.8)), 2);
        double high = Numbers.Round(a.Range.Middle + (a.Range.HalfWidth * R.Uniform(0.2, 0.8)), 2);
        return low < high ? new($"fmin(fmax({a.Text}, {Value.Of(low).Text}), {Value.Of(high).Text})", new(low, high)) : a;
    }

    private Value Truth(int depth)
    {
        Value a = Operand(depth);
        return Plus(Balanced(a, Value.Of(1)), new($"({Condition()})", new(0, 1)));
    }

    private static Value Signed(Value a, Value sign) => new($"copysign({a.Text}, {sign.Text})", new(-a.Magnitude, a.Magnitude));
}
