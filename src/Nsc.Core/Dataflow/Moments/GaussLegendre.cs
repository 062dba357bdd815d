// The points at which main effects are kept, and the Legendre polynomials on them.

using System.Collections.Immutable;

namespace Nsc.Core.Dataflow.Moments;

/// <summary>Gauss-Legendre quadrature for an input that is uniform on [-1, 1].</summary>
public static class GaussLegendre
{
    /// <summary>The number of nodes.</summary>
    public const int Size = 9;

    /// <summary>The highest degree that <see cref="Coefficients"/> is asked for.</summary>
    public const int HighestDegree = 6;

    /// <summary>The standard deviation of t^2 - 1.</summary>
    public static readonly double BendDeviation = Math.Sqrt(0.8);

    /// <summary>(<see cref="Size"/>) the nodes, ascending.</summary>
    public static readonly ImmutableArray<double> Nodes = [.. Enumerable.Range(0, Size).Select(Root)];

    /// <summary>(<see cref="Size"/>) the nodes as values of t = sqrt(3) u, which has variance 1.</summary>
    public static readonly ImmutableArray<double> ScaledNodes = [.. Nodes.Select(u => Math.Sqrt(3) * u)];

    /// <summary>(<see cref="Size"/>) their probabilities.</summary>
    public static readonly ImmutableArray<double> Weights = [.. Nodes.Select(Weight)];

    // Orthonormal Legendre polynomials: [degree][node].
    private static readonly double[][] s_polynomials = [.. Enumerable.Range(0, HighestDegree + 1).Select(d => Nodes.Select(u => Polynomial(d, u)).ToArray())];

    /// <summary>The orthonormal Legendre polynomial of a degree.</summary>
    public static double Polynomial(int degree, double u) => Math.Sqrt((2 * degree) + 1) * Legendre(degree, u).Value;

    /// <summary>(n) the coefficient of the orthonormal Legendre polynomial of a degree in each of n functions; null for zero.</summary>
    /// <param name="functions">(n, <see cref="Size"/>) the functions at the nodes, or null for zero.</param>
    public static double[]? Coefficients(double[]? functions, int degree)
    {
        if (functions is null)
        {
            return null;
        }

        var coefficients = new double[functions.Length / Size];
        for (int i = 0; i < functions.Length; i++)
        {
            coefficients[i / Size] += Weights[i % Size] * s_polynomials[degree][i % Size] * functions[i];
        }

        return coefficients;
    }

    /// <summary>Takes a function's mean away from it.</summary>
    public static void Centre(Span<double> function)
    {
        double mean = 0;
        for (int k = 0; k < Size; k++)
        {
            mean += Weights[k] * function[k];
        }

        for (int k = 0; k < Size; k++)
        {
            function[k] -= mean;
        }
    }

    private static (double Value, double Slope) Legendre(int degree, double u)
    {
        (double previous, double value) = (0, 1);
        for (int d = 1; d <= degree; d++)
        {
            (previous, value) = (value, ((((2 * d) - 1) * u * value) - ((d - 1) * previous)) / d);
        }

        return (value, degree == 0 ? 0 : degree * ((u * value) - previous) / ((u * u) - 1));
    }

    // Newton's iteration from Chebyshev's guess.
    private static double Root(int index)
    {
        double u = -Math.Cos(Math.PI * (index + 0.75) / (Size + 0.5));
        for (int i = 0; i < 20; i++)
        {
            (double value, double slope) = Legendre(Size, u);
            u -= value / slope;
        }

        return u;
    }

    private static double Weight(double node)
    {
        double slope = Legendre(Size, node).Slope;
        return 1 / ((1 - (node * node)) * slope * slope);
    }
}
