// Formulas without a meaning: the whole space of operators, libm functions and constants.

using Nsc.Corpus.Generator.Drafting;
using Nsc.Corpus.Generator.Grammar;
using Nsc.Corpus.Generator.Values;

namespace Nsc.Corpus.Generator.Families.Mathematics;

internal static class Expressions
{
    private const string InputWords = "x|y|z|a|b|c|u|v|w|p|q|r|t|k|m|n|alpha|beta|lhs|rhs|left|right|first|second|value";

    public static Family Family { get; } = new("expressions", 14,
        [new(OneLine, 2), new(Locals, 5), new(Outputs, 0.8), new(WholeNumbers, 0.8), new(Helpers, 1.2), new(OverArray, 1)]);

    /// <summary>A pool of inputs of any range for random formulas.</summary>
    public static ExpressionGrammar Inputs(Draft f, int least = 1, int most = 11)
    {
        int count = Math.Clamp(f.Wanted, least, most);
        var grammar = new ExpressionGrammar(f, []);
        for (int i = 0; i < count; i++)
        {
            grammar.Add(f.Free(InputWords));
        }

        return grammar;
    }

    private static void OneLine(Draft f)
    {
        ExpressionGrammar grammar = Inputs(f, 1, 5);
        f.Return(grammar.Gather(grammar.Grow(f.R.Int(2, 3))).Text);
    }

    private static void Locals(Draft f)
    {
        ExpressionGrammar grammar = Inputs(f);
        for (int i = f.R.Chance(0.12) ? f.R.Int(8, 20) : f.R.Int(1, 6); i > 0; i--)
        {
            Value value = grammar.Grow(f.R.Int(1, 2));
            grammar.Add(new(f.Let("t|s0|d|e|f|g|h|tmp|diff|sum|prod|ratio|part|term", value.Text), value.Range));
        }

        f.Return(grammar.Gather(grammar.Grow(f.R.Int(1, 2))).Text);
    }

    private static void Outputs(Draft f)
    {
        ExpressionGrammar grammar = Inputs(f, 2);
        Value shared = grammar.Grow(2);
        grammar.Add(new(f.Let("t|base|mix|common", shared.Text), shared.Range));
        Value first = grammar.Grow(2), second = grammar.Grow(2);
        f.ReturnAll(("u", first.Text), ("v", grammar.Gather(second).Text));
    }

    private static void WholeNumbers(Draft f)
    {
        Value a = f.Integer("a|x|i|n", -20, 20), b = f.Integer("b|y|j|m", 1, f.R.Int(6, 50));
        string c = f.R.Int(2, 9).ToString(System.Globalization.CultureInfo.InvariantCulture);
        string text = f.R.Int(0, 5) switch
        {
            0 => $"{a} * {b} - {c} * {a}",
            1 => $"({a} + {c} * {b}) / {c}",
            2 => $"{a} > {b} ? {a} - {b} : {b} - {c} * {a}",
            3 => $"{a} * {a} - {b} % {c}",
            4 => $"({a} << 2) - {b} * {c}",
            _ => $"{c} * ({a} - {b}) + ({a} & 3)",
        };
        if (f.R.Chance(0.5))
        {
            f.ExitWhole(text);
            return;
        }

        Value x = f.Free("x|gain|scale");
        f.Return($"{x} * {f.Literal(0.01, 0.5)} * ({text})");
    }

    private static void Helpers(Draft f)
    {
        ExpressionGrammar grammar = Inputs(f, 2);
        string first = Value.Of(Numbers.Coefficient(f.R)).ToString(), second = f.Literal(0.3, 4);
        string body = f.R.Int(0, 6) switch
        {
            0 => $"return {first} * t + {second};",
            1 => $"return t / ({second} + fabs(t));",
            2 => $"return t > 0.0 ? {second} * t : {first} * t;",
            3 => $"return sqrt({second} + t * t);",
            4 => $"return {second} * sin(t) + {first};",
            5 => $"return t * t - {first} * t;",
            _ => $"return t < {first} ? {first} : t;",
        };
        string helper = f.Helper("g|h|shape|bend|act|warp|curve", "real t", body);
        Value a = grammar.Grow(1), b = grammar.Grow(1);
        Value sum = grammar.Gather(new($"{helper}({a.Text}) {f.R.Pick("+", "-", "*")} {helper}({b.Text})", new(-10, 10), Binding.Sum));
        f.Return(sum.Text);
    }

    private static void OverArray(Draft f)
    {
        int count = f.Size(2, 12);
        Nsc.Core.Programs.Interval range = f.FreeRange();
        string array = f.Array("x|v|in_v|data|vals|arr", count, range);
        var grammar = new ExpressionGrammar(f, Enumerable.Range(0, count).Select(i => new Value($"{array}[{i}]", range)));
        Value a = grammar.Grow(2);
        grammar.Add(new(f.Let("t|head|lead", a.Text), a.Range));
        f.Return(grammar.Gather(grammar.Grow(1)).Text);
    }
}
