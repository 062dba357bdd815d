// How a search is asked for: a line of JSON, by a serialiser that is generated at build time.

using System.Text.Json.Serialization;

namespace Nsc.Bench.Tuning;

[JsonSerializable(typeof(Dictionary<string, long>))]
internal sealed partial class SearchJson : JsonSerializerContext;
