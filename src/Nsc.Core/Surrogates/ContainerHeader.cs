// The strict parser of a container's JSON header.

using System.Collections.Immutable;
using System.Text.Json;

namespace Nsc.Core.Surrogates;

/// <summary>Where one tensor lies in the data that follows the header, in bytes.</summary>
internal readonly record struct TensorEntry(string Name, ImmutableArray<int> Shape, int Start, int Length);

/// <summary>A parsed header. <paramref name="Checksum"/> is the metadata's checksum entry, kept apart from the rest.</summary>
internal sealed record ContainerHeader(
    ImmutableArray<TensorEntry> Tensors, ImmutableSortedDictionary<string, string> Metadata, string Checksum)
{
    public const string MetadataKey = "__metadata__";

    /// <summary>Parses a header that describes exactly <paramref name="dataLength"/> bytes of tensors.</summary>
    public static ContainerHeader Parse(ReadOnlySpan<byte> header, int dataLength)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(
                header.ToArray(), new JsonDocumentOptions { MaxDepth = 3, AllowDuplicateProperties = false });
            return Parse(document.RootElement, dataLength);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // Valid JSON of the wrong kinds, and strings that are not valid UTF-8, throw the second.
            throw new ContainerException("the header is not what a safetensors header must be: " + error.Message, error);
        }
    }

    private static ContainerHeader Parse(JsonElement root, int dataLength)
    {
        var metadata = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        var tensors = ImmutableArray.CreateBuilder<TensorEntry>();
        int end = 0;
        foreach (JsonProperty property in root.EnumerateObject())
        {
            if (property.NameEquals(MetadataKey))
            {
                metadata.AddRange(property.Value.EnumerateObject().Select(ParseMetadata));
            }
            else
            {
                TensorEntry tensor = ParseTensor(property, end, dataLength);
                end = tensor.Start + tensor.Length;
                tensors.Add(tensor);
            }

            if (tensors.Count > ContainerRules.MaxTensors)
            {
                throw new ContainerException($"more than {ContainerRules.MaxTensors} tensors");
            }
        }

        if (end != dataLength)
        {
            throw new ContainerException($"the tensors end at byte {end} of the data, which has {dataLength} bytes");
        }

        string checksum = metadata.GetValueOrDefault(TensorContainer.ChecksumKey)
            ?? throw new ContainerException("the metadata hold no checksum: this program did not write the file");
        metadata.Remove(TensorContainer.ChecksumKey);
        return new ContainerHeader(tensors.ToImmutable(), metadata.ToImmutable(), checksum);
    }

    private static KeyValuePair<string, string> ParseMetadata(JsonProperty entry) => new(
        entry.Name, entry.Value.GetString() ?? throw new ContainerException($"the metadata entry '{entry.Name}' is null"));

    private static TensorEntry ParseTensor(JsonProperty property, int expectedStart, int dataLength)
    {
        string name = property.Name;
        JsonElement tensor = property.Value;
        string? type = Member(tensor, "dtype", name).GetString();
        if (type != "F32")
        {
            throw new ContainerException($"tensor '{name}' is of type {type}; only F32 is read");
        }

        ImmutableArray<int> shape = ParseIntegers(Member(tensor, "shape", name), Tensor.MaxRank, name);
        ImmutableArray<int> offsets = ParseIntegers(Member(tensor, "data_offsets", name), 2, name);
        int count = Tensor.ElementCount(shape) ?? throw new ContainerException($"tensor '{name}' has an impossible shape");
        if (offsets.Length != 2 || offsets[0] != expectedStart || offsets[1] > dataLength
            || offsets[1] - (long)offsets[0] != (long)count * sizeof(float))
        {
            throw new ContainerException(
                $"tensor '{name}' lies at [{string.Join(", ", offsets)}], but must start at {expectedStart}, "
                + $"take {(long)count * sizeof(float)} bytes and end within {dataLength}");
        }

        return new TensorEntry(name, shape, offsets[0], offsets[1] - offsets[0]);
    }

    private static JsonElement Member(JsonElement tensor, string member, string name) =>
        tensor.TryGetProperty(member, out JsonElement value)
            ? value
            : throw new ContainerException($"tensor '{name}' has no {member}");

    private static ImmutableArray<int> ParseIntegers(JsonElement array, int limit, string name)
    {
        if (array.GetArrayLength() > limit)
        {
            throw new ContainerException($"tensor '{name}' has more than {limit} dimensions or offsets");
        }

        var integers = ImmutableArray.CreateBuilder<int>(array.GetArrayLength());
        foreach (JsonElement element in array.EnumerateArray())
        {
            integers.Add(element.TryGetInt32(out int integer)
                ? integer
                : throw new ContainerException($"tensor '{name}' has a dimension or offset that is not a whole number in range"));
        }

        return integers.MoveToImmutable();
    }
}
