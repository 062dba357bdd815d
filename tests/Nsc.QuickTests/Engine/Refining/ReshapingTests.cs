// A surrogate of another size: larger ones say the same to the last bit, smaller ones nearly so, and all of them can be fine-tuned.

using System.Collections.Immutable;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;
using Nsc.Engine.Refining;
using Nsc.Engine;
using Nsc.Engine.Emission;
using Nsc.Engine.FineTuning;
using Nsc.Engine.Trainers;
using Nsc.Tests.Core.Surrogates;

namespace Nsc.Tests.Engine.Refining;

public class ReshapingTests
{
    private static readonly double[] s_points = InputSampler.Draw(Start().Signature, 200, new SplitMix64(1));

    [Theory]
    [InlineData(8, 8)]
    [InlineData(9, 12)]
    [InlineData(64, 64)]
    public void A_wider_net_says_the_same(int first, int second)
    {
        Surrogate wide = Reshaping.To(Start(), [first, second], seed: 1);
        Assert.Equal([first, second], wide.Topology.Hidden);
        Assert.Null(SurrogateFile.Objection(wide));
        double[] before = new SurrogateEvaluator(Start()).Evaluate(s_points), after = new SurrogateEvaluator(wide).Evaluate(s_points);
        Assert.All(before.Zip(after), p => Assert.Equal(p.First, p.Second, 1e-5));
    }

    [Theory]
    [InlineData(new[] { 4 })]
    [InlineData(new[] { 5, 3 })]
    [InlineData(new[] { 4, 4, 4 })]
    public void A_smaller_or_deeper_net_learns_what_the_larger_one_says(int[] hidden)
    {
        Surrogate other = Reshaping.To(Start(), [.. hidden], seed: 1);
        Assert.Equal(hidden, other.Topology.Hidden);
        var truth = new SampleSet(3, 2, s_points, new SurrogateEvaluator(Start()).Evaluate(s_points));
        Assert.InRange(ErrorMetrics.Measure(truth, new SurrogateEvaluator(other).Evaluate(s_points)).Nmse, 0, 0.05);
    }

    [Theory]
    [InlineData(new[] { 6 })]
    [InlineData(new[] { 7, 3 })]
    [InlineData(new[] { 5, 4, 6 })]
    public void Nets_of_any_hidden_layers_are_fine_tuned(int[] hidden)
    {
        Surrogate start = Reshaping.To(Start(), [.. hidden], seed: 1);
        SampleSet samples = Draw(300, 2), test = Draw(500, 3);
        var options = new FineTuneOptions(Steps: 80, Optimizer: Optimizer.Lm);
        Assert.Null(SurrogateFineTuner.Objection(start, samples));
        Assert.Contains("--optimizer lm", SurrogateFineTuner.Objection(start, samples, Optimizer.Adam), StringComparison.Ordinal);
        Surrogate tuned = SurrogateFineTuner.Run(start, samples, options, null, TestContext.Current.CancellationToken).Surrogate;
        Assert.InRange(ErrorMetrics.Measure(test, new SurrogateEvaluator(tuned).Evaluate(test.X)).Nmse, 0, 0.02);
    }

    [Fact]
    public void A_large_net_learns_from_many_rows_by_batches()
    {
        SampleSet samples = Draw(4000, 4), test = Draw(1000, 5);
        Surrogate start = SurrogateEmitter.Random(new NetShape(3, [32, 32]), Start().Program, 1, "1.0.0");
        var options = new FineTuneOptions(Steps: 12, Optimizer: Optimizer.Lm);
        Surrogate tuned = SurrogateFineTuner.Run(start, samples, options, null, TestContext.Current.CancellationToken).Surrogate;
        Assert.InRange(ErrorMetrics.Measure(test, new SurrogateEvaluator(tuned).Evaluate(test.X)).Nmse, 0, 1e-3);
        Assert.Equal(tuned.Layers[1].Weight, SurrogateFineTuner.Run(start, samples, options, null, TestContext.Current.CancellationToken).Surrogate.Layers[1].Weight);
    }

    private static Surrogate Start() => SampleSurrogates.Create(new Topology(3, [8, 8], 2), seed: 1);

    private static SampleSet Draw(int rows, int seed)
    {
        ProgramSignature signature = Start().Signature;
        double[] x = InputSampler.Draw(signature, rows, new SplitMix64((ulong)seed));
        return new SampleSet(3, 2, x, [.. Enumerable.Range(0, rows).SelectMany(row =>
        {
            double[] unit = [.. signature.Inputs.Select((input, i) => input.Range.Unit(x[(row * 3) + i]))];
            return new[] { Math.Sin(unit[0] + unit[1]), unit[0] * unit[2] };
        })]);
    }
}
