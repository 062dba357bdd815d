// The distribution of generated programs, as data.

using System.Collections.Immutable;

namespace Nsc.Corpus.Generator.Drafting;

/// <summary>What the generator draws from. The defaults are the shipped training mixture.</summary>
public sealed record GeneratorOptions
{
    /// <summary>The most scalar inputs of a function.</summary>
    public int MaxInputs { get; init; } = 16;

    /// <summary>
    /// Relative weights of the number of inputs that a function aims for, from 1 up. A family that needs more or fewer
    /// takes what it needs.
    /// </summary>
    public ImmutableArray<double> InputWeights { get; init; } = [6, 13, 14, 12, 10, 9, 9, 9, 15, 4, 3, 4, 2, 2, 2, 4];

    /// <summary>The share of functions in single precision.</summary>
    public double FloatShare { get; init; } = 0.55;

    /// <summary>The share of functions that take their inputs from one struct or one array.</summary>
    public double GroupedShare { get; init; } = 0.14;

    /// <summary>The share of idioms of which one operator is exchanged for another.</summary>
    public double MutationShare { get; init; } = 0.08;

    /// <summary>The share of results that go through one more operation before they are returned.</summary>
    public double TwistShare { get; init; } = 0.22;

    /// <summary>Relative weights of the families by name; a family that is absent keeps its own weight, 0 removes it.</summary>
    public ImmutableDictionary<string, double> FamilyWeights { get; init; } = ImmutableDictionary<string, double>.Empty;
}
