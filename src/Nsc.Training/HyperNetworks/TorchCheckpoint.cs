// Between checkpoints and networks of tensors.

using System.Collections.Immutable;
using Nsc.Engine.Emission;
using static TorchSharp.torch;
using StoredTensor = Nsc.Core.Surrogates.Tensor;

namespace Nsc.Training.HyperNetworks;

public static class TorchCheckpoint
{
    /// <summary>The checkpoint of a network's present weights.</summary>
    public static CompNetCheckpoint Of(HyperNetwork net, ImmutableSortedDictionary<string, string> notes) => new(
        net.Options, [.. net.named_parameters().Select(p => Store(CompNetCheckpoint.NetPrefix + p.name, p.parameter))], notes);

    /// <summary>A network with a checkpoint's weights; throws <see cref="Nsc.Core.Surrogates.ContainerException"/> when they do not fit its shape.</summary>
    public static HyperNetwork ToNet(this CompNetCheckpoint checkpoint)
    {
        HyperNetwork net = HyperNetwork.Create(checkpoint.Shape);
        checkpoint.RestoreTo(net);
        net.eval();
        return net;
    }

    /// <summary>Copies the stored weights into a network.</summary>
    public static void RestoreTo(this CompNetCheckpoint checkpoint, HyperNetwork net) =>
        checkpoint.Restore(net.named_parameters().Select(p => (CompNetCheckpoint.NetPrefix + p.name, (Tensor)p.parameter)));

    /// <summary>Copies stored tensors, by name, into existing ones.</summary>
    public static void Restore(this CompNetCheckpoint checkpoint, IEnumerable<(string Name, Tensor Target)> targets)
    {
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        foreach ((string name, Tensor target) in targets)
        {
            target.copy_(tensor(checkpoint.Values(name, StoredShape(target)), dimensions: target.shape));
        }
    }

    /// <summary>A tensor as it is stored.</summary>
    public static StoredTensor Store(string name, Tensor tensor) =>
        new(name, [.. StoredShape(tensor)], tensor.detach().contiguous().data<float>().ToArray());

    private static IEnumerable<int> StoredShape(Tensor tensor) => tensor.shape.Length == 0 ? [1] : tensor.shape.Select(d => (int)d);
}
