// The places that an address with computed indices can mean, each with the condition under which it does.

using System.Collections.Immutable;
using Nsc.Core.Dataflow;
using Nsc.Core.Dataflow.Building;
using Nsc.FrontEnd.Calls;
using Nsc.FrontEnd.Lowering.Values;

namespace Nsc.FrontEnd.Lowering.Symbolic;

/// <summary>One place in memory and the boolean value that says when it is the one. The guards of one address exclude one another.</summary>
internal readonly record struct MemorySlot(int Guard, MemoryObject Object, long Offset);

internal sealed class AddressResolver(LoweringState lowering)
{
    private ValueGraph Graph => lowering.Graph;

    /// <summary>All places for an access of some bytes. Empty, with an error, when there are none or too many.</summary>
    public ImmutableArray<MemorySlot> Places(PointerValue pointer, long size)
    {
        if (pointer is Address { Indices: [] } constant)
        {
            if (constant.Offset < 0 || constant.Offset + size > constant.Object.Size)
            {
                lowering.LeavesArrays |= IsHandedOver(constant);
                if (constant.Object.Initializer is not null && lowering.TryEndPath($"a path that leaves '{constant.Object.Name}' is taken for one that no input leads to"))
                {
                    return [];
                }

                lowering.Report("out-of-bounds", $"'{constant.Object.Name}' is accessed outside its bounds", "if a pointer reaches more elements than one, say how many with --extent NAME=N");
                return [];
            }

            return [new MemorySlot(Graph.True, constant.Object, constant.Offset)];
        }

        var places = ImmutableArray.CreateBuilder<MemorySlot>();
        Collect(pointer, size, Graph.True, places);
        if (places.Count == 0 && IsTable(pointer) && lowering.TryEndPath("a path that leaves a table is taken for one that no input leads to"))
        {
            return [];
        }

        if (places.Count == 0)
        {
            lowering.Report("out-of-bounds", "no element of the array can be the one that is accessed here", "say with --range or --fix what the inputs that decide about it are, or with --extent NAME=N how far pointers reach");
        }
        else if (places.Count > lowering.Options.MaxTableEntries)
        {
            lowering.Report(
                GraphLimits.Table,
                $"a computed index selects among more than {lowering.Options.MaxTableEntries} elements",
                "use a smaller table, or compute the value");
            return [];
        }

        return places.ToImmutable();
    }

    private void Collect(PointerValue pointer, long size, int guard, ImmutableArray<MemorySlot>.Builder places)
    {
        switch (pointer)
        {
            case PointerChoice choice:
                Collect(choice.WhenTrue, size, Both(guard, choice.Test), places);
                Collect(choice.WhenFalse, size, Both(guard, Graph.Not(choice.Test)), places);
                break;
            case Address address:
                lowering.LeavesArrays |= IsHandedOver(address);
                var indices = address.Indices.OrderByDescending(i => Math.Abs(i.Scale)).ToImmutableArray();
                Enumerate(address.Object, address.Offset, indices, size, guard, places);
                break;
        }
    }

    private static bool IsHandedOver(Address address) => address.Object.Name.Contains(CallWriter.StaticName, StringComparison.Ordinal);

    private static bool IsTable(PointerValue pointer) => pointer switch
    {
        Address address => address.Object.Initializer is not null,
        PointerChoice choice => IsTable(choice.WhenTrue) && IsTable(choice.WhenFalse),
        _ => true,
    };

    private int Both(int a, int b) => Graph.Apply(Opcode.And, ValueKind.Boolean, a, b);

    // The outermost index first. What the inner ones can add lies within one step of it, as rows lie in a matrix.
    private void Enumerate(
        MemoryObject item, long offset, ImmutableArray<IndexTerm> indices, long size, int guard, ImmutableArray<MemorySlot>.Builder places)
    {
        if (places.Count > lowering.Options.MaxTableEntries)
        {
            return;
        }

        if (indices.IsEmpty)
        {
            if (offset >= 0 && offset + size <= item.Size)
            {
                places.Add(new MemorySlot(guard, item, offset));
            }

            return;
        }

        IndexTerm term = indices[0];
        ImmutableArray<IndexTerm> inner = indices.RemoveAt(0);
        ValueRange range = Bounds(item, offset, term, size);
        long last = Math.Min(range.High, range.Low + lowering.Options.MaxTableEntries); // one more than allowed is enough to refuse
        for (long index = range.Low; index <= last; index++)
        {
            int isIndex = Graph.Apply(Opcode.Equal, ValueKind.Boolean, term.Node, Graph.Integer(index, ValueKind.Int64));
            if (isIndex != Graph.False)
            {
                Enumerate(item, offset + (index * term.Scale), inner, size, Both(guard, isIndex), places);
            }
        }
    }

    // The values that the index can have without leaving the array, or where the type has no count, the object.
    private ValueRange Bounds(MemoryObject item, long offset, IndexTerm term, long size)
    {
        long scale = Math.Abs(term.Scale);
        long first = term.Scale > 0 ? -(offset / scale) : -((item.Size - offset) / scale);
        long last = term.Scale > 0 ? (item.Size - size - offset) / scale : offset / scale;
        ValueRange known = Graph.RangeOf(term.Node);
        ValueRange typed = term.Count > 0 ? new ValueRange(0, term.Count - 1) : new ValueRange(first, last);
        return new ValueRange(
            Math.Max(Math.Max(first, typed.Low), known.Low),
            Math.Min(Math.Min(last, typed.High), known.High));
    }
}
