// The JSON inside a surrogate's metadata. Generated serialisers, because reflection would cost every command start-up time.

using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Nsc.Core.Programs;

namespace Nsc.Core.Surrogates;

/// <summary>Strict JSON for the records that a surrogate stores: no unknown, missing, doubled or null members.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UseStringEnumConverter = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false,
    IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(ImmutableArray<InputVariable>))]
[JsonSerializable(typeof(ImmutableArray<OutputVariable>))]
[JsonSerializable(typeof(ImmutableArray<FixedVariable>))]
[JsonSerializable(typeof(ImmutableArray<string>))]
[JsonSerializable(typeof(ImmutableArray<double>))]
[JsonSerializable(typeof(ImmutableArray<ImmutableArray<double>>))]
[JsonSerializable(typeof(ImmutableArray<LogarithmScale?>))]
[JsonSerializable(typeof(ImmutableArray<Interval>))]
[JsonSerializable(typeof(ConformalErrors))]
[JsonSerializable(typeof(Topology))]
[JsonSerializable(typeof(Provenance))]
internal sealed partial class SurrogateJson : JsonSerializerContext;

/// <summary>Reads entries of a container's metadata; a missing one is an error of the file.</summary>
internal readonly struct MetadataReader(ImmutableSortedDictionary<string, string> metadata)
{
    public string Text(string key) =>
        metadata.GetValueOrDefault(key) ?? throw new ContainerException($"the metadata have no entry '{key}'");

    public bool Has(string key) => metadata.ContainsKey(key);

    /// <summary>An entry that holds JSON. Throws <see cref="JsonException"/> when it is something else.</summary>
    public T Json<T>(string key, JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(Text(key), type) ?? throw new ContainerException($"the metadata entry '{key}' is null");
}
