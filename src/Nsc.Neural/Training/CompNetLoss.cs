// What CompNet is trained to make small.

using Nsc.Neural.CompNets;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Nsc.Neural.Training;

public static class CompNetLoss
{
    private const double MomentWeight = 0.1;
    private const double RawWeight = 0.15;

    /// <summary>
    /// The loss of a batch, a scalar, and each value's NMSE (V). Three terms: the shape of the function in standardised
    /// units (the logarithm keeps good surrogates improving, the clamp keeps hopeless ones from drowning them), its
    /// predicted mean and deviation, and the error in the value's own units, which weighs those two by what they cost.
    /// </summary>
    public static (Tensor Loss, Tensor Nmse, Tensor RawNmse) Compute(CompNet net, SupervisedBatch batch)
    {
        Tensor states = net.States(batch.Batch).index_select(0, batch.Rows);
        Emission emission = net.Emit(states);
        Tensor predicted = EmittedNets.Forward(emission.Weights, batch.Inputs.index_select(0, batch.Programs), net.Options);
        Tensor nmse = (predicted - batch.Targets).square().mean([1]);
        Tensor shape = nmse.clamp(max: 4) + (0.3 * (nmse + 1e-3).log());
        Tensor moments = functional.smooth_l1_loss(emission.Location, batch.Location, Reduction.None)
            + functional.smooth_l1_loss(emission.Scale, batch.Scale, Reduction.None);
        (Tensor raw, Tensor offset) = RawError(emission, predicted, batch);
        Tensor rawTerm = (raw + 1e-2 + (1e-3 * offset)).log();
        Tensor perValue = shape + (MomentWeight * moments) + (RawWeight * rawTerm);
        return ((perValue * batch.Weights).sum(), nmse, raw);
    }

    // The NMSE with the predicted mean and deviation (V), and the square of the mean in deviations (V): a mean far from 0
    // cannot be predicted to a fraction of the deviation, and should not be asked to.
    private static (Tensor Nmse, Tensor SquaredOffset) RawError(Emission emission, Tensor predicted, SupervisedBatch batch)
    {
        Tensor deviation = batch.Scale.exp(), mean = batch.Location.sinh();
        Tensor shift = (emission.Location.clamp(-40, 40).sinh() - mean) / deviation;
        Tensor stretch = (emission.Scale - batch.Scale).clamp(-10, 10).exp();
        Tensor error = shift.unsqueeze(1) + (stretch.unsqueeze(1) * predicted) - batch.Targets;
        return (error.square().mean([1]).clamp(max: 1e8), (mean / deviation).square());
    }
}
