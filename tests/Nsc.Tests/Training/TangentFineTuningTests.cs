using Nsc.Engine;
using Nsc.Training;
using Nsc.Training.HyperNetworks;
using Nsc.Training.Objectives;
using TorchSharp;
using static TorchSharp.torch;

namespace Nsc.Tests.Training;

/// <summary>What fine-tuning will make of a net is foretold by the net's own Jacobian.</summary>
[Collection(nameof(TorchCollection))]
public class TangentFineTuningTests
{
    private const int Samples = 16, Trained = 12;
    private static readonly NetShape s_shape = new(3, [5, 5]);

    [Fact]
    public void The_error_is_that_of_ridge_regression_on_the_jacobian()
    {
        using var scope = NewDisposeScope();
        (Tensor weights, Tensor inputs, Tensor targets) = Nets(2);
        float[] foretold = Foretold(weights, inputs, targets).data<float>().ToArray();
        for (int v = 0; v < foretold.Length; v++)
        {
            (Tensor w, Tensor x, Tensor y) = (weights.narrow(0, v, 1), inputs.narrow(0, v, 1), targets[v]);
            Tensor jacobian = Jacobian(w, x), errors = y.Minus(EmittedNets.Forward(w, x, s_shape)[0]);
            Tensor trained = jacobian.narrow(0, 0, Trained), kernel = trained.mm(trained.t());
            Tensor step = trained.t().mm(linalg.solve(kernel.Plus(eye(Trained) * kernel.diagonal().mean().Times(1e-2)), errors.narrow(0, 0, Trained).unsqueeze(1)));
            Tensor left = errors.Minus(jacobian.mm(step).squeeze(1)).narrow(0, Trained, Samples - Trained);
            Assert.Equal(left.Squared().mean().item<float>(), foretold[v], 1e-3 * foretold[v]);
        }
    }

    [Fact]
    public void Descending_its_gradient_makes_nets_that_samples_improve()
    {
        using var scope = NewDisposeScope();
        (Tensor weights, Tensor inputs, Tensor targets) = Nets(8);
        double before = Foretold(weights, inputs, targets).mean().item<float>(), after = before;
        for (int step = 0; step < 20; step++)
        {
            weights = weights.detach().requires_grad_();
            Tensor error = Foretold(weights, inputs, targets).mean();
            after = error.item<float>();
            weights = weights.Minus(autograd.grad([error], [weights])[0].Within(-1, 1).Times(0.1));
        }

        Assert.InRange(after, 0, 0.9 * before);
    }

    private static Tensor Foretold(Tensor weights, Tensor inputs, Tensor targets) =>
        TangentFineTuning.Nmse(EmittedNets.Run(weights, inputs, s_shape), inputs, targets);

    private static (Tensor Weights, Tensor Inputs, Tensor Targets) Nets(int count)
    {
        Tensor inputs = SeededDraws.From(1, () => rand([count, Samples, 3])).Times(2).Plus(-1);
        return (SeededDraws.From(2, () => EmittedNets.RandomWeights(count, s_shape)), inputs, (inputs.select(2, 0) * inputs.select(2, 1)).Times(3).sin());
    }

    // (S, WeightCount), a row at a time.
    private static Tensor Jacobian(Tensor weights, Tensor inputs)
    {
        Tensor free = weights.detach().requires_grad_();
        Tensor outputs = EmittedNets.Forward(free, inputs, s_shape)[0];
        return stack([.. Enumerable.Range(0, Samples).Select(s => autograd.grad([outputs[s]], [free], retain_graph: true)[0].view(-1))]);
    }
}
