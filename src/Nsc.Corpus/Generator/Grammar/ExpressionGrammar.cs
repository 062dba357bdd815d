// Random formulas: every operator and libm function, arguments kept in their domains by the operands' intervals.

using System.Collections.Immutable;
using Nsc.Core.Programs;
using Nsc.Corpus.Generator.Drafting;
using Nsc.Corpus.Generator.Values;

namespace Nsc.Corpus.Generator.Grammar;

/// <summary>Grows expressions over a pool of values, preferring those that nothing has used yet.</summary>
internal sealed partial class ExpressionGrammar
{
    private const double Huge = 1e5;

    private readonly Draft _f;
    private readonly List<Value> _pool;
    private readonly List<Value> _unused;
    private readonly ImmutableArray<(double Weight, Func<int, Value> Grow)> _productions;

    public ExpressionGrammar(Draft f, IEnumerable<Value> pool)
    {
        _f = f;
        _pool = [.. pool];
        _unused = [.. _pool];
        _productions = [.. Arithmetic(), .. Functions(), .. Choices()];
    }

    private Rng R => _f.R;

    /// <summary>Makes a value available to later expressions.</summary>
    public void Add(Value value)
    {
        _pool.Add(value);
        _unused.Add(value);
    }

    /// <summary>An expression of a number of levels.</summary>
    public Value Grow(int depth)
    {
        Span<double> weights = stackalloc double[_productions.Length];
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = _productions[i].Weight;
        }

        return Tame(_productions[R.Weighted(weights)].Grow(depth - 1));
    }

    /// <summary>A sum, mean or blend of everything that nothing has used, so that no input is without effect.</summary>
    public Value Gather(Value value)
    {
        while (_unused.Count > 0)
        {
            Value next = _unused[^1];
            _unused.RemoveAt(_unused.Count - 1);
            Value term = R.Chance(0.3) ? Unary(next) : next;
            value = Tame(R.Chance(0.75) ? Plus(value, Balanced(term, value)) : Times(value, Shifted(term)));
        }

        return value;
    }

    /// <summary>
    /// A comparison that is true on a part of the range: "x &lt; 0.3", "a > b". With depth 0 it declares no locals, so that
    /// it can stand between two blocks.
    /// </summary>
    public string Condition(int depth = 1)
    {
        Value a = R.Chance(0.6) ? Leaf() : Operand(depth);
        string relation = R.Pick("<", ">", "<=", ">=");
        if (_pool.Count > 1 && R.Chance(0.35))
        {
            Value b = Leaf();
            if (b.Text != a.Text && b.Range.Low < a.Range.Middle && b.Range.High > a.Range.Middle)
            {
                return $"{a.At(Binding.Sum)} {relation} {b.At(Binding.Sum)}";
            }
        }

        double threshold = Numbers.Round(R.Inside(a.Range), R.Int(1, 2));
        return $"{a.At(Binding.Sum)} {relation} {Value.Of(threshold).Text}";
    }

    /// <summary>A comparison, or two of them joined.</summary>
    public string Conditions(int depth = 1) =>
        R.Chance(0.75) ? Condition(depth) : $"{Condition(depth)} {R.Pick("&&", "||")} {Condition(depth)}";

    /// <summary>An operand: a value of the pool, or an expression while there is depth left.</summary>
    public Value Operand(int depth) => depth > 0 && R.Chance(0.62) ? Grow(depth) : Leaf();

    private Value Leaf()
    {
        if (_unused.Count > 0 && R.Chance(0.6))
        {
            int i = R.Int(0, _unused.Count - 1);
            Value value = _unused[i];
            _unused.RemoveAt(i);
            return value;
        }

        Value picked = R.OneOf(_pool);
        _unused.Remove(picked);
        return picked;
    }

    private Value Other(int depth, Value than)
    {
        Value other = Operand(depth);
        for (int i = 0; i < 4 && other.Text == than.Text; i++)
        {
            other = Operand(depth);
        }

        return other.Text == than.Text ? Value.Of(Numbers.Free(R)) : other;
    }

    // What outgrew the scale of ordinary numbers comes back to it, as a person would divide by a thousand. An interval that
    // arithmetic could not bound is taken as a wide one: programs that are not finite are filtered out later.
    private Value Tame(Value value)
    {
        if (!double.IsFinite(value.Range.Low) || !double.IsFinite(value.Range.High))
        {
            value = value with { Range = new(-Huge, Huge) };
        }

        return value.Magnitude > Huge ? Scaled(value, R.Uniform(1, 100)) : value;
    }

    // The value times the constant that brings its magnitude near a target.
    private Value Scaled(Value value, double target)
    {
        double factor = value.Magnitude > 0 ? target / value.Magnitude : 1;
        if (factor >= 1 || R.Chance(0.6))
        {
            return Times(value, Value.Of(Numbers.Round(factor, R.Int(1, 2))));
        }

        return Quotient(value, Value.Of(Numbers.Round(1 / factor, R.Int(1, 2))));
    }

    private Value Balanced(Value value, Value beside)
    {
        double ratio = value.Magnitude / Math.Max(beside.Magnitude, 1e-9);
        return ratio is > 8 or < 0.12 && R.Chance(0.8) ? Scaled(value, Math.Max(beside.Magnitude, 1e-3) * R.Uniform(0.4, 1.5)) : value;
    }

    private Value Shifted(Value value) => Plus(Balanced(value, Value.Of(1)), Value.Of(R.Int(1, 3)));

    // Mostly within the limit, now and then a little beyond it.
    private Value AtMost(Value value, double limit) =>
        value.Magnitude > limit && (value.Magnitude > 3 * limit || R.Chance(0.9)) ? Scaled(value, limit * R.Uniform(0.5, 1)) : value;

    private static Value Plus(Value a, Value b) => b is { Binding: Binding.Unary } && b.Range.High == b.Range.Low
        ? new($"{a.At(Binding.Sum)} - {b.Text[1..]}", Intervals.Add(a.Range, b.Range), Binding.Sum)
        : new($"{a.At(Binding.Sum)} + {b.At(Binding.Product)}", Intervals.Add(a.Range, b.Range), Binding.Sum);

    private static Value Minus(Value a, Value b) =>
        new($"{a.At(Binding.Sum)} - {b.At(Binding.Product)}", Intervals.Subtract(a.Range, b.Range), Binding.Sum);

    private static Value Times(Value a, Value b) => new(
        $"{a.At(Binding.Product)} * {b.At(Binding.Unary)}",
        a.Text == b.Text ? Intervals.Square(a.Range) : Intervals.Multiply(a.Range, b.Range), Binding.Product);

    private static Value Quotient(Value a, Value b) =>
        new($"{a.At(Binding.Product)} / {b.At(Binding.Unary)}", Intervals.Divide(a.Range, b.Range), Binding.Product);

    private static Value Call(string function, Value argument, Func<double, double> rising) =>
        new($"{function}({argument.Text})", Intervals.Rising(argument.Range, rising));
}
