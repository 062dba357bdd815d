using Nsc.Core.Approximation;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Engine.Approximating;

namespace Nsc.Tests.Engine.Approximating;

/// <summary>Least squares finds the terms of a polynomial.</summary>
public sealed class PolynomialFitTests
{
    private static readonly ProgramSignature s_signature = new(
        "f", "double f(double x, double y, double z);",
        [new("x", ScalarKind.Double, new Interval(-2, 6)), new("y", ScalarKind.Double, new Interval(1, 100) { IsLogarithmic = true }), new("z", ScalarKind.Double, new Interval(-1, 1))],
        [new("return", ScalarKind.Double), new("out", ScalarKind.Double)]);

    [Fact]
    public void The_terms_of_the_total_degree_are_all_there_once()
    {
        var terms = SparsePolynomial.TotalDegree(3, 4);
        Assert.Equal(35, terms.Length);
        Assert.Equal(35, SparsePolynomial.TermsOf(3, 4), 1e-9);
        Assert.Equal(35, terms.Select(t => string.Join(',', t)).Distinct().Count());
        Assert.All(terms, t => Assert.True(t.Sum() <= 4));
    }

    [Fact]
    public void The_basis_is_orthonormal()
    {
        // Gauss-Legendre would do; a fine midpoint rule is plainer.
        const int Points = 20000;
        double[][] values = [.. Enumerable.Range(0, Points).Select(i => SparsePolynomial.Basis((2 * (i + 0.5) / Points) - 1, 5))];
        for (int m = 0; m <= 5; m++)
        {
            for (int n = 0; n <= m; n++)
            {
                Assert.Equal(m == n ? 1 : 0, values.Average(v => v[m] * v[n]), 1e-6);
            }
        }
    }

    [Fact]
    public void A_few_terms_are_found_among_many()
    {
        static double Unit(double x) => (x - 2) / 4;
        static double Log(double y) => Math.Log(y / 10) / Math.Log(10);
        double[] x = InputSampler.Draw(s_signature, 500, new SplitMix64(1));
        double[] Outputs(double[] p) => [3 + (Unit(p[0]) * Unit(p[0]) * Log(p[1])), (5 * p[2] * p[2] * p[2]) - Unit(p[0])];
        var samples = new SampleSet(3, 2, x, [.. x.Chunk(3).SelectMany(Outputs)]);
        SparsePolynomial[] ladder = [.. new PolynomialFit(s_signature, samples).Ladder()];
        Assert.Equal(ladder.OrderBy(p => p.Terms.Length), ladder);

        // 1, y, x² y, x, z and z³ in the Legendre basis, hence six terms.
        SparsePolynomial sparse = ladder.First(p => p.Terms.Length >= 6);
        Assert.InRange(sparse.Terms.Length, 6, 9);
        foreach (double[] point in InputSampler.Draw(s_signature, 20, new SplitMix64(2)).Chunk(3))
        {
            double[] expected = Outputs(point), given = sparse.At([Unit(point[0]), Log(point[1]), point[2]]);
            Assert.Equal(expected[0], given[0], 1e-8);
            Assert.Equal(expected[1], given[1], 1e-8);
        }
    }
}
