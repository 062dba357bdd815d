// The identities that keep unrolled graphs small. LLVM has simplified each function; these act across calls, iterations
// and paths, where values become constants only during execution. Rules for floating-point values keep every bit, as
// IEEE 754 defines it, unless IsAlgebraic is asked before.

namespace Nsc.Core.Dataflow.Building;

public sealed partial class ValueGraph
{
    /// <summary>The complement of a boolean value.</summary>
    public int Not(int value)
    {
        Node node = _nodes[value];
        bool hasTotalOrder = node.Opcode.IsComparison() && IsAlgebraic(KindOf(node.A)); // a NaN is neither less nor not less
        return node.Opcode switch
        {
            Opcode.Constant => value == True ? False : True,
            Opcode.Not => node.A,
            Opcode.Equal => Intern(node with { Opcode = Opcode.NotEqual }, ValueRange.Of(ValueKind.Boolean)),
            Opcode.NotEqual => Intern(node with { Opcode = Opcode.Equal }, ValueRange.Of(ValueKind.Boolean)),
            Opcode.Less when hasTotalOrder => Swapped(node, Opcode.LessOrEqual),
            Opcode.LessOrEqual when hasTotalOrder => Swapped(node, Opcode.Less),
            Opcode.UnsignedLess => Swapped(node, Opcode.UnsignedLessOrEqual),
            Opcode.UnsignedLessOrEqual => Swapped(node, Opcode.UnsignedLess),
            _ => Intern(new Node(Opcode.Not, ValueKind.Boolean, value), ValueRange.Of(ValueKind.Boolean)),
        };
    }

    private int Swapped(Node node, Opcode opcode) =>
        Intern(new Node(opcode, ValueKind.Boolean, node.B, node.A), ValueRange.Of(ValueKind.Boolean));

    /// <summary>A condition as one that is not a negation, and whether it has to be negated: both ways of a branch share it.</summary>
    public (int Value, bool IsNegated) Positive(int condition) =>
        _nodes[condition] is var node
            && (node.Opcode is Opcode.Not or Opcode.NotEqual or Opcode.UnsignedLessOrEqual || (node.Opcode == Opcode.LessOrEqual && IsAlgebraic(KindOf(node.A))))
            ? (Not(condition), true)
            : (condition, false);

    /// <summary>One of two values, by a boolean.</summary>
    public int Select(int condition, int whenTrue, int whenFalse)
    {
        if (IsConstant(condition) || whenTrue == whenFalse)
        {
            return condition == False ? whenFalse : whenTrue;
        }

        var (positive, isNegated) = Positive(condition);
        return isNegated ? SelectPositive(positive, whenFalse, whenTrue) : SelectPositive(positive, whenTrue, whenFalse);
    }

    private int SelectPositive(int condition, int whenTrue, int whenFalse)
    {
        Node a = _nodes[whenTrue], b = _nodes[whenFalse];
        if (a.Opcode == Opcode.Select && a.A == condition)
        {
            return SelectPositive(condition, a.B, whenFalse);
        }

        if (b.Opcode == Opcode.Select && b.A == condition)
        {
            return SelectPositive(condition, whenTrue, b.C);
        }

        if (whenTrue == whenFalse)
        {
            return whenTrue;
        }

        ValueKind kind = CommonKind(whenTrue, whenFalse);
        return (kind == ValueKind.Boolean ? SelectBoolean(condition, whenTrue, whenFalse) : SelectExtreme(condition, kind, whenTrue, whenFalse))
            ?? Intern(new Node(Opcode.Select, kind, condition, whenTrue, whenFalse), kind.IsInteger() ? RangeOf(whenTrue).Union(RangeOf(whenFalse)) : default);
    }

    // Single precision when a value that is not a constant is, and the other one loses nothing by it.
    private ValueKind CommonKind(int a, int b)
    {
        ValueKind kind = KindOf(a);
        bool isFloat = kind.IsFloating() && (kind == ValueKind.Float || KindOf(b) == ValueKind.Float);
        return isFloat ? (IsSinglePrecision(a) && IsSinglePrecision(b) ? ValueKind.Float : ValueKind.Double) : kind;
    }

    private int? SelectBoolean(int condition, int a, int b) =>
        a == True ? Apply(Opcode.Or, ValueKind.Boolean, condition, b)
        : b == False ? Apply(Opcode.And, ValueKind.Boolean, condition, a)
        : a == False ? Apply(Opcode.And, ValueKind.Boolean, Not(condition), b)
        : b == True ? Apply(Opcode.Or, ValueKind.Boolean, Not(condition), a)
        : null;

    // x < y ? x : y is the minimum, x < 0 ? -x : x the absolute value; not for NaN and zeros.
    private int? SelectExtreme(int condition, ValueKind kind, int a, int b)
    {
        Node test = _nodes[condition];
        bool isUnsigned = test.Opcode == Opcode.UnsignedLess;
        if ((test.Opcode != Opcode.Less && !isUnsigned) || KindOf(test.A).IsFloating() != kind.IsFloating() || !IsAlgebraic(kind))
        {
            return null;
        }

        if (test.A == a && test.B == b)
        {
            return Apply(isUnsigned ? Opcode.UnsignedMinimum : Opcode.Minimum, kind, a, b);
        }

        if (test.A == b && test.B == a)
        {
            return Apply(isUnsigned ? Opcode.UnsignedMaximum : Opcode.Maximum, kind, a, b);
        }

        bool isAgainstZero = !isUnsigned && IsZero(test.B) && test.A == b && _nodes[a] is { Opcode: Opcode.Negate } negated && negated.A == b;
        return isAgainstZero ? Apply(Opcode.Absolute, kind, b) : null;
    }

    private bool IsZero(int value) => IsConstant(value) && _nodes[value].ConstantValue == 0;

    private bool IsNumber(int value, double number) => value >= 0 && IsConstant(value) && _nodes[value].ConstantValue == number;

    // x + z is x for every x: for -0 only when z is -0.
    private bool IsNeutral(int value, ValueKind kind) => IsNumber(value, 0) && (IsAlgebraic(kind) || double.IsNegative(_nodes[value].ConstantValue));

    // x - z is x for every x: for -0 only when z is not -0.
    private bool IsNeutralWhenSubtracted(int value, ValueKind kind) => IsNumber(value, 0) && (IsAlgebraic(kind) || !double.IsNegative(_nodes[value].ConstantValue));

    private int? Simplify(Opcode opcode, ValueKind kind, int a, int b, int c) => opcode switch
    {
        _ when _arithmetic == Arithmetic.Real && SimplifyReal(opcode, kind, a, b, c) is { } real => real,
        Opcode.Not when kind == ValueKind.Boolean => Not(a),
        Opcode.Add => Sum(kind, a, b),
        Opcode.Subtract => Difference(kind, a, b),
        Opcode.Multiply => Product(kind, a, b),
        Opcode.Divide or Opcode.UnsignedDivide when IsNumber(b, 1) => a,
        Opcode.Negate when _nodes[a].Opcode == Opcode.Negate => _nodes[a].A,
        Opcode.Absolute when _nodes[a].Opcode is Opcode.Absolute || (kind.IsInteger() && RangeOf(a).IsNonNegative) => a,
        Opcode.Minimum or Opcode.Maximum or Opcode.UnsignedMinimum or Opcode.UnsignedMaximum => Extreme(opcode, kind, a, b),
        Opcode.And or Opcode.Or or Opcode.Xor => Bitwise(opcode, kind, a, b),
        Opcode.ShiftLeft or Opcode.ShiftRightLogical or Opcode.ShiftRightArithmetic when IsNumber(b, 0) => a,
        Opcode.Wrap or Opcode.SignExtend or Opcode.ZeroExtend => Resize(opcode, kind, a),
        Opcode.RoundToFloat when IsSinglePrecision(a) => a,
        Opcode.IntegerToFloat or Opcode.UnsignedToFloat => ToFloat(opcode, kind, a),
        Opcode.FloatToInteger or Opcode.FloatToUnsigned => ToInteger(kind, a),
        _ when opcode.IsComparison() => Compare(opcode, a, b),
        _ => null,
    };

    private int? Sum(ValueKind kind, int a, int b)
    {
        Node left = _nodes[a], right = _nodes[b];
        return IsNeutral(b, kind) ? a
            : right.Opcode == Opcode.Negate ? Apply(Opcode.Subtract, kind, a, right.A)
            : left.Opcode == Opcode.Negate ? Apply(Opcode.Subtract, kind, b, left.A)
            : kind.IsInteger() && IsConstant(b) && left.Opcode == Opcode.Add && IsConstant(left.B)
                ? Apply(Opcode.Add, kind, left.A, Apply(Opcode.Add, kind, left.B, b))
            : null;
    }

    private int? Difference(ValueKind kind, int a, int b) =>
        IsNeutralWhenSubtracted(b, kind) ? a
        : IsNeutral(a, kind) ? Apply(Opcode.Negate, kind, b)
        : a == b && IsAlgebraic(kind) ? Zero(kind)
        : _nodes[b].Opcode == Opcode.Negate ? Apply(Opcode.Add, kind, a, _nodes[b].A)
        : null;

    private int? Product(ValueKind kind, int a, int b) =>
        IsNumber(b, 1) && kind != ValueKind.Boolean ? a
        : IsNumber(b, 0) && IsAlgebraic(kind) ? b
        : IsNumber(b, -1) && kind != ValueKind.Boolean ? Apply(Opcode.Negate, kind, a)
        : _nodes[a].Opcode == Opcode.Negate && IsConstant(b) ? Apply(Opcode.Multiply, kind, _nodes[a].A, Apply(Opcode.Negate, kind, b))
        : null;

    private int? Extreme(Opcode opcode, ValueKind kind, int a, int b)
    {
        if (a == b)
        {
            return a;
        }

        if (kind.IsFloating())
        {
            return null;
        }

        ValueRange x = RangeOf(a), y = RangeOf(b);
        bool areComparable = opcode is Opcode.Minimum or Opcode.Maximum || (x.IsNonNegative && y.IsNonNegative);
        bool takesSmaller = opcode is Opcode.Minimum or Opcode.UnsignedMinimum;
        return !areComparable ? null
            : x.High <= y.Low ? (takesSmaller ? a : b)
            : y.High <= x.Low ? (takesSmaller ? b : a)
            : null;
    }

    private int? Bitwise(Opcode opcode, ValueKind kind, int a, int b)
    {
        bool isAllOnes = kind == ValueKind.Boolean ? b == True : IsNumber(b, -1);
        return opcode switch
        {
            Opcode.And when a == b || isAllOnes => a,
            Opcode.And when IsNumber(b, 0) => b,
            Opcode.Or when a == b || IsNumber(b, 0) => a,
            Opcode.Or when isAllOnes => b,
            Opcode.Xor when IsNumber(b, 0) => a,
            Opcode.Xor when a == b => Zero(kind),
            Opcode.Xor when isAllOnes => Apply(Opcode.Not, kind, a),
            Opcode.And when kind == ValueKind.Boolean && Not(a) == b => False,
            Opcode.Or when kind == ValueKind.Boolean && Not(a) == b => True,
            _ => null,
        };
    }
}
