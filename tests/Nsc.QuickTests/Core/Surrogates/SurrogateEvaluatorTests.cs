// The fast evaluator against one written for reading only.

using Nsc.Core.Surrogates;

namespace Nsc.Tests.Core.Surrogates;

public class SurrogateEvaluatorTests
{
    [Theory]
    [InlineData(1, new int[0], 1, 1)]
    [InlineData(1, new[] { 1 }, 1, 127)]
    [InlineData(9, new[] { 16, 16 }, 1, 1000)]
    [InlineData(16, new[] { 32, 32 }, 3, 129)]
    [InlineData(5, new[] { 7, 33, 2 }, 2, 257)]
    [InlineData(2, new[] { 8 }, 2, 0)]
    public void It_agrees_with_the_textbook_loop(int inputs, int[] hidden, int outputs, int samples)
    {
        Surrogate surrogate = SampleSurrogates.Create(new Topology(inputs, [.. hidden], outputs), seed: samples);
        var random = new Random(5);
        double[] x = [.. Enumerable.Range(0, samples * inputs).Select(_ => (random.NextDouble() * 6) - 3)];
        var y = new double[samples * outputs];

        new SurrogateEvaluator(surrogate).Evaluate(x, y);

        for (int s = 0; s < samples; s++)
        {
            for (int k = 0; k < outputs; k++)
            {
                Assert.Equal(Reference(surrogate, x.AsSpan(s * inputs, inputs), k), y[(s * outputs) + k], tolerance: 1e-12);
            }
        }
    }

    [Fact]
    public void A_sample_gives_the_same_result_whatever_batch_it_is_in()
    {
        Surrogate surrogate = SampleSurrogates.Create(new Topology(4, [16, 16], 2));
        var random = new Random(6);
        double[] x = [.. Enumerable.Range(0, 4 * 300).Select(_ => random.NextDouble())];
        var together = new double[2 * 300];
        var alone = new double[2];
        var evaluator = new SurrogateEvaluator(surrogate);
        evaluator.Evaluate(x, together);

        for (int s = 0; s < 300; s++)
        {
            evaluator.Evaluate(x.AsSpan(4 * s, 4), alone);
            Assert.Equal(together.AsSpan(2 * s, 2).ToArray().Select(v => v), alone, (a, b) => Math.Abs(a - b) < 1e-12);
        }
    }

    [Fact]
    public void Tables_of_the_wrong_size_are_refused()
    {
        var evaluator = new SurrogateEvaluator(SampleSurrogates.Create(new Topology(3, [4], 2)));

        Assert.Throws<ArgumentException>(() => evaluator.Evaluate(new double[4], new double[2]));
        Assert.Throws<ArgumentException>(() => evaluator.Evaluate(new double[6], new double[2]));
        Assert.Equal((4, 0), (evaluator.Evaluate(new double[6]).Length, evaluator.Evaluate([]).Length));
    }

    private static double Reference(Surrogate surrogate, ReadOnlySpan<double> x, int k)
    {
        var values = new double[x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            values[i] = (x[i] - surrogate.Signature.Inputs[i].Range.Middle) / surrogate.Signature.Inputs[i].Range.HalfWidth;
        }

        for (int l = 0; l < surrogate.Topology.LayerCount; l++)
        {
            int rows = surrogate.Topology.Rows(l);
            int columns = surrogate.Topology.Columns(l);
            var next = new double[rows];
            for (int r = 0; r < rows; r++)
            {
                next[r] = surrogate.Layers[l].Bias[(k * rows) + r];
                for (int c = 0; c < columns; c++)
                {
                    next[r] += surrogate.Layers[l].Weight[(((k * rows) + r) * columns) + c] * values[c];
                }

                next[r] = l + 1 < surrogate.Topology.LayerCount ? Math.Tanh(next[r]) : next[r];
            }

            values = next;
        }

        return surrogate.OutputMean[k] + (surrogate.OutputDeviation[k] * values[0]);
    }
}
