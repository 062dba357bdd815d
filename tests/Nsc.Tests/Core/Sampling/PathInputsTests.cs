using Nsc.Core.Dataflow;
using Nsc.Core.Dataflow.Paths;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Tests.FrontEnd.Lowering;

namespace Nsc.Tests.Core.Sampling;

public class PathInputsTests
{
    // One input in a hundred takes the second path.
    private const string Rare = "#include <math.h>\n#pragma nsc inputs(0, 1)\ndouble f(double x, float y) { if (x > 0.99) return exp(y); return x * y; }";

    [Theory]
    [InlineData(PathShare.SquareRoot, 0.0913)] // 0.1 / (0.1 + sqrt(0.99))
    [InlineData(PathShare.Equal, 0.5)]
    public void Every_beginning_has_each_path_in_its_share(PathShare share, double rare)
    {
        CProgram program = LlvmTest.Load(Rare);
        double[] rows = new PathInputs(program.Signature, LlvmTest.Build(Rare), 256, share, new SplitMix64(1)).Next(256);
        bool[] isRare = [.. Enumerable.Range(0, 256).Select(i => rows[2 * i] > 0.99)];
        foreach (int count in (int[])[32, 100, 256])
        {
            Assert.InRange(isRare.Take(count).Count(r => r), (0.9 * rare * count) - 1, (1.1 * rare * count) + 1);
        }

        Assert.All(rows, v => Assert.InRange(v, 0, 1));
        Assert.All(Enumerable.Range(0, 256), i => Assert.Equal((float)rows[(2 * i) + 1], rows[(2 * i) + 1]));
    }

    [Fact]
    public void No_candidate_is_given_twice_and_they_never_end()
    {
        CProgram program = LlvmTest.Load(Rare);
        var inputs = new PathInputs(program.Signature, LlvmTest.Build(Rare), 8, PathShare.Equal, new SplitMix64(2));
        double[] rows = [.. inputs.Next(10), .. inputs.Next(inputs.Candidates), .. inputs.Next(100)];
        Assert.Equal(inputs.Candidates + 110, Enumerable.Range(0, rows.Length / 2).Select(i => (rows[2 * i], rows[(2 * i) + 1])).Distinct().Count());
        Assert.Equal(2, inputs.Paths.Length);
    }

    [Fact]
    public void The_same_seed_gives_the_same_inputs()
    {
        CProgram program = LlvmTest.Load(Rare);
        double[] Draw() => new PathInputs(program.Signature, LlvmTest.Build(Rare), 64, PathShare.SquareRoot, new SplitMix64(5)).Next(64);
        Assert.Equal(Draw(), Draw());
    }

    [Fact]
    public void Paths_beyond_the_most_frequent_ones_share_one_group()
    {
        const string Source = "double sin(double);\n#pragma nsc input(n, 0, 40)\ndouble f(int n, double x) { double s = x; for (int i = 0; i < n; i++) s = sin(s + i); return s; }";
        var inputs = new PathInputs(LlvmTest.Load(Source).Signature, LlvmTest.Build(Source), 410, PathShare.Equal, new SplitMix64(1));
        double[] rows = inputs.Next(410);
        Assert.Equal(41, inputs.Paths.Length);
        Assert.Equal(15, PathInputs.GroupOf(40));

        // A group of its own has 410 / 16 rows; the 26 others have as many together.
        int[] counts = [.. Enumerable.Range(0, 41).Select(n => Enumerable.Range(0, 410).Count(i => rows[2 * i] == n)).OrderDescending()];
        Assert.InRange(counts[0], 25, 27);
        Assert.InRange(counts[14], 25, 27);
        Assert.InRange(counts.Skip(15).Sum(), 24, 28);
    }

    [Fact]
    public void The_paths_errors_weighted_by_their_probabilities_add_up_to_the_whole_one()
    {
        CProgram program = LlvmTest.Load(Rare);
        DataflowGraph graph = LlvmTest.Build(Rare);
        double[] x = InputSampler.Draw(program.Signature, 4000, new SplitMix64(3)), y = new GraphEvaluator(graph).EvaluateOutputs(x, 4000);
        var samples = new SampleSet(2, 1, x, y);
        double[] predicted = [.. y.Select((v, i) => v + (x[2 * i] > 0.99 ? 0.5 : 0.01))];
        PathTable table = new PathClassifier(graph).Classify(x);
        var errors = PathError.Measure(table.Paths, samples, [.. table.PathOf.Select(p => table.Paths[p].Key)], predicted, [ErrorMetrics.Scale(samples, 0)]);
        Assert.Equal(1, errors.Sum(e => e.Probability), 12);
        Assert.Equal(ErrorMetrics.Measure(samples, predicted).Nmse, errors.Sum(e => e.Probability * e.Nmse!.Value), 10);
        Assert.Equal(0.01, errors[0].MaxAbs!.Value, 10);
        Assert.Equal(0.5, errors[1].MaxAbs!.Value, 10);
        Assert.Equal(4000, errors.Sum(e => e.Samples));
    }

    [Fact]
    public void A_path_without_samples_has_no_error()
    {
        DataflowGraph graph = LlvmTest.Build(Rare);
        PathTable table = new PathClassifier(graph).Classify([0.5, 0.5, 0.995, 0.5]);
        var samples = new SampleSet(2, 1, [0.5, 0.5], [0.25]);
        var errors = PathError.Measure(table.Paths, samples, [table.Paths[0].Key], [0.25], [1]);
        Assert.Equal((0.5, 1, 0.0), (errors[0].Probability, errors[0].Samples, errors[0].Nmse!.Value));
        Assert.Equal((0.5, 0), (errors[1].Probability, errors[1].Samples));
        Assert.Null(errors[1].Nmse);
    }
}
