// Symmetric positive definite systems of some hundred unknowns, in double precision: what a step of Levenberg and Marquardt solves.

using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nsc.Engine.Arithmetic;

/// <summary>
/// A symmetric matrix, of which the upper triangle is kept, and its Cholesky factor U with UᵀU = matrix + damping. Sums of outer products
/// and the factorisation go through the kernel of <see cref="DoubleKernels"/>.
/// </summary>
internal sealed class PositiveDefiniteSystem
{
    private const int Panel = 32;
    private readonly int _unknowns;
    private readonly double[] _matrix;
    private readonly double[] _factor;
    private double[] _strips = [];

    public PositiveDefiniteSystem(int unknowns)
    {
        (_unknowns, Stride) = (unknowns, DoubleKernels.Padded(unknowns));
        (_matrix, _factor) = (new double[Stride * Stride], new double[Stride * Stride]);
    }

    /// <summary>The length of a row: the unknowns, rounded up to whole tiles. What is above them is zero.</summary>
    public int Stride { get; }

    /// <summary>(Stride, Stride), row-major; only what is on and above the diagonal counts.</summary>
    public Span<double> Matrix => _matrix;

    public double GreatestDiagonal => Enumerable.Range(0, Stride).Max(i => _matrix[(i * Stride) + i]);

    /// <summary>matrix += rowsᵀ rows.</summary>
    /// <param name="rows">(count, Stride), row-major.</param>
    public void AddOuterProducts(ReadOnlySpan<double> rows, int count) => Accumulate(_matrix, rows, count, 0, subtract: false);

    /// <summary>Solves (matrix + damping I) x = right-hand side in place; false when that is not positive definite in this precision.</summary>
    public bool Solve(double damping, Span<double> unknowns)
    {
        bool isDefinite = Factorise(damping);
        if (isDefinite)
        {
            Substitute(unknowns);
        }

        return isDefinite;
    }

    /// <summary>Factorises matrix + damping I; false when that is not positive definite in this precision.</summary>
    public bool Factorise(double damping)
    {
        _matrix.CopyTo(_factor, 0);
        for (int i = 0; i < Stride; i++)
        {
            _factor[(i * Stride) + i] += damping;
        }

        for (int from = 0; from < Stride; from += Panel)
        {
            int to = Math.Min(from + Panel, Stride);
            for (int i = from; i < to; i++)
            {
                if (!Finish(i, from))
                {
                    return false;
                }
            }

            Accumulate(_factor, _factor.AsSpan(from * Stride, (to - from) * Stride), to - from, to, subtract: true);
        }

        return true;
    }

    /// <summary>The logarithm of the determinant of what was factorised.</summary>
    public double LogDeterminant()
    {
        double sum = 0;
        for (int i = 0; i < _unknowns; i++)
        {
            sum += Math.Log(Row(i)[i]);
        }

        return 2 * sum;
    }

    /// <summary>The inverse of what was factorised, on and above the diagonal: (Stride, Stride), row-major.</summary>
    public double[] Invert()
    {
        // Row i of L⁻¹, where L is the transpose of the factor, is made of the rows before it; the inverse is L⁻ᵀ L⁻¹.
        var rows = new double[Stride * Stride];
        for (int i = 0; i < Stride; i++)
        {
            Span<double> row = rows.AsSpan(i * Stride, i + 1);
            for (int k = 0; k < i; k++)
            {
                AddScaled(row[..(k + 1)], -_factor[(k * Stride) + i], rows.AsSpan(k * Stride, k + 1));
            }

            row[i] = 1;
            double scale = 1 / Row(i)[i];
            for (int j = 0; j <= i; j++)
            {
                row[j] *= scale;
            }
        }

        var inverse = new double[Stride * Stride];
        Accumulate(inverse, rows, Stride, 0, subtract: false);
        return inverse;
    }

    private Span<double> Row(int i) => _factor.AsSpan(i * Stride, Stride);

    // Row i of the factor, when all rows before the panel's first one are subtracted already.
    private bool Finish(int i, int panel)
    {
        Span<double> row = Row(i);
        for (int k = panel; k < i; k++)
        {
            AddScaled(row[i..], -_factor[(k * Stride) + i], Row(k)[i..]);
        }

        double pivot = row[i];
        if (!(pivot > 0) || !double.IsFinite(pivot))
        {
            return false;
        }

        double scale = 1 / Math.Sqrt(pivot);
        for (int j = i; j < row.Length; j++)
        {
            row[j] *= scale;
        }

        return true;
    }

    /// <summary>Solves with what was factorised: Uᵀ y = b forwards, then U x = y backwards.</summary>
    public void Substitute(Span<double> b)
    {
        for (int i = 0; i < Stride; i++)
        {
            b[i] /= Row(i)[i];
            AddScaled(b[(i + 1)..], -b[i], Row(i)[(i + 1)..]);
        }

        for (int i = Stride - 1; i >= 0; i--)
        {
            b[i] = (b[i] - Dot(Row(i)[(i + 1)..], b[(i + 1)..])) / Row(i)[i];
        }
    }

    /// <summary>to += factor * from.</summary>
    public static void AddScaled(Span<double> to, double factor, ReadOnlySpan<double> from)
    {
        int whole = to.Length / Vector<double>.Count * Vector<double>.Count;
        ref double a = ref MemoryMarshal.GetReference(to), b = ref MemoryMarshal.GetReference(from[..to.Length]);
        for (int i = 0; i < whole; i += Vector<double>.Count)
        {
            Vector.FusedMultiplyAdd(Vector.Create(factor), Vector.LoadUnsafe(ref b, (nuint)i), Vector.LoadUnsafe(ref a, (nuint)i)).StoreUnsafe(ref a, (nuint)i);
        }

        for (int i = whole; i < to.Length; i++)
        {
            to[i] += factor * from[i];
        }
    }

    /// <summary>The inner product.</summary>
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        int whole = a.Length / Vector<double>.Count * Vector<double>.Count;
        ref double left = ref MemoryMarshal.GetReference(a), right = ref MemoryMarshal.GetReference(b[..a.Length]);
        Vector<double> sums = Vector<double>.Zero;
        for (int i = 0; i < whole; i += Vector<double>.Count)
        {
            sums = Vector.FusedMultiplyAdd(Vector.LoadUnsafe(ref left, (nuint)i), Vector.LoadUnsafe(ref right, (nuint)i), sums);
        }

        double sum = Vector.Sum(sums);
        for (int i = whole; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    // target := target +- rowsᵀ rows from a row and column on, on and above the diagonal.
    private void Accumulate(Span<double> target, ReadOnlySpan<double> rows, int count, int first, bool subtract)
    {
        if (target.Length < Stride * Stride || rows.Length < count * Stride)
        {
            throw new ArgumentException("a matrix is smaller than its system");
        }

        Pack(rows, count);
        var sign = Vector.Create(subtract ? -0.0 : 0.0);
        int pair = DoubleKernels.Pair;
        ref double to = ref MemoryMarshal.GetReference(target), from = ref MemoryMarshal.GetArrayDataReference(_strips);
        for (int i = first; i < Stride; i += DoubleKernels.Height)
        {
            for (int j = i / pair * pair; j < Stride; j += pair)
            {
                DoubleKernels.Add(
                    ref Unsafe.Add(ref to, (i * Stride) + j), Stride, ref Unsafe.Add(ref from, (i / pair * count * pair) + (i % pair)), ref Unsafe.Add(ref from, j * count),
                    count, sign);
            }
        }
    }

    // The rows' columns in strips.
    private void Pack(ReadOnlySpan<double> rows, int count)
    {
        if (_strips.Length < count * Stride)
        {
            _strips = new double[count * Stride];
        }

        for (int k = 0; k < count; k++)
        {
            for (int j = 0; j < Stride; j += DoubleKernels.Pair)
            {
                rows.Slice((k * Stride) + j, DoubleKernels.Pair).CopyTo(_strips.AsSpan((j * count) + (k * DoubleKernels.Pair)));
            }
        }
    }
}
