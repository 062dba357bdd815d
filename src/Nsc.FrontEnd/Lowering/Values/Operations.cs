// The instructions that compute: arithmetic, comparisons and conversions, on scalars or element by element on vectors.

using System.Collections.Immutable;
using Nsc.Core.Dataflow;
using Nsc.Core.Dataflow.Building;
using Nsc.FrontEnd.Lowering.Ir;

namespace Nsc.FrontEnd.Lowering.Values;

internal sealed class Operations(LoweringState lowering, Scalars scalars)
{
    private ValueGraph Graph => lowering.Graph;

    /// <summary>The result of an instruction with one or two operands.</summary>
    /// <param name="source">The operands' type.</param>
    public Value Evaluate(IrInstruction instruction, IrType source, IrType type, ImmutableArray<Value> operands)
    {
        if (type is IrArray { IsVector: true } vector && operands.All(o => o is CompositeValue) && instruction.Opcode != IrOpcode.BitCast)
        {
            IrType element = source is IrArray array ? array.Element : source;
            return new CompositeValue([.. Enumerable.Range(0, vector.Count)
                .Select(i => Evaluate(instruction, element, vector.Element, [.. operands.Select(o => ((CompositeValue)o).Elements[i])]))]);
        }

        if (IsRounded(instruction.Opcode, source, type))
        {
            lowering.ApproximateLongDouble();
        }

        return instruction.Opcode switch
        {
            IrOpcode.Freeze => operands[0],
            IrOpcode.BitCast => BitCast(source, type, operands[0]),
            IrOpcode.IntegerCompare => new ScalarValue(IntegerCompare((int)instruction.Numbers[0], source, operands)),
            IrOpcode.FloatCompare => new ScalarValue(FloatCompare((int)instruction.Numbers[0], Node(operands[0], source), Node(operands[1], source))),
            _ when type is not IrScalar => Unsupported(instruction, source, type),
            _ when BytesOperation(instruction.Opcode, type, operands) is { } bytes => bytes,
            IrOpcode.Subtract when operands is [Address a, Address b] && a.Object == b.Object => new ScalarValue(Distance(a, b)),
            _ when source is not IrScalar => Unsupported(instruction, source, type),
            _ => new ScalarValue(Scalar(instruction.Opcode, ((IrScalar)source).Kind, ((IrScalar)type).Kind, [.. operands.Select(o => Node(o, source))])),
        };
    }

    private int Node(Value value, IrType type) => scalars.NodeOf(value, type);

    // Whether a long double may hold a result that no double does.
    private static bool IsRounded(IrOpcode opcode, IrType source, IrType type) => type is IrScalar { IsWide: true } && opcode switch
    {
        IrOpcode.FloatExtend or IrOpcode.FloatNegate or IrOpcode.Freeze => false,
        IrOpcode.SignedToFloat or IrOpcode.UnsignedToFloat => source is IrScalar { Kind: ValueKind.Int64 },
        _ => true,
    };

    private Value Unsupported(IrInstruction instruction, IrType source, IrType type)
    {
        IrType culprit = type is IrUnsupportedType ? type : source;
        string what = culprit is IrUnsupportedType named ? $"values of type {named.Name}" : $"the operation '{instruction.Opcode}' on addresses or aggregates";
        lowering.Report(GraphLimits.Type, $"{what} cannot be part of a surrogate");
        return scalars.Zero(type);
    }

    private int Scalar(IrOpcode opcode, ValueKind from, ValueKind kind, ImmutableArray<int> x) => opcode switch
    {
        IrOpcode.Add when kind == ValueKind.Boolean => Graph.Apply(Opcode.Xor, kind, x[0], x[1]),
        IrOpcode.Subtract when kind == ValueKind.Boolean => Graph.Apply(Opcode.Xor, kind, x[0], x[1]),
        IrOpcode.Multiply when kind == ValueKind.Boolean => Graph.Apply(Opcode.And, kind, x[0], x[1]),
        IrOpcode.FloatNegate => Graph.Apply(Opcode.Negate, kind, x[0]),
        IrOpcode.Truncate => Graph.ToWidth(x[0], kind, isSigned: false),
        IrOpcode.ZeroExtend => Graph.ToWidth(x[0], kind, isSigned: false),
        IrOpcode.SignExtend => Graph.ToWidth(x[0], kind, isSigned: true),
        IrOpcode.FloatToUnsigned => Graph.Apply(kind == ValueKind.Int64 ? Opcode.FloatToUnsigned : Opcode.FloatToInteger, kind, x[0]),
        IrOpcode.FloatToSigned => Graph.Apply(Opcode.FloatToInteger, kind, x[0]),
        IrOpcode.UnsignedToFloat => Graph.Apply(Opcode.UnsignedToFloat, kind, x[0]),
        IrOpcode.SignedToFloat => Graph.Apply(Opcode.IntegerToFloat, kind, x[0]),
        IrOpcode.FloatTruncate when kind == ValueKind.Double => x[0],
        IrOpcode.FloatTruncate => Graph.Apply(Opcode.RoundToFloat, ValueKind.Float, x[0]),
        IrOpcode.FloatExtend => x[0],
        _ => Graph.Apply(BinaryOpcode(opcode), kind, x[0], x[1]),
    };

    private static Opcode BinaryOpcode(IrOpcode opcode) => opcode switch
    {
        IrOpcode.Add or IrOpcode.FloatAdd => Opcode.Add,
        IrOpcode.Subtract or IrOpcode.FloatSubtract => Opcode.Subtract,
        IrOpcode.Multiply or IrOpcode.FloatMultiply => Opcode.Multiply,
        IrOpcode.SignedDivide or IrOpcode.FloatDivide => Opcode.Divide,
        IrOpcode.SignedRemainder or IrOpcode.FloatRemainder => Opcode.Remainder,
        IrOpcode.UnsignedDivide => Opcode.UnsignedDivide,
        IrOpcode.UnsignedRemainder => Opcode.UnsignedRemainder,
        IrOpcode.ShiftLeft => Opcode.ShiftLeft,
        IrOpcode.ShiftRightLogical => Opcode.ShiftRightLogical,
        IrOpcode.ShiftRightArithmetic => Opcode.ShiftRightArithmetic,
        IrOpcode.And => Opcode.And,
        IrOpcode.Or => Opcode.Or,
        IrOpcode.Xor => Opcode.Xor,
        _ => throw new ArgumentOutOfRangeException(nameof(opcode), opcode, "not a binary operation"),
    };

    // Truncations and shifts by whole bytes take floats out of the wider integers that carried them.
    private Value? BytesOperation(IrOpcode opcode, IrType type, ImmutableArray<Value> operands)
    {
        if (operands[0] is not BytesValue bytes)
        {
            return null;
        }

        if (SignBit(opcode, type, bytes, operands) is { } sign)
        {
            return sign;
        }

        long shift = opcode == IrOpcode.ShiftRightLogical && operands[1] is ScalarValue amount && Graph.IsConstant(amount.Node) ? Graph[amount.Node].Bits : 0;
        BytesValue? slice = opcode switch
        {
            IrOpcode.Truncate => Scalars.Slice(bytes, 0, type.Size),
            IrOpcode.ZeroExtend => bytes with { Size = type.Size },
            IrOpcode.ShiftRightLogical when shift % 8 == 0 => Scalars.Slice(bytes with { Size = bytes.Size + (shift / 8) }, shift / 8, type.Size),
            _ => null,
        };
        return slice is null ? null : scalars.Reinterpret(slice, type);
    }

    // The bits of a float, moved down by all but one: what signbit() becomes.
    private ScalarValue? SignBit(IrOpcode opcode, IrType type, BytesValue bytes, ImmutableArray<Value> operands)
    {
        bool isSign = opcode == IrOpcode.ShiftRightLogical && type is IrScalar
            && bytes.Pieces is [{ Offset: 0, Type: IrScalar { Kind: ValueKind.Float or ValueKind.Double } } only] && only.Type.Size == bytes.Size
            && operands[1] is ScalarValue amount && Graph.IsConstant(amount.Node) && Graph[amount.Node].Bits == (8 * bytes.Size) - 1;
        return isSign ? new ScalarValue(Graph.ToWidth(Graph.HasSign(Node(bytes.Pieces[0].Value, bytes.Pieces[0].Type)), ((IrScalar)type).Kind, isSigned: false)) : null;
    }

    private Value BitCast(IrType source, IrType type, Value value)
    {
        if (source is not IrComposite && type is not IrComposite)
        {
            return scalars.Reinterpret(value, type);
        }

        var bytes = new BytesValue(source.Size, Scalars.Pieces(value, source, 0));
        if (type is not IrComposite composite)
        {
            return scalars.Reinterpret(bytes, type);
        }

        return new CompositeValue([.. Enumerable.Range(0, composite.Count).Select(i =>
            Scalars.Slice(bytes, composite.OffsetAt(i), composite.TypeAt(i).Size) is { } part
                ? scalars.Reinterpret(part, composite.TypeAt(i))
                : scalars.Zero(composite.TypeAt(i)))]);
    }

    private const int FirstIntegerPredicate = 32;

    private int IntegerCompare(int predicate, IrType source, ImmutableArray<Value> operands)
    {
        if (operands.Any(o => o is PointerValue))
        {
            return PointerCompare(predicate, operands);
        }

        if (operands is [BytesValue { Pieces: [{ Type: IrScalar { Kind: ValueKind.Float or ValueKind.Double } } sign] }, ScalarValue bound] && IsSignTest(predicate, bound))
        {
            int isNegative = Graph.HasSign(Node(sign.Value, sign.Type));
            return predicate == FirstIntegerPredicate + 8 ? isNegative : Graph.Not(isNegative);
        }

        return IntegerCompare(predicate, Node(operands[0], source), Node(operands[1], source));
    }

    // The bits of a float, as an integer, are negative exactly when the float has a sign: bits < 0 or bits > -1.
    private bool IsSignTest(int predicate, ScalarValue bound) => Graph.IsConstant(bound.Node)
        && (predicate - FirstIntegerPredicate, Graph[bound.Node].Bits) is (8, 0) or (6, -1);

    private int IntegerCompare(int predicate, int a, int b) => (predicate - FirstIntegerPredicate) switch
    {
        0 => Compare(Opcode.Equal, a, b),
        1 => Compare(Opcode.NotEqual, a, b),
        2 => Compare(Opcode.UnsignedLess, b, a),
        3 => Compare(Opcode.UnsignedLessOrEqual, b, a),
        4 => Compare(Opcode.UnsignedLess, a, b),
        5 => Compare(Opcode.UnsignedLessOrEqual, a, b),
        6 => Compare(Opcode.Less, b, a),
        7 => Compare(Opcode.LessOrEqual, b, a),
        8 => Compare(Opcode.Less, a, b),
        _ => Compare(Opcode.LessOrEqual, a, b),
    };

    // LLVM's floating predicates are four bits: unordered, less, greater, equal. One with the first bit is the complement of
    // one without it: "less, or unordered" is not "greater or equal".
    private int FloatCompare(int predicate, int a, int b) => predicate switch
    {
        0 => Graph.False,
        1 => Compare(Opcode.Equal, a, b),
        2 => Compare(Opcode.Less, b, a),
        3 => Compare(Opcode.LessOrEqual, b, a),
        4 => Compare(Opcode.Less, a, b),
        5 => Compare(Opcode.LessOrEqual, a, b),
        6 => Graph.Apply(Opcode.Or, ValueKind.Boolean, Compare(Opcode.Less, a, b), Compare(Opcode.Less, b, a)),
        7 => Graph.Not(Unordered(a, b)),
        _ => Graph.Not(FloatCompare(15 - predicate, a, b)),
    };

    private int Unordered(int a, int b) => Graph.Apply(Opcode.Or, ValueKind.Boolean, Compare(Opcode.NotEqual, a, a), Compare(Opcode.NotEqual, b, b));

    private int Compare(Opcode opcode, int a, int b) => Graph.Apply(opcode, ValueKind.Boolean, a, b);

    private int PointerCompare(int predicate, ImmutableArray<Value> operands)
    {
        switch (operands)
        {
            case [Address a, Address b] when a.Object == b.Object:
                return IntegerCompare(predicate, Offset(a), Offset(b));
            case [FunctionPointer a, FunctionPointer b] when predicate <= FirstIntegerPredicate + 1:
                return (predicate == FirstIntegerPredicate) == (a == b) ? Graph.True : Graph.False;
            case [Address or FunctionPointer, Address or FunctionPointer or NullPointer] or [NullPointer, Address or FunctionPointer] when predicate <= FirstIntegerPredicate + 1:
                return predicate == FirstIntegerPredicate ? Graph.False : Graph.True;
            case [NullPointer, NullPointer]:
                return IntegerCompare(predicate, Graph.Integer(0, ValueKind.Int64), Graph.Integer(0, ValueKind.Int64));
            case [PointerChoice choice, var other]:
                return Graph.Select(choice.Test, PointerCompare(predicate, [choice.WhenTrue, other]), PointerCompare(predicate, [choice.WhenFalse, other]));
            case [var other, PointerChoice choice]:
                return Graph.Select(choice.Test, PointerCompare(predicate, [other, choice.WhenTrue]), PointerCompare(predicate, [other, choice.WhenFalse]));
            default:
                lowering.Report("pointer-arithmetic", "addresses of different variables are compared");
                return Graph.False;
        }
    }

    private int Distance(Address a, Address b) => Graph.Apply(Opcode.Subtract, ValueKind.Int64, Offset(a), Offset(b));

    private int Offset(Address address) => address.Indices.Aggregate(
        Graph.Integer(address.Offset, ValueKind.Int64),
        (sum, index) => Graph.Apply(
            Opcode.Add, ValueKind.Int64, sum,
            Graph.Apply(Opcode.Multiply, ValueKind.Int64, index.Node, Graph.Integer(index.Scale, ValueKind.Int64))));
}
