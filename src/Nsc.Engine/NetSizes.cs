// The sizes of nets that are tried where nobody names one.

using System.Collections.Immutable;

namespace Nsc.Engine;

public static class NetSizes
{
    /// <summary>The widths of the hidden layers, smallest net first.</summary>
    public static ImmutableArray<ImmutableArray<int>> All { get; } = [[4], [8, 8], [16, 16], [32, 32], [64, 64]];

    /// <summary>For people, such as 16-16.</summary>
    public static string InWords(ImmutableArray<int> hidden) => string.Join('-', hidden);
}
