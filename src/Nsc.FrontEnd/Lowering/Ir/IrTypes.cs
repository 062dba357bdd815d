// LLVM IR as plain managed records: the symbolic executor visits an instruction once per unrolled iteration, and never
// crosses into native code to do it.

using System.Collections.Immutable;
using Nsc.Core.Dataflow;

namespace Nsc.FrontEnd.Lowering.Ir;

/// <summary>A type, with its size in memory in bytes.</summary>
internal abstract record IrType(long Size);

internal sealed record IrVoid() : IrType(0);

/// <summary>An integer or floating type of a dataflow graph's value.</summary>
internal sealed record IrScalar : IrType
{
    private const long SizeOfDouble = 8;

    public IrScalar(ValueKind kind)
        : base(kind == ValueKind.Boolean ? 1 : kind.Bits() / 8) => Kind = kind;

    private IrScalar(ValueKind kind, long size)
        : base(size) => Kind = kind;

    public ValueKind Kind { get; }

    /// <summary>Whether its values are rounded to <c>double</c> in a graph.</summary>
    public bool IsWide => Size > SizeOfDouble;

    /// <summary>The type of a <c>long double</c>.</summary>
    public static IrScalar LongDouble(long size) => new(ValueKind.Double, size);
}

internal sealed record IrPointer() : IrType(8);

/// <summary>A structure, array or vector.</summary>
internal abstract record IrComposite(long Size) : IrType(Size)
{
    public abstract int Count { get; }

    public abstract IrType TypeAt(int index);

    public abstract long OffsetAt(int index);
}

internal sealed record IrStruct(ImmutableArray<IrType> Types, ImmutableArray<long> Offsets, long Size) : IrComposite(Size)
{
    public override int Count => Types.Length;

    public override IrType TypeAt(int index) => Types[index];

    public override long OffsetAt(int index) => Offsets[index];
}

/// <summary>An array, or a vector, whose elements lie side by side.</summary>
internal sealed record IrArray(IrType Element, long Length, bool IsVector) : IrComposite(Element.Size * Length)
{
    public override int Count => (int)Length;

    public override IrType TypeAt(int index) => Element;

    public override long OffsetAt(int index) => Element.Size * index;
}

/// <summary>A type that graphs have no values of, such as <c>half</c> or <c>i128</c>.</summary>
internal sealed record IrUnsupportedType(string Name, long Size) : IrType(Size);
