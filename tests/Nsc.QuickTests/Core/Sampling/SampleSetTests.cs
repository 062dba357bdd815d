// Tables of samples: which rows are independent draws, and parts of a table.

using Nsc.Core.Sampling;

namespace Nsc.Tests.Core.Sampling;

public class SampleSetTests
{
    // Rows (1, 2) -> 3, (4, 5) -> 6, (7, 8) -> 9.
    private static readonly SampleSet s_rows = new(2, 1, [1, 2, 4, 5, 7, 8], [3, 6, 9]);

    [Fact]
    public void Rows_are_found_where_they_are()
    {
        Assert.Equal(3, s_rows.Count);
        Assert.Equal([4.0, 5], s_rows.Inputs(1).ToArray());
        Assert.Equal([9.0], s_rows.Outputs(2).ToArray());
    }

    [Fact]
    public void Parts_have_their_rows_inputs_and_outputs()
    {
        SampleSet slice = s_rows.Slice(1, 2), taken = s_rows.Take([2, 0]), both = s_rows.Append(slice);
        AssertIs([4, 5, 7, 8], [6, 9], slice);
        AssertIs([7, 8, 1, 2], [9, 3], taken);
        AssertIs([1, 2, 4, 5, 7, 8, 4, 5, 7, 8], [3, 6, 9, 6, 9], both);
        Assert.Equal((2, 1), (both.InputCount, both.OutputCount));
    }

    [Fact]
    public void Rows_of_several_outputs_stay_together()
    {
        var rows = new SampleSet(1, 2, [1, 2, 3, 4], [10, 11, 20, 21, 30, 31, 40, 41]);
        AssertIs([3, 4], [30, 31, 40, 41], rows.Slice(2, 2));
        AssertIs([4, 2], [40, 41, 20, 21], rows.Take([3, 1]));
    }

    [Fact]
    public void Every_seed_and_purpose_has_a_stream_of_its_own()
    {
        ulong[] seeds = [.. from seed in Enumerable.Range(0, 50) from purpose in Enum.GetValues<SamplePurpose>() select SampleSeeds.For(seed, purpose)];
        Assert.Equal(50 * Enum.GetValues<SamplePurpose>().Length, seeds.Distinct().Count());
        Assert.Equal(SplitMix64.Scramble(0x9E3779B97F4A7C15 + 2), SampleSeeds.For(1, SamplePurpose.Evaluation)); // So that old results can be had again.
    }

    [Fact]
    public void The_failures_are_draws_too()
    {
        Assert.Equal((3, 3, 0), (s_rows.Draws, s_rows.DrawnRows, s_rows.FailureCount));
        SampleSet failing = s_rows with { Failed = new FailedInputs(4, [0, 0, 1, 1]) };
        Assert.Equal((4, 2, 2), (failing.Draws, failing.DrawnRows, failing.FailureCount));
    }

    [Fact]
    public void A_geometric_mean_is_of_logarithms_and_no_error_in_it_is_beyond_all_measure()
    {
        Assert.Equal(10, GeometricMean.Of([1, 10, 100]), 1e-12);
        Assert.Equal([1e-8, 1e-8, 0.3, 1e4, 1e4, 1e4], ((double[])[0, 1e-9, 0.3, 2e4, double.PositiveInfinity, double.NaN]).Select(GeometricMean.Bounded));
    }

    [Fact]
    public void Statuses_of_a_run_are_counted() => Assert.Equal(
        (2, 1, 0), Count(new ProgramRun([], [SampleStatus.Ok, SampleStatus.Crashed, SampleStatus.Ok], null)));

    private static void AssertIs(double[] inputs, double[] outputs, SampleSet set)
    {
        Assert.Equal(inputs, set.X);
        Assert.Equal(outputs, set.Y);
    }

    private static (int, int, int) Count(ProgramRun run) => (run.CountOf(SampleStatus.Ok), run.CountOf(SampleStatus.Crashed), run.CountOf(SampleStatus.TimedOut));
}
