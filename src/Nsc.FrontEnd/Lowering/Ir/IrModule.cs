// Functions, blocks, instructions and operands of a module, after LLVM's passes.

using System.Collections.Immutable;

namespace Nsc.FrontEnd.Lowering.Ir;

/// <summary>The functions that the entries reach, by name; only those with a body.</summary>
internal sealed record IrModule(ImmutableDictionary<string, IrFunction> Functions);

/// <param name="ParameterCount">Parameters are registers 0 to ParameterCount - 1.</param>
/// <param name="RegisterCount">Every parameter and every instruction with a result has a register of its own.</param>
/// <param name="CopiedSizes">For each parameter the size of the structure that is passed by value in memory; 0 for all others.</param>
/// <param name="Blocks">The reachable blocks, entry first.</param>
internal sealed record IrFunction(
    string Name, int ParameterCount, int RegisterCount, ImmutableArray<long> CopiedSizes, ImmutableArray<IrBlock> Blocks, bool IsReducible, IrRegion Body);

/// <summary>A straight line of instructions. The phis come first, as <see cref="Phis"/>; the last instruction leaves the block.</summary>
internal sealed record IrBlock(int Index, ImmutableArray<IrPhi> Phis, ImmutableArray<IrInstruction> Instructions, ImmutableArray<int> Successors)
{
    public IrInstruction Terminator => Instructions[^1];
}

/// <summary>A value that depends on the block from which control came.</summary>
internal sealed record IrPhi(int Register, IrType Type, ImmutableDictionary<int, IrOperand> Incoming, int Line);

/// <summary>One instruction.</summary>
/// <param name="Register">Where the result goes; -1 when there is none.</param>
/// <param name="Type">The result's type; for a store, the stored value's.</param>
/// <param name="Numbers">
/// What is neither type nor operand: the predicate of a comparison, the indices of an aggregate access, the mask of a
/// shuffle, the cases of a switch.
/// </param>
/// <param name="SourceType">The type that an address computation steps through, or that an alloca allocates.</param>
/// <param name="Callee">The name of the called function; null when it is not known.</param>
/// <param name="Line">The line of the source; 0 when unknown.</param>
internal sealed record IrInstruction(
    IrOpcode Opcode,
    int Register,
    IrType Type,
    ImmutableArray<IrOperand> Operands,
    ImmutableArray<long> Numbers,
    IrType? SourceType,
    string? Callee,
    int Line,
    int Column)
{
    /// <summary>The function that is called, where only the execution tells which one it is.</summary>
    public IrOperand? Target { get; init; }
}

internal abstract record IrOperand;

internal sealed record IrRegister(int Index) : IrOperand;

/// <summary>A scalar constant; <paramref name="Bits"/> as in <see cref="Nsc.Core.Dataflow.Node.Bits"/>.</summary>
internal sealed record IrConstant(IrScalar Type, long Bits) : IrOperand;

/// <summary>The zero value of any type: also what undefined and poisoned values are taken for.</summary>
internal sealed record IrZero(IrType Type) : IrOperand;

internal sealed record IrCompositeConstant(IrComposite Type, ImmutableArray<IrOperand> Elements) : IrOperand;

/// <summary>The address of a global variable plus a constant number of bytes.</summary>
internal sealed record IrGlobalAddress(IrGlobal Global, long Offset) : IrOperand;

/// <summary>The address of a function.</summary>
internal sealed record IrFunctionAddress(string Function) : IrOperand;

/// <summary>A constant that the executor does not model.</summary>
internal sealed record IrUnsupportedOperand(string Text) : IrOperand;

/// <summary>A global variable.</summary>
internal sealed class IrGlobal(string name, long size)
{
    public string Name => name;

    public long Size => size;

    /// <summary>Null when the variable is defined elsewhere. It is set once, after the constructor: constants may refer to one another.</summary>
    public IrOperand? Initializer { get; set; }
}

/// <summary>LLVM's instruction opcodes; the numbers are those of its C API.</summary>
internal enum IrOpcode
{
    Return = 1,
    Branch = 2,
    Switch = 3,
    Unreachable = 7,
    Add = 8,
    FloatAdd = 9,
    Subtract = 10,
    FloatSubtract = 11,
    Multiply = 12,
    FloatMultiply = 13,
    UnsignedDivide = 14,
    SignedDivide = 15,
    FloatDivide = 16,
    UnsignedRemainder = 17,
    SignedRemainder = 18,
    FloatRemainder = 19,
    ShiftLeft = 20,
    ShiftRightLogical = 21,
    ShiftRightArithmetic = 22,
    And = 23,
    Or = 24,
    Xor = 25,
    Alloca = 26,
    Load = 27,
    Store = 28,
    GetElementPointer = 29,
    Truncate = 30,
    ZeroExtend = 31,
    SignExtend = 32,
    FloatToUnsigned = 33,
    FloatToSigned = 34,
    UnsignedToFloat = 35,
    SignedToFloat = 36,
    FloatTruncate = 37,
    FloatExtend = 38,
    PointerToInteger = 39,
    IntegerToPointer = 40,
    BitCast = 41,
    IntegerCompare = 42,
    FloatCompare = 43,
    Phi = 44,
    Call = 45,
    Select = 46,
    ExtractElement = 50,
    InsertElement = 51,
    ShuffleVector = 52,
    ExtractValue = 53,
    InsertValue = 54,
    FloatNegate = 66,
    Freeze = 68,
}
