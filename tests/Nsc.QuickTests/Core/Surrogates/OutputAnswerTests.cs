// Whole numbers are answered as whole numbers, within their type, or as one of the values that were seen.

using System.Collections.Immutable;
using Nsc.Core.Programs;
using Nsc.Core.Surrogates;

namespace Nsc.Tests.Core.Surrogates;

public class OutputAnswerTests
{
    [Theory]
    [InlineData(ScalarKind.Double, 0.4, 0.4)]
    [InlineData(ScalarKind.Float, 1e30, 1e30)]
    [InlineData(ScalarKind.Bool, 0.5, 0)]
    [InlineData(ScalarKind.Bool, 0.51, 1)]
    [InlineData(ScalarKind.Bool, -7, 0)]
    [InlineData(ScalarKind.Bool, 7, 1)]
    [InlineData(ScalarKind.Int32, 2.49, 2)]
    [InlineData(ScalarKind.Int32, 2.51, 3)]
    [InlineData(ScalarKind.Int32, -2.51, -3)]
    [InlineData(ScalarKind.Int32, 1e12, int.MaxValue)]
    [InlineData(ScalarKind.Int8, -200, -128)]
    [InlineData(ScalarKind.UInt8, 300, 255)]
    [InlineData(ScalarKind.UInt16, -0.6, 0)]
    [InlineData(ScalarKind.Int32, double.NaN, double.NaN)]
    [InlineData(ScalarKind.Bool, double.NaN, double.NaN)]
    public void The_answer_is_the_nearest_number_of_the_type(ScalarKind kind, double output, double answer) =>
        Assert.Equal(answer, OutputAnswer.Of(kind, []).For(output));

    [Theory]
    [InlineData(-9, -1)]
    [InlineData(-0.51, -1)]
    [InlineData(-0.49, 0)]
    [InlineData(2.4, 0)]
    [InlineData(2.6, 5)]
    [InlineData(99, 5)]
    public void Of_few_values_it_is_the_nearest_one(double output, double answer) => Assert.Equal(answer, OutputAnswer.Of(ScalarKind.Int32, [-1, 0, 5]).For(output));

    [Fact]
    public void A_surrogate_answers_column_by_column()
    {
        Surrogate line = SampleSurrogates.Linear([0, 0, 0], [1, 1, 1], 3, 3, 3);
        ImmutableArray<OutputVariable> outputs = [new("a", ScalarKind.Int32), new("b", ScalarKind.Double), new("c", ScalarKind.Int32)];
        line = line with { Program = line.Program with { Signature = line.Signature with { Outputs = outputs } }, OutputValues = [[], [], [0, 4]] };
        Assert.Equal([1, 0.6, 0, 3, 3, 4], line.Answer([0.2, 1.0]).Select(v => Math.Round(v, 6)));
        Surrogate back = SurrogateFile.FromContainer(SurrogateFile.ToContainer(line));
        Assert.Equal([0.0, 4], back.OutputValues[2]);
        Assert.Equal(line.Answer([0.2, 1.0]), back.Answer([0.2, 1.0]));
    }

    public static TheoryData<double[]> BadValues => [.. (double[][])[[1], [0, 0], [2, 1], [0, 0.5], [0, 3e9], [double.NaN, 1], [.. Enumerable.Range(0, 17).Select(i => (double)i)]]];

    [Theory]
    [MemberData(nameof(BadValues))]
    public void Values_that_no_type_takes_are_refused(double[] values)
    {
        Surrogate line = SampleSurrogates.Linear([0], [1], 1);
        line = line with { Program = line.Program with { Signature = line.Signature with { Outputs = [new("a", ScalarKind.Int32)] } } };
        Assert.NotNull(SurrogateFile.Objection(line with { OutputValues = [[.. values]] }));
        Assert.NotNull(SurrogateFile.Objection(line with { OutputValues = [[0, 1], [0, 1]] }));
        Assert.Null(SurrogateFile.Objection(line with { OutputValues = [[0, 1]] }));
    }

    [Fact]
    public void Values_are_few_only_when_enough_samples_say_so()
    {
        double[] Samples(int count, int values) => [.. Enumerable.Range(0, count).Select(i => (double)(i % values))];
        Assert.Equal([0, 1, 2], OutputAnswer.Observed(ScalarKind.Int32, Samples(48, 3), []));
        Assert.Empty(OutputAnswer.Observed(ScalarKind.Int32, Samples(47, 3), []));
        Assert.Equal([0, 1, 2, 9], OutputAnswer.Observed(ScalarKind.Int32, Samples(64, 3), [1, 9]));
        Assert.Empty(OutputAnswer.Observed(ScalarKind.Int32, Samples(63, 3), [1, 9]));
        Assert.Equal(16, OutputAnswer.Observed(ScalarKind.Int32, Samples(1000, 16), []).Length);
        Assert.Empty(OutputAnswer.Observed(ScalarKind.Int32, Samples(1000, 17), []));
        Assert.Empty(OutputAnswer.Observed(ScalarKind.Int32, Samples(1000, 1), []));
        Assert.Empty(OutputAnswer.Observed(ScalarKind.Double, Samples(1000, 2), []));
        Assert.Empty(OutputAnswer.Observed(ScalarKind.Bool, Samples(1000, 2), [])); // Its type says it.
    }
}
