// What is wanted of a program's outputs, and how far some outputs are from it.

using System.Collections.Immutable;

namespace Nsc.Engine.Search;

public enum WishKind
{
    Small,
    Large,

    /// <summary>A given value.</summary>
    Value,

    /// <summary>Not above a bound.</summary>
    AtMost,

    /// <summary>Not below a bound.</summary>
    AtLeast,
}

/// <summary>What is wanted of one output.</summary>
/// <param name="Output">Its index.</param>
/// <param name="Value">The value or the bound; not used for what is to be small or large.</param>
/// <param name="Unit">What the output is measured in where several count: its deviation.</param>
/// <param name="Tolerance">How far from a value it may be.</param>
public sealed record Wish(int Output, WishKind Kind, double Value, double Unit, double Tolerance = 0)
{
    // A bound is worth any gain of what is made small or large within it; the margin keeps the best inputs on its right side.
    private const double Penalty = 1e3, Margin = 1e-7;

    /// <summary>Whether the output must be small or large, which nobody can say is reached.</summary>
    public bool IsExtreme => Kind is WishKind.Small or WishKind.Large;

    /// <summary>Whether a value of the output is as wanted; false for what is small or large.</summary>
    public bool IsMetBy(double output) => Kind switch
    {
        WishKind.Value => Math.Abs(output - Value) <= Tolerance,
        WishKind.AtMost => output <= Value,
        WishKind.AtLeast => output >= Value,
        _ => false,
    };

    /// <summary>The part of the merit that the output has.</summary>
    public double Merit(double output)
    {
        double away = (output - Value) / Unit;
        return Kind switch
        {
            WishKind.Small => output / Unit,
            WishKind.Large => -output / Unit,
            WishKind.Value => away * away,
            WishKind.AtMost => Penalty * Math.Max(0, away + Margin),
            _ => Penalty * Math.Max(0, Margin - away),
        };
    }
}

/// <summary>All that is wanted.</summary>
public sealed record TuningGoal(ImmutableArray<Wish> Wishes)
{
    /// <summary>A goal for one output in its own units.</summary>
    public static TuningGoal Of(int output, WishKind kind, double value = 0, double tolerance = 0) => new([new Wish(output, kind, value, 1, tolerance)]);

    /// <summary>The number to be made small: least squares of values, and bounds by a penalty.</summary>
    public double Merit(ReadOnlySpan<double> outputs)
    {
        double merit = 0;
        foreach (Wish wish in Wishes)
        {
            merit += wish.Merit(outputs[wish.Output]);
        }

        return double.IsNaN(merit) ? double.PositiveInfinity : merit;
    }

    /// <summary>Whether everything that can be reached is; null where there is nothing but an output to be small or large.</summary>
    public bool? IsReached(double[] outputs) => Wishes.All(w => w.IsExtreme) ? null : Wishes.All(w => w.IsExtreme || w.IsMetBy(outputs[w.Output]));

    /// <summary>Whether nothing better can be found.</summary>
    public bool IsDone(double[] outputs) => Wishes.All(w => w.IsMetBy(outputs[w.Output]));
}
