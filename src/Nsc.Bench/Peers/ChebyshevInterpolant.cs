// Interpolation at Chebyshev points on a tensor grid, the classical surrogate of a smooth function of few inputs. (Trefethen, Approximation Theory and
// Approximation Practice, chapters 2 to 4, one axis after the other.)

namespace Nsc.Bench.Peers;

/// <summary>The interpolant of one output.</summary>
/// <param name="sizes">Points on each axis.</param>
/// <param name="coefficients">Of the Chebyshev polynomials, (sizes), row-major, the last axis fastest.</param>
public sealed class ChebyshevInterpolant(int[] sizes, double[] coefficients)
{
    /// <summary>The numbers that it consists of.</summary>
    public int Count => coefficients.Length;

    /// <summary>Points on each axis of the largest grid, as even as can be, with no more points in all than that.</summary>
    public static int[] Sizes(int axes, int points)
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
    public static double[] Grid(int[] sizes)
    {
        int points = sizes.Aggregate(1, (product, size) => product * size);
        var grid = new double[points * sizes.Length];
        for (int p = 0; p < points; p++)
        {
            for (int axis = sizes.Length - 1, rest = p; axis >= 0; rest /= sizes[axis], axis--)
            {
                grid[(p * sizes.Length) + axis] = Math.Cos(Math.PI * ((rest % sizes[axis]) + 0.5) / sizes[axis]);
            }
        }

        return grid;
    }

    /// <summary>Through the values on the grid, in its order.</summary>
    public static ChebyshevInterpolant Through(int[] sizes, double[] values)
    {
        double[] coefficients = [.. values];
        int stride = values.Length;
        foreach (int size in sizes)
        {
            stride /= size;
            Transform(coefficients, size, stride);
        }

        return new ChebyshevInterpolant(sizes, coefficients);
    }

    /// <summary>The value at a point.</summary>
    /// <param name="point">(axes), in [-1, 1].</param>
    public double At(ReadOnlySpan<double> point)
    {
        Span<double> sums = stackalloc double[coefficients.Length <= 1024 ? coefficients.Length : 0];
        sums = sums.Length == 0 ? new double[coefficients.Length] : sums;
        coefficients.CopyTo(sums);
        int count = coefficients.Length;
        for (int axis = sizes.Length - 1; axis >= 0; axis--)
        {
            count /= sizes[axis];
            for (int i = 0; i < count; i++)
            {
                sums[i] = Clenshaw(sums.Slice(i * sizes[axis], sizes[axis]), point[axis]);
            }
        }

        return sums[0];
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

    private static double Clenshaw(ReadOnlySpan<double> c, double x)
    {
        (double next, double afterNext) = (0, 0);
        for (int j = c.Length - 1; j > 0; j--)
        {
            (next, afterNext) = (c[j] + (2 * x * next) - afterNext, next);
        }

        return c[0] + (x * next) - afterNext;
    }
}
