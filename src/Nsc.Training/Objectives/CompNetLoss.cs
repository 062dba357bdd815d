// The training loss of a hypernetwork.

using Nsc.Engine.Emission;
using Nsc.Training.HyperNetworks;
using Nsc.Training.Supervision;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Nsc.Training.Objectives;

public static class CompNetLoss
{
    private const double MomentWeight = 0.1;
    private const double RawWeight = 0.15;
    private const double FarOff = 5;

    // Errors beyond the one count alike; errors below the other gain little by being smaller still.
    private const double Hopeless = 4, NearlyPerfect = 1e-4;

    /// <summary>
    /// The loss of a batch, a scalar, and each value's NMSE (V). Four terms: the shape of the function in standardised
    /// units (the logarithm keeps good surrogates improving, the clamp keeps hopeless ones from drowning them), the same of what
    /// <see cref="TangentFineTuning"/> will make of it, its predicted mean and deviation, and the error in the value's own units, which
    /// weighs those two by what they cost.
    /// </summary>
    public static (Tensor Loss, Tensor Nmse, Tensor RawNmse) Compute(Emission emission, SupervisedBatch batch, CompNetOptions shape, TrainingOptions options)
    {
        Tensor inputs = batch.Inputs.index_select(0, batch.Programs);
        NetPass pass = EmittedNets.Run(emission.Weights, inputs, shape.Nets);
        Tensor nmse = pass.Outputs.Minus(batch.Targets).Squared().mean([1]);
        Tensor form = nmse.Within(0, Hopeless).Plus(nmse.Plus(1e-3).log().Times(options.LogWeight));
        Tensor moments = functional.smooth_l1_loss(emission.Offset, batch.Offset.Within(-FarOff, FarOff), Reduction.None)
            .Plus(functional.smooth_l1_loss(emission.Stretch, batch.Stretch.Within(-FarOff, FarOff), Reduction.None));
        Tensor raw = RawNmse(emission, pass.Outputs, batch);
        if (options.FineTunedWeight > 0)
        {
            Tensor tuned = TangentFineTuning.Nmse(pass, inputs, batch.Targets);
            form = form.Plus(tuned.Within(0, Hopeless).Plus(tuned.Plus(NearlyPerfect).log().Times(options.LogWeight)).Times(options.FineTunedWeight));
        }

        Tensor perValue = form.Plus(moments.Times(MomentWeight)).Plus(raw.Plus(1e-3).log().Times(RawWeight));
        return ((perValue * batch.Weights).sum(), nmse, raw);
    }

    // The NMSE with the predicted mean and deviation (V).
    private static Tensor RawNmse(Emission emission, Tensor predicted, SupervisedBatch batch)
    {
        Tensor shift = emission.Offset.Minus(batch.Offset) * batch.Stretch.neg().exp();
        Tensor stretch = emission.Stretch.Minus(batch.Stretch).Within(-10, 10).exp();
        Tensor error = shift.unsqueeze(1).Plus(stretch.unsqueeze(1) * predicted).Minus(batch.Targets);
        return error.Squared().mean([1]).Within(0, 1e8);
    }
}
