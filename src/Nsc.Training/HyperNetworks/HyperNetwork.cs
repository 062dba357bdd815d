// What all networks that emit surrogates have in common, so that one trainer, one loss and one bench serve them all.

using Nsc.Engine.Emission;
using Nsc.Training.Supervision;
using static TorchSharp.torch;

namespace Nsc.Training.HyperNetworks;

/// <summary>What a hypernetwork says of V values.</summary>
/// <param name="Weights">(V, WeightCount) weights of each value's net, in the order of <see cref="Nsc.Engine.NetShape"/>.</param>
/// <param name="Offset">(V) how far the mean lies above the one that the features give, in their deviations.</param>
/// <param name="Stretch">(V) logarithm of the standard deviation over the one that the features give.</param>
public sealed record Emission(Tensor Weights, Tensor Offset, Tensor Stretch);

/// <summary>A network that emits the weights of surrogates.</summary>
public abstract class HyperNetwork(string name, CompNetOptions options) : nn.Module(name), IEmitter
{
    /// <summary>The shape of the network and of the surrogates that it emits.</summary>
    public CompNetOptions Options { get; } = options;

    /// <summary>A network of a shape, with new weights; the same seed gives the same weights.</summary>
    public static HyperNetwork Create(CompNetOptions options, long seed = 0) => SeededDraws.From<HyperNetwork>(seed, () => options.Architecture switch
    {
        Architectures.Dataflow => new CompNet(options),
        Architectures.BertTiny => new TokenCompNet(options),
        Architectures.Pretrained => new LearnedInit(options),
        Architectures.Maml => new MamlInit(options),
        _ => throw new ArgumentException($"there is no architecture '{options.Architecture}'", nameof(options)),
    });

    /// <summary>Nets for the values of a request.</summary>
    public abstract Emission Emit(EmissionRequest request);

    public EmittedNet[] Emit(CompNetInput program)
    {
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        Emission emission = Emit(new EmissionRequest([program], [.. program.Graph.Outputs.Select((o, k) => new WantedValue(0, o, k))]));
        float[] offsets = emission.Offset.data<float>().ToArray(), stretches = emission.Stretch.data<float>().ToArray();
        return [.. emission.Weights.data<float>().ToArray().Chunk(Options.Nets.WeightCount).Select((w, k) => new EmittedNet(w, offsets[k], stretches[k]))];
    }

    /// <summary>Nets for a training batch; a method that learns from samples may look at the batch's.</summary>
    public virtual Emission EmitForTraining(SupervisedBatch batch) => Emit(batch.Request);

    /// <summary>Completes the parameters' gradients. To be called after every backward pass.</summary>
    public virtual void AccumulateGradients()
    {
    }
}
