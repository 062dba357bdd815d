using Nsc.Core.Approximation;

namespace Nsc.Tests.Core.Approximation;

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
        int[] sizes = ChebyshevInterpolant.GridSizes(axes, points);
        Assert.Equal(expected, sizes);
        Assert.True(sizes.Aggregate(1, (product, size) => product * size) <= points);
    }

    [Fact]
    public void A_polynomial_below_the_grids_degrees_is_met_everywhere()
    {
        int[] sizes = [3, 4, 2];
        static double Polynomial(ReadOnlySpan<double> x) => 1 + (x[0] * x[0] * x[1]) - (2 * x[1] * x[1] * x[1] * x[2]) + (3 * x[0]);
        ChebyshevInterpolant interpolant = ChebyshevInterpolant.Through(sizes, 1, [.. ChebyshevInterpolant.Grid(sizes).Chunk(3).Select(x => Polynomial(x))]);
        Assert.Equal(24, interpolant.Count);
        foreach (double[] point in (double[][])[[0.3, -0.7, 0.9], [-1, 1, -1], [0, 0, 0], [0.123, 0.456, -0.789]])
        {
            Assert.Equal(Polynomial(point), interpolant.At(point)[0], 1e-12);
        }
    }

    [Fact]
    public void Any_function_is_met_at_the_points()
    {
        int[] sizes = [5, 3];
        double[] grid = ChebyshevInterpolant.Grid(sizes), values = [.. Enumerable.Range(0, 15).Select(i => Math.Sin(7.0 * i))];
        ChebyshevInterpolant interpolant = ChebyshevInterpolant.Through(sizes, 1, values);
        Assert.All(grid.Chunk(2).Zip(values), p => Assert.Equal(p.Second, interpolant.At(p.First)[0], 1e-12));
    }

    [Fact]
    public void Outputs_are_interpolated_apart()
    {
        int[] sizes = [3, 2];
        ChebyshevInterpolant interpolant = ChebyshevInterpolant.Through(sizes, 2, [.. ChebyshevInterpolant.Grid(sizes).Chunk(2).SelectMany(x => (double[])[x[0] * x[0], x[1] - 3])]);
        double[] values = interpolant.At([0.4, -0.3]);
        Assert.Equal(0.16, values[0], 1e-12);
        Assert.Equal(-3.3, values[1], 1e-12);
    }

    [Fact]
    public void What_matters_least_is_left_out_first()
    {
        int[] sizes = [5, 5];
        ChebyshevInterpolant whole = ChebyshevInterpolant.Through(sizes, 1, [.. ChebyshevInterpolant.Grid(sizes).Chunk(2).Select(x => (x[0] * x[0]) + (1e-3 * x[1] * x[1] * x[1]))]);
        ChebyshevInterpolant[] smaller = [.. whole.Truncations([1])];
        Assert.Equal([3, 4], smaller.Single(s => s.Count == 12).Sizes);
        Assert.Equal([3, 1], smaller.Single(s => s.Count == 3).Sizes);
        Assert.Equal([1, 1], smaller[^1].Sizes);
        Assert.Equal(0.25 + (1e-3 * 0.064), smaller.Single(s => s.Count == 12).At([0.5, 0.4])[0], 1e-12);
        Assert.Equal(0.25, smaller.Single(s => s.Count == 3).At([0.5, 0.4])[0], 1e-3);
    }
}
