// Interpolation at Chebyshev points on a tensor grid, the classical surrogate of a smooth function of few inputs. (Trefethen, Approximation Theory and
// Approximation Practice, chapters 2 to 4, one axis after the other.)

using System.Collections.Immutable;

namespace Nsc.Core.Approximation;

/// <summary>A sum of products of Chebyshev polynomials, one sum for each output.</summary>
/// <param name="sizes">Polynomials on each axis: one more than the degree.</param>
/// <param name="coefficients">(sizes, outputs), row-major, the outputs fastest.</param>
public sealed class ChebyshevInterpolant(ImmutableArray<int> sizes, int outputs, ImmutableArray<double> coefficients)
{
    public ImmutableArray<int> Sizes => sizes;

    public int Outputs => outputs;

    /// <summary>(sizes, outputs), row-major, the outputs fastest.</summary>
    public ImmutableArray<double> Coefficients => coefficients;

    /// <summary>The numbers that it consists of.</summary>
    public int Count => coefficients.Length;

    /// <summary>Points on each axis of the largest grid, as even as can be, with no more points in all than that.</summary>
    public static int[] GridSizes(int axes, int points)
    {
        int[] sizes = [.. Enumerable.Repeat(1, axes)];
        for (int axis = 0, refused = 0; refused < axes; axis = (axis + 1) % axes)
        {
            long more = sizes.Aggregate(1L, (product, size) => product * size) / sizes[axis] * (sizes[axis] + 1);
            if (more > points)
            {
                refused++;
                continue;
            }

            (sizes[axis], refused) = (sizes[axis] + 1, 0);
        }

        return sizes;
    }

    /// <summary>The grid, (points, axes), row-major, in [-1, 1]: the zeros of the Chebyshev polynomials.</summary>
    public static double[] Grid(IReadOnlyList<int> sizes)
    {
        var grid = new double[Tensors.Count(sizes) * sizes.Count];
        Tensors.Each(sizes, (point, index) =>
        {
            for (int axis = 0; axis < index.Length; axis++)
            {
                grid[(point * index.Length) + axis] = Math.Cos(Math.PI * (index[axis] + 0.5) / sizes[axis]);
            }
        });
        return grid;
    }

    /// <summary>Through the values on the grid, in its order: (points, outputs), row-major.</summary>
    public static ChebyshevInterpolant Through(IReadOnlyList<int> sizes, int outputs, IReadOnlyList<double> values)
    {
        double[] coefficients = [.. values];
        int stride = coefficients.Length;
        foreach (int size in sizes)
        {
            stride /= size;
            Transform(coefficients, size, stride);
        }

        return new ChebyshevInterpolant([.. sizes], outputs, [.. coefficients]);
    }

    /// <summary>
    /// Ever smaller interpolants, this one first: each lacks the highest degree of one axis, that whose coefficients matter least for their number.
    /// </summary>
    /// <param name="scales">For each output what its coefficients are compared with.</param>
    public IEnumerable<ChebyshevInterpolant> Truncations(IReadOnlyList<double> scales)
    {
        int[] kept = [.. sizes];
        yield return this;
        while (Tensors.Count(kept) > 1)
        {
            kept[Enumerable.Range(0, kept.Length).Where(axis => kept[axis] > 1).MinBy(axis => MeanSquare(kept, axis, scales))]--;
            yield return Truncated(kept);
        }
    }

    /// <summary>The values at a point, one for each output: Σ c T_i(x) T_j(y) ..., the first axis first.</summary>
    /// <param name="point">(axes), in [-1, 1].</param>
    public double[] At(ReadOnlySpan<double> point)
    {
        ReadOnlySpan<double> from = coefficients.AsSpan();
        for (int axis = 0; axis < sizes.Length; axis++)
        {
            var sums = new double[from.Length / sizes[axis]];
            (double last, double next) = (1, point[axis]);
            for (int j = 0; j < sizes[axis]; j++)
            {
                for (int i = 0; i < sums.Length; i++)
                {
                    sums[i] += from[(j * sums.Length) + i] * last;
                }

                (last, next) = (next, (2 * point[axis] * next) - last);
            }

            from = sums;
        }

        return from.ToArray();
    }

    // Of the coefficients that the highest degree of an axis adds to those that are kept.
    private double MeanSquare(int[] kept, int axis, IReadOnlyList<double> scales)
    {
        int[] slab = [.. kept];
        slab[axis] = 1;
        double sum = 0;
        Tensors.Each(slab, (_, index) =>
        {
            for (int k = 0; k < outputs; k++)
            {
                double coefficient = coefficients[(At(index, axis, kept[axis] - 1) * outputs) + k] / scales[k];
                sum += coefficient * coefficient;
            }
        });
        return sum / Tensors.Count(slab);
    }

    private ChebyshevInterpolant Truncated(int[] kept)
    {
        var left = new double[Tensors.Count(kept) * outputs];
        Tensors.Each(kept, (at, index) => coefficients.AsSpan(At(index, 0, index[0]) * outputs, outputs).CopyTo(left.AsSpan(at * outputs)));
        return new ChebyshevInterpolant([.. kept], outputs, [.. left]);
    }

    // The element at an index, in which one axis has another value.
    private int At(int[] index, int axis, int value)
    {
        int at = 0;
        for (int i = 0; i < index.Length; i++)
        {
            at = (at * sizes[i]) + (i == axis ? value : index[i]);
        }

        return at;
    }

    // The discrete cosine transform of one axis, in place.
    private static void Transform(double[] values, int size, int stride)
    {
        var line = new double[size];
        for (int start = 0; start < values.Length; start++)
        {
            if (start / stride % size != 0)
            {
                continue;
            }

            for (int j = 0; j < size; j++)
            {
                line[j] = 0;
                for (int k = 0; k < size; k++)
                {
                    line[j] += values[start + (k * stride)] * Math.Cos(Math.PI * j * (k + 0.5) / size);
                }
            }

            for (int j = 0; j < size; j++)
            {
                values[start + (j * stride)] = line[j] * (j == 0 ? 1.0 : 2.0) / size;
            }
        }
    }
}
