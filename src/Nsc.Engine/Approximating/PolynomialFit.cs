// Sparse polynomial chaos by least squares: all terms of a total degree are fitted, and those that explain most of the variance are fitted again.

using System.Collections.Immutable;
using Nsc.Core.Approximation;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Engine.Arithmetic;

namespace Nsc.Engine.Approximating;

/// <summary>Polynomials through samples of a program, from a few terms to many.</summary>
public sealed class PolynomialFit
{
    private const int MostTerms = 512, HighestDegree = 12, Block = 256;

    // Least squares with more terms than this share of the samples follows the samples, not the function.
    private const double MostTermsForSample = 0.4;

    // Against terms that the samples cannot tell apart, in parts of the greatest diagonal element.
    private const double Ridge = 1e-12;

    private readonly SampleSet _samples;
    private readonly double[][] _units;
    private readonly ImmutableArray<ImmutableArray<int>> _dictionary;

    public PolynomialFit(ProgramSignature signature, SampleSet samples)
    {
        _samples = samples;
        _units = [.. Enumerable.Range(0, samples.Count).Select(row => signature.Inputs.Select((input, i) => input.Range.Unit(samples.Inputs(row)[i])).ToArray())];
        int inputs = signature.Inputs.Length;
        int degree = Enumerable.Range(1, HighestDegree).Where(d => SparsePolynomial.TermsOf(inputs, d) <= Math.Min(MostTerms, MostTermsForSample * samples.Count)).DefaultIfEmpty(0).Max();
        _dictionary = SparsePolynomial.TotalDegree(inputs, degree);
    }

    /// <summary>
    /// Polynomials of ever more terms, the last one of all that the samples determine. Terms are kept by their share of the outputs' variances, which for
    /// this basis is the square of the coefficient.
    /// </summary>
    public IEnumerable<SparsePolynomial> Ladder()
    {
        if (Fit(_dictionary) is not { } whole)
        {
            yield break;
        }

        double[] scales = [.. Enumerable.Range(0, _samples.OutputCount).Select(k => ErrorMetrics.Scale(_samples, k))];
        int[] byShare = [.. Enumerable.Range(0, whole.Terms.Length).OrderByDescending(term => scales.Select((scale, k) => Math.Pow(whole.Coefficients[(term * scales.Length) + k] / scale, 2)).Sum())];
        for (int terms = 4; terms < byShare.Length; terms += Math.Max(1, terms / 3))
        {
            if (Fit([.. byShare.Take(terms).Order().Select(term => whole.Terms[term])]) is { } sparse)
            {
                yield return sparse;
            }
        }

        yield return whole;
    }

    // Null where the samples do not determine the coefficients.
    private SparsePolynomial? Fit(ImmutableArray<ImmutableArray<int>> terms)
    {
        var system = new PositiveDefiniteSystem(terms.Length);
        double[][] right = [.. Enumerable.Range(0, _samples.OutputCount).Select(_ => new double[system.Stride])];
        for (int first = 0; first < _samples.Count; first += Block)
        {
            int count = Math.Min(Block, _samples.Count - first);
            double[] rows = Rows(terms, first, count, system.Stride);
            system.AddOuterProducts(rows, count);
            for (int i = 0; i < count; i++)
            {
                for (int k = 0; k < right.Length; k++)
                {
                    PositiveDefiniteSystem.AddScaled(right[k], _samples.Outputs(first + i)[k], rows.AsSpan(i * system.Stride, system.Stride));
                }
            }
        }

        if (!system.Factorise(Ridge * system.GreatestDiagonal))
        {
            return null;
        }

        Array.ForEach(right, r => system.Substitute(r));
        return Array.TrueForAll(right, r => Array.TrueForAll(r, double.IsFinite))
            ? new SparsePolynomial(terms, right.Length, [.. Enumerable.Range(0, terms.Length).SelectMany(term => right.Select(r => r[term]))])
            : null;
    }

    // The terms' values at some samples, (count, stride), row-major.
    private double[] Rows(ImmutableArray<ImmutableArray<int>> terms, int first, int count, int stride)
    {
        var rows = new double[count * stride];
        for (int i = 0; i < count; i++)
        {
            double[][] bases = [.. _units[first + i].Select(u => SparsePolynomial.Basis(u, HighestDegree))];
            for (int term = 0; term < terms.Length; term++)
            {
                double product = 1;
                for (int input = 0; input < bases.Length; input++)
                {
                    product *= bases[input][terms[term][input]];
                }

                rows[(i * stride) + term] = product;
            }
        }

        return rows;
    }
}
