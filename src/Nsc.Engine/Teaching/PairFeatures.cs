// What covariances are made of: for each pair of points and each coordinate, a squared difference or a product.

namespace Nsc.Engine.Teaching;

/// <summary>The pairs (i, j) of n points with i at most j, row by row: n (n + 1) / 2 of them.</summary>
internal sealed class PairFeatures
{
    private readonly Lazy<double[][]> _differences, _products;

    /// <param name="points">(n, coordinates), row-major.</param>
    /// <param name="roots">(n), or null; see <see cref="Roots"/>.</param>
    public PairFeatures(double[] points, int coordinates, double[]? roots = null)
    {
        (Coordinates, Points, PointCount, Roots) = (coordinates, points, points.Length / coordinates, roots);
        _differences = new(() => Of(points, (a, b) => (a - b) * (a - b)));
        _products = new(() => Of(points, (a, b) => a * b));
    }

    public int Coordinates { get; }

    /// <summary>(n, coordinates), row-major.</summary>
    public double[] Points { get; }

    public int PointCount { get; }

    /// <summary>
    /// The root of how much each point counts; null where all count alike. A point that counts twice has half the variance of noise: multiplied by its root
    /// (whitened), it has that of the others.
    /// </summary>
    public double[]? Roots { get; }

    /// <summary>Multiplies what belongs to the points by their roots.</summary>
    public double[] Whitened(double[] values) => Roots is null ? values : [.. values.Zip(Roots, (v, root) => v * root)];

    /// <summary>Multiplies what belongs to the pairs by the roots of both points.</summary>
    public void Whiten(double[] ofPairs)
    {
        for (int i = 0; Roots is not null && i < PointCount; i++)
        {
            for (int j = i; j < PointCount; j++)
            {
                ofPairs[Start(i) + j - i] *= Roots[i] * Roots[j];
            }
        }
    }

    public int Count => PointCount * (PointCount + 1) / 2;

    /// <summary>A coordinate's feature of all pairs.</summary>
    public double[] this[bool ofProducts, int coordinate] => (ofProducts ? _products : _differences).Value[coordinate];

    /// <summary>Where the pairs (i, i), (i, i + 1), ... begin.</summary>
    public int Start(int i) => (i * PointCount) - (i * (i - 1) / 2);

    private double[][] Of(double[] points, Func<double, double, double> feature)
    {
        var features = new double[Coordinates][];
        for (int c = 0; c < Coordinates; c++)
        {
            double[] of = features[c] = new double[Count];
            for (int i = 0, pair = 0; i < PointCount; i++)
            {
                double a = points[(i * Coordinates) + c];
                for (int j = i; j < PointCount; j++, pair++)
                {
                    of[pair] = feature(a, points[(j * Coordinates) + c]);
                }
            }
        }

        return features;
    }
}
