// A polynomial of a few chosen terms: a sparse polynomial chaos expansion. (Xiu and Karniadakis, The Wiener-Askey polynomial chaos, 2002: Legendre
// polynomials for inputs that are uniform.)

using System.Collections.Immutable;

namespace Nsc.Core.Approximation;

/// <summary>A sum of products of Legendre polynomials of the inputs, one sum for each output.</summary>
/// <param name="Terms">For each term the degree in each input; ascending by the first input, then the second and so on, each term once.</param>
/// <param name="Coefficients">(terms, outputs), row-major.</param>
public sealed record SparsePolynomial(ImmutableArray<ImmutableArray<int>> Terms, int Outputs, ImmutableArray<double> Coefficients)
{
    public int Inputs => Terms[0].Length;

    /// <summary>The highest degree in an input.</summary>
    public int Degree(int input) => Terms.Max(t => t[input]);

    /// <summary>All terms of a total degree, in the order of <see cref="Terms"/>.</summary>
    public static ImmutableArray<ImmutableArray<int>> TotalDegree(int inputs, int degree) => inputs == 0
        ? [[]]
        : [.. from first in Enumerable.Range(0, degree + 1) from rest in TotalDegree(inputs - 1, degree - first) select rest.Insert(0, first)];

    /// <summary>How many terms a total degree has: the binomial coefficient of inputs + degree over degree.</summary>
    public static double TermsOf(int inputs, int degree) => Enumerable.Range(1, degree).Aggregate(1.0, (product, j) => product * (inputs + j) / j);

    /// <summary>The Legendre polynomials of a number up to a degree, times √(2n + 1): over [-1, 1] each has a mean square of 1.</summary>
    public static double[] Basis(double x, int degree)
    {
        var values = new double[degree + 1];
        values[0] = 1;
        for (int n = 1; n <= degree; n++)
        {
            (double ofLast, double ofOneBefore) = Recurrence(n);
            values[n] = (ofLast * x * values[n - 1]) - (n > 1 ? ofOneBefore * values[n - 2] : 0);
        }

        return values;
    }

    /// <summary>The two factors in p[n] = a x p[n - 1] - b p[n - 2].</summary>
    public static (double OfLast, double OfOneBefore) Recurrence(int n)
    {
        static double Norm(int degree) => Math.Sqrt((2.0 * degree) + 1);
        return ((2.0 * n - 1) / n * Norm(n) / Norm(n - 1), n == 1 ? 0 : (n - 1.0) / n * Norm(n) / Norm(n - 2));
    }

    /// <summary>The values at a point, one for each output: p_0(x) (...) + p_1(x) (...) + ..., the terms of one degree in the first input together.</summary>
    /// <param name="point">(inputs), in [-1, 1].</param>
    public double[] At(ReadOnlySpan<double> point)
    {
        var bases = new double[Inputs][];
        for (int i = 0; i < bases.Length; i++)
        {
            bases[i] = Basis(point[i], Degree(i));
        }

        return [.. Enumerable.Range(0, Outputs).Select(k => Nested(0, 0, Terms.Length, term => Coefficients[(term * Outputs) + k], (input, degree, inner) => bases[input][degree] * inner, (a, b) => a + b))];
    }

    /// <summary>The sum in the nested form in which it is computed, as numbers or as text.</summary>
    /// <param name="input">The first input that the terms differ in.</param>
    /// <param name="leaf">A term's coefficient.</param>
    /// <param name="times">An input, a degree above 0, and what its polynomial is multiplied by.</param>
    public T Nested<T>(int input, int from, int to, Func<int, T> leaf, Func<int, int, T, T> times, Func<T, T, T> plus)
    {
        if (input == Inputs)
        {
            return leaf(from);
        }

        T? sum = default;
        for (int start = from, end; start < to; start = end)
        {
            int degree = Terms[start][input];
            for (end = start + 1; end < to && Terms[end][input] == degree; end++)
            {
            }

            T inner = Nested(input + 1, start, end, leaf, times, plus), group = degree == 0 ? inner : times(input, degree, inner);
            sum = start == from ? group : plus(sum!, group);
        }

        return sum!;
    }
}
