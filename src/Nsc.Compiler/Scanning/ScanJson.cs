// What the processes of a scan tell each other, as lines of JSON.

using System.Text.Json;
using System.Text.Json.Serialization;
using Nsc.FrontEnd;
using Nsc.FrontEnd.Projects;

namespace Nsc.Compiler.Scanning;

/// <summary>What a worker is started for.</summary>
internal sealed record ScanJob(ProjectOptions Project);

/// <summary>What a worker says while it reads a file: one of these at a time.</summary>
/// <param name="IsEnd">Whether the file is done.</param>
internal sealed record ScanEvent(
    FileSurvey? Survey = null, CompilableFunction? Compilable = null, RefusedFunction? Refused = null, string? Trouble = null, bool IsEnd = false);

[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(ScanJob))]
[JsonSerializable(typeof(ScanEvent))]
[JsonSerializable(typeof(ScanResult))]
[JsonSerializable(typeof(string))]
internal sealed partial class ScanJson : JsonSerializerContext
{
    public static string LineOf<T>(T value) => JsonSerializer.Serialize(value, typeof(T), Default);

    public static T Parse<T>(string line) => (T)JsonSerializer.Deserialize(line, typeof(T), Default)!;

    public static byte[] BytesOf(ScanResult result) => JsonSerializer.SerializeToUtf8Bytes(result, Default.ScanResult);

    public static ScanResult Parse(byte[] result) => JsonSerializer.Deserialize(result, Default.ScanResult)!;
}
