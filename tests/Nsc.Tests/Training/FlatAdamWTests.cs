using Nsc.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Nsc.Tests.Training;

[Collection(nameof(TorchCollection))]
public class FlatAdamWTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(0.01)]
    public void It_takes_the_steps_that_the_librarys_own_takes(double weightDecay)
    {
        const int Size = 37, Steps = 50;
        using Tensor start = SeededDraws.From(4, () => randn(Size)), gradients = SeededDraws.From(5, () => randn(Steps, Size));
        using var expected = new Parameter(start.clone());
        using Tensor weights = expected.detach().clone();
        using var library = optim.AdamW([expected], 0.02, weight_decay: weightDecay);
        using var own = new FlatAdamW(weights, weightDecay);
        for (int step = 0; step < Steps; step++)
        {
            using var scope = NewDisposeScope();
            Tensor gradient = gradients[step];
            expected.grad = gradient.clone();
            library.step();
            own.Step(gradient, 0.02);
        }

        Assert.All(expected.data<float>().ToArray().Zip(weights.data<float>().ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
    }
}
