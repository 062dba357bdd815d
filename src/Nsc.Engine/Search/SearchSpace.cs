// The inputs that a search may move, as coordinates in [-1, 1].

using System.Collections.Immutable;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;

namespace Nsc.Engine.Search;

/// <param name="kept">Values of inputs that must not move; null for those that may.</param>
public sealed class SearchSpace(ProgramSignature signature, IReadOnlyList<double?> kept)
{
    private readonly int[] _free = [.. Enumerable.Range(0, kept.Count).Where(i => kept[i] is null)];

    public int Dimensions => _free.Length;

    /// <summary>For each coordinate the width of a whole number's step; 0 for real inputs.</summary>
    public ImmutableArray<double> Steps { get; } = [.. Enumerable.Range(0, kept.Count).Where(i => kept[i] is null).Select(i => signature.Inputs[i]).Select(v => v.Kind.IsInteger() && !v.Range.IsLogarithmic ? 1 / v.Range.HalfWidth : 0)];

    /// <summary>Rows of inputs in the program's units, (m, inputs), for points, (m, coordinates); both row-major. Whole numbers are rounded.</summary>
    public double[] Inputs(ReadOnlySpan<double> points)
    {
        int inputs = kept.Count, count = points.Length / Dimensions;
        var rows = new double[count * inputs];
        for (int m = 0; m < count; m++)
        {
            for (int i = 0; i < inputs; i++)
            {
                rows[(m * inputs) + i] = kept[i] ?? 0;
            }

            for (int c = 0; c < _free.Length; c++)
            {
                rows[(m * inputs) + _free[c]] = signature.Inputs[_free[c]].At(points[(m * Dimensions) + c]);
            }
        }

        return rows;
    }

    /// <summary>The points that the program is asked at for points, (m, coordinates): those of whole numbers.</summary>
    public double[] Snapped(double[] points) => !Steps.Any(s => s > 0) ? points :
    [
        .. points.Select((x, i) => (Value: x, Variable: signature.Inputs[_free[i % Dimensions]]))
            .Select(p => p.Variable.Kind.IsInteger() ? Math.Clamp(p.Variable.Range.Unit(p.Variable.At(p.Value)), -1, 1) : p.Value),
    ];

    /// <summary>The point of a row of inputs; null where the row has other values for inputs that are kept.</summary>
    public double[]? Point(ReadOnlySpan<double> inputs)
    {
        for (int i = 0; i < kept.Count; i++)
        {
            if (kept[i] is { } value && value != inputs[i])
            {
                return null;
            }
        }

        var point = new double[Dimensions];
        for (int c = 0; c < point.Length; c++)
        {
            point[c] = Math.Clamp(signature.Inputs[_free[c]].Range.Unit(inputs[_free[c]]), -1, 1);
        }

        return point;
    }
}
