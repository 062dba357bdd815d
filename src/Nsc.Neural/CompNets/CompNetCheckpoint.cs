// CompNet on disk: its weights, its shape and how it was made, in the same sealed container as surrogates. While training
// goes on, the optimiser's state is in there too.

using System.Collections.Immutable;
using System.Text.Json;
using Nsc.Core.Surrogates;
using TorchSharp;
using static TorchSharp.torch;
using StoredTensor = Nsc.Core.Surrogates.Tensor;
using Tensor = TorchSharp.torch.Tensor;

namespace Nsc.Neural.CompNets;

/// <summary>A checkpoint as read from or written to a file.</summary>
/// <param name="Tensors">The weights by their module path, and whatever else the trainer keeps under other prefixes.</param>
/// <param name="Notes">Free metadata: how it was trained and what it measures.</param>
public sealed record CompNetCheckpoint(
    CompNetOptions Shape, ImmutableArray<StoredTensor> Tensors, ImmutableSortedDictionary<string, string> Notes)
{
    /// <summary>The prefix of the tensors that make up the network itself.</summary>
    public const string NetPrefix = "compnet.";
    private const string FormatKey = "format";
    private const string Format = "nsc-compnet-1";
    private const string ShapeKey = "shape";

    /// <summary>The checkpoint of a network's present weights.</summary>
    public static CompNetCheckpoint Of(HyperNetwork net, ImmutableSortedDictionary<string, string> notes) => new(
        net.Options, [.. net.named_parameters().Select(p => Store(NetPrefix + p.name, p.parameter))], notes);

    /// <summary>Writes the file atomically.</summary>
    public void Save(string path) => new TensorContainer(
        Tensors, Notes.SetItem(FormatKey, Format).SetItem(ShapeKey, JsonSerializer.Serialize(Shape))).Save(path);

    /// <summary>Whether a container claims to be a checkpoint.</summary>
    public static bool IsCheckpoint(TensorContainer container) => container.Metadata.GetValueOrDefault(FormatKey) == Format;

    /// <summary>Reads and checks a file; throws <see cref="ContainerException"/> or <see cref="IOException"/>.</summary>
    public static CompNetCheckpoint Load(string path) => FromContainer(TensorContainer.Load(path));

    /// <summary>Takes a container for a checkpoint; throws <see cref="ContainerException"/> when it is not one.</summary>
    public static CompNetCheckpoint FromContainer(TensorContainer container)
    {
        if (!IsCheckpoint(container))
        {
            throw new ContainerException("not a CompNet checkpoint of this version");
        }

        return new CompNetCheckpoint(ReadShape(container), container.Tensors, container.Metadata.RemoveRange([FormatKey, ShapeKey]));
    }

    /// <summary>A network with the checkpoint's weights; throws <see cref="ContainerException"/> when they do not fit its shape.</summary>
    public HyperNetwork ToNet()
    {
        HyperNetwork net = HyperNetwork.Create(Shape);
        Restore(net.named_parameters().Select(p => (NetPrefix + p.name, (Tensor)p.parameter)));
        net.eval();
        return net;
    }

    /// <summary>Copies stored tensors, by name, into existing ones.</summary>
    public void Restore(IEnumerable<(string Name, Tensor Target)> targets)
    {
        var stored = Tensors.ToDictionary(t => t.Name);
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        foreach ((string name, Tensor target) in targets)
        {
            if (!stored.TryGetValue(name, out StoredTensor? tensor) || !tensor.Shape.Select(d => (long)d).SequenceEqual(StoredShape(target)))
            {
                throw new ContainerException($"tensor '{name}' is missing or has another shape");
            }

            if (!Array.TrueForAll(tensor.Values, float.IsFinite))
            {
                throw new ContainerException($"tensor '{name}' holds numbers that are not finite");
            }

            target.copy_(torch.tensor(tensor.Values, dimensions: target.shape));
        }
    }

    /// <summary>A tensor as it is stored.</summary>
    public static StoredTensor Store(string name, Tensor tensor) =>
        new(name, [.. StoredShape(tensor).Select(d => (int)d)], tensor.detach().contiguous().data<float>().ToArray());

    private static long[] StoredShape(Tensor tensor) => tensor.shape.Length == 0 ? [1] : tensor.shape;

    private static CompNetOptions ReadShape(TensorContainer container)
    {
        try
        {
            CompNetOptions? shape = JsonSerializer.Deserialize<CompNetOptions>(container.Metadata.GetValueOrDefault(ShapeKey, ""));
            return shape is not null && shape.IsSound ? shape : throw new ContainerException("the checkpoint's shape is not possible");
        }
        catch (JsonException error)
        {
            throw new ContainerException("the checkpoint's shape cannot be read", error);
        }
    }
}
