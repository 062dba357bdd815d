// What the user can choose about a compilation.

using System.Collections.Immutable;
using Nsc.Engine.Emission;
using Nsc.Engine.Refining;
using Nsc.FrontEnd;

namespace Nsc.Compiler;

/// <summary>The choices for compiling C to surrogates.</summary>
public sealed record CompileOptions
{
    /// <summary>No function named, no range, the shipped model.</summary>
    public static readonly CompileOptions Default = new();

    /// <summary>Which functions are taken, over which ranges, read with which flags of clang.</summary>
    public FrontEndOptions Reading { get; init; } = FrontEndOptions.Default;

    /// <summary>The CompNet checkpoint; null for $NSC_MODEL, else the shipped one.</summary>
    public string? Model { get; init; }

    /// <summary>Whether the weights are random, for comparison, instead of the model's.</summary>
    public bool StartsRandom { get; init; }

    /// <summary>Recorded in the surrogate, and the seed of random weights. Emitted weights do not depend on it.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>The widths of the hidden layers; null for those that the model emits.</summary>
    public ImmutableArray<int>? Hidden { get; init; }

    /// <summary>
    /// On how many points of its dataflow, interpreted, a surrogate is refined, which needs no run of the program; 0 for what the text alone gives, null for
    /// more the fewer functions are compiled together (<see cref="RefinementEffort.For"/>).
    /// </summary>
    public int? Refine { get; init; }

    /// <summary>Makes a network of a baseline's checkpoint, which takes the tensor library; null where there is none.</summary>
    internal Func<CompNetCheckpoint, IEmitter>? ToBaseline { get; init; }
}
