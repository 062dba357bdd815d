// Intervals hold as often as they say, by the ranks of errors.

using System.Collections.Immutable;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;

namespace Nsc.Tests.Core.Surrogates;

public sealed class ConformalErrorsTests
{
    // A net that answers 0, on rows whose errors are 1, 2, ..., n in some order.
    private static ConformalErrors Of(int rows)
    {
        double[] y = [.. Enumerable.Range(1, rows).Select(i => (double)(i % 2 == 0 ? i : -i))];
        new Random(1).Shuffle(y);
        return ConformalErrors.Of(SampleSurrogates.Linear([0], [1], 1), new(new SampleSet(1, 1, new double[rows], y), new double[rows], EstimateMethod.Fresh));
    }

    [Theory]
    [InlineData(9, 0.9, 9)]
    [InlineData(10, 0.9, 10)]
    [InlineData(19, 0.9, 18)]
    [InlineData(99, 0.9, 90)]
    [InlineData(99, 0.5, 50)]
    [InlineData(99, 0.004, 1)]
    [InlineData(200, 0.9, 181)]
    [InlineData(4000, 0.9, 3620)] // Each twentieth is kept: the next one above the 3,601st.
    [InlineData(4000, 0.9999, null)]
    [InlineData(8, 0.9, null)]
    public void The_half_width_is_the_error_of_the_right_rank(int rows, double probability, int? expected)
    {
        Assert.Equal(expected, Of(rows).HalfWidth(0, probability));
        Assert.Equal(expected is not null, rows >= ConformalErrors.FewestRows(probability));
    }

    [Fact]
    public void A_class_has_ends_that_it_can_take()
    {
        OutputAnswer answer = OutputAnswer.Of(ScalarKind.Int32, [-1, 0, 3]);
        Assert.Equal((0, 3), answer.Around(3, 2));
        Assert.Equal((-1, 3), answer.Around(0, 4));
        Assert.Equal((0, 0), answer.Around(0, 0.4));
        Assert.Equal((-0.5, 4.5), OutputAnswer.Of(ScalarKind.Double, []).Around(2, 2.5));
    }

    [Fact]
    public void Of_a_logarithm_errors_are_ratios()
    {
        // The net answers e^0 = 1.
        Surrogate one = SampleSurrogates.Linear([0], [1], 0) with { OutputLogarithms = [new LogarithmScale(0, 1)] };
        ConformalErrors errors = ConformalErrors.Of(one, new(new SampleSet(1, 1, new double[4], [Math.E, Math.Exp(-2), 1, 0]), [1, 1, 1, 1], EstimateMethod.Fresh));
        Assert.All(errors.Errors[0].Zip([0.0, 1, 2, -Math.Log(Interval.LeastPositive)]), p => Assert.Equal(p.Second, p.First, 1e-12));
        OutputAnswer answer = one.AnswersOf()[0];
        Assert.Equal((3.5, 14), answer.Around(7, Math.Log(2)));
        Assert.True(answer.Around(7, double.MaxValue) is (< 1e-300, > 1e300 and <= double.MaxValue));
        Assert.Equal((2, 32), (OutputAnswer.Of(ScalarKind.Int32, []) with { IsLogarithmic = true }).Around(8, Math.Log(4)));
        JudgedRows rows = new(new SampleSet(1, 1, new double[2], [2, 4]), [1, 1], EstimateMethod.Fresh);
        Assert.Equal(0.5, errors.Coverage(one, rows, 0, 0.4));
    }

    [Fact]
    public void Errors_that_are_no_numbers_are_as_large_as_can_be_and_the_file_keeps_them()
    {
        Surrogate surrogate = SampleSurrogates.Create(new Topology(1, [4], 1));
        ConformalErrors errors = ConformalErrors.Of(surrogate, new(new SampleSet(1, 1, [0, 0], [1, 2]), [1.5, double.NaN], EstimateMethod.Fresh));
        Assert.Equal([0.5, double.MaxValue], errors.Errors[0]);
        Surrogate read = SurrogateFile.FromContainer(SurrogateFile.ToContainer(surrogate with { Conformal = errors }));
        Assert.Equal(errors.Errors[0], read.Conformal!.Errors[0]);
        Assert.Equal(2, read.Conformal.Rows);
    }

    public static TheoryData<ConformalErrors> Damaged => new(
        new ConformalErrors(0, [[]]), new ConformalErrors(2, [[1]]), new ConformalErrors(2, [[2, 1]]), new ConformalErrors(2, [[-1, 1]]),
        new ConformalErrors(2, [[1, double.NaN]]), new ConformalErrors(2, []), new ConformalErrors(1, default), new ConformalErrors(1, [default]));

    [Theory]
    [MemberData(nameof(Damaged))]
    public void Damaged_errors_are_refused(ConformalErrors errors) =>
        Assert.NotNull(SurrogateFile.Objection(SampleSurrogates.Create(new Topology(1, [4], 1)) with { Conformal = errors }));
}
