using Nsc.Core.Approximation;
using Nsc.Core.Programs;

namespace Nsc.Tests.Core.Approximation;

/// <summary>A table is exact at its nodes and for what is linear along each axis.</summary>
public sealed class MultilinearTableTests
{
    private static readonly InputVariable s_real = new("x", ScalarKind.Double, new Interval(-2, 6)), s_log = new("y", ScalarKind.Double, new Interval(0.01, 100) { IsLogarithmic = true }),
        s_whole = new("n", ScalarKind.Int32, new Interval(2.5, 7.2));

    [Fact]
    public void What_is_linear_along_each_axis_is_met_everywhere()
    {
        static double[] Function(double[] p) => [3 + (2 * p[0]) - (p[0] * Math.Log(p[1]) * p[2]), p[2] * p[2]];
        InputVariable[] inputs = [s_real, s_log, s_whole];
        TableAxis[] axes = [TableAxis.Of(s_real, 1), TableAxis.Of(s_log, 3), TableAxis.Of(s_whole, 99)];
        MultilinearTable table = MultilinearTable.Of(axes, 2, [.. MultilinearTable.Grid(axes, inputs).Chunk(3).SelectMany(Function)]);
        Assert.Equal([2, 4, 5], axes.Select(a => a.Nodes));
        Assert.Equal(4 * 2 * 40, table.Bytes);
        foreach (double[] point in (double[][])[[-2, 0.01, 3], [6, 100, 7], [1.25, 3.7, 5], [0, 99.9, 4]])
        {
            double[] expected = Function(point), given = table.At(point);
            Assert.Equal(expected[0], given[0], 1e-4);
            Assert.Equal(expected[1], given[1], 1e-5);
        }
    }

    [Fact]
    public void Beyond_the_nodes_a_table_has_its_edges_values()
    {
        TableAxis[] axes = [TableAxis.Of(s_real, 4)];
        MultilinearTable table = MultilinearTable.Of(axes, 1, [5, 1, 2, 3, 9]);
        Assert.Equal(5, table.At([-100])[0], 1e-5);
        Assert.Equal(9, table.At([100])[0], 1e-5);
        Assert.Equal(5, table.At([double.NaN])[0], 1e-5);
        Assert.Equal(1.5, table.At([1])[0], 1e-5);
    }

    [Fact]
    public void A_constant_is_met()
    {
        TableAxis[] axes = [TableAxis.Of(s_real, 2)];
        Assert.Equal(7.5, MultilinearTable.Of(axes, 1, [7.5, 7.5, 7.5]).At([0.3])[0]);
    }

    [Theory]
    [InlineData(new[] { 1.0, 1.0 }, 100, new[] { 9, 9 })]
    [InlineData(new[] { 0.0, 1.0 }, 100, new[] { 1, 49 })]
    [InlineData(new[] { 1.0, 16.0 }, 81, new[] { 4, 15 })]
    public void An_axis_has_cells_by_how_much_the_function_bends_along_it(double[] curvature, int nodes, int[] expected)
    {
        int[] cells = MultilinearTable.Cells(curvature, [null, null], nodes)!;
        Assert.All(cells.Zip(expected), c => Assert.InRange(c.First, c.Second * 0.7, c.Second * 1.3));
        Assert.True((cells[0] + 1) * (cells[1] + 1) <= nodes);
    }

    [Fact]
    public void Whole_numbers_have_a_node_each_or_no_table()
    {
        Assert.Equal([5, 15], MultilinearTable.Cells([9, 1], [5, null], 99)!);
        Assert.Null(MultilinearTable.Cells([9, 1], [60, null], 99));
    }
}
