// Values between registers and bytes: zeros, constants, and the same bytes read in another type.

using System.Collections.Immutable;
using Nsc.Core.Dataflow;
using Nsc.Core.Dataflow.Building;
using Nsc.FrontEnd.Lowering.Ir;

namespace Nsc.FrontEnd.Lowering.Values;

/// <summary>Makes and converts values. Where the graph has no operation for a conversion it reports so and answers zero.</summary>
internal sealed class Scalars(LoweringState lowering)
{
    private ValueGraph Graph => lowering.Graph;

    /// <summary>The value whose bytes are all zero; also what undefined values are taken for.</summary>
    public Value Zero(IrType type) => type switch
    {
        IrScalar scalar => new ScalarValue(Graph.Zero(scalar.Kind)),
        IrComposite composite => new CompositeValue([.. Enumerable.Range(0, composite.Count).Select(i => Zero(composite.TypeAt(i)))]),
        IrPointer => new NullPointer(),
        _ => new ScalarValue(Graph.Zero(ValueKind.Int32)),
    };

    /// <summary>The graph's value behind a register of scalar type.</summary>
    public int NodeOf(Value value, IrType type)
    {
        ValueKind kind = type is IrScalar scalar ? scalar.Kind : ValueKind.Int64;
        switch (value is BytesValue ? Reinterpret(value, type) : value)
        {
            case ScalarValue plain:
                return plain.Node;
            case BytesValue bytes when kind.IsInteger() && Compose(bytes, kind) is { } node:
                return node;
            case BytesValue bytes when kind.IsFloating() && Compose(bytes, IntegerOf(kind)) is { } bits:
                return Graph.Apply(Opcode.BitsToFloat, kind, bits);
            case PointerValue:
                lowering.Report("pointer-arithmetic", "an address is used as a number");
                return Graph.Zero(kind);
            default:
                lowering.Report(GraphLimits.Reinterpretation, "the bits of a floating-point value are used as an integer, or the other way round");
                return Graph.Zero(kind);
        }
    }

    /// <summary>The same bytes as a value of another type; they stay bytes where no single value lies there.</summary>
    public Value Reinterpret(Value value, IrType type)
    {
        switch (value)
        {
            case ScalarValue scalar when type is IrScalar target:
                return ReinterpretScalar(scalar, target);
            case ScalarValue scalar when type is IrPointer && Graph.IsConstant(scalar.Node):
                return new NullPointer();
            case BytesValue { Pieces: [var only] } bytes when only.Offset == 0 && only.Type.Size == bytes.Size && type is not IrComposite && only.Type != type:
                return Reinterpret(only.Value, type);
            case BytesValue { Pieces: [var only] } bytes when only.Offset == 0 && only.Type.Size == bytes.Size && only.Type == type:
                return only.Value;
            case BytesValue { Pieces: [] }:
                return Zero(type);
            case BytesValue bytes when type is IrScalar target && target.Kind.IsInteger() && bytes.Size == type.Size:
                return Compose(bytes, target.Kind) is { } node ? new ScalarValue(node) : bytes;
            default:
                return value;
        }
    }

    private Value ReinterpretScalar(ScalarValue scalar, IrScalar target)
    {
        ValueKind kind = Graph.KindOf(scalar.Node);
        if (kind.IsFloating() == target.Kind.IsFloating())
        {
            return kind.IsInteger() ? new ScalarValue(Graph.ToWidth(scalar.Node, target.Kind, isSigned: false)) : scalar;
        }

        if (Graph.IsConstant(scalar.Node))
        {
            return new ScalarValue(Graph.ConstantCell(target.Kind, ReinterpretCell(Graph[scalar.Node], target.Kind)));
        }

        return new BytesValue(target.Size, [new Piece(0, new IrScalar(FloatOrInteger(kind, target)), scalar)]);
    }

    // A floating node's own kind does not tell its width in memory (a float is also a double); the other side does.
    private static ValueKind FloatOrInteger(ValueKind kind, IrScalar target) =>
        kind.IsInteger() ? kind : target.Size == 4 ? ValueKind.Float : ValueKind.Double;

    private static long ReinterpretCell(Node constant, ValueKind target) => target switch
    {
        ValueKind.Float => BitConverter.DoubleToInt64Bits(BitConverter.Int32BitsToSingle((int)constant.Bits)),
        ValueKind.Double => constant.Bits,
        ValueKind.Int32 => BitConverter.SingleToInt32Bits((float)constant.ConstantValue),
        _ => constant.Bits,
    };

    // Little-endian: byte 0 is the lowest.
    private int? Compose(BytesValue bytes, ValueKind kind)
    {
        int result = Graph.Zero(kind);
        foreach (Piece piece in bytes.Pieces)
        {
            if (IntegerOf(piece) is not { } part)
            {
                return null;
            }

            int wide = Graph.ToWidth(part, kind, isSigned: false);
            int shifted = piece.Offset == 0 ? wide : Graph.Apply(Opcode.ShiftLeft, kind, wide, Graph.Integer(8 * piece.Offset, kind));
            result = Graph.Apply(Opcode.Or, kind, result, shifted);
        }

        return result;
    }

    private int? IntegerOf(Piece piece)
    {
        if (piece.Value is not ScalarValue scalar)
        {
            return null;
        }

        if (Graph.KindOf(scalar.Node).IsInteger())
        {
            return scalar.Node;
        }

        return BitsOf(scalar.Node, piece.Type);
    }

    /// <summary>The bits of a floating value that lies in memory as a type.</summary>
    public int BitsOf(int node, IrType type)
    {
        ValueKind kind = type.Size == 4 ? ValueKind.Int32 : ValueKind.Int64;
        if (type is IrScalar { IsWide: true })
        {
            lowering.Report(GraphLimits.Reinterpretation, "the bytes of a long double are used");
            return Graph.Zero(kind);
        }

        return Graph.IsConstant(node)
            ? Graph.Integer(ReinterpretCell(Graph[node], kind), kind)
            : Graph.Apply(type.Size == 4 ? Opcode.SingleToBits : Opcode.DoubleToBits, kind, node);
    }

    private static ValueKind IntegerOf(ValueKind floating) => floating == ValueKind.Float ? ValueKind.Int32 : ValueKind.Int64;

    /// <summary>The bytes of a value that a shift or a truncation leaves, moved down by whole bytes; null for other values.</summary>
    public static BytesValue? Slice(Value value, long offset, long size) => value is not BytesValue bytes ? null
        : new BytesValue(size, [.. bytes.Pieces
            .Where(p => p.Offset < offset + size && p.Offset + p.Type.Size > offset)
            .Select(p => p with { Offset = p.Offset - offset })]) is var slice
            && slice.Pieces.All(p => p.Offset >= 0 && p.Offset + p.Type.Size <= size) ? slice : null;

    /// <summary>One of two values of a type, by a boolean of the graph.</summary>
    public Value Select(int test, Value whenTrue, Value whenFalse)
    {
        if (whenTrue.Equals(whenFalse))
        {
            return whenTrue;
        }

        switch (whenTrue, whenFalse)
        {
            case (ScalarValue a, ScalarValue b) when Graph.KindOf(a.Node).IsFloating() == Graph.KindOf(b.Node).IsFloating():
                return new ScalarValue(Graph.Select(test, a.Node, b.Node));
            case (PointerValue a, PointerValue b):
                return test == Graph.True ? a : test == Graph.False ? b : new PointerChoice(test, a, b);
            case (CompositeValue a, CompositeValue b) when a.Elements.Length == b.Elements.Length:
                return new CompositeValue([.. a.Elements.Zip(b.Elements, (x, y) => Select(test, x, y))]);
            case (BytesValue a, _) when AsBytes(whenFalse, a) is { } b:
                return SelectBytes(test, a, b);
            case (_, BytesValue b) when AsBytes(whenTrue, b) is { } a:
                return SelectBytes(test, a, b);
            case (BytesValue or ScalarValue, BytesValue or ScalarValue) when CommonType(whenTrue, whenFalse) is { } type:
                return new ScalarValue(Graph.Select(test, NodeOf(whenTrue, type), NodeOf(whenFalse, type)));
            default:
                lowering.Report(GraphLimits.Reinterpretation, "a value has different types on different paths");
                return whenFalse;
        }
    }

    // The type of a number that both may be read as: on one path a number was written, on the other one its parts.
    private IrScalar? CommonType(Value a, Value b)
    {
        bool isFloating = ((Value[])[a, b]).Any(v => v is ScalarValue scalar && Graph.KindOf(scalar.Node).IsFloating());
        return ((a as BytesValue) ?? (b as BytesValue))?.Size switch
        {
            4 => new IrScalar(isFloating ? ValueKind.Float : ValueKind.Int32),
            8 => new IrScalar(isFloating ? ValueKind.Double : ValueKind.Int64),
            _ => null,
        };
    }

    private BytesValue SelectBytes(int test, BytesValue a, BytesValue b) =>
        a with { Pieces = [.. a.Pieces.Zip(b.Pieces, (x, y) => x with { Value = Select(test, x.Value, y.Value) })] };

    // A value in the layout of some bytes, or null when it does not fit.
    private BytesValue? AsBytes(Value value, BytesValue layout) => value switch
    {
        BytesValue bytes when bytes.Size == layout.Size && bytes.Pieces.Length == layout.Pieces.Length
            && bytes.Pieces.Zip(layout.Pieces).All(p => p.First.Offset == p.Second.Offset && p.First.Type == p.Second.Type) => bytes,
        ScalarValue scalar when Graph.IsConstant(scalar.Node) && Graph[scalar.Node].Bits == 0 =>
            layout with { Pieces = [.. layout.Pieces.Select(p => p with { Value = Zero(p.Type) })] },
        _ => null,
    };

    /// <summary>The value of a constant operand that is not an address.</summary>
    public Value Constant(IrOperand operand)
    {
        switch (operand)
        {
            case IrConstant constant:
                return new ScalarValue(Graph.ConstantCell(constant.Type.Kind, constant.Bits));
            case IrZero zero:
                return Zero(zero.Type);
            case IrFunctionAddress function:
                return new FunctionPointer(function.Function);
            case IrUnsupportedOperand unsupported:
                lowering.Report(GraphLimits.Value, $"{unsupported.Text} is not supported");
                return new ScalarValue(Graph.Zero(ValueKind.Int32));
            default:
                throw new ArgumentException($"not a constant: {operand}", nameof(operand));
        }
    }

    /// <summary>The pieces of memory that a value of a type occupies.</summary>
    public static ImmutableArray<Piece> Pieces(Value value, IrType type, long offset) => value switch
    {
        CompositeValue composite when type is IrComposite shape =>
            [.. composite.Elements.SelectMany((element, i) => Pieces(element, shape.TypeAt(i), offset + shape.OffsetAt(i)))],
        BytesValue bytes => [.. bytes.Pieces.Select(p => p with { Offset = p.Offset + offset })],
        _ => [new Piece(offset, type, value)],
    };
}
