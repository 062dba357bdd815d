// Eigenvectors of small symmetric matrices, by Jacobi's rotations. They are part of what CompNet was trained on: of a repeated eigenvalue's
// space, as programs with symmetries have it, they choose the axes that are nearest to the inputs. A routine that reduces to tridiagonal form,
// such as MathNet.Numerics', chooses others, and a checkpoint would emit other weights.

namespace Nsc.Core.Dataflow.Moments;

public static class SymmetricEigen
{
    private const int Sweeps = 12;

    /// <summary>Eigenvalues (n), in no order, and eigenvectors (n, n), one in each row.</summary>
    /// <param name="matrix">(n, n), symmetric, row-major.</param>
    public static (double[] Values, double[] Vectors) Decompose(ReadOnlySpan<double> matrix, int n)
    {
        double[] a = matrix.ToArray();
        var vectors = new double[n * n];
        double scale = 0;
        for (int i = 0; i < n; i++)
        {
            vectors[(i * n) + i] = 1;
        }

        foreach (double entry in a)
        {
            scale = Math.Max(scale, Math.Abs(entry));
        }

        for (int sweep = 0; sweep < Sweeps && Rotate(a, vectors, n, 1e-12 * scale); sweep++)
        {
        }

        var values = new double[n];
        for (int i = 0; i < n; i++)
        {
            values[i] = a[(i * n) + i];
        }

        return (values, vectors);
    }

    // One sweep; false when nothing was left to rotate.
    private static bool Rotate(double[] a, double[] vectors, int n, double negligible)
    {
        bool rotated = false;
        for (int p = 0; p < n - 1; p++)
        {
            for (int q = p + 1; q < n; q++)
            {
                double off = a[(p * n) + q];
                if (Math.Abs(off) > negligible)
                {
                    rotated = true;
                    double theta = (a[(q * n) + q] - a[(p * n) + p]) / (2 * off);
                    double tangent = (theta < 0 ? -1 : 1) / (Math.Abs(theta) + Math.Sqrt((theta * theta) + 1));
                    double cosine = 1 / Math.Sqrt((tangent * tangent) + 1), sine = tangent * cosine;
                    MixRows(a, n, p, q, cosine, sine);
                    MixColumns(a, n, p, q, cosine, sine);
                    MixRows(vectors, n, p, q, cosine, sine);
                }
            }
        }

        return rotated;
    }

    private static void MixRows(double[] m, int n, int p, int q, double cosine, double sine)
    {
        for (int k = 0; k < n; k++)
        {
            (double x, double y) = (m[(p * n) + k], m[(q * n) + k]);
            m[(p * n) + k] = (cosine * x) - (sine * y);
            m[(q * n) + k] = (sine * x) + (cosine * y);
        }
    }

    private static void MixColumns(double[] m, int n, int p, int q, double cosine, double sine)
    {
        for (int k = 0; k < n; k++)
        {
            (double x, double y) = (m[(k * n) + p], m[(k * n) + q]);
            m[(k * n) + p] = (cosine * x) - (sine * y);
            m[(k * n) + q] = (sine * x) + (cosine * y);
        }
    }
}
