// Memory as pieces at byte offsets, per path. Loads and stores at known offsets move values; at computed offsets they
// become selects over the places that the index can mean.

using System.Collections.Immutable;
using Nsc.Core.Dataflow;
using Nsc.Core.Dataflow.Building;
using Nsc.FrontEnd.Lowering.Ir;
using Nsc.FrontEnd.Lowering.Values;

namespace Nsc.FrontEnd.Lowering.Symbolic;

/// <summary>What all objects hold on one path. Immutable: paths that part share it.</summary>
internal sealed record MemoryState(ImmutableDictionary<MemoryObject, ImmutableSortedDictionary<long, Piece>> Objects)
{
    public static readonly MemoryState Empty = new(ImmutableDictionary<MemoryObject, ImmutableSortedDictionary<long, Piece>>.Empty);
}

/// <summary>Reads and writes memory states.</summary>
internal sealed class Memory(LoweringState lowering, Scalars scalars, EntryValues entry)
{
    /// <summary>The size of the largest type that a piece has: a long double or a 128-bit integer.</summary>
    private const int LargestPiece = 16;

    private readonly AddressResolver _resolver = new(lowering);

    private ValueGraph Graph => lowering.Graph;

    public Value Load(MemoryState state, PointerValue pointer, IrType type)
    {
        var places = _resolver.Places(pointer, type.Size);
        Value? result = null;
        foreach (MemorySlot place in places.Reverse())
        {
            Value value = LoadAt(state, place.Object, place.Offset, type);
            result = result is null ? value : scalars.Select(place.Guard, value, result);
        }

        return result ?? scalars.Zero(type);
    }

    public MemoryState Store(MemoryState state, PointerValue pointer, Value value, IrType type)
    {
        foreach (MemorySlot place in _resolver.Places(pointer, type.Size))
        {
            Value stored = place.Guard == Graph.True ? value
                : scalars.Select(place.Guard, value, LoadAt(state, place.Object, place.Offset, type));
            state = StoreAt(state, place.Object, Scalars.Pieces(stored, type, place.Offset), place.Offset, type.Size);
        }

        return state;
    }

    /// <summary>Copies bytes, piece by piece as they lie at the source.</summary>
    public MemoryState Copy(MemoryState state, PointerValue target, PointerValue source, long size)
    {
        var layout = new SortedDictionary<long, IrType>();
        foreach (MemorySlot place in _resolver.Places(source, size))
        {
            foreach (Piece piece in PiecesOf(state, place.Object, place.Offset, size))
            {
                layout.TryAdd(piece.Offset - place.Offset, piece.Type);
            }
        }

        var loaded = layout.Select(p => new Piece(p.Key, p.Value, Load(state, Advance(source, p.Key), p.Value))).ToList();
        state = Clear(state, target, size);
        return loaded.Aggregate(state, (s, piece) => Store(s, Advance(target, piece.Offset), piece.Value, piece.Type));
    }

    /// <summary>Sets bytes to zero.</summary>
    public MemoryState Clear(MemoryState state, PointerValue target, long size)
    {
        var places = _resolver.Places(target, size);
        if (places is [var only])
        {
            return StoreAt(state, only.Object, [], only.Offset, size);
        }

        foreach (MemorySlot place in places)
        {
            foreach (Piece piece in PiecesOf(state, place.Object, place.Offset, size))
            {
                Value cleared = scalars.Select(place.Guard, scalars.Zero(piece.Type), piece.Value);
                state = StoreAt(state, place.Object, [piece with { Value = cleared }], piece.Offset, piece.Type.Size);
            }
        }

        return state;
    }

    /// <summary>The state where paths meet.</summary>
    public MemoryState Merge(PathChoice choice, IReadOnlyList<MemoryState> states)
    {
        MemoryState result = states[0];
        foreach (MemoryObject item in states.SelectMany(s => s.Objects.Keys).Distinct())
        {
            var contents = states.Select(s => s.Objects.GetValueOrDefault(item)).ToList();
            if (contents.Exists(c => c != contents[0]))
            {
                result = MergeObject(choice, states, item, result);
            }
        }

        return result;
    }

    private MemoryState MergeObject(PathChoice choice, IReadOnlyList<MemoryState> states, MemoryObject item, MemoryState result)
    {
        var first = Contents(states[0], item);
        var layout = new SortedDictionary<long, IrType>();
        foreach (var other in states.Skip(1).Select(s => Contents(s, item)).Where(c => c != first))
        {
            AddDifferences(first, other, layout);
        }

        result = result with { Objects = result.Objects.SetItem(item, first.RemoveRange(layout.Keys)) };
        long end = 0;
        foreach (var (offset, type) in layout.Where(p => p.Key >= end)) // What lies within a piece goes with it.
        {
            end = offset + type.Size;
            Value[] candidates = [.. states.Select(s => LoadAt(s, item, offset, type))];
            Value merged = choice.Merge(candidates, scalars.Select);
            result = StoreAt(result, item, Scalars.Pieces(merged, type, offset), offset, type.Size);
        }

        return result;
    }

    // The pieces in which two contents differ, by one walk along both: most of a large array is the same on all paths.
    private static void AddDifferences(
        ImmutableSortedDictionary<long, Piece> a, ImmutableSortedDictionary<long, Piece> b, SortedDictionary<long, IrType> layout)
    {
        using var left = a.GetEnumerator();
        using var right = b.GetEnumerator();
        bool hasLeft = left.MoveNext(), hasRight = right.MoveNext();
        while (hasLeft || hasRight)
        {
            long at = !hasRight ? left.Current.Key : !hasLeft ? right.Current.Key : Math.Min(left.Current.Key, right.Current.Key);
            Piece? x = hasLeft && left.Current.Key == at ? left.Current.Value : null, y = hasRight && right.Current.Key == at ? right.Current.Value : null;
            if (x != y)
            {
                layout.TryAdd(at, (x ?? y!.Value).Type);
            }

            hasLeft = x is null ? hasLeft : left.MoveNext();
            hasRight = y is null ? hasRight : right.MoveNext();
        }
    }

    /// <summary>Forgets objects that no longer exist.</summary>
    public static MemoryState Remove(MemoryState state, IEnumerable<MemoryObject> objects) =>
        state with { Objects = state.Objects.RemoveRange(objects) };

    public static PointerValue Advance(PointerValue pointer, long bytes) => pointer switch
    {
        Address address => address with { Offset = address.Offset + bytes },
        PointerChoice choice => choice with { WhenTrue = Advance(choice.WhenTrue, bytes), WhenFalse = Advance(choice.WhenFalse, bytes) },
        _ => pointer,
    };

    private Value LoadAt(MemoryState state, MemoryObject item, long offset, IrType type)
    {
        if (type is IrComposite composite)
        {
            return new CompositeValue(
                [.. Enumerable.Range(0, composite.Count).Select(i => LoadAt(state, item, offset + composite.OffsetAt(i), composite.TypeAt(i)))]);
        }

        if (item.Role != MemoryRole.Variable)
        {
            return entry.Load(item.Role, offset, type);
        }

        var contents = Contents(state, item);
        if (contents.TryGetValue(offset, out Piece exact) && exact.Type.Size == type.Size)
        {
            return exact.Type == type ? exact.Value : scalars.Reinterpret(exact.Value, type);
        }

        ImmutableArray<Piece> overlapping = [.. Overlapping(contents, offset, type.Size)];
        return overlapping switch
        {
            [] when item == entry.Outputs => entry.Load(MemoryRole.Unwritten, offset, type),
            [] => scalars.Zero(type),
            [var wider] when wider.Offset <= offset && wider.Offset + wider.Type.Size >= offset + type.Size => Part(wider, offset - wider.Offset, type),
            _ => scalars.Reinterpret(new BytesValue(type.Size, [.. overlapping.Select(p => p with { Offset = p.Offset - offset })]), type),
        };
    }

    // Some bytes out of the middle of a number.
    private Value Part(Piece piece, long offset, IrType type)
    {
        if (piece.Type is IrScalar { Kind: ValueKind.Float or ValueKind.Double } && piece.Value is ScalarValue floating)
        {
            var integer = new IrScalar(piece.Type.Size == 4 ? ValueKind.Int32 : ValueKind.Int64);
            return Part(new Piece(piece.Offset, integer, new ScalarValue(scalars.BitsOf(floating.Node, piece.Type))), offset, type);
        }

        if (piece.Type is not IrScalar { Kind: var kind } || !kind.IsInteger() || type is not IrScalar target)
        {
            lowering.Report(GraphLimits.Reinterpretation, "a part of a value is read in another type than it was written in");
            return scalars.Zero(type);
        }

        int node = scalars.NodeOf(piece.Value, piece.Type);
        int shifted = Graph.Apply(Opcode.ShiftRightLogical, kind, node, Graph.Integer(8 * offset, kind));
        ValueKind partKind = target.Kind.IsInteger() ? target.Kind : target.Size == 4 ? ValueKind.Int32 : ValueKind.Int64;
        return scalars.Reinterpret(new ScalarValue(Graph.ToWidth(shifted, partKind, isSigned: false)), type);
    }

    private MemoryState StoreAt(MemoryState state, MemoryObject item, ImmutableArray<Piece> pieces, long offset, long size)
    {
        if (item.Role != MemoryRole.Variable)
        {
            lowering.Report("write-to-input", "the program writes to its inputs");
            return state;
        }

        var before = Contents(state, item);
        var contents = before.ToBuilder();
        bool isExact = before.TryGetValue(offset, out Piece exact) && exact.Type.Size == size && pieces is [var single] && single.Offset == offset;
        foreach (Piece old in isExact ? [] : Overlapping(before, offset, size))
        {
            contents.Remove(old.Offset);
            foreach (Piece rest in Remainder(old, offset, size))
            {
                contents[rest.Offset] = rest;
            }
        }

        foreach (Piece piece in pieces)
        {
            contents[piece.Offset] = piece;
        }

        return state with { Objects = state.Objects.SetItem(item, contents.ToImmutable()) };
    }

    // What a store leaves of a piece that it covers only partly: single bytes.
    private IEnumerable<Piece> Remainder(Piece old, long offset, long size)
    {
        var byteType = new IrScalar(ValueKind.Int8);
        for (long at = old.Offset; at < old.Offset + old.Type.Size; at++)
        {
            bool isCovered = at >= offset && at < offset + size;
            bool isPartlyCovered = old.Offset < offset || old.Offset + old.Type.Size > offset + size;
            if (!isCovered && isPartlyCovered)
            {
                yield return new Piece(at, byteType, Part(old, at - old.Offset, byteType));
            }
        }
    }

    private IEnumerable<Piece> PiecesOf(MemoryState state, MemoryObject item, long offset, long size) =>
        item.Role == MemoryRole.Variable ? Overlapping(Contents(state, item), offset, size) : entry.Pieces(item.Role, offset, size);

    // A small range is looked up offset by offset: a walk over all pieces for each would take quadratic time in a large array.
    private static IEnumerable<Piece> Overlapping(ImmutableSortedDictionary<long, Piece> contents, long offset, long size)
    {
        if (size + LargestPiece < contents.Count)
        {
            for (long at = offset - LargestPiece + 1; at < offset + size; at++)
            {
                if (contents.TryGetValue(at, out Piece piece) && piece.Offset + piece.Type.Size > offset)
                {
                    yield return piece;
                }
            }

            yield break;
        }

        foreach (Piece piece in contents.Values)
        {
            if (piece.Offset < offset + size && piece.Offset + piece.Type.Size > offset)
            {
                yield return piece;
            }
        }
    }

    private ImmutableSortedDictionary<long, Piece> Contents(MemoryState state, MemoryObject item)
    {
        if (state.Objects.TryGetValue(item, out var contents))
        {
            return contents;
        }

        return item.Initializer is null ? ImmutableSortedDictionary<long, Piece>.Empty : entry.InitialContents(item);
    }
}
