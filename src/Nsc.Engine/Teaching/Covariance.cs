// A covariance function: a sum of terms, each with an amplitude and a weight for each coordinate, a constant, and noise.

using System.Collections.Immutable;
using Nsc.Engine.Arithmetic;
using Nsc.Engine.Trainers;

namespace Nsc.Engine.Teaching;

internal enum ParameterKind
{
    Noise,
    Amplitude,
    Weight,
}

/// <summary>The terms; its parameters are logarithms: of the noise, then for each term of its amplitude and of its weights.</summary>
internal sealed record Covariance(ImmutableArray<CovarianceTerm> Terms, int Coordinates)
{
    /// <summary>The variance of the unknown mean, on standardised targets.</summary>
    private const double MeanVariance = 4;

    public int ParameterCount => 1 + (Terms.Length * (Coordinates + 1));

    /// <summary>For people.</summary>
    public string Name => string.Join(" + ", Terms.Select(t => t.Name));

    /// <summary>What a parameter is the logarithm of.</summary>
    public ParameterKind KindOf(int parameter) => parameter == 0 ? ParameterKind.Noise
        : (parameter - 1) % (Coordinates + 1) == 0 ? ParameterKind.Amplitude : ParameterKind.Weight;

    public static double Noise(double[] parameters) => Math.Exp(parameters[0]);

    /// <summary>Writes the matrix of all pairs, whitened and without noise, on and above the diagonal; returns what each term needs for its slopes.</summary>
    public TermValues[] Fill(PairFeatures pairs, double[] parameters, PositiveDefiniteSystem system)
    {
        TermValues[] values = [.. Terms.Select((term, t) => Evaluate(term, pairs, Of(parameters, t)))];
        var total = new double[pairs.Count];
        Array.Fill(total, MeanVariance);
        foreach (TermValues value in values)
        {
            PositiveDefiniteSystem.AddScaled(total, value.Amplitude, value.Values);
        }

        pairs.Whiten(total);
        system.Matrix.Clear();
        for (int i = 0; i < pairs.PointCount; i++)
        {
            total.AsSpan(pairs.Start(i), pairs.PointCount - i).CopyTo(system.Matrix[((i * system.Stride) + i)..]);
        }

        return values;
    }

    /// <summary>The slopes of a function of the matrix in the parameters.</summary>
    /// <param name="slopes">The function's slope in the element of each pair, both elements of a pair together.</param>
    /// <param name="trace">The sum of its slopes in the elements of the diagonal.</param>
    public double[] Gradient(PairFeatures pairs, double[] parameters, TermValues[] values, double[] slopes, double trace)
    {
        var gradient = new double[ParameterCount];
        gradient[0] = Noise(parameters) * trace;
        var inner = new double[pairs.Count];
        for (int t = 0, at = 1; t < Terms.Length; t++)
        {
            TermValues value = values[t];
            gradient[at++] = value.Amplitude * PositiveDefiniteSystem.Dot(slopes, value.Values);
            for (int p = 0; p < inner.Length; p++)
            {
                inner[p] = slopes[p] * value.Slopes[p];
            }

            for (int c = 0; c < Coordinates; c++)
            {
                gradient[at++] = value.Amplitude * value.Weights[c] * PositiveDefiniteSystem.Dot(inner, pairs[Terms[t].IsOfProducts, c]);
            }
        }

        return gradient;
    }

    /// <summary>The covariances of a point with others.</summary>
    /// <param name="points">(n, coordinates), row-major.</param>
    public void Cross(ReadOnlySpan<double> point, double[] points, double[] parameters, Span<double> covariances)
    {
        covariances.Fill(MeanVariance);
        for (int t = 0; t < Terms.Length; t++)
        {
            (double amplitude, double[] weights) = Of(parameters, t);
            for (int i = 0; i < covariances.Length; i++)
            {
                covariances[i] += amplitude * Terms[t].Value(Sum(point, points.AsSpan(i * Coordinates, Coordinates), weights, Terms[t].IsOfProducts)).Value;
            }
        }
    }

    private static double Sum(ReadOnlySpan<double> a, ReadOnlySpan<double> b, double[] weights, bool ofProducts)
    {
        double sum = 0;
        for (int c = 0; c < a.Length; c++)
        {
            double difference = a[c] - b[c];
            sum += weights[c] * (ofProducts ? a[c] * b[c] : difference * difference);
        }

        return sum;
    }

    private (double Amplitude, double[] Weights) Of(double[] parameters, int term)
    {
        int at = 1 + (term * (Coordinates + 1));
        return (Math.Exp(parameters[at]), Array.ConvertAll(parameters[(at + 1)..(at + 1 + Coordinates)], Math.Exp));
    }

    private static TermValues Evaluate(CovarianceTerm term, PairFeatures pairs, (double Amplitude, double[] Weights) parameters)
    {
        var values = new double[pairs.Count];
        var slopes = new double[pairs.Count];
        for (int c = 0; c < parameters.Weights.Length; c++)
        {
            PositiveDefiniteSystem.AddScaled(slopes, parameters.Weights[c], pairs[term.IsOfProducts, c]);
        }

        for (int p = 0; p < slopes.Length; p++)
        {
            (values[p], slopes[p]) = term.Value(slopes[p]);
        }

        return new TermValues(parameters.Amplitude, parameters.Weights, values, slopes);
    }

    /// <summary>A term at all pairs.</summary>
    internal sealed record TermValues(double Amplitude, double[] Weights, double[] Values, double[] Slopes);
}
