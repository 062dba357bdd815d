// A value of LLVM IR: constant, argument, instruction, function or block. Named as in LLVMSharp.Interop.

using System.Runtime.InteropServices;

namespace Nsc.FrontEnd.Lowering.Interop;

/// <summary>The numbers of <c>LLVMValueKind</c> that the reader tells apart.</summary>
internal enum LLVMValueKind
{
    Argument = 0,
    BasicBlock = 1,
    Function = 5,
    GlobalAlias = 6,
    GlobalVariable = 8,
    ConstantExpr = 10,
    ConstantArray = 11,
    ConstantStruct = 12,
    ConstantVector = 13,
    UndefValue = 14,
    ConstantAggregateZero = 15,
    ConstantDataArray = 16,
    ConstantDataVector = 17,
    ConstantInt = 18,
    ConstantFP = 19,
    ConstantPointerNull = 20,
    Instruction = 24,
    PoisonValue = 25,
}

internal readonly unsafe record struct LLVMValueRef(nint Handle)
{
    public LLVMValueKind Kind => (LLVMValueKind)LLVM.GetValueKind(Handle);

    public LLVMTypeRef TypeOf => new(LLVM.TypeOf(Handle));

    public string Name
    {
        get
        {
            byte* name = LLVM.GetValueName2(Handle, out nuint length);
            return Marshal.PtrToStringUTF8((nint)name, (int)length);
        }
    }

    public IEnumerable<LLVMValueRef> Operands
    {
        get
        {
            int count = LLVM.GetNumOperands(Handle);
            for (int i = 0; i < count; i++)
            {
                yield return GetOperand(i);
            }
        }
    }

    public int OperandCount => LLVM.GetNumOperands(Handle);

    public LLVMValueRef GetOperand(int index) => new(LLVM.GetOperand(Handle, (uint)index));

    public bool IsDeclaration => LLVM.IsDeclaration(Handle) != 0;

    public long ConstIntSExt => LLVM.ConstIntGetSExtValue(Handle);

    public double ConstReal => LLVM.ConstRealGetDouble(Handle, out _);

    public LLVMValueRef GetAggregateElement(int index) => new(LLVM.GetAggregateElement(Handle, (uint)index));

    /// <summary>The text of the value as LLVM prints it, for messages.</summary>
    public override string ToString()
    {
        byte* text = LLVM.PrintValueToString(Handle);
        string result = Marshal.PtrToStringUTF8((nint)text) ?? "";
        LLVM.DisposeMessage(text);
        return result.Trim();
    }

    /// <summary>The basic blocks of a function, entry first.</summary>
    public IEnumerable<nint> BasicBlocks
    {
        get
        {
            for (nint block = LLVM.GetFirstBasicBlock(Handle); block != 0; block = LLVM.GetNextBasicBlock(block))
            {
                yield return block;
            }
        }
    }

    /// <summary>The functions with a body that a function's instructions name.</summary>
    public IEnumerable<LLVMValueRef> FunctionsUsed => BasicBlocks.SelectMany(InstructionsOf).SelectMany(i => i.Operands)
        .Where(o => o.Kind == LLVMValueKind.Function && !o.IsDeclaration).Distinct();

    /// <summary>The instructions of a basic block, in order.</summary>
    public static IEnumerable<LLVMValueRef> InstructionsOf(nint block)
    {
        for (nint i = LLVM.GetFirstInstruction(block); i != 0; i = LLVM.GetNextInstruction(i))
        {
            yield return new LLVMValueRef(i);
        }
    }
}
