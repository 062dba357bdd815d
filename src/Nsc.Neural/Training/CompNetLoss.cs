// What CompNet is trained to make small.

using Nsc.Neural.CompNets;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Nsc.Neural.Training;

public static class CompNetLoss
{
    /// <summary>The weight of the predicted mean and deviation against the shape of the function.</summary>
    private const double MomentWeight = 0.1;

    /// <summary>
    /// The loss of a batch, a scalar, and each value's NMSE (V). The logarithm keeps good surrogates improving, the clamp
    /// keeps hopeless ones from drowning them.
    /// </summary>
    public static (Tensor Loss, Tensor Nmse) Compute(CompNet net, SupervisedBatch batch)
    {
        Tensor states = net.States(batch.Batch).index_select(0, batch.Rows);
        Emission emission = net.Emit(states);
        Tensor predicted = EmittedNets.Forward(emission.Weights, batch.Inputs.index_select(0, batch.Programs), net.Options);
        Tensor nmse = (predicted - batch.Targets).square().mean([1]);
        Tensor shape = nmse.clamp(max: 4) + (0.3 * (nmse + 1e-3).log());
        Tensor moments = functional.smooth_l1_loss(emission.Location, batch.Location, Reduction.None)
            + functional.smooth_l1_loss(emission.Scale, batch.Scale, Reduction.None);
        return (((shape + (MomentWeight * moments)) * batch.Weights).sum(), nmse);
    }
}
