// Wider ranges change what a surrogate is for, not what it computes.

using System.Collections.Immutable;
using Nsc.Core.Programs;
using Nsc.Core.Surrogates;
using Nsc.Engine.FineTuning;
using Nsc.Tests.Core.Surrogates;

namespace Nsc.Tests.Engine.FineTuning;

public class RangeExtensionTests
{
    [Fact]
    public void A_surrogate_over_wider_ranges_computes_the_same()
    {
        Surrogate before = SampleSurrogates.WithAnswers();
        double[] rows = [5, 0, 0.5, 1, 20000, 9], inside = [5, 0, 300, 1];
        (Surrogate after, string? obstacle) = RangeExtension.Over(before, rows);
        Assert.Null(obstacle);
        Assert.Equal([(0.5, 20000), (before.Signature.Inputs[1].Range.Low, 9)], after.Signature.Inputs.Select(i => (i.Range.Low, i.Range.High)));
        Assert.True(after.Signature.Inputs[0].Range.IsLogarithmic);
        Assert.All(new SurrogateEvaluator(before).Evaluate(inside).Zip(new SurrogateEvaluator(after).Evaluate(inside)), p => Assert.Equal(p.First, p.Second, 1e-4 * Math.Abs(p.First)));
    }

    [Fact]
    public void Rows_inside_change_nothing()
    {
        Surrogate before = SampleSurrogates.Create(new Topology(2, [4], 1));
        (Surrogate after, _) = RangeExtension.Over(before, [0, 0, 1, 1]);
        Assert.Equal(before.Signature.Inputs, after.Signature.Inputs);
        Assert.Equal(before.Layers[0].Weight, after.Layers[0].Weight);
        Assert.Equal(before.Layers[0].Bias, after.Layers[0].Bias);
    }

    [Fact]
    public void A_logarithmic_range_does_not_reach_to_nothing()
    {
        Surrogate surrogate = SampleSurrogates.WithAnswers();
        (Surrogate same, string? obstacle) = RangeExtension.Over(surrogate, [-1, 0]);
        Assert.Same(surrogate, same);
        Assert.Contains("cannot be widened", obstacle!, StringComparison.Ordinal);
    }
}
