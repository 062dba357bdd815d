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
}

/// <summary>Which way the scalars of a parameter go.</summary>
internal enum Direction
{
    In,
    Out,

    /// <summary>The function finds what the caller put there, and the caller sees what the function leaves.</summary>
    InOut,
}

/// <param name="Shape">Of the value, or of what a pointer is made to point to.</param>
internal sealed record Parameter(string Name, Shape Shape, Passing Passing, Direction Direction)
{
    public bool IsInput => Direction != Direction.Out;

    public bool IsOutput => Direction != Direction.In;
}

/// <summary>A scalar that the caller sees after the call.</summary>
/// <param name="Scalar">Which of the call's scalars it was before the call; -1 for a part of the result.</param>
internal readonly record struct CallOutput(Leaf Leaf, int Scalar);

/// <param name="Result">Null for void.</param>
internal sealed record FunctionCall(string Function, ImmutableArray<Parameter> Parameters, Shape? Result)
{
    /// <summary>How the name of an output ends that is an input too.</summary>
    public const string NextSuffix = ".next";

    /// <summary>Scalars that are no inputs because they have one value, by their names.</summary>
    public ImmutableDictionary<string, long> Fixed { get; init; } = ImmutableDictionary<string, long>.Empty;

    /// <summary>Everything that is handed over, in order.</summary>
    public IEnumerable<(Parameter Parameter, Leaf Leaf)> Scalars => Parameters.SelectMany(p => p.Shape.Leaves(p.Name).Select(l => (p, l)));

    public IEnumerable<Leaf> Inputs => Scalars.Where(s => IsInput(s.Parameter, s.Leaf)).Select(s => s.Leaf);

    /// <summary>The result first, then what is written through parameters, in order.</summary>
    public IEnumerable<CallOutput> Outputs => (Result?.Leaves("return") ?? []).Select(l => new CallOutput(l, -1))
        .Concat(Scalars.Select((s, i) => (s.Parameter, s.Leaf, Index: i)).Where(s => s.Parameter.IsOutput)
            .Select(s => new CallOutput(IsInput(s.Parameter, s.Leaf) ? s.Leaf with { Name = s.Leaf.Name + NextSuffix } : s.Leaf, s.Index)));

    /// <summary>Whether the function takes scalars and gives one, and can be called as it is.</summary>
    public bool IsPlain => Result is Shape.Scalar && Fixed.IsEmpty && Parameters.All(p => p.Shape is Shape.Scalar && p.Passing == Passing.Value);

    public bool IsInput(Parameter parameter, Leaf leaf) => parameter.IsInput && !Fixed.ContainsKey(leaf.Name);
}
