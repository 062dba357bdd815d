// The effect of one instruction on registers and memory.

using System.Collections.Immutable;
using Nsc.Core.Dataflow;
using Nsc.Core.Dataflow.Building;
using Nsc.FrontEnd.Lowering.Ir;
using Nsc.FrontEnd.Lowering.Values;

namespace Nsc.FrontEnd.Lowering.Symbolic;

/// <summary>The end of exclusive paths; null when there are none.</summary>
internal delegate Departure? Joining(IReadOnlyList<Departure> paths);

/// <summary>Calls a function of the module; null when it never returns.</summary>
internal delegate Departure? InternalCall(string callee, IReadOnlyList<Value> arguments, PathState state);

internal sealed class InstructionExecutor(
    LoweringState lowering, IrModule module, Scalars scalars, Memory memory, GlobalObjects globals, InternalCall callFunction, Joining join)
{
    private readonly Operations _operations = new(lowering, scalars);
    private readonly ExternalCalls _externals = new(lowering, scalars, memory);

    private ValueGraph Graph => lowering.Graph;

    /// <summary>The state after the instruction, or null when control does not get past it.</summary>
    public PathState? Execute(Frame frame, IrInstruction instruction, PathState state)
    {
        lowering.Position = (instruction.Line, instruction.Column);
        lowering.Step();
        (lowering.Path, lowering.EndsPath) = (state.Condition, false);
        PathState? after = Follow(frame, instruction, state);
        bool endsPath = lowering.EndsPath;
        lowering.EndsPath = false;
        return endsPath ? null : after;
    }

    private PathState? Follow(Frame frame, IrInstruction instruction, PathState state)
    {
        switch (instruction.Opcode)
        {
            case IrOpcode.Call:
                return Call(frame, instruction, state);
            case IrOpcode.Store:
                return Pointer(frame, instruction.Operands[1]) is { } target
                    ? state with { Memory = memory.Store(state.Memory, target, Evaluate(frame, instruction.Operands[0]), instruction.Type) }
                    : state;
            case var opcode when instruction.Register < 0:
                lowering.Report(GraphLimits.Instruction, $"the instruction '{opcode}' is not supported");
                return state;
            default:
                frame[instruction.Register] = Compute(frame, instruction, state.Memory);
                return state;
        }
    }

    public Value Evaluate(Frame frame, IrOperand operand) => operand switch
    {
        IrRegister register => frame[register.Index] ?? new ScalarValue(Graph.Zero(ValueKind.Int32)),
        IrGlobalAddress address => new Address(globals.Of(address.Global), address.Offset, []),
        IrCompositeConstant composite => new CompositeValue([.. composite.Elements.Select(e => Evaluate(frame, e))]),
        _ => scalars.Constant(operand),
    };

    private Value Compute(Frame frame, IrInstruction instruction, MemoryState state)
    {
        ImmutableArray<IrOperand> operands = instruction.Operands;
        switch (instruction.Opcode)
        {
            case IrOpcode.Alloca:
                return Allocate(frame, instruction);
            case IrOpcode.Load:
                return Pointer(frame, operands[0]) is { } source ? memory.Load(state, source, instruction.Type) : scalars.Zero(instruction.Type);
            case IrOpcode.GetElementPointer:
                return ElementAddress(frame, instruction);
            case IrOpcode.Select:
                return Select(frame, instruction);
            case IrOpcode.PointerToInteger or IrOpcode.IntegerToPointer:
                return Evaluate(frame, operands[0]);
            case IrOpcode.ExtractValue:
                return instruction.Numbers.Aggregate(Evaluate(frame, operands[0]), (value, i) => Element(value, i, instruction.Type));
            case IrOpcode.InsertValue:
                return Insert(Evaluate(frame, operands[0]), Evaluate(frame, operands[1]), instruction.Numbers.AsSpan());
            case IrOpcode.ExtractElement:
                return ExtractElement(frame, instruction);
            case IrOpcode.InsertElement:
                return InsertElement(frame, instruction);
            case IrOpcode.ShuffleVector:
                return Shuffle(frame, instruction);
            case >= IrOpcode.Add and <= IrOpcode.Xor or >= IrOpcode.Truncate and <= IrOpcode.FloatExtend
                or IrOpcode.BitCast or IrOpcode.IntegerCompare or IrOpcode.FloatCompare or IrOpcode.FloatNegate or IrOpcode.Freeze:
                return _operations.Evaluate(
                    instruction, instruction.SourceType ?? instruction.Type, instruction.Type, [.. operands.Select(o => Evaluate(frame, o))]);
            default:
                lowering.Report(GraphLimits.Instruction, $"the instruction '{instruction.Opcode}' is not supported");
                return scalars.Zero(instruction.Type);
        }
    }

    private PointerValue? Pointer(Frame frame, IrOperand operand)
    {
        Value value = Evaluate(frame, operand);
        if (value is Address or PointerChoice)
        {
            return (PointerValue)value;
        }

        if (value is NullPointer)
        {
            if (!lowering.TryEndPath("a path that follows a null pointer is taken for one that no input leads to"))
            {
                lowering.Report("null-pointer", "a null pointer is dereferenced");
            }
        }
        else
        {
            lowering.Report(GraphLimits.Address, "an address that is computed from numbers is dereferenced");
        }

        return null;
    }

    private Address Allocate(Frame frame, IrInstruction instruction)
    {
        Value count = Evaluate(frame, instruction.Operands[0]);
        long length = 1;
        if (count is ScalarValue scalar && Graph.IsConstant(scalar.Node))
        {
            length = Math.Clamp(Graph[scalar.Node].Bits, 0, int.MaxValue);
        }
        else
        {
            lowering.Report(GraphLimits.VariableSize, "an array has a length that is computed");
        }

        var item = new MemoryObject("a local variable", instruction.SourceType!.Size * length, MemoryRole.Variable, null);
        frame.Variables.Add(item);
        return new Address(item, 0, []);
    }

    private Value ElementAddress(Frame frame, IrInstruction instruction)
    {
        if (Evaluate(frame, instruction.Operands[0]) is not PointerValue pointer)
        {
            lowering.Report(GraphLimits.Address, "an address is computed from numbers");
            return new NullPointer();
        }

        IrType type = instruction.SourceType!;
        for (int i = 1; i < instruction.Operands.Length; i++)
        {
            int index = NodeOf(frame, instruction.Operands[i]);
            if (i == 1)
            {
                pointer = Step(pointer, index, type.Size, 0);
            }
            else if (type is IrStruct structure)
            {
                int field = (int)Graph[index].Bits;
                pointer = Memory.Advance(pointer, structure.OffsetAt(field));
                type = structure.TypeAt(field);
            }
            else if (type is IrArray array)
            {
                pointer = Step(pointer, index, array.Element.Size, array.Length);
                type = array.Element;
            }
        }

        return pointer;
    }

    private PointerValue Step(PointerValue pointer, int index, long scale, long count)
    {
        if (Graph.IsConstant(index))
        {
            return Memory.Advance(pointer, Graph[index].Bits * scale);
        }

        int wide = Graph.ToWidth(index, ValueKind.Int64, isSigned: true);
        return pointer switch
        {
            Address address => address with { Indices = address.Indices.Add(new IndexTerm(wide, scale, count)) },
            PointerChoice choice => choice with { WhenTrue = Step(choice.WhenTrue, index, scale, count), WhenFalse = Step(choice.WhenFalse, index, scale, count) },
            _ => pointer,
        };
    }

    private Value Select(Frame frame, IrInstruction instruction)
    {
        Value test = Evaluate(frame, instruction.Operands[0]);
        Value whenTrue = Evaluate(frame, instruction.Operands[1]), whenFalse = Evaluate(frame, instruction.Operands[2]);
        if (test is CompositeValue tests && whenTrue is CompositeValue a && whenFalse is CompositeValue b)
        {
            return new CompositeValue([.. tests.Elements.Select((t, i) => scalars.Select(Boolean(t), a.Elements[i], b.Elements[i]))]);
        }

        return scalars.Select(Boolean(test), whenTrue, whenFalse);
    }

    private int Boolean(Value value) => scalars.NodeOf(value, new IrScalar(ValueKind.Boolean));

    private Value Element(Value value, long index, IrType type) =>
        value is CompositeValue composite && index >= 0 && index < composite.Elements.Length ? composite.Elements[(int)index] : scalars.Zero(type);

    private static Value Insert(Value value, Value element, ReadOnlySpan<long> path)
    {
        if (path.IsEmpty)
        {
            return element;
        }

        if (value is not CompositeValue composite)
        {
            return value;
        }

        int index = (int)path[0];
        return new CompositeValue(composite.Elements.SetItem(index, Insert(composite.Elements[index], element, path[1..])));
    }

    private Value ExtractElement(Frame frame, IrInstruction instruction)
    {
        int index = NodeOf(frame, instruction.Operands[1]);
        Value vector = Evaluate(frame, instruction.Operands[0]);
        if (Graph.IsConstant(index))
        {
            return Element(vector, Graph[index].Bits, instruction.Type);
        }

        Value result = scalars.Zero(instruction.Type);
        int count = vector is CompositeValue composite ? composite.Elements.Length : 0;
        for (int i = count - 1; i >= 0; i--)
        {
            result = scalars.Select(IsIndex(index, i), Element(vector, i, instruction.Type), result);
        }

        return result;
    }

    private Value InsertElement(Frame frame, IrInstruction instruction)
    {
        int index = NodeOf(frame, instruction.Operands[2]);
        Value element = Evaluate(frame, instruction.Operands[1]);
        return Evaluate(frame, instruction.Operands[0]) is CompositeValue vector
            ? new CompositeValue([.. vector.Elements.Select((old, i) => scalars.Select(IsIndex(index, i), element, old))])
            : scalars.Zero(instruction.Type);
    }

    private int IsIndex(int index, int value) =>
        Graph.Apply(Opcode.Equal, ValueKind.Boolean, index, Graph.Integer(value, Graph.KindOf(index)));

    private Value Shuffle(Frame frame, IrInstruction instruction)
    {
        IrType element = ((IrArray)instruction.Type).Element;
        if (Evaluate(frame, instruction.Operands[0]) is not CompositeValue a || Evaluate(frame, instruction.Operands[1]) is not CompositeValue b)
        {
            return scalars.Zero(instruction.Type);
        }

        var both = a.Elements.AddRange(b.Elements);
        return new CompositeValue([.. instruction.Numbers.Select(i => i >= 0 && i < both.Length ? both[(int)i] : scalars.Zero(element))]);
    }

    /// <summary>The graph's value behind an operand of integer type.</summary>
    public int NodeOf(Frame frame, IrOperand operand)
    {
        Value value = Evaluate(frame, operand);
        return value is ScalarValue scalar ? scalar.Node : scalars.NodeOf(value, new IrScalar(ValueKind.Int64));
    }

    private PathState? Call(Frame frame, IrInstruction call, PathState state)
    {
        Departure? end = call.Callee is null ? CallThroughPointer(frame, call, state) : CallNamed(frame, call, call.Callee, state);
        return end is null ? null : Finish(frame, call, end.State, end.Result);
    }

    private Departure? CallNamed(Frame frame, IrInstruction call, string callee, PathState state)
    {
        if (module.Functions.ContainsKey(callee))
        {
            return callFunction(callee, [.. call.Operands.Select(o => Evaluate(frame, o))], state);
        }

        var (value, after) = _externals.Call(call, callee, state.Memory, i => Evaluate(frame, call.Operands[i]));
        return new Departure(state with { Memory = after }, value);
    }

    // Each function that it may be is called on the paths on which it is.
    private Departure? CallThroughPointer(Frame frame, IrInstruction call, PathState state)
    {
        var ends = new List<Departure>();
        if (call.Target is not { } target || !Follow(Evaluate(frame, target), state))
        {
            lowering.Report(GraphLimits.IndirectCall, "which function is called here is not known, or it is inline assembly");
            return new Departure(state, null);
        }

        return join(ends);

        bool Follow(Value value, PathState path)
        {
            switch (value)
            {
                case PointerChoice choice:
                    Condition holds = lowering.Conditions.Holds(choice.Test);
                    return FollowWhen(choice.WhenTrue, path, holds) && FollowWhen(choice.WhenFalse, path, lowering.Conditions.Not(holds));
                case FunctionPointer function:
                    if (CallNamed(frame, call, function.Function, path) is { } end)
                    {
                        ends.Add(end);
                    }

                    return true;
                default:
                    return false;
            }
        }

        bool FollowWhen(Value value, PathState path, Condition condition)
        {
            Condition both = lowering.Conditions.And(path.Condition, condition);
            return both == Condition.False || Follow(value, path with { Condition = both });
        }
    }

    private PathState Finish(Frame frame, IrInstruction call, PathState state, Value? result)
    {
        if (call.Register >= 0)
        {
            frame[call.Register] = result ?? scalars.Zero(call.Type);
        }

        return state;
    }
}
