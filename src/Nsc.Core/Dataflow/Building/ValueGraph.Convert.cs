// Conversions and comparisons, seen through one another: the entry widens every input and narrows it again.

namespace Nsc.Core.Dataflow.Building;

public sealed partial class ValueGraph
{
    /// <summary>An integer in another width: cut off, or extended with its sign or with zeros.</summary>
    public int ToWidth(int value, ValueKind kind, bool isSigned)
    {
        ValueKind from = KindOf(value);
        return kind == from ? value
            : kind.Bits() < from.Bits() ? Apply(Opcode.Wrap, kind, value)
            : Apply(isSigned ? Opcode.SignExtend : Opcode.ZeroExtend, kind, value);
    }

    private int? Resize(Opcode opcode, ValueKind kind, int a)
    {
        Node node = _nodes[a];
        if (node.Kind == kind)
        {
            return a;
        }

        if (opcode == Opcode.SignExtend && node.Kind == ValueKind.Boolean)
        {
            return Apply(Opcode.Negate, kind, Apply(Opcode.ZeroExtend, kind, a)); // a one-bit integer's 1 is -1
        }

        bool isExtension = node.Opcode is Opcode.SignExtend or Opcode.ZeroExtend;
        return opcode switch
        {
            Opcode.Wrap when isExtension => ToWidth(node.A, kind, node.Opcode == Opcode.SignExtend),
            Opcode.Wrap when node.Opcode == Opcode.Wrap => Apply(Opcode.Wrap, kind, node.A),
            Opcode.SignExtend when isExtension => Apply(node.Opcode, kind, node.A),
            Opcode.ZeroExtend when node.Opcode == Opcode.ZeroExtend => Apply(Opcode.ZeroExtend, kind, node.A),
            Opcode.ZeroExtend when node.Kind != ValueKind.Boolean && RangeOf(a).IsNonNegative => Apply(Opcode.SignExtend, kind, a),
            _ => null,
        };
    }

    private int? ToFloat(Opcode opcode, ValueKind kind, int a)
    {
        Node node = _nodes[a];
        return node.Opcode == Opcode.SignExtend && opcode == Opcode.IntegerToFloat ? Apply(Opcode.IntegerToFloat, kind, node.A)
            : node.Opcode == Opcode.ZeroExtend ? Apply(Opcode.UnsignedToFloat, kind, node.A)
            : opcode == Opcode.UnsignedToFloat && node.Kind != ValueKind.Boolean && RangeOf(a).IsNonNegative ? Apply(Opcode.IntegerToFloat, kind, a)
            : opcode == Opcode.IntegerToFloat && node.Kind == ValueKind.Boolean ? Apply(Opcode.Subtract, kind, Zero(kind), Apply(Opcode.UnsignedToFloat, kind, a))
            : null;
    }

    // The integer that was converted to floating point before, when nothing was lost on the way.
    private int? ToInteger(ValueKind kind, int a)
    {
        Node node = _nodes[a];
        if (node.Opcode is not (Opcode.IntegerToFloat or Opcode.UnsignedToFloat))
        {
            return null;
        }

        // An input came as a double, so that it is one.
        bool isExact = IsExactIn(node.Kind, node.A, isSigned: node.Opcode == Opcode.IntegerToFloat)
            || (node.Kind == ValueKind.Double && _nodes[node.A].Opcode == Opcode.Input);
        return isExact ? ToWidth(node.A, kind, node.Opcode == Opcode.IntegerToFloat) : null;
    }

    /// <summary>Whether a floating value has the sign bit, as -0 does.</summary>
    public int HasSign(int value) =>
        Apply(Opcode.Less, ValueKind.Boolean, Apply(Opcode.CopySign, KindOf(value), Floating(1), value), Floating(0));

    /// <summary>Whether a floating kind holds every value that an integer can have.</summary>
    public bool IsExactIn(ValueKind kind, int integer, bool isSigned)
    {
        long largest = kind == ValueKind.Float ? 1L << 24 : 1L << 53;
        ValueRange range = RangeOf(integer);
        bool fitsByWidth = KindOf(integer).Bits() < 64 && 1L << KindOf(integer).Bits() <= largest;
        return fitsByWidth || ((isSigned || range.IsNonNegative) && range.Low >= -largest && range.High <= largest);
    }

    private int? Compare(Opcode opcode, int a, int b)
    {
        if (a == b && KindOf(a).IsInteger())
        {
            return opcode is Opcode.Equal or Opcode.LessOrEqual or Opcode.UnsignedLessOrEqual ? True : False;
        }

        return KindOf(a).IsFloating() ? CompareConverted(opcode, a, b)
            : KindOf(a) == ValueKind.Boolean ? CompareBoolean(opcode, a, b)
            : CompareRanges(opcode, a, b) ?? CompareExtended(opcode, a, b);
    }

    // (double)b != 0 is b: how the entry reads a _Bool.
    private int? CompareConverted(Opcode opcode, int a, int b)
    {
        Node node = _nodes[a];
        if (_arithmetic == Arithmetic.Real && opcode == Opcode.Less && IsZero(b) && node.Opcode == Opcode.CopySign && IsConstant(node.A))
        {
            return Apply(Opcode.Less, ValueKind.Boolean, node.B, b); // HasSign
        }

        bool isTruth = opcode is Opcode.Equal or Opcode.NotEqual && IsNumber(b, 0) && node.Opcode == Opcode.UnsignedToFloat
            && KindOf(node.A) == ValueKind.Boolean;
        return !isTruth ? null : opcode == Opcode.NotEqual ? node.A : Not(node.A);
    }

    private int? CompareBoolean(Opcode opcode, int a, int b) => opcode switch
    {
        Opcode.Equal => IsConstant(b) ? (b == True ? a : Not(a)) : Not(Apply(Opcode.Xor, ValueKind.Boolean, a, b)),
        Opcode.NotEqual => IsConstant(b) ? (b == True ? Not(a) : a) : Apply(Opcode.Xor, ValueKind.Boolean, a, b),
        Opcode.UnsignedLess => Apply(Opcode.And, ValueKind.Boolean, Not(a), b),
        Opcode.UnsignedLessOrEqual => Apply(Opcode.Or, ValueKind.Boolean, Not(a), b),
        Opcode.Less => Apply(Opcode.And, ValueKind.Boolean, a, Not(b)), // as one-bit integers, true is -1
        _ => Apply(Opcode.Or, ValueKind.Boolean, a, Not(b)),
    };

    private int? CompareRanges(Opcode opcode, int a, int b)
    {
        ValueRange x = RangeOf(a), y = RangeOf(b);
        bool areNonNegative = x.IsNonNegative && y.IsNonNegative;
        return opcode switch
        {
            Opcode.Less when x.High < y.Low => True,
            Opcode.Less when x.Low >= y.High => False,
            Opcode.LessOrEqual when x.High <= y.Low => True,
            Opcode.LessOrEqual when x.Low > y.High => False,
            Opcode.Equal when x.High < y.Low || x.Low > y.High => False,
            Opcode.NotEqual when x.High < y.Low || x.Low > y.High => True,
            Opcode.UnsignedLess when areNonNegative => Apply(Opcode.Less, ValueKind.Boolean, a, b),
            Opcode.UnsignedLessOrEqual when areNonNegative => Apply(Opcode.LessOrEqual, ValueKind.Boolean, a, b),
            _ => null,
        };
    }

    // Compares before the extension, where the other side fits there.
    private int? CompareExtended(Opcode opcode, int a, int b)
    {
        if (IsConstant(a))
        {
            var mirrored = opcode is Opcode.Less or Opcode.LessOrEqual ? Narrowed(b, a) : null;
            return mirrored is { } pair && KindOf(pair.Inner) != ValueKind.Boolean ? Apply(opcode, ValueKind.Boolean, pair.Constant, pair.Inner) : null;
        }

        bool isEquality = opcode is Opcode.Equal or Opcode.NotEqual;
        bool isSigned = isEquality || opcode is Opcode.Less or Opcode.LessOrEqual;
        return isSigned && IsConstant(b) && Narrowed(a, b) is { } narrow && (isEquality || KindOf(narrow.Inner) != ValueKind.Boolean)
            ? Apply(opcode, ValueKind.Boolean, narrow.Inner, narrow.Constant)
            : null;
    }

    private (int Inner, int Constant)? Narrowed(int extended, int constant)
    {
        Node node = _nodes[extended];
        if (node.Opcode is not (Opcode.SignExtend or Opcode.ZeroExtend))
        {
            return null;
        }

        ValueKind inner = KindOf(node.A);
        long value = _nodes[constant].Bits;
        bool fits = inner.WrapTo(value) == value && (node.Opcode == Opcode.SignExtend || inner == ValueKind.Boolean);
        return fits ? (node.A, Integer(value, inner)) : null;
    }
}
