// What covariances are made of: for each pair of points and each coordinate, a squared difference or a product.

namespace Nsc.Engine.Teaching;

/// <summary>The pairs (i, j) of n points with i at most j, row by row: n (n + 1) / 2 of them.</summary>
internal sealed class PairFeatures
{
    private readonly Lazy<double[][]> _differences, _products;

    /// <param name="points">(n, coordinates), row-major.</param>
    public PairFeatures(double[] points, int coordinates)
    {
        (Coordinates, Points, PointCount) = (coordinates, points, points.Length / coordinates);
        _differences = new(() => Of(points, (a, b) => (a - b) * (a - b)));
        _products = new(() => Of(points, (a, b) => a * b));
    }

    public int Coordinates { get; }

    /// <summary>(n, coordinates), row-major.</summary>
    public double[] Points { get; }

    public int PointCount { get; }

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
