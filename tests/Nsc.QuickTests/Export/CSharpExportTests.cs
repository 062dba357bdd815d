// What a C# export answers is computed here as the written class does it; a bound on its error is measured on that.

using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;
using Nsc.Export;
using Nsc.Tests.Core.Surrogates;

namespace Nsc.Tests.Export;

public class CSharpExportTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 2)]
    public void It_answers_as_the_surrogate_does(int inputs, int outputs)
    {
        Surrogate surrogate = SampleSurrogates.Create(new Topology(inputs, [7, 4], outputs), seed: 2);
        double[] x = InputSampler.Draw(surrogate.Signature, 40, new SplitMix64(1)), y = new SurrogateEvaluator(surrogate).Evaluate(x);
        double[] precise = CSharpExport.Evaluate(surrogate, x, Precision.Double), single = CSharpExport.Evaluate(surrogate, x, Precision.Single);
        Assert.Equal(y.Length, precise.Length);
        Assert.All(y.Zip(precise), p => Assert.Equal(p.First, p.Second, 1e-10));
        Assert.All(y.Zip(single), p => Assert.Equal(p.First, p.Second, 2e-5));
        Assert.NotEqual(precise, single);
    }

    [Fact]
    public void A_straight_line_is_scaled_exactly()
    {
        // u = (x - 30) / 20 of [10, 50]; y = -7 + 3 * (2 u + 0.5).
        Surrogate line = SampleSurrogates.Linear([-7], [3], 2);
        line = line with
        {
            Program = line.Program with { Signature = line.Signature with { Inputs = [line.Signature.Inputs[0] with { Range = new Interval(10, 50) }] } },
            Layers = [new Layer([2], [0.5f])],
        };
        Assert.Equal([-11.5, -5.5, 0.5], Exporters.Of("csharp").Evaluate(line, [10, 30, 50], Precision.Single)!);
        Assert.Equal([-11.5, -5.5, 0.5], Exporters.Of("onnx").Evaluate(line, [10, 30, 50], Precision.Double)!);
    }
}
