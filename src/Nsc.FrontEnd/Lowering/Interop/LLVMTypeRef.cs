// A type of LLVM IR. Named as in LLVMSharp.Interop.

namespace Nsc.FrontEnd.Lowering.Interop;

/// <summary>The numbers of <c>LLVMTypeKind</c> that the reader tells apart.</summary>
internal enum LLVMTypeKind
{
    Void = 0,
    Float = 2,
    Double = 3,
    X86FP80 = 4,
    FP128 = 5,
    Integer = 8,
    Struct = 10,
    Array = 11,
    Pointer = 12,
    Vector = 13,
}

internal readonly record struct LLVMTypeRef(nint Handle)
{
    public LLVMTypeKind Kind => (LLVMTypeKind)LLVM.GetTypeKind(Handle);

    public int IntWidth => (int)LLVM.GetIntTypeWidth(Handle);

    public LLVMTypeRef ElementType => new(LLVM.GetElementType(Handle));

    public long ArrayLength => checked((long)LLVM.GetArrayLength2(Handle));

    public int VectorSize => (int)LLVM.GetVectorSize(Handle);

    public int StructElementCount => (int)LLVM.CountStructElementTypes(Handle);

    public bool IsSized => LLVM.TypeIsSized(Handle) != 0;

    public LLVMTypeRef StructGetTypeAtIndex(int index) => new(LLVM.StructGetTypeAtIndex(Handle, (uint)index));
}
