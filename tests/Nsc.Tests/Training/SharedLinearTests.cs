using Nsc.Training;
using Nsc.Training.HyperNetworks;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace Nsc.Tests.Training;

[Collection(nameof(TorchCollection))]
public class SharedLinearTests
{
    [Fact]
    public void The_gradients_formed_at_once_are_those_that_autograd_adds_up_piece_by_piece()
    {
        using var scope = NewDisposeScope();
        using var shared = SeededDraws.From(1, () => new SharedLinear(3, 2));
        Parameter[] parameters = [.. shared.parameters()];
        (Tensor a, Tensor b) = SeededDraws.From(2, () => (rand(4, 3, requires_grad: true), rand(1, 3, requires_grad: true)));

        shared.Begin([4, 1]);
        Loss(shared.Apply(a), shared.Apply(b)).backward();
        shared.AccumulateGradients();
        float[][] deferred = [.. parameters.Select(p => Read(p.grad!)), Read(a.grad!), Read(b.grad!)];

        Tensor weight = parameters[0].detach().clone().requires_grad_(true), bias = parameters[1].detach().clone().requires_grad_(true);
        Tensor a2 = a.detach().clone().requires_grad_(true), b2 = b.detach().clone().requires_grad_(true);
        Loss(nn.functional.linear(a2, weight, bias), nn.functional.linear(b2, weight, bias)).backward();
        Tensor[] expected = [weight.grad!, bias.grad!, a2.grad!, b2.grad!];
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.All(Read(expected[i]).Zip(deferred[i]), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        }

        static Tensor Loss(Tensor x, Tensor y) => x.sin().sum() + (y * y).sum();
        static float[] Read(Tensor t) => t.data<float>().ToArray();
    }
}
