// Inputs and errors by path, on programs that are formulas.

using Nsc.Core.Dataflow;
using Nsc.Core.Dataflow.Paths;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;

namespace Nsc.Tests.Core.Sampling;

public class PathsOfFormulasTests
{
    // One input in a hundred takes the second path.
    private static readonly DataflowGraph s_rare = Term.Graphed(2, x => [x[0].Below(0.99, x[0] * x[1], x[1].Of(Opcode.Exp))]);
    private static readonly ProgramSignature s_signature = Signature(2);

    [Theory]
    [InlineData(PathShare.SquareRoot, 0.0913)] // 0.1 / (0.1 + sqrt(0.99))
    [InlineData(PathShare.Equal, 0.5)]
    public void Every_beginning_has_each_path_in_its_share(PathShare share, double rare)
    {
        double[] rows = new PathInputs(s_signature, s_rare, 256, share, new SplitMix64(1)).Next(256);
        bool[] isRare = [.. Enumerable.Range(0, 256).Select(i => rows[2 * i] >= 0.99)];
        foreach (int count in (int[])[32, 100, 256])
        {
            Assert.InRange(isRare.Take(count).Count(r => r), (0.9 * rare * count) - 1, (1.1 * rare * count) + 1);
        }
    }

    [Theory]
    [InlineData(1, 1 << 14)]
    [InlineData(300, 300 * 64)]
    [InlineData(100_000, 1 << 18)]
    public void Candidates_are_some_dozen_for_each_row_that_is_asked_for(int count, int candidates)
    {
        var inputs = new PathInputs(s_signature, s_rare, count, PathShare.Equal, new SplitMix64(2));
        Assert.Equal(candidates, inputs.Candidates);
        Assert.Equal(candidates, inputs.Paths.Sum(p => p.Count));
        Assert.Equal(2, inputs.Paths.Length);
    }

    [Fact]
    public void No_candidate_is_given_twice_and_they_never_end()
    {
        var inputs = new PathInputs(s_signature, s_rare, 8, PathShare.Equal, new SplitMix64(2));
        double[] rows = [.. inputs.Next(10), .. inputs.Next(inputs.Candidates), .. inputs.Next(100)];
        Assert.Equal(inputs.Candidates + 110, rows.Chunk(2).Select(r => (r[0], r[1])).Distinct().Count());
        Assert.All(rows, v => Assert.InRange(v, 0, 1));
    }

    [Fact]
    public void Paths_beyond_the_most_frequent_ones_share_one_group()
    {
        // Twenty paths: x below 1/20, below 2/20, and so on.
        DataflowGraph stairs = Term.Graphed(1, x => [Enumerable.Range(1, 19).Reverse().Aggregate(
            x[0].Of(Opcode.Sin), (rest, i) => x[0].Below(i / 20.0, x[0] + i, rest))]);
        var inputs = new PathInputs(Signature(1), stairs, 320, PathShare.Equal, new SplitMix64(1));
        double[] rows = inputs.Next(320);
        Assert.Equal(20, inputs.Paths.Length);
        Assert.Equal([0, 14, 15, 15, 15], ((int[])[0, 14, 15, 16, 19]).Select(PathInputs.GroupOf));
        int[] counts = [.. rows.CountBy(v => (int)(20 * v)).Select(c => c.Value).OrderDescending()];
        Assert.All(counts[..15], c => Assert.InRange(c, 19, 21)); // 320 / 16
        Assert.InRange(counts[15..].Sum(), 19, 21);
    }

    [Fact]
    public void The_paths_errors_weighted_by_their_probabilities_add_up_to_the_whole_one()
    {
        double[] x = InputSampler.Draw(s_signature, 4000, new SplitMix64(3)), y = new GraphEvaluator(s_rare).EvaluateOutputs(x, 4000);
        var samples = new SampleSet(2, 1, x, y);
        double[] predicted = [.. y.Select((v, i) => v + (x[2 * i] >= 0.99 ? 0.5 : 0.01))];
        PathTable table = new PathClassifier(s_rare).Classify(x);
        var errors = PathError.Measure(table.Paths, samples, [.. table.PathOf.Select(p => table.Paths[p].Key)], predicted, [ErrorMetrics.Scale(samples, 0)]);
        Assert.Equal(1, errors.Sum(e => e.Probability), 12);
        Assert.Equal(ErrorMetrics.Measure(samples, predicted).Nmse, errors.Sum(e => e.Probability * e.Nmse!.Value), 10);
        Assert.Equal((0.01, 0.5), (Math.Round(errors[0].MaxAbs!.Value, 10), Math.Round(errors[1].MaxAbs!.Value, 10)));
        Assert.Equal(table.Paths, errors.Select(e => e.Path!));
    }

    [Fact]
    public void Errors_are_of_all_outputs_in_their_deviations_and_what_is_no_number_is_infinitely_wrong()
    {
        ExecutionPath one = new(1, [true], 30), other = new(2, [false], 10);
        var samples = new SampleSet(1, 2, [0, 1, 2, 3], [0, 0, 0, 0, 0, 0, 0, 0]);
        var errors = PathError.Measure([one, other], samples, [1, 1, 2, 1], [1, 8, 3, 0, double.NaN, 0, 0, 0], [1, 4]);
        Assert.Equal((one, 1, 0.75, 3), (errors[0].Path, errors[0].Paths, errors[0].Probability, errors[0].Samples));
        Assert.Equal(((1 + 4 + 9) / 2.0 / 3, 8), (errors[0].Nmse!.Value, errors[0].MaxAbs!.Value)); // (1 + (8/4)^2 + 3^2) / 2 outputs / 3 rows
        Assert.Equal((double.PositiveInfinity, double.PositiveInfinity), (errors[1].Nmse!.Value, errors[1].MaxAbs!.Value));
    }

    [Fact]
    public void Rare_paths_and_unknown_ones_are_one_row_and_a_path_without_samples_has_no_error()
    {
        ExecutionPath[] paths = [.. Enumerable.Range(0, 18).Select(i => new ExecutionPath((ulong)i, [], 20 - i))];
        var samples = new SampleSet(1, 1, [0, 1, 2], [0, 0, 0]);
        var errors = PathError.Measure([.. paths], samples, [16, 17, 999], [1, 2, 3], [1]);
        Assert.Equal(16, errors.Length);
        Assert.Equal((null, 3, 3), (errors[15].Path, errors[15].Paths, errors[15].Samples));
        Assert.Equal((5 + 4 + 3) / (double)paths.Sum(p => p.Count), errors[15].Probability, 1e-12);
        Assert.Equal(14.0 / 3, errors[15].Nmse!.Value, 1e-12);
        Assert.Equal((0, null, null), (errors[0].Samples, errors[0].Nmse, errors[0].MaxAbs));
    }

    private static ProgramSignature Signature(int inputs) => new(
        "f", "double f(...)", [.. Enumerable.Range(0, inputs).Select(i => new InputVariable($"x{i}", ScalarKind.Double, new Interval(0, 1)))],
        [new OutputVariable("return", ScalarKind.Double)]);
}
