// A table with multilinear interpolation: what programs do by hand when a function is slow.

using System.Collections.Immutable;
using Nsc.Core.Programs;

namespace Nsc.Core.Approximation;

/// <summary>Values on a grid. A value between the nodes is interpolated along one axis after the other, the last axis first.</summary>
/// <param name="Values">(nodes of each axis, outputs), row-major, the outputs fastest; in [-1, 1], single precision.</param>
/// <param name="Middle">For each output the value that 0 stands for.</param>
/// <param name="HalfWidth">For each output what 1 stands for beyond it.</param>
public sealed record MultilinearTable(
    ImmutableArray<TableAxis> Axes, ImmutableArray<float> Values, ImmutableArray<double> Middle, ImmutableArray<double> HalfWidth)
{
    public int Outputs => Middle.Length;

    /// <summary>Bytes of the values.</summary>
    public int Bytes => sizeof(float) * Values.Length;

    /// <summary>The nodes, (nodes, inputs), row-major, the last input fastest.</summary>
    public static double[] Grid(IReadOnlyList<TableAxis> axes, IReadOnlyList<InputVariable> inputs)
    {
        int[] sizes = [.. axes.Select(a => a.Nodes)];
        var grid = new double[Tensors.Count(sizes) * axes.Count];
        Tensors.Each(sizes, (node, index) =>
        {
            for (int axis = 0; axis < index.Length; axis++)
            {
                grid[(node * index.Length) + axis] = axes[axis].Node(inputs[axis], index[axis]);
            }
        });
        return grid;
    }

    /// <summary>With values at the nodes, in the grid's order: (nodes, outputs), row-major.</summary>
    public static MultilinearTable Of(IReadOnlyList<TableAxis> axes, int outputs, double[] values)
    {
        var (middle, halfWidth) = (new double[outputs], new double[outputs]);
        for (int k = 0; k < outputs; k++)
        {
            double[] own = [.. values.Where((_, i) => i % outputs == k)];
            var range = new Interval(own.Min(), own.Max());
            (middle[k], halfWidth[k]) = (range.Middle, range.HalfWidth > 0 ? range.HalfWidth : 1);
        }

        return new MultilinearTable([.. axes], [.. values.Select((v, i) => (float)((v - middle[i % outputs]) / halfWidth[i % outputs]))], [.. middle], [.. halfWidth]);
    }

    /// <summary>
    /// Cells for each axis of a table with at most so many nodes. What linear interpolation errs on an axis grows with the second difference and falls with
    /// the square of the cells, so the axis that errs most is divided until the nodes are used up.
    /// </summary>
    /// <param name="curvature">For each axis the typical second difference of the outputs, in any unit.</param>
    /// <param name="given">For each axis how many cells it must have; null where that is to be chosen.</param>
    /// <returns>Null where the axes that are given need more nodes than that, or as few as two on each other axis do.</returns>
    public static int[]? Cells(IReadOnlyList<double> curvature, IReadOnlyList<int?> given, long nodes)
    {
        int[] cells = [.. given.Select(g => g ?? 1)];
        if (Nodes(cells) > nodes)
        {
            return null;
        }

        HashSet<int> open = [.. Enumerable.Range(0, cells.Length).Where(axis => given[axis] is null)];
        while (open.Count > 0)
        {
            int axis = open.MaxBy(a => curvature[a] / ((double)cells[a] * cells[a])), before = cells[axis];
            cells[axis] += Math.Max(1, before / 8);
            if (Nodes(cells) > nodes)
            {
                cells[axis] = before;
                open.Remove(axis);
            }
        }

        return cells;

        static double Nodes(IEnumerable<int> cells) => cells.Aggregate(1.0, (product, c) => product * (c + 1.0));
    }

    /// <summary>The values at a point, one for each output.</summary>
    /// <param name="point">(inputs), in the program's units.</param>
    public double[] At(ReadOnlySpan<double> point)
    {
        var weights = new double[Axes.Length];
        int at = 0;
        for (int axis = 0; axis < Axes.Length; axis++)
        {
            double position = Axes[axis].Position(point[axis]);
            int cell = Math.Max(0, Math.Min((int)position, Axes[axis].Cells - 1));
            weights[axis] = position - cell;
            at = (at * Axes[axis].Nodes) + cell;
        }

        var outputs = new double[Outputs];
        for (int k = 0; k < outputs.Length; k++)
        {
            outputs[k] = Middle[k] + (HalfWidth[k] * Between(weights, 0, at, k));
        }

        return outputs;
    }

    /// <summary>How many nodes further the next one along an axis is.</summary>
    public int Stride(int axis) => Tensors.Count(Axes.Skip(axis + 1).Select(a => a.Nodes));

    // Of the axes from one on, where the ones before have their nodes.
    private double Between(double[] weights, int axis, int at, int output)
    {
        if (axis == Axes.Length)
        {
            return Values[(at * Outputs) + output];
        }

        double low = Between(weights, axis + 1, at, output);
        return Axes[axis].Cells == 0 ? low : low + (weights[axis] * (Between(weights, axis + 1, at + Stride(axis), output) - low));
    }
}
