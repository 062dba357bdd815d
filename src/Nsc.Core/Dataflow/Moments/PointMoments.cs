// What a few interpreted points show of a graph's values. An analysis follows a program one operation at a time, and what each neglects adds up,
// over the steps of a loop to any size: where it and the points disagree, the points are right.

using Nsc.Core.Numerics;
using Nsc.Core.Sampling.Designs;

namespace Nsc.Core.Dataflow.Moments;

/// <summary>The values of a graph over n unit inputs on a Latin hypercube.</summary>
internal sealed class PointMoments
{
    private const int MostPoints = 256, FewestPoints = 32;

    // Values that are kept, unless there are more with the fewest points.
    private const int MostValues = 1 << 22;

    private const int Degrees = 3;

    // A mean or a slope that is off by this share of a deviation, or a deviation that is off by this factor, is no matter of which points were drawn. (Of 1 and 3, 0.5
    // and 2, 0.25 and 1.4, 0.12 and 1.2 these were best on the training half of the idioms.)
    private const double MeanShare = 0.25, DeviationFactor = 1.4;

    private readonly GraphValues _values;
    private readonly int _inputs;

    // On the points: for each degree and input the orthonormal polynomial, and for each pair of inputs the product of the first ones.
    private readonly double[][] _polynomials, _products;

    private PointMoments(GraphValues values, double[] points, int inputs)
    {
        (_values, _inputs) = (values, inputs);
        _polynomials = [.. Enumerable.Range(0, Degrees * inputs).Select(p => On((p / inputs) + 1, p % inputs))];
        _products = [.. Pairs().Select(pair => _polynomials[pair.I].Zip(_polynomials[pair.J], (a, b) => a * b).ToArray())];

        double[] On(int degree, int input) => [.. Enumerable.Range(0, values.Count).Select(s => GaussLegendre.Polynomial(degree, points[(s * inputs) + input]))];
    }

    public static PointMoments Of(DataflowGraph graph)
    {
        int count = Math.Clamp(MostValues / graph.Nodes.Length, FewestPoints, MostPoints);
        double[] points = Array.ConvertAll(new LatinHypercube(graph.InputCount, seed: 1).Next(count), u => (2 * u) - 1);
        return new PointMoments(new GraphEvaluator(graph).Evaluate(points, count), points, graph.InputCount);
    }

    /// <summary>A node's expansion; that of the points where it contradicts them.</summary>
    public Expansion Corrected(int node, Expansion value)
    {
        double[] column = _values.Column(node);
        double mean = 0, square = 0, low = column[0], high = column[0];
        foreach (double v in column)
        {
            mean += v / column.Length;
            square += v * v / column.Length;
            (low, high) = (Math.Min(low, v), Math.Max(high, v));
        }

        double deviation = Math.Sqrt(Math.Max(0, square - (mean * mean)));
        bool tellsMuch = double.IsFinite(square) && deviation > 1e-9 * Math.Abs(mean); // Not where a value is no number, or does not vary.
        if (!tellsMuch || value.Products is not null) // Those moments are exact.
        {
            return value;
        }

        double[] standard = Array.ConvertAll(column, v => (v - mean) / deviation);
        return Agrees(value, mean, deviation, standard)
            ? value : Of(standard, mean, deviation, Math.Max(value.Low, low - deviation), Math.Min(value.High, high + deviation));
    }

    private bool Agrees(Expansion value, double mean, double deviation, double[] standard)
    {
        bool agrees = Math.Abs(value.Mean - mean) <= MeanShare * deviation && value.Deviation <= DeviationFactor * deviation && deviation <= DeviationFactor * value.Deviation;
        for (int i = 0; i < _inputs && agrees; i++)
        {
            double slope = Reductions.Dot<double>(_polynomials[i], standard) / standard.Length;
            agrees = Math.Abs(slope - ((value.Linear?[i] ?? 0) / deviation)) <= MeanShare;
        }

        return agrees;
    }

    // By regression: the main effects, then on what is left the interactions.
    private Expansion Of(double[] left, double mean, double deviation, double low, double high)
    {
        double[] effects = new double[_inputs * GaussLegendre.Size], pairs = new double[_inputs * _inputs];
        for (int p = 0; p < _polynomials.Length; p++)
        {
            double coefficient = deviation * TakeOut(_polynomials[p], left);
            for (int k = 0; k < GaussLegendre.Size && coefficient != 0; k++)
            {
                effects[(p % _inputs * GaussLegendre.Size) + k] += coefficient * GaussLegendre.Polynomial((p / _inputs) + 1, GaussLegendre.Nodes[k]);
            }
        }

        foreach (((int i, int j), double[] product) in Pairs().Zip(_products))
        {
            pairs[(i * _inputs) + j] = pairs[(j * _inputs) + i] = 0.5 * deviation * TakeOut(product, left);
        }

        return Expansion.Sound(mean, deviation * deviation, low, high, effects, pairs.AsSpan().ContainsAnyExcept(0) ? pairs : null);
    }

    private IEnumerable<(int I, int J)> Pairs() => Enumerable.Range(0, _inputs).SelectMany(i => Enumerable.Range(i + 1, _inputs - i - 1).Select(j => (i, j)));

    // The coefficient of a function of variance 1 in what is left, shrunk by twice what chance alone gives, and taken from that.
    private static double TakeOut(double[] function, double[] left)
    {
        double norm = Reductions.Dot<double>(function, function), noise = Reductions.Dot<double>(left, left) / left.Length / left.Length;
        double found = Reductions.Dot<double>(function, left) / norm, coefficient = found == 0 ? 0 : found * Math.Max(0, 1 - (2 * noise / (found * found)));
        for (int s = 0; s < left.Length && coefficient != 0; s++)
        {
            left[s] -= coefficient * function[s];
        }

        return coefficient;
    }
}
