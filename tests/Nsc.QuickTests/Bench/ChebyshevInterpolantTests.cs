using Nsc.Bench.Peers;

namespace Nsc.Tests.Bench;

/// <summary>Interpolation is exact for polynomials, and goes through its points.</summary>
public sealed class ChebyshevInterpolantTests
{
    [Theory]
    [InlineData(1, 8, new[] { 8 })]
    [InlineData(2, 8, new[] { 4, 2 })]
    [InlineData(3, 8, new[] { 2, 2, 2 })]
    [InlineData(4, 8, new[] { 2, 2, 2, 1 })]
    [InlineData(4, 1024, new[] { 6, 6, 5, 5 })]
    [InlineData(2, 1024, new[] { 32, 32 })]
    [InlineData(3, 1, new[] { 1, 1, 1 })]
    public void A_grid_is_as_even_as_can_be_and_no_larger_than_allowed(int axes, int points, int[] expected)
    {
        int[] sizes = ChebyshevInterpolant.Sizes(axes, points);
        Assert.Equal(expected, sizes);
        Assert.True(sizes.Aggregate(1, (product, size) => product * size) <= points);
    }

    [Fact]
    public void A_polynomial_below_the_grids_degrees_is_met_everywhere()
    {
        int[] sizes = [3, 4, 2];
        static double Polynomial(ReadOnlySpan<double> x) => 1 + (x[0] * x[0] * x[1]) - (2 * x[1] * x[1] * x[1] * x[2]) + (3 * x[0]);
        ChebyshevInterpolant interpolant = ChebyshevInterpolant.Through(sizes, [.. ChebyshevInterpolant.Grid(sizes).Chunk(3).Select(x => Polynomial(x))]);
        Assert.Equal(24, interpolant.Count);
        foreach (double[] point in (double[][])[[0.3, -0.7, 0.9], [-1, 1, -1], [0, 0, 0], [0.123, 0.456, -0.789]])
        {
            Assert.Equal(Polynomial(point), interpolant.At(point), 1e-12);
        }
    }

    [Fact]
    public void Any_function_is_met_at_the_points()
    {
        int[] sizes = [5, 3];
        double[] grid = ChebyshevInterpolant.Grid(sizes), values = [.. Enumerable.Range(0, 15).Select(i => Math.Sin(7.0 * i))];
        ChebyshevInterpolant interpolant = ChebyshevInterpolant.Through(sizes, values);
        Assert.All(grid.Chunk(2).Zip(values), p => Assert.Equal(p.Second, interpolant.At(p.First), 1e-12));
    }
}
