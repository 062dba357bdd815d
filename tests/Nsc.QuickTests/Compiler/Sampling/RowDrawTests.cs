// Rows drawn from a table of any length: each as likely as any other, the same for a seed.

using Nsc.Compiler.Sampling;

namespace Nsc.QuickTests.Compiler.Sampling;

public class RowDrawTests
{
    [Fact]
    public void Each_row_is_as_likely_as_any_other()
    {
        var counts = new int[20];
        for (ulong seed = 0; seed < 20_000; seed++)
        {
            int[] rows = RowDraw.Of(20, 5, seed);
            Assert.Equal(5, rows.Distinct().Count());
            Array.ForEach(rows, row => counts[row]++);
        }

        // Of 20,000 draws each takes a quarter; the deviation is 61.
        Assert.All(counts, count => Assert.InRange(count, 4700, 5300));
    }

    [Fact]
    public void A_seed_draws_the_same_rows_in_their_order()
    {
        Assert.Equal(RowDraw.Of(1000, 10, 7), RowDraw.Of(1000, 10, 7));
        Assert.NotEqual(RowDraw.Of(1000, 10, 7), RowDraw.Of(1000, 10, 8));
        Assert.Equal(RowDraw.Of(1000, 10, 7).Order(), RowDraw.Of(1000, 10, 7));
    }

    [Theory]
    [InlineData(3, 5, 3)]
    [InlineData(5, 5, 5)]
    [InlineData(0, 5, 0)]
    public void All_rows_are_taken_where_there_are_no_more(int rows, int count, int taken) => Assert.Equal(Enumerable.Range(0, taken), RowDraw.Of(rows, count, 1));
}
