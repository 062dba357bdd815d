// What the entry function finds in memory: the flattened inputs, the marks of unwritten outputs, and initialised globals.

using System.Collections.Immutable;
using Nsc.Core.Dataflow;
using Nsc.Core.Dataflow.Building;
using Nsc.Core.Programs;
using Nsc.FrontEnd.Lowering.Ir;
using Nsc.FrontEnd.Lowering.Values;

namespace Nsc.FrontEnd.Lowering.Symbolic;

/// <summary>
/// Reads of the entry's own memory. The mark of unwritten output k is an input of the graph with the index InputCount + k;
/// <see cref="OutputChecker"/> finds out where it went.
/// </summary>
internal sealed class EntryValues(LoweringState lowering, Scalars scalars, GlobalObjects globals)
{
    private const int DoubleSize = sizeof(double);

    private readonly Dictionary<MemoryObject, ImmutableSortedDictionary<long, Piece>> _initial = [];

    private ProgramSignature Signature => lowering.Program.Signature;

    /// <summary>The entry's <c>in</c>.</summary>
    public MemoryObject Inputs { get; } = new("in", (long)lowering.Program.Signature.Inputs.Length * DoubleSize, MemoryRole.Inputs, null);

    /// <summary>The entry's <c>out</c>, which holds the marks at first.</summary>
    public MemoryObject Outputs { get; } = new("out", (long)lowering.Program.Signature.Outputs.Length * DoubleSize, MemoryRole.Variable, null);

    public Value Load(MemoryRole role, long offset, IrType type)
    {
        if (type is not IrScalar { Size: DoubleSize } scalar || offset % DoubleSize != 0)
        {
            lowering.Report("entry", "the entry function reads its inputs other than as doubles");
            return scalars.Zero(type);
        }

        return scalars.Reinterpret(new ScalarValue(Element(role, (int)(offset / DoubleSize))), scalar);
    }

    public IEnumerable<Piece> Pieces(MemoryRole role, long offset, long size)
    {
        for (long at = offset; at < offset + size; at += DoubleSize)
        {
            var type = new IrScalar(ValueKind.Double);
            yield return new Piece(at, type, Load(role, at, type));
        }
    }

    /// <summary>What a global variable holds before the program runs.</summary>
    public ImmutableSortedDictionary<long, Piece> InitialContents(MemoryObject item)
    {
        if (!_initial.TryGetValue(item, out var contents))
        {
            var builder = ImmutableSortedDictionary.CreateBuilder<long, Piece>();
            AddConstant(builder, item.Initializer!, 0);
            contents = builder.ToImmutable();
            _initial[item] = contents;
        }

        return contents;
    }

    private void AddConstant(ImmutableSortedDictionary<long, Piece>.Builder pieces, IrOperand operand, long offset)
    {
        switch (operand)
        {
            case IrCompositeConstant composite:
                for (int i = 0; i < composite.Elements.Length; i++)
                {
                    AddConstant(pieces, composite.Elements[i], offset + composite.Type.OffsetAt(i));
                }

                break;
            case IrConstant constant:
                pieces[offset] = new Piece(offset, constant.Type, scalars.Constant(constant));
                break;
            case IrZero:
                break;
            case IrGlobalAddress address:
                pieces[offset] = new Piece(offset, new IrPointer(), new Address(globals.Of(address.Global), address.Offset, []));
                break;
            case IrFunctionAddress function:
                pieces[offset] = new Piece(offset, new IrPointer(), new FunctionPointer(function.Function));
                break;
            default:
                lowering.Report(GraphLimits.Value, "a global variable holds an address that is not known");
                break;
        }
    }

    // The double that the entry reads, as a widened value of the signature's own kind.
    private int Element(MemoryRole role, int index)
    {
        bool isInput = role == MemoryRole.Inputs;
        ScalarKind kind = isInput ? Signature.Inputs[index].Kind : Signature.Outputs[index].Kind;
        ValueKind nodeKind = NodeKind(kind);
        ValueRange range = !nodeKind.IsInteger() ? default
            : isInput && kind != ScalarKind.Bool ? LoweringState.RangeOf(Signature.Inputs[index], nodeKind) : ValueRange.Of(nodeKind);
        int node = lowering.Graph.Input(isInput ? index : Signature.Inputs.Length + index, nodeKind, range);
        return !nodeKind.IsInteger() ? node
            : lowering.Graph.Apply(IsUnsigned(kind) ? Opcode.UnsignedToFloat : Opcode.IntegerToFloat, ValueKind.Double, node);
    }

    private static bool IsUnsigned(ScalarKind kind) =>
        kind is ScalarKind.Bool or ScalarKind.UInt8 or ScalarKind.UInt16 or ScalarKind.UInt32 or ScalarKind.UInt64;

    /// <summary>The kind of the graph's values for a C type; unsigned types share it with the signed type of their width.</summary>
    public static ValueKind NodeKind(ScalarKind kind) => kind switch
    {
        ScalarKind.Bool => ValueKind.Boolean,
        ScalarKind.Int8 or ScalarKind.UInt8 => ValueKind.Int8,
        ScalarKind.Int16 or ScalarKind.UInt16 => ValueKind.Int16,
        ScalarKind.Int32 or ScalarKind.UInt32 => ValueKind.Int32,
        ScalarKind.Int64 or ScalarKind.UInt64 => ValueKind.Int64,
        ScalarKind.Float => ValueKind.Float,
        _ => ValueKind.Double,
    };
}
