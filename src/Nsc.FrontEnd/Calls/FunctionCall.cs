// How a function is called with numbers: what is handed over, which scalars of it are inputs, and where the outputs are afterwards.

using System.Collections.Immutable;
using Nsc.Core.Programs;

namespace Nsc.FrontEnd.Calls;

/// <summary>How the caller hands a parameter to the function.</summary>
internal enum Passing
{
    Value,
    Address,
    Elements,

    /// <summary>A variable beyond the parameters, which the caller sets before the call and reads after it.</summary>
    Variable,
}

/// <summary>Which way a scalar goes.</summary>
[Flags]
internal enum Direction
{
    /// <summary>It does not matter what it is, and it stays so.</summary>
    None = 0,
    In = 1,
    Out = 2,

    /// <summary>The function finds what the caller put there, and the caller sees what the function leaves.</summary>
    InOut = In | Out,
}

/// <param name="Shape">Of the value, or of what a pointer is made to point to.</param>
/// <param name="Direction">Of each scalar about which the call says nothing else.</param>
internal sealed record Parameter(string Name, Shape Shape, Passing Passing, Direction Direction)
{
    /// <summary>The member to which the function is handed a pointer, and around which it finds the whole; empty for the whole itself.</summary>
    public string Member { get; init; } = "";
}

/// <summary>A scalar that is handed over.</summary>
internal readonly record struct CallScalar(Parameter Parameter, Leaf Leaf, Direction Direction)
{
    public bool IsInput => Direction.HasFlag(Direction.In);

    public bool IsOutput => Direction.HasFlag(Direction.Out);
}

/// <summary>A scalar that the caller sees after the call.</summary>
/// <param name="Scalar">Which of the call's scalars it was before the call; -1 for a part of the result.</param>
internal readonly record struct CallOutput(Leaf Leaf, int Scalar);

/// <param name="Parameters">The function's own, then the variables beyond them.</param>
/// <param name="Result">Null for void.</param>
internal sealed record FunctionCall(string Function, ImmutableArray<Parameter> Parameters, Shape? Result)
{
    /// <summary>Scalars that are no inputs because they have one value, by their names.</summary>
    public ImmutableDictionary<string, double> Fixed { get; init; } = ImmutableDictionary<string, double>.Empty;

    /// <summary>Which way scalars go that do not go their parameter's way, by their names.</summary>
    public ImmutableDictionary<string, Direction> Directions { get; init; } = ImmutableDictionary<string, Direction>.Empty;

    /// <summary>Scalars that would be outputs and are left out, by their names; a part of the result begins with <c>return</c>.</summary>
    public ImmutableHashSet<string> Ignored { get; init; } = [];

    /// <summary>Whether the result is a pointer, which is left out.</summary>
    public bool GivesPointer { get; init; }

    /// <summary>The pointer parameter that the function gives back, if it does so.</summary>
    public string? Returned { get; init; }

    /// <summary>Pointers in structures that are null, by their names.</summary>
    public ImmutableArray<string> Nulls { get; init; } = [];

    /// <summary>Pointers to functions that are one function each.</summary>
    public ImmutableArray<FixedVariable> Bound { get; init; } = [];

    /// <summary>Everything that is handed over, in order.</summary>
    public ImmutableArray<CallScalar> Scalars =>
        [.. Parameters.SelectMany(p => p.Shape.Leaves(p.Name).Select(l => new CallScalar(p, l, DirectionOf(p, l))))];

    public IEnumerable<Leaf> Inputs => Scalars.Where(s => s.IsInput).Select(s => s.Leaf);

    /// <summary>The result first, then what is written through parameters, in order.</summary>
    public IEnumerable<CallOutput> Outputs => Results("return").Select(l => new CallOutput(l, -1))
        .Concat(Scalars.Select((s, i) => (Scalar: s, Index: i)).Where(s => s.Scalar.IsOutput)
            .Select(s => new CallOutput(s.Scalar.IsInput ? s.Scalar.Leaf with { Name = s.Scalar.Leaf.Name + ProgramSignature.NextSuffix } : s.Scalar.Leaf, s.Index)));

    /// <summary>The parts of the result that are outputs, as those of a variable.</summary>
    public IEnumerable<Leaf> Results(string variable) => Result is null ? []
        : Result.Leaves("return").Zip(Result.Leaves(variable)).Where(l => !Ignored.Contains(l.First.Name)).Select(l => l.Second);

    private Direction DirectionOf(Parameter parameter, Leaf leaf)
    {
        Direction direction = Directions.GetValueOrDefault(leaf.Name, parameter.Direction);
        direction = Ignored.Contains(leaf.Name) ? direction & ~Direction.Out : direction;
        return Fixed.ContainsKey(leaf.Name) ? direction & ~Direction.In : direction;
    }
}
