// Reads one function: numbers its reachable blocks and its values, then copies each instruction.

using System.Collections.Immutable;
using Nsc.FrontEnd.Lowering.Interop;

namespace Nsc.FrontEnd.Lowering.Ir;

internal sealed class FunctionReader(LLVMValueRef function, TypeReader types, ConstantReader constants)
{
    private readonly Dictionary<nint, int> _blocks = [];
    private readonly Dictionary<LLVMValueRef, int> _registers = [];

    public IrFunction Read()
    {
        List<nint> blocks = NumberBlocks();
        int parameterCount = (int)LLVM.CountParams(function.Handle);
        NumberRegisters(blocks, parameterCount);
        ImmutableArray<IrBlock> read = [.. blocks.Select(Block)];
        var (body, isReducible) = RegionFinder.Find([.. read.Select(b => b.Successors)]);
        return new IrFunction(function.Name, parameterCount, _registers.Count, CopiedSizes(parameterCount), read, isReducible, body);
    }

    // The attribute byval(T) on a pointer.
    private unsafe ImmutableArray<long> CopiedSizes(int parameterCount)
    {
        uint kind;
        fixed (byte* name = "byval"u8)
        {
            kind = LLVM.GetEnumAttributeKindForName(name, 5);
        }

        return [.. Enumerable.Range(1, parameterCount)
            .Select(i => LLVM.GetEnumAttributeAtIndex(function.Handle, (uint)i, kind))
            .Select(a => a == 0 ? 0 : types.Read(new LLVMTypeRef(LLVM.GetTypeAttributeValue(a))).Size)];
    }

    // Reverse postorder, so that definitions come before uses and numbers follow the flow of control.
    private List<nint> NumberBlocks()
    {
        var order = new List<nint>();
        var seen = new HashSet<nint>();
        var frames = new Stack<(nint Block, int Next)>();
        nint entry = LLVM.GetFirstBasicBlock(function.Handle);
        seen.Add(entry);
        frames.Push((entry, 0));
        while (frames.TryPop(out var frame))
        {
            LLVMValueRef terminator = TerminatorOf(frame.Block);
            if (frame.Next == (int)LLVM.GetNumSuccessors(terminator.Handle))
            {
                order.Add(frame.Block);
                continue;
            }

            frames.Push(frame with { Next = frame.Next + 1 });
            nint successor = LLVM.GetSuccessor(terminator.Handle, (uint)frame.Next);
            if (seen.Add(successor))
            {
                frames.Push((successor, 0));
            }
        }

        order.Reverse();
        for (int i = 0; i < order.Count; i++)
        {
            _blocks[order[i]] = i;
        }

        return order;
    }

    private void NumberRegisters(List<nint> blocks, int parameterCount)
    {
        for (int i = 0; i < parameterCount; i++)
        {
            _registers[new LLVMValueRef(LLVM.GetParam(function.Handle, (uint)i))] = i;
        }

        foreach (LLVMValueRef instruction in blocks.SelectMany(LLVMValueRef.InstructionsOf))
        {
            if (instruction.TypeOf.Kind != LLVMTypeKind.Void)
            {
                _registers[instruction] = _registers.Count;
            }
        }
    }

    private static LLVMValueRef TerminatorOf(nint block) => new(LLVM.GetBasicBlockTerminator(block));

    private IrBlock Block(nint block)
    {
        var phis = ImmutableArray.CreateBuilder<IrPhi>();
        var instructions = ImmutableArray.CreateBuilder<IrInstruction>();
        foreach (LLVMValueRef instruction in LLVMValueRef.InstructionsOf(block))
        {
            if (OpcodeOf(instruction) == IrOpcode.Phi)
            {
                phis.Add(Phi(instruction));
            }
            else
            {
                instructions.Add(Instruction(instruction));
            }
        }

        nint terminator = TerminatorOf(block).Handle;
        var successors = Enumerable.Range(0, (int)LLVM.GetNumSuccessors(terminator))
            .Select(i => _blocks[LLVM.GetSuccessor(terminator, (uint)i)]);
        return new IrBlock(_blocks[block], phis.ToImmutable(), instructions.ToImmutable(), [.. successors]);
    }

    private static IrOpcode OpcodeOf(LLVMValueRef instruction) => (IrOpcode)LLVM.GetInstructionOpcode(instruction.Handle);

    private IrPhi Phi(LLVMValueRef phi)
    {
        var incoming = ImmutableDictionary.CreateBuilder<int, IrOperand>();
        uint count = LLVM.CountIncoming(phi.Handle);
        for (uint i = 0; i < count; i++)
        {
            if (_blocks.TryGetValue(LLVM.GetIncomingBlock(phi.Handle, i), out int source))
            {
                incoming[source] = Operand(new LLVMValueRef(LLVM.GetIncomingValue(phi.Handle, i)));
            }
        }

        return new IrPhi(_registers[phi], types.Read(phi.TypeOf), incoming.ToImmutable(), (int)LLVM.GetDebugLocLine(phi.Handle));
    }

    private IrInstruction Instruction(LLVMValueRef instruction)
    {
        IrOpcode opcode = OpcodeOf(instruction);
        ImmutableArray<IrOperand> operands = [.. OperandsOf(opcode, instruction).Select(Operand)];
        IrType type = types.Read(opcode == IrOpcode.Store ? instruction.GetOperand(0).TypeOf : instruction.TypeOf);
        IrType? sourceType = opcode switch
        {
            IrOpcode.Alloca => types.Read(new LLVMTypeRef(LLVM.GetAllocatedType(instruction.Handle))),
            IrOpcode.GetElementPointer => types.Read(new LLVMTypeRef(LLVM.GetGEPSourceElementType(instruction.Handle))),
            IrOpcode.ExtractValue or IrOpcode.InsertValue or IrOpcode.ExtractElement
                or IrOpcode.IntegerCompare or IrOpcode.FloatCompare or IrOpcode.BitCast or IrOpcode.PointerToInteger
                or (>= IrOpcode.Truncate and <= IrOpcode.FloatExtend) => types.Read(instruction.GetOperand(0).TypeOf),
            _ => null,
        };
        return new IrInstruction(
            opcode, _registers.GetValueOrDefault(instruction, -1), type, operands, Numbers(opcode, instruction), sourceType,
            opcode == IrOpcode.Call ? Callee(instruction) : null,
            (int)LLVM.GetDebugLocLine(instruction.Handle), (int)LLVM.GetDebugLocColumn(instruction.Handle))
        {
            Target = opcode == IrOpcode.Call && Callee(instruction) is null ? Operand(new LLVMValueRef(LLVM.GetCalledValue(instruction.Handle))) : null,
        };
    }

    private static IEnumerable<LLVMValueRef> OperandsOf(IrOpcode opcode, LLVMValueRef instruction) => opcode switch
    {
        IrOpcode.Branch => LLVM.IsConditional(instruction.Handle) != 0 ? [new LLVMValueRef(LLVM.GetCondition(instruction.Handle))] : [],
        IrOpcode.Switch => [instruction.GetOperand(0)],
        IrOpcode.Call => instruction.Operands.Take((int)LLVM.GetNumArgOperands(instruction.Handle)),
        _ => instruction.Operands,
    };

    private static unsafe ImmutableArray<long> Numbers(IrOpcode opcode, LLVMValueRef instruction)
    {
        switch (opcode)
        {
            case IrOpcode.IntegerCompare:
                return [LLVM.GetICmpPredicate(instruction.Handle)];
            case IrOpcode.FloatCompare:
                return [LLVM.GetFCmpPredicate(instruction.Handle)];
            case IrOpcode.ExtractValue or IrOpcode.InsertValue:
                uint* indices = LLVM.GetIndices(instruction.Handle);
                return [.. Enumerable.Range(0, (int)LLVM.GetNumIndices(instruction.Handle)).Select(i => (long)indices[i])];
            case IrOpcode.ShuffleVector:
                return [.. Enumerable.Range(0, (int)LLVM.GetNumMaskElements(instruction.Handle))
                    .Select(i => (long)LLVM.GetMaskValue(instruction.Handle, (uint)i))];
            case IrOpcode.Switch:
                // Operands: the value, the default block, then each case's value and block.
                return [.. Enumerable.Range(1, (instruction.OperandCount / 2) - 1).Select(i => instruction.GetOperand(2 * i).ConstIntSExt)];
            default:
                return [];
        }
    }

    private static string? Callee(LLVMValueRef call)
    {
        var callee = new LLVMValueRef(LLVM.GetCalledValue(call.Handle));
        return callee.Kind == LLVMValueKind.Function ? callee.Name : null;
    }

    private IrOperand Operand(LLVMValueRef value) =>
        _registers.TryGetValue(value, out int register) ? new IrRegister(register)
        : value.Kind is LLVMValueKind.Argument or LLVMValueKind.Instruction ? new IrZero(types.Read(value.TypeOf)) // in an unreachable block
        : constants.Read(value);
}
