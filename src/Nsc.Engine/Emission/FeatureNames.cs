// What each number of ValueFeatures is. Checkpoints store these names, so that a feature that is added later does not make them useless.

using System.Collections.Immutable;
using Nsc.Core.Dataflow.Moments;

namespace Nsc.Engine.Emission;

/// <summary>The features of a value, in their order.</summary>
public static class FeatureNames
{
    /// <summary>How many axes are shown of those along which a value bends upwards, and as many of the others.</summary>
    public const int AxesEachWay = 4;

    /// <summary>The degrees whose coefficients are shown as a direction.</summary>
    public const int DegreeDirections = 4;

    private static readonly ImmutableArray<string> s_axes =
        [.. Enumerable.Range(1, AxesEachWay).Select(k => $"upward axis {k}"), .. Enumerable.Range(1, AxesEachWay).Select(k => $"downward axis {k}")];

    /// <summary>The features of a value as a whole.</summary>
    public static ImmutableArray<string> Scalars { get; } =
    [
        "is constant", "mean", "log deviation", "mean / deviation", "low", "high", "linear deviation", "quadratic deviation", "pair deviation",
        "unexplained deviation", "linear fourth powers", .. s_axes.Select(a => $"strength of {a}"), .. s_axes.Select(a => $"rise along {a}"),
    ];

    /// <summary>The features that a value has for each input.</summary>
    public static ImmutableArray<string> OfInput { get; } = [.. Enumerable.Range(1, GaussLegendre.HighestDegree).Select(d => $"degree {d}")];

    /// <summary>The directions in which a value changes.</summary>
    public static ImmutableArray<string> Directions { get; } = [.. Enumerable.Range(1, DegreeDirections).Select(d => $"degree {d}"), .. s_axes];
}
