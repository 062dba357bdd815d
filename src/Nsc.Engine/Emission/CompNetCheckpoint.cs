// CompNet on disk: its weights, its shape, the names of what it reads and how it was made, in the same sealed container as surrogates.
// While training goes on, the optimiser's state is in there too.

using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Nsc.Core.Surrogates;
using Nsc.Core.Text;

namespace Nsc.Engine.Emission;

/// <summary>A checkpoint as read from or written to a file.</summary>
/// <param name="Tensors">The weights by their module path, and whatever else the trainer keeps under other prefixes.</param>
/// <param name="Notes">Free metadata: how it was trained and what it measures.</param>
public sealed record CompNetCheckpoint(
    CompNetOptions Shape, ImmutableArray<Tensor> Tensors, ImmutableSortedDictionary<string, string> Notes)
{
    /// <summary>The prefix of the tensors that make up the network itself.</summary>
    public const string NetPrefix = "compnet.";

    /// <summary>The note that tells how the training that goes on was started.</summary>
    public const string CommandNote = "command";

    private const string FormatKey = "format";
    private const string Family = "nsc-compnet-", Format = Family + "2";
    private const string ShapeKey = "shape";
    private const string NamesKey = "names";

    /// <summary>What the rows and columns of <see cref="Tensors"/> stand for.</summary>
    public CompNetVocabulary Vocabulary { get; init; } = CompNetVocabulary.Of(Shape.Architecture);

    /// <summary>Writes the file atomically.</summary>
    public void Save(string path) => new TensorContainer(Tensors, Notes
        .SetItem(FormatKey, Format)
        .SetItem(ShapeKey, JsonSerializer.Serialize(Shape, CheckpointJson.Default.CompNetOptions))
        .SetItem(NamesKey, JsonSerializer.Serialize(Vocabulary, CheckpointJson.Default.CompNetVocabulary))).Save(path);

    /// <summary>Whether a container claims to be a checkpoint, of this version or another.</summary>
    public static bool IsCheckpoint(TensorContainer container) =>
        container.Metadata.GetValueOrDefault(FormatKey)?.StartsWith(Family, StringComparison.Ordinal) == true;

    /// <summary>Reads and checks a file; throws <see cref="ContainerException"/> or <see cref="IOException"/>.</summary>
    public static CompNetCheckpoint Load(string path) => FromContainer(TensorContainer.Load(path));

    /// <summary>
    /// Takes a container for a checkpoint; throws <see cref="ContainerException"/> when it is not one. Rows and columns are found by their names:
    /// those that the file does not have are zero.
    /// </summary>
    /// <param name="vocabulary">What the network is to read; by default what this version has.</param>
    public static CompNetCheckpoint FromContainer(TensorContainer container, CompNetVocabulary? vocabulary = null)
    {
        if (!IsCheckpoint(container))
        {
            throw new ContainerException("not a CompNet checkpoint");
        }

        string format = container.Metadata[FormatKey];
        if (format != Format)
        {
            throw new ContainerException(
                $"the checkpoint has the format '{PrintableText.OneLine(format)}' and this version reads '{Format}'; take the checkpoint that came with this version, or train it again");
        }

        CompNetOptions shape = ReadJson(container, ShapeKey, CheckpointJson.Default.CompNetOptions);
        CompNetVocabulary stored = shape.IsSound ? ReadJson(container, NamesKey, CheckpointJson.Default.CompNetVocabulary)
            : throw new ContainerException("the checkpoint's shape is not possible");
        CompNetVocabulary current = vocabulary ?? CompNetVocabulary.Of(shape.Architecture);
        stored.RequireKnownTo(current);
        var checkpoint = new CompNetCheckpoint(shape, container.Tensors, container.Metadata.RemoveRange([FormatKey, ShapeKey, NamesKey])) { Vocabulary = current };
        return stored.Equals(current) ? checkpoint : checkpoint.Convert(stored);
    }

    // The optimiser's state of other rows is of no use.
    private CompNetCheckpoint Convert(CompNetVocabulary stored) =>
        this with { Tensors = NamedTensors.Convert([.. Tensors.Where(IsOfNet)], Shape, stored, Vocabulary) };

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

        IEnumerable<Tensor> net = Tensors.Where(IsOfNet);
        return new CompNetCheckpoint(
            Shape, [.. net.Select(t => t with { Values = [.. t.Values.Zip(other.Values(t.Name, t.Shape), (a, b) => a + (share * (b - a)))] })], notes);
    }

    private static bool IsOfNet(Tensor tensor) => tensor.Name.StartsWith(NetPrefix, StringComparison.Ordinal);

    private static T ReadJson<T>(TensorContainer container, string key, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(container.Metadata.GetValueOrDefault(key, ""), type) ?? throw new JsonException("null");
        }
        catch (JsonException error)
        {
            throw new ContainerException($"the checkpoint's {key} cannot be read", error);
        }
    }
}

/// <summary>The JSON inside a checkpoint's metadata, generated at build time: reflection would cost every command start-up time.</summary>
[JsonSerializable(typeof(CompNetOptions))]
[JsonSerializable(typeof(CompNetVocabulary))]
internal sealed partial class CheckpointJson : JsonSerializerContext;
