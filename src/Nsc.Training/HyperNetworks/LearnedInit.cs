// Two baselines that do not read the program: one initialisation for all.

using Nsc.Engine.Emission;
using Nsc.Training.Supervision;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Nsc.Training.HyperNetworks;

/// <summary>The one initialisation with the least mean loss over the training programs, before any step of fine-tuning.</summary>
public class LearnedInit : HyperNetwork
{
    private readonly Parameter _net;
    private readonly Parameter _moments = Parameter(zeros(2));

    public LearnedInit(CompNetOptions options)
        : this(nameof(LearnedInit), options)
    {
    }

    protected LearnedInit(string name, CompNetOptions options)
        : base(name, options)
    {
        _net = Parameter(EmittedNets.RandomWeights(1, options.Nets).squeeze(0));
        RegisterComponents();
    }

    public override Emission Emit(EmissionRequest request)
    {
        int values = request.Values.Count;
        return new Emission(_net.expand(values, -1), _moments[0].expand(values), _moments[1].expand(values));
    }
}

/// <summary>
/// The one initialisation with the least mean loss after some steps on a few samples of the program at hand (Finn et al.,
/// 2017), in the first-order form: the gradient at the end of the inner steps is taken for the gradient at their start.
/// </summary>
public sealed class MamlInit(CompNetOptions options) : LearnedInit(nameof(MamlInit), options)
{
    private const int InnerSteps = 8;
    private const double InnerRate = 0.1;
    private const int InnerSamples = 16;

    public override Emission EmitForTraining(SupervisedBatch batch)
    {
        Emission start = Emit(batch.Request);
        Tensor inputs = batch.Inputs.narrow(1, 0, InnerSamples).index_select(0, batch.Programs), targets = batch.Targets.narrow(1, 0, InnerSamples);
        Tensor adapted = start.Weights.detach().clone();
        for (int step = 0; step < InnerSteps; step++)
        {
            adapted = adapted.detach().requires_grad_();
            Tensor error = EmittedNets.Forward(adapted, inputs, Options.Nets).Minus(targets).Squared().mean([1]).sum();
            adapted = adapted.Minus(autograd.grad([error], [adapted])[0].Within(-1, 1).Times(InnerRate));
        }

        return start with { Weights = start.Weights.Plus(adapted.Minus(start.Weights).detach()) };
    }
}
