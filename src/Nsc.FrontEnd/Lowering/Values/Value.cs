// What a register or a memory slot holds while the executor walks the code.

using System.Collections.Immutable;
using Nsc.FrontEnd.Lowering.Ir;

namespace Nsc.FrontEnd.Lowering.Values;

internal abstract record Value;

/// <summary>A value of the graph.</summary>
internal sealed record ScalarValue(int Node) : Value;

/// <summary>A structure, array or vector held in a register.</summary>
internal sealed record CompositeValue(ImmutableArray<Value> Elements) : Value
{
    public bool Equals(CompositeValue? other) => other is not null && Elements.SequenceEqual(other.Elements);

    public override int GetHashCode() => Elements.Length;
}

/// <summary>
/// Bytes whose meaning is not settled yet: pieces of memory that were read in another type than they were written in,
/// such as two floats moved as one 64-bit integer. Bytes without a piece are zero.
/// </summary>
internal sealed record BytesValue(long Size, ImmutableArray<Piece> Pieces) : Value
{
    public bool Equals(BytesValue? other) => other is not null && Size == other.Size && Pieces.SequenceEqual(other.Pieces);

    public override int GetHashCode() => (int)Size;
}

/// <summary>A value that lies at an offset in bytes.</summary>
internal readonly record struct Piece(long Offset, IrType Type, Value Value);

internal abstract record PointerValue : Value;

internal sealed record NullPointer : PointerValue;

/// <summary>The address of a function.</summary>
internal sealed record FunctionPointer(string Function) : PointerValue;

/// <summary>An address: an object, a constant offset in bytes, and indices that are only known when the program runs.</summary>
internal sealed record Address(MemoryObject Object, long Offset, ImmutableArray<IndexTerm> Indices) : PointerValue
{
    public bool Equals(Address? other) =>
        other is not null && Object == other.Object && Offset == other.Offset && Indices.SequenceEqual(other.Indices);

    public override int GetHashCode() => HashCode.Combine(Object, Offset);
}

/// <summary>An Int64 value of the graph times a number of bytes.</summary>
/// <param name="Count">The index is in [0, Count) by the type of the array; 0 when the type does not tell.</param>
internal readonly record struct IndexTerm(int Node, long Scale, long Count);

/// <summary>One of two addresses, by a boolean value of the graph.</summary>
internal sealed record PointerChoice(int Test, PointerValue WhenTrue, PointerValue WhenFalse) : PointerValue;

/// <summary>What an object in memory is to the entry function.</summary>
internal enum MemoryRole
{
    /// <summary>A local variable or a global variable of the program.</summary>
    Variable,

    /// <summary>The entry's <c>in</c>: doubles, one per flattened input.</summary>
    Inputs,

    /// <summary>The doubles with which the entry marks output buffers before the call, one per flattened output.</summary>
    Unwritten,
}

/// <summary>A variable in memory. Its identity is its address; what it holds is part of each path's state.</summary>
internal sealed class MemoryObject(string name, long size, MemoryRole role, IrOperand? initializer)
{
    public string Name => name;

    public long Size => size;

    public MemoryRole Role => role;

    /// <summary>What a global variable holds at first; null for zeros.</summary>
    public IrOperand? Initializer => initializer;
}
