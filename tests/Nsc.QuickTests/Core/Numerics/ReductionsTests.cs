// Sums must not depend on where in memory the numbers lie.

using Nsc.Core.Numerics;

namespace Nsc.Tests.Core.Numerics;

public class ReductionsTests
{
    private static readonly Random s_random = new(3);

    [Fact]
    public void A_sum_of_products_is_the_same_to_the_last_bit_wherever_the_numbers_lie()
    {
        foreach (int length in (int[])[7, 64, 128, 129, 300])
        {
            float[] a = Numbers(length), b = Numbers(length);
            float expected = Reductions.Dot<float>(a, b);
            Assert.All(Enumerable.Range(0, 32), offset =>
            {
                float[] shiftedA = [.. new float[offset], .. a], shiftedB = [.. new float[31 - offset], .. b];
                Assert.Equal(expected, Reductions.Dot<float>(shiftedA.AsSpan(offset), shiftedB.AsSpan(31 - offset)));
            });
        }
    }

    [Fact]
    public void Every_number_is_counted_once()
    {
        Assert.All(Enumerable.Range(0, 200), length =>
        {
            double[] ones = [.. Enumerable.Repeat(1.0, length)], counts = [.. Enumerable.Range(1, length).Select(i => (double)i)];
            Assert.Equal(length * (length + 1) / 2, Reductions.Dot<double>(ones, counts));
            Assert.Equal(length * (length + 1) / 2, Reductions.Sum<double>(counts));
        });
    }

    [Fact]
    public void Spans_of_different_lengths_are_refused() =>
        Assert.Throws<ArgumentException>(() => Reductions.Dot<double>(new double[3], new double[4]));

    private static float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)s_random.NextDouble() - 0.5f)];
}
