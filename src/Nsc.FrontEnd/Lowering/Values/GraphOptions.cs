// How far the front end goes to turn a program into a graph.

using System.Collections.Immutable;

namespace Nsc.FrontEnd.Lowering.Values;

/// <summary>The limits of lowering.</summary>
/// <param name="MaxIterations">A loop whose end depends on the inputs is cut after this many iterations, unless a counter ends it soon after.</param>
/// <param name="MaxNodes">The most values that a graph may have.</param>
/// <param name="MaxTableEntries">The most elements among which a computed index may select.</param>
/// <param name="MaxSteps">The most instructions that are executed while loops are unrolled.</param>
public sealed record GraphOptions(int MaxIterations = 64, int MaxNodes = 4096, int MaxTableEntries = 64, int MaxSteps = 2_000_000)
{
    /// <summary>The iterations after which such a loop is cut instead where the graph gets too large, in the order in which they are tried.</summary>
    public ImmutableArray<int> FewerIterations { get; init; } = [];

    /// <summary>
    /// For programs of users: what can be analysed and read in half a minute on one core and in 1.2 GB. Ten thousand steps of an integration have some
    /// 160,000 values.
    /// </summary>
    public static readonly GraphOptions Default = new(MaxNodes: 1 << 18, MaxTableEntries: 1024) { FewerIterations = [16, 4] };

    /// <summary>These limits, and those that are tried after them.</summary>
    public ImmutableArray<GraphOptions> All => [this, .. FewerIterations.Select(n => this with { MaxIterations = n, FewerIterations = [] })];

    /// <summary>For programs to train on and to be measured on, of which there are many.</summary>
    public static readonly GraphOptions Short = new();
}
