// One activation of a function: its registers, and the paths that wait at blocks not yet executed.

using Nsc.FrontEnd.Lowering.Ir;
using Nsc.FrontEnd.Lowering.Values;

namespace Nsc.FrontEnd.Lowering.Symbolic;

/// <summary>Where control is on a path: under which condition, and what memory holds.</summary>
internal readonly record struct PathState(Condition Condition, MemoryState Memory);

/// <summary>Control on its way into a block, with the values of the block's phis.</summary>
internal sealed record Arrival(PathState State, Value[] PhiValues);

/// <summary>Control leaving a function, with its result.</summary>
internal sealed record Departure(PathState State, Value? Result);

internal sealed class Frame(IrFunction function, Condition entered)
{
    private readonly Value?[] _registers = new Value?[function.RegisterCount];

    public IrFunction Function => function;

    /// <summary>The condition under which it was called.</summary>
    public Condition Entered => entered;

    /// <summary>The paths that wait before each block.</summary>
    public List<Arrival>[] Arrivals { get; } = [.. function.Blocks.Select(_ => new List<Arrival>())];

    public List<Departure> Departures { get; } = [];

    /// <summary>The variables that live in this activation.</summary>
    public List<MemoryObject> Variables { get; } = [];

    public Value? this[int register]
    {
        get => _registers[register];
        set => _registers[register] = value;
    }
}
