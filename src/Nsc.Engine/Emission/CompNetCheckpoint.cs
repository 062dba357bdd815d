// CompNet on disk: its weights, its shape and how it was made, in the same sealed container as surrogates. While training
// goes on, the optimiser's state is in there too.

using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Nsc.Core.Surrogates;

namespace Nsc.Engine.Emission;

/// <summary>A checkpoint as read from or written to a file.</summary>
/// <param name="Tensors">The weights by their module path, and whatever else the trainer keeps under other prefixes.</param>
/// <param name="Notes">Free metadata: how it was trained and what it measures.</param>
public sealed record CompNetCheckpoint(
    CompNetOptions Shape, ImmutableArray<Tensor> Tensors, ImmutableSortedDictionary<string, string> Notes)
{
    /// <summary>The prefix of the tensors that make up the network itself.</summary>
    public const string NetPrefix = "compnet.";
    private const string FormatKey = "format";
    private const string Format = "nsc-compnet-1";
    private const string ShapeKey = "shape";

    /// <summary>Writes the file atomically.</summary>
    public void Save(string path) => new TensorContainer(
        Tensors, Notes.SetItem(FormatKey, Format).SetItem(ShapeKey, JsonSerializer.Serialize(Shape, CheckpointJson.Default.CompNetOptions))).Save(path);

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

    /// <summary>The numbers of a tensor; throws <see cref="ContainerException"/> when it is missing, of another shape or not finite.</summary>
    public float[] Values(string name, IEnumerable<int> shape)
    {
        Tensor? tensor = Tensors.FirstOrDefault(t => t.Name == name);
        return tensor is null || !tensor.Shape.SequenceEqual(shape) ? throw new ContainerException($"tensor '{name}' is missing or has another shape")
            : !Array.TrueForAll(tensor.Values, float.IsFinite) ? throw new ContainerException($"tensor '{name}' holds numbers that are not finite")
            : tensor.Values;
    }

    /// <summary>
    /// The network whose weights are <paramref name="share"/> of another's and the rest of this one's. Where a training began and where it ended, something
    /// between is often better than either (Wortsman et al., "Robust fine-tuning of zero-shot models", 2022). Throws
    /// <see cref="ContainerException"/> when the two have different shapes.
    /// </summary>
    /// <param name="notes">What the result says of itself.</param>
    public CompNetCheckpoint Average(CompNetCheckpoint other, float share, ImmutableSortedDictionary<string, string> notes)
    {
        if (Shape != other.Shape)
        {
            throw new ContainerException("the two networks have different shapes");
        }

        IEnumerable<Tensor> net = Tensors.Where(t => t.Name.StartsWith(NetPrefix, StringComparison.Ordinal));
        return new CompNetCheckpoint(
            Shape, [.. net.Select(t => t with { Values = [.. t.Values.Zip(other.Values(t.Name, t.Shape), (a, b) => a + (share * (b - a)))] })], notes);
    }

    private static CompNetOptions ReadShape(TensorContainer container)
    {
        try
        {
            CompNetOptions? shape = JsonSerializer.Deserialize(container.Metadata.GetValueOrDefault(ShapeKey, ""), CheckpointJson.Default.CompNetOptions);
            return shape is not null && shape.IsSound ? shape : throw new ContainerException("the checkpoint's shape is not possible");
        }
        catch (JsonException error)
        {
            throw new ContainerException("the checkpoint's shape cannot be read", error);
        }
    }
}

/// <summary>The JSON inside a checkpoint's metadata, generated at build time: reflection would cost every command start-up time.</summary>
[JsonSerializable(typeof(CompNetOptions))]
internal sealed partial class CheckpointJson : JsonSerializerContext;
