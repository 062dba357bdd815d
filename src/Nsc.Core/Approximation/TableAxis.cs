// Where the nodes of a table lie along an input.

using Nsc.Core.Programs;

namespace Nsc.Core.Approximation;

/// <summary>Equidistant nodes along an input, or along its logarithm: node j is where the position is j.</summary>
/// <param name="Cells">Between the nodes: one fewer than there are nodes.</param>
/// <param name="Origin">The first node, a logarithm where <paramref name="IsLogarithmic"/>.</param>
/// <param name="Scale">Cells for each unit.</param>
public sealed record TableAxis(int Cells, double Origin, double Scale, bool IsLogarithmic)
{
    public int Nodes => Cells + 1;

    /// <summary>Nodes over an input's range; an input that is a whole number has one at each number of its range, as <see cref="FixedCells"/> says.</summary>
    public static TableAxis Of(InputVariable input, int cells)
    {
        if (FixedCells(input) is { } all)
        {
            return new TableAxis(all, Math.Ceiling(input.Range.Low), 1, false);
        }

        Interval linear = input.Range.Linear;
        return new TableAxis(cells, linear.Low, cells / (linear.High - linear.Low), input.Range.IsLogarithmic);
    }

    /// <summary>The only number of cells that an input can have; null where any will do.</summary>
    public static int? FixedCells(InputVariable input) =>
        input.Kind.IsInteger() ? (int)Math.Clamp(Math.Floor(input.Range.High) - Math.Ceiling(input.Range.Low), 0, int.MaxValue - 1) : null;

    /// <summary>Where a value lies, from 0 to <see cref="Cells"/>; the ends for what lies beyond them, 0 for what is no number.</summary>
    public double Position(double value)
    {
        double line = IsLogarithmic ? Math.Log(Math.Max(value, Interval.LeastPositive)) : value;
        double position = (line - Origin) * Scale;
        return !(position > 0) ? 0 : position < Cells ? position : Cells;
    }

    /// <summary>A node's value, in the input's range and of its type.</summary>
    public double Node(InputVariable input, int index)
    {
        double line = Origin + (index / Scale);
        double value = Math.Clamp(IsLogarithmic ? Math.Exp(line) : line, input.Range.Low, input.Range.High);
        return input.Kind == ScalarKind.Float && (float)value is var single && single >= input.Range.Low && single <= input.Range.High ? single : value;
    }
}
