// When a guarded surrogate answers, with surrogates that are straight lines: what is believed can be worked out by hand.

using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;

namespace Nsc.Tests.Core.Surrogates;

public class SurrogateGuardTests
{
    // Half the rate is 10%: of 100 samples with 90% confidence five may be wrong, since P(at most 5 of 100) = 0.0576 and P(at most 6) = 0.117.
    private const double Rate = 0.2, Confidence = 0.9;

    // The second differs from the first by x, which is x / 2 of the first one's deviations.
    private static readonly Surrogate s_first = SampleSurrogates.Linear([1], [2], 1), s_second = SampleSurrogates.Linear([1], [3], 1);

    [Fact]
    public void Without_a_second_surrogate_the_program_is_asked_outside_the_ranges_only()
    {
        SurrogateGuard guard = SurrogateGuard.OfRanges(SampleSurrogates.Linear([0], [1], 1, 1));
        Assert.Equal(
            [false, false, false, true, true, true, true, true],
            guard.Asks([0, 0, 1, -1, -1, 1, 1.0000001, 0, 0, 1.0000001, -1.0000001, 0, 0, double.NaN, double.NegativeInfinity, 0]));
        Assert.Equal(double.PositiveInfinity, guard.Limit);
    }

    [Fact]
    public void The_program_is_asked_where_the_two_are_further_apart_than_the_limit_in_deviations_of_the_first()
    {
        var guard = new SurrogateGuard(s_first, s_second, 0.25);
        Assert.Equal([false, false, false, true, true, true], guard.Asks([0, 0.5, -0.5, 0.51, -0.51, 1]));
    }

    [Fact]
    public void The_output_on_which_they_are_furthest_apart_decides()
    {
        Surrogate first = SampleSurrogates.Linear([0, 0], [1, 10], 1, 1), second = SampleSurrogates.Linear([0, 0], [1.5, 12], 1, 1);
        Assert.Equal([false, true], new SurrogateGuard(first, second, 0.3).Asks([0.5, 0.7])); // 0.5 x and 0.2 x
        Surrogate nothing = second with { OutputMean = [0, double.NaN] };
        Assert.Equal([true], new SurrogateGuard(first, nothing, 1e300).Asks([0]));
    }

    [Fact]
    public void Where_it_asks_the_answer_is_the_programs()
    {
        var samples = new SampleSet(1, 1, [0, 0.4, 0.8, 3], [7, 7, 7, 7]);
        GuardedOutputs answer = new SurrogateGuard(s_first, s_second, 0.25).Answer(samples);
        Assert.Equal([1, 1.8, 7, 7], answer.Outputs);
        Assert.Equal(2, answer.Fallbacks);
    }

    [Fact]
    public void A_row_is_answered_with_all_of_its_own_outputs()
    {
        Surrogate two = SampleSurrogates.Linear([0, 0], [1, 10], 1, 1);
        var samples = new SampleSet(1, 2, [0.5, 3, 0.25, 5], [1, 2, 3, 4, 5, 6, 7, 8]);
        Assert.Equal([0.5, 5, 3, 4, 0.25, 2.5, 7, 8], SurrogateGuard.OfRanges(two).Answer(samples).Outputs);
    }

    // Rows at x = 0.01, 0.02, ..., 1, which are believed in this order as the limit grows; the wrong ones are given.
    [Theory]
    [InlineData(100)] // None is wrong.
    [InlineData(100, 3, 9, 20, 40, 80)] // Five may be.
    [InlineData(89, 3, 9, 20, 40, 80, 90)] // The sixth is not believed, nor is what lies further apart.
    [InlineData(5, 1, 2, 3, 4, 5, 6, 7)]
    public void The_limit_is_the_loosest_with_which_few_enough_are_believed_and_wrong(int believed, params int[] wrong)
    {
        SurrogateGuard guard = SurrogateGuard.Choose(s_first, s_second, Rows(wrong), [0.5], Rate, Confidence);
        Assert.Equal(0.01 * believed / 2, guard.Limit, 1e-9);
        Assert.Equal((s_first, s_second), (guard.First, guard.Second));
    }

    [Fact]
    public void An_error_as_large_as_is_allowed_is_not_wrong()
    {
        SampleSet samples = Rows();
        samples = samples with { Y = [.. samples.Y.Select(y => y + 0.5)] };
        Assert.Equal(0.5, SurrogateGuard.Choose(s_first, s_second, samples, [0.5 + 1e-9], Rate, Confidence).Limit, 1e-9);
        Assert.Equal(0.025, SurrogateGuard.Choose(s_first, s_second, samples, [0.5 - 1e-9], Rate, Confidence).Limit, 1e-9);
    }

    [Fact]
    public void Every_output_must_be_right_and_rows_outside_the_ranges_do_not_count()
    {
        Surrogate first = SampleSurrogates.Linear([0, 0], [1, 1], 1, 1), second = SampleSurrogates.Linear([0, 0], [2, 1], 1, 1);
        double[] x = [.. Enumerable.Range(1, 100).Select(i => 0.01 * i)];
        var wrongInOne = new SampleSet(1, 2, x, [.. x.SelectMany((v, i) => (double[])[v, i is 10 or 11 or 12 or 13 or 14 or 15 ? v + 1 : v])]);
        Assert.Equal(0.15, SurrogateGuard.Choose(first, second, wrongInOne, [0.1, 0.1], Rate, Confidence).Limit, 1e-9);
        Assert.Equal(1, SurrogateGuard.Choose(first, second, wrongInOne, [0.1, 2], Rate, Confidence).Limit, 1e-9);

        double[] outside = [.. x.Select((v, i) => i < 50 ? 1 + v : v)];
        var half = new SampleSet(1, 1, outside, [.. outside.Select(v => v > 1 ? 99 : 1 + (2 * v))]);
        Assert.Equal(0.5, SurrogateGuard.Choose(s_first, s_second, half, [0.5], Rate, Confidence).Limit, 1e-9);
    }

    // 95 rows and 5 failures are 100 draws; where the program fails, any answer is wrong. Five may be: the sixth is the failure at 0.505.
    [Theory]
    [InlineData(0.95)]
    [InlineData(0.5, 30, 70)]
    [InlineData(0.69, 70)]
    public void A_failure_is_a_wrong_answer(double believed, params int[] wrong)
    {
        SampleSet samples = Rows(wrong).Slice(0, 95) with { Failed = new FailedInputs(100, [0.105, 0.205, 0.305, 0.405, wrong.Length == 2 ? 0.505 : 0.2]) };
        Assert.Equal(believed / 2, SurrogateGuard.Choose(s_first, s_second, samples, [0.5], Rate, Confidence).Limit, 1e-9);
    }

    [Fact]
    public void Answers_that_are_no_numbers_are_never_believed()
    {
        Surrogate nothing = s_second with { OutputMean = [double.NaN] };
        Assert.Equal(0, SurrogateGuard.Choose(s_first, nothing, Rows(), [0.5], Rate, Confidence).Limit);
    }

    [Theory]
    [InlineData(true, 3, 9, 20, 40, 80)]
    [InlineData(false, 3, 9, 20, 40, 80, 90)]
    public void A_guard_keeps_a_promise_that_few_enough_wrong_answers_break(bool keeps, params int[] wrong) =>
        Assert.Equal(keeps, SurrogateGuard.OfRanges(s_first).Keeps(Rows(wrong), [0.5], Rate, Confidence));

    [Fact]
    public void Answers_where_the_program_fails_break_a_promise_and_those_that_are_asked_for_do_not()
    {
        SampleSet samples = Rows(3, 9, 20).Slice(0, 97) with { Failed = new FailedInputs(100, [0.1, 0.2, 0.9]) };
        Assert.False(SurrogateGuard.OfRanges(s_first).Keeps(samples, [0.5], Rate, Confidence));
        Assert.True(new SurrogateGuard(s_first, s_second, 0.4).Keeps(samples, [0.5], Rate, Confidence)); // Asks for the one at 0.9.

        // Rows beyond the independent draws do not count.
        SampleSet more = Rows(3, 9, 20, 98, 99, 100) with { Failed = new FailedInputs(100, [5, 5, 5]) };
        Assert.True(SurrogateGuard.OfRanges(s_first).Keeps(more, [0.5], Rate, Confidence));
    }

    // The first surrogate's own answers at x = 0.01, 0.02, ..., 1, but for those rows that are off by 1.
    private static SampleSet Rows(params int[] wrong)
    {
        double[] x = [.. Enumerable.Range(1, 100).Select(i => 0.01 * i)];
        return new SampleSet(1, 1, x, [.. x.Select((v, i) => 1 + (2 * v) + (wrong.Contains(i + 1) ? 1 : 0))]);
    }
}
