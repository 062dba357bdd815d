// Executes the entry function symbolically: branches are taken both ways, loops are unrolled while their condition is
// open, calls are followed, and where paths meet their values become selects. What reaches `out` is the graph.

using System.Collections.Immutable;
using Nsc.Core.Dataflow;
using Nsc.FrontEnd.Lowering.Ir;
using Nsc.FrontEnd.Lowering.Values;

namespace Nsc.FrontEnd.Lowering.Symbolic;

/// <summary>Walks the control flow of one program. One instance executes one entry once.</summary>
internal sealed class SymbolicExecutor
{
    /// <summary>Calls are followed this deep.</summary>
    private const int MaxCallDepth = 64;

    /// <summary>
    /// A loop that depends on data is followed this many times past its bound, to see whether a counter ends it:
    /// then it is exact after all, else it is cut at the bound.
    /// </summary>
    private const int Patience = 4;

    private readonly LoweringState _lowering;
    private readonly IrModule _module;
    private readonly Scalars _scalars;
    private readonly Memory _memory;
    private readonly InstructionExecutor _instructions;
    private readonly Stack<Frame> _frames = new();

    public SymbolicExecutor(LoweringState lowering, IrModule module)
    {
        _lowering = lowering;
        _module = module;
        _scalars = new Scalars(lowering);
        var globals = new GlobalObjects(lowering);
        Entry = new EntryValues(lowering, _scalars, globals);
        _memory = new Memory(lowering, _scalars, Entry);
        _instructions = new InstructionExecutor(lowering, module, _scalars, _memory, globals, CallFunction, Join);
    }

    private EntryValues Entry { get; }

    private PathConditions Conditions => _lowering.Conditions;

    /// <summary>The nodes of the outputs, or null when there were errors.</summary>
    public IReadOnlyList<int>? Execute(IrFunction entry)
    {
        Value[] arguments = [new Address(Entry.Inputs, 0, []), new Address(Entry.Outputs, 0, [])];
        Departure? end = Run(entry, arguments, new PathState(Condition.True, MemoryState.Empty));
        if (_lowering.HasFailed)
        {
            return null;
        }

        if (end is null)
        {
            _lowering.ReportProgram("no-return", $"'{_lowering.Program.Signature.Function}' returns on no path");
            return null;
        }

        return [.. _lowering.Program.Signature.Outputs.Select((_, k) => Output(end.State.Memory, k))];
    }

    // The entry stores every output as a double; a signed integer is its own value without the conversion.
    private int Output(MemoryState memory, int index)
    {
        var type = new IrScalar(ValueKind.Double);
        int node = _scalars.NodeOf(_memory.Load(memory, new Address(Entry.Outputs, index * type.Size, []), type), type);
        Node output = _lowering.Graph[node];
        bool isPlain = (output.Opcode == Opcode.IntegerToFloat && output.Kind == ValueKind.Double)
            || (output.Opcode == Opcode.UnsignedToFloat && _lowering.Graph.KindOf(output.A) == ValueKind.Boolean);
        return isPlain ? output.A : node;
    }

    private Departure? CallFunction(string callee, IReadOnlyList<Value> arguments, PathState state)
    {
        IrFunction function = _module.Functions[callee];
        if (_frames.Any(f => f.Function == function && f.Entered != state.Condition))
        {
            _lowering.FollowsData = true;
            _lowering.Report("recursion", $"'{callee}' calls itself, directly or through others, for as long as the data say");
        }
        else if (_frames.Count >= MaxCallDepth)
        {
            _lowering.Report(GraphLimits.CallDepth, $"calls are nested more than {MaxCallDepth} deep");
        }
        else
        {
            return Run(function, arguments, state);
        }

        return new Departure(state, null);
    }

    private Departure? Run(IrFunction function, IReadOnlyList<Value> arguments, PathState state)
    {
        var frame = new Frame(function, state.Condition);
        for (int i = 0; i < function.ParameterCount; i++)
        {
            frame[i] = i < arguments.Count ? arguments[i] : _scalars.Zero(new IrScalar(ValueKind.Int32));
            if (function.CopiedSizes[i] > 0 && frame[i] is PointerValue original)
            {
                state = CopyArgument(frame, i, original, function.CopiedSizes[i], state);
            }
        }

        _frames.Push(frame);
        frame.Arrivals[0].Add(new Arrival(state, []));
        RunRegion(frame, function.Body);
        _frames.Pop();
        return Join(frame);
    }

    // A structure passed by value in memory belongs to the callee.
    private PathState CopyArgument(Frame frame, int parameter, PointerValue original, long size, PathState state)
    {
        var copy = new MemoryObject("argument", size, MemoryRole.Variable, null);
        frame.Variables.Add(copy);
        var address = new Address(copy, 0, []);
        frame[parameter] = address;
        return state with { Memory = _memory.Copy(state.Memory, address, original, size) };
    }

    private Departure? Join(Frame frame) => Join(frame.Departures) is { } end
        ? end with { State = end.State with { Memory = Memory.Remove(end.State.Memory, frame.Variables) } } : null;

    private Departure? Join(IReadOnlyList<Departure> ends)
    {
        if (ends.Count == 0)
        {
            return null;
        }

        var (state, choice) = Join([.. ends.Select(d => d.State)]);
        Value?[] results = [.. ends.Select(d => d.Result)];
        Value? result = choice is null || Array.Exists(results, r => r is null) ? results[0] : choice.Merge(results.OfType<Value>().ToList(), _scalars.Select);
        return new Departure(state, result);
    }

    private (PathState State, PathChoice? Choice) Join(IReadOnlyList<PathState> paths)
    {
        if (paths.Count == 1)
        {
            return (paths[0], null);
        }

        PathChoice choice = PathChoice.Among(Conditions, [.. paths.Select(p => p.Condition)]);
        Condition condition = paths.Select(p => p.Condition).Aggregate(Conditions.Or);
        return (new PathState(condition, _memory.Merge(choice, [.. paths.Select(p => p.Memory)])), choice);
    }

    private void RunRegion(Frame frame, IrRegion region)
    {
        foreach (IrRegionItem item in region.Items)
        {
            if (_lowering.IsExhausted)
            {
                return;
            }

            if (item.Loop is null)
            {
                RunBlock(frame, item.Block);
            }
            else
            {
                RunLoop(frame, item.Loop);
            }
        }
    }

    private void RunLoop(Frame frame, IrRegion loop)
    {
        List<Arrival> atHeader = frame.Arrivals[loop.Header];
        int bound = _lowering.Options.MaxIterations, openIterations = 0;
        Action? cut = null;
        while (atHeader.Count > 0 && !_lowering.IsExhausted)
        {
            Condition before = AnyOf(atHeader);
            RunRegion(frame, loop);
            bool isOpen = atHeader.Count > 0 && AnyOf(atHeader) != before;
            openIterations += isOpen ? 1 : 0;
            _lowering.FollowsData |= isOpen;
            _lowering.OpenIterations = Math.Max(_lowering.OpenIterations, openIterations);
            if (openIterations == bound + 1) // the last test, whose way out has the values after the bound's iterations, included
            {
                cut ??= CutHere(frame, loop);
            }

            if (openIterations > Patience * bound)
            {
                cut?.Invoke();
                return;
            }
        }
    }

    private Condition AnyOf(List<Arrival> arrivals) => arrivals.Select(a => a.State.Condition).Aggregate(Conditions.Or);

    /// <summary>Remembers the paths that have left the loop by now; the action drops all others and ends the loop.</summary>
    private Action CutHere(Frame frame, IrRegion loop)
    {
        int[] counts = [.. frame.Arrivals.Select(a => a.Count)];
        int departures = frame.Departures.Count;
        return () =>
        {
            for (int block = 0; block < counts.Length; block++)
            {
                int kept = loop.Blocks.Contains(block) ? 0 : counts[block];
                frame.Arrivals[block].RemoveRange(kept, frame.Arrivals[block].Count - kept);
            }

            frame.Departures.RemoveRange(departures, frame.Departures.Count - departures);
            int line = LineOf(frame.Function.Blocks[loop.Header]);
            _lowering.Approximate($"the loop{LoweringState.AtLine(line)} is cut after {_lowering.Options.MaxIterations} iterations");
        };
    }

    private static int LineOf(IrBlock block) => block.Instructions.Select(i => i.Line).FirstOrDefault(line => line > 0);

    private void RunBlock(Frame frame, int index)
    {
        List<Arrival> arrivals = frame.Arrivals[index];
        if (arrivals.Count == 0)
        {
            return;
        }

        IrBlock block = frame.Function.Blocks[index];
        var (state, choice) = Join([.. arrivals.Select(a => a.State)]);
        for (int i = 0; i < block.Phis.Length; i++)
        {
            frame[block.Phis[i].Register] = choice is null
                ? arrivals[0].PhiValues[i]
                : choice.Merge([.. arrivals.Select(a => a.PhiValues[i])], _scalars.Select);
        }

        arrivals.Clear();
        PathState? current = state;
        foreach (IrInstruction instruction in block.Instructions.AsSpan()[..^1])
        {
            current = _instructions.Execute(frame, instruction, current.Value);
            if (current is null || _lowering.IsExhausted)
            {
                return;
            }
        }

        Leave(frame, block, current.Value);
    }

    private void Leave(Frame frame, IrBlock block, PathState state)
    {
        IrInstruction terminator = block.Terminator;
        _lowering.Position = (terminator.Line, terminator.Column);
        _lowering.Step();
        switch (terminator.Opcode)
        {
            case IrOpcode.Return:
                Value? result = terminator.Operands.IsEmpty ? null : _instructions.Evaluate(frame, terminator.Operands[0]);
                frame.Departures.Add(new Departure(state, result));
                break;
            case IrOpcode.Branch when terminator.Operands.IsEmpty:
                Arrive(frame, block, block.Successors[0], state, Condition.True);
                break;
            case IrOpcode.Branch:
                int test = _scalars.NodeOf(_instructions.Evaluate(frame, terminator.Operands[0]), new IrScalar(ValueKind.Boolean));
                Condition taken = Conditions.Holds(test);
                Arrive(frame, block, block.Successors[0], state, taken);
                Arrive(frame, block, block.Successors[1], state, Conditions.Not(taken));
                break;
            case IrOpcode.Switch:
                LeaveSwitch(frame, block, state);
                break;
            case IrOpcode.Unreachable:
                break;
            default:
                _lowering.Report(GraphLimits.Jump, "this kind of jump is not supported");
                break;
        }
    }

    // Successor 0 is the default; the others belong to the cases in order.
    private void LeaveSwitch(Frame frame, IrBlock block, PathState state)
    {
        IrInstruction terminator = block.Terminator;
        int value = _instructions.NodeOf(frame, terminator.Operands[0]);
        ValueKind kind = _lowering.Graph.KindOf(value);
        Condition other = Condition.True;
        for (int i = 0; i < terminator.Numbers.Length; i++)
        {
            int isCase = _lowering.Graph.Apply(
                Opcode.Equal, ValueKind.Boolean, value, _lowering.Graph.Integer(terminator.Numbers[i], kind));
            Condition holds = Conditions.Holds(isCase);
            Arrive(frame, block, block.Successors[i + 1], state, Conditions.And(other, holds));
            other = Conditions.And(other, Conditions.Not(holds));
        }

        Arrive(frame, block, block.Successors[0], state, other);
    }

    private void Arrive(Frame frame, IrBlock source, int target, PathState state, Condition branch)
    {
        Condition condition = Conditions.And(state.Condition, branch);
        if (condition == Condition.False)
        {
            return;
        }

        Value[] phis = [.. frame.Function.Blocks[target].Phis.Select(p => _instructions.Evaluate(frame, p.Incoming[source.Index]))];
        frame.Arrivals[target].Add(new Arrival(state with { Condition = condition }, phis));
    }
}
