// How much arithmetic a training step is, so that its speed can be compared with what the machine can do.

using Nsc.Engine.Emission;
using Nsc.Training.HyperNetworks;
using Nsc.Training.Objectives;
using Nsc.Training.Supervision;

namespace Nsc.Training.Optimization;

/// <summary>
/// Counts the floating-point operations of a step's matrix products, forward and backward; a multiplication and an addition are
/// two. Everything else (activations, norms, gathering, the optimiser, drawing samples) counts as nothing, though it takes time.
/// </summary>
public static class TrainingCost
{
    // A product y = x W costs as much as each of its two gradients; the one of x is not formed where x is data.
    private const int WithBothGradients = 3;
    private const int WithWeightGradient = 2;

    /// <summary>The operations of a step of the dataflow network on a batch. The tensors belong to the caller's dispose scope.</summary>
    public static double Of(HyperNetwork net, SupervisedBatch batch, TrainingOptions options)
    {
        ProgramBatch packed = ProgramBatch.Pack(batch.Request.Programs, net.Options.CoveringInputs);
        double products = net.named_parameters().Where(p => p.parameter.dim() == 2)
            .Sum(p => p.parameter.numel() * (double)RowsThrough(p.name, packed, batch.Request.Values.Count));
        return 2 * (products + EmittedNetProducts(net.Options, batch) + (options.FineTunedWeight > 0 ? FineTuningProducts(net.Options, batch) : 0));
    }

    // How often a weight matrix is multiplied by a row: passes times rows. An embedding is looked up instead.
    private static long RowsThrough(string name, ProgramBatch batch, long supervised)
    {
        long values = batch.OpcodeIds.shape[0], operands = batch.OperandIds.shape[0];
        long constants = batch.ConstantFeatures.shape[0];
        return name.Replace("._weight", "").Replace(".weight", "") switch
        {
            "_slot" or "_compose._opcode" or "_compose._kind" or "_compose._query" or "_compose._bias" or "_compose._scale" => 0,
            "_constantIn" => constants * WithWeightGradient,
            "_constantOut" => constants * WithBothGradients,
            "_compose._featuresIn" => values * WithWeightGradient,
            "_compose._featuresOut" or "_compose._gateUpAndAround" or "_compose._down" => values * WithBothGradients,
            "_compose._keyAndValue" => operands * WithBothGradients,
            "_emitGateAndUp" or "_emit" or "_moments" => supervised * WithBothGradients,
            _ => throw new ArgumentException($"the cost of '{name}' is not known"),
        };
    }

    // Each supervised value's net runs over its program's samples; its first layer is also a combination of directions.
    private static double EmittedNetProducts(CompNetOptions shape, SupervisedBatch batch)
    {
        double nets = batch.Programs.shape[0], samples = batch.Inputs.shape[1];
        double width = shape.SurrogateWidth, first = width * shape.CoveringInputs;
        double running = samples * ((first * WithWeightGradient) + (((width * width) + width) * WithBothGradients));
        double combining = first * ValueFeatures.DirectionCount * WithWeightGradient;
        return nets * (running + combining);
    }

    // The tangent kernel of each net: products of what comes into its layers and of their slopes, the slopes of the first layer, and the foretold
    // change. Solving the system is no product.
    private static double FineTuningProducts(CompNetOptions shape, SupervisedBatch batch)
    {
        double nets = batch.Programs.shape[0], samples = batch.Inputs.shape[1], width = shape.SurrogateWidth;
        double trained = TangentFineTuning.Trained((long)samples), inputs = shape.CoveringInputs + 1;
        double kernel = samples * trained * (inputs + (((4 * width) + 2) * WithBothGradients));
        return nets * (kernel + (((samples * width * width) + ((samples - trained) * trained)) * WithBothGradients));
    }
}
