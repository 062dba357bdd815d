// Where a design asks next: where nothing is known.

using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;
using Nsc.Engine;
using Nsc.Engine.Emission;
using Nsc.Engine.FineTuning;
using Nsc.Tests.Core.Surrogates;

namespace Nsc.Tests.Engine.FineTuning;

public class ActiveDesignTests
{
    private static readonly Surrogate s_start = Start();

    [Fact]
    public void A_batch_lies_where_no_sample_is()
    {
        double[] x = [.. Enumerable.Range(0, 32).SelectMany(i => (double[])[-1 + (i / 32.0), -1 + ((i * 7 % 32) / 16.0)])];
        double[] next = new ActiveDesign(s_start, 1).Next(Answered(x), 4);
        Assert.Equal(8, next.Length);
        double[][] rows = [.. next.Chunk(2)];
        Assert.All(rows, row => Assert.InRange(row[0], 0, 1));
        Assert.All(rows, (row, i) => Assert.All(rows[..i], other => Assert.InRange(Math.Abs(row[0] - other[0]) + Math.Abs(row[1] - other[1]), 0.3, 4)));
    }

    [Fact]
    public void Fewer_samples_are_the_beginning_of_more_and_rows_that_fail_are_not_asked_for_again()
    {
        Assert.Equal(Drawn(20), Drawn(31)[..40]);
        var design = new ActiveDesign(s_start, 1);
        SampleSet known = Answered(Drawn(12));
        Assert.Empty(design.Next(known, 3).Intersect(design.Next(known, 3)));
    }

    [Fact]
    public void Where_a_program_fails_it_is_not_asked_for_long()
    {
        var design = new ActiveDesign(s_start, 2);
        (double[] good, int failed) = ([], 0);
        while (good.Length < 2 * 40)
        {
            double[][] batch = [.. design.Next(Answered(good), 40 - (good.Length / 2)).Chunk(2)];
            good = [.. good, .. batch.Where(row => row[0] > 0).SelectMany(row => row)];
            failed += batch.Count(row => row[0] <= 0);
        }

        Assert.InRange(failed, 1, 30);
    }

    [Fact]
    public void Of_a_constant_nothing_can_be_doubted_and_the_sequence_goes_on()
    {
        var known = new SampleSet(2, 1, Drawn(10), new double[10]);
        Assert.Equal(2 * 5, new ActiveDesign(s_start, 1).Next(known, 5).Length);
    }

    private static double[] Drawn(int count)
    {
        var design = new ActiveDesign(s_start, 3);
        double[] x = [];
        while (x.Length < 2 * count)
        {
            x = [.. x, .. design.Next(Answered(x), count - (x.Length / 2))];
        }

        return x;
    }

    private static SampleSet Answered(double[] x) => new(2, 1, x, [.. x.Chunk(2).Select(row => Math.Sin(9 * row[0]) * Math.Cos(7 * row[1]))]);

    private static Surrogate Start() => SurrogateEmitter.Random(new NetShape(2, [8, 8]), SampleSurrogates.Linear([0], [1], 1, 1).Program, 1, "1.0.0");
}
