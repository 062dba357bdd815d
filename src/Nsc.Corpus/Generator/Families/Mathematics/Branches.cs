// Control flow: chains of conditions, early returns, switches, selects over several outputs of a decision.

using System.Globalization;
using Nsc.Corpus.Generator.Drafting;
using Nsc.Corpus.Generator.Grammar;
using Nsc.Corpus.Generator.Values;

namespace Nsc.Corpus.Generator.Families.Mathematics;

internal static class Branches
{
    public static Family Family { get; } = new("branches", 7,
        [new(IfElse, 3), new(EarlyReturns, 2), new(SwitchOnInput, 1), new(SwitchOnFloor, 1), new(Adjustments, 2), new(NestedIf, 1.5), new(DecisionTree)]);

    private static List<Value> Pool(Draft f, int most = 7) =>
        [.. Enumerable.Range(0, Math.Clamp(f.Wanted, 1, most)).Select(_ => f.Free("x|y|z|a|b|c|u|v|level|input|p|q|speed|temp"))];

    private static string Piece(Draft f, IEnumerable<Value> pool, int depth = 2) => new ExpressionGrammar(f, pool).Grow(depth).Text;

    private static void IfElse(Draft f)
    {
        List<Value> pool = Pool(f);
        string r = f.Variable("r|y0v|outv|acc|val", "0.0");
        var conditions = new ExpressionGrammar(f, pool);
        f.Open($"if ({conditions.Conditions()})");
        f.Line($"{r} = {Piece(f, pool)};");
        for (int i = f.R.Int(0, 2); i > 0; i--)
        {
            f.Else($"else if ({conditions.Conditions(0)})");
            f.Line($"{r} = {Piece(f, pool)};");
        }

        f.Else();
        f.Line($"{r} = {Piece(f, pool)};");
        f.Close();
        f.Return(f.R.Chance(0.5) ? r : $"{r} + {Piece(f, pool, 1)}");
    }

    private static void EarlyReturns(Draft f)
    {
        List<Value> pool = Pool(f);
        var conditions = new ExpressionGrammar(f, pool);
        for (int i = f.R.Int(1, 3); i > 0; i--)
        {
            f.Open($"if ({conditions.Conditions()})");
            f.Exit(Piece(f, pool));
            f.Close();
        }

        f.Exit(conditions.Gather(conditions.Grow(2)).Text);
    }

    private static void SwitchOnInput(Draft f)
    {
        int cases = f.R.Int(3, 6);
        Value mode = f.Integer("mode|op|kind|type|state|sel", 0, cases - 1);
        Cases(f, mode.Text, cases, Pool(f, 5));
    }

    private static void SwitchOnFloor(Draft f)
    {
        int cases = f.R.Int(3, 5);
        Value x = f.Input("x|phase|pos|hue", new(0, cases));
        Cases(f, f.Whole("k|cell|segment|idx", $"(int)floor({x})"), cases, [x, .. Pool(f, 3)]);
    }

    private static void Cases(Draft f, string selector, int cases, List<Value> pool)
    {
        string r = f.Variable("r|val|acc", "0.0");
        f.Open($"switch ({selector})");
        for (int i = 0; i < cases - 1; i++)
        {
            f.Open($"case {i.ToString(CultureInfo.InvariantCulture)}:");
            f.Line($"{r} = {Piece(f, pool)};");
            f.Line("break;");
            f.Close();
        }

        f.Open("default:");
        f.Line($"{r} = {Piece(f, pool)};");
        f.Line("break;");
        f.Close();
        f.Close();
        f.Return(r);
    }

    private static void Adjustments(Draft f)
    {
        List<Value> pool = Pool(f);
        var grammar = new ExpressionGrammar(f, pool);
        string r = f.Variable("score|total|cost|r|level", grammar.Grow(2).Text);
        for (int i = f.R.Int(1, 4); i > 0; i--)
        {
            f.Open($"if ({grammar.Conditions()})");
            f.Line($"{r} {f.R.Pick("+=", "-=", "+=", "*=")} {Adjustment(f, pool)};");
            f.Close();
        }

        f.Return(r);
    }

    private static string Adjustment(Draft f, List<Value> pool) => f.R.Chance(0.5) ? f.Literal(0.2, 3) : Piece(f, pool, 1);

    private static void NestedIf(Draft f)
    {
        List<Value> pool = Pool(f);
        var conditions = new ExpressionGrammar(f, pool);
        f.Open($"if ({conditions.Condition()})");
        f.Open($"if ({new ExpressionGrammar(f, pool).Condition()})");
        f.Exit(Piece(f, pool));
        f.Close();
        f.Exit(Piece(f, pool, 1));
        f.Close();
        f.Open($"if ({conditions.Condition()})");
        f.Exit(Piece(f, pool));
        f.Close();
        f.Exit(Piece(f, pool, 1));
    }

    private static void DecisionTree(Draft f)
    {
        List<Value> pool = Pool(f, 8);
        Leaves(f, pool, f.R.Int(2, 3));
    }

    private static void Leaves(Draft f, List<Value> pool, int depth)
    {
        f.Open($"if ({new ExpressionGrammar(f, pool).Condition(0)})");
        Leaf(f, pool, depth - 1);
        f.Else();
        Leaf(f, pool, depth - 1);
        f.Close();
    }

    private static void Leaf(Draft f, List<Value> pool, int depth)
    {
        if (depth > 0 && f.R.Chance(0.8))
        {
            Leaves(f, pool, depth);
            return;
        }

        f.Exit(f.R.Chance(0.7) ? f.Coefficient() : $"{f.Coefficient()} * {f.R.OneOf(pool)}");
    }
}
