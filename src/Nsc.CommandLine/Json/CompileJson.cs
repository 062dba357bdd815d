// What compile --json writes. The shapes are contracts: names and order as documented in the README.

using System.Text.Json;
using System.Text.Json.Serialization;
using Nsc.Core.Programs;
using Nsc.Core.Surrogates;

namespace Nsc.CommandLine.Json;

internal sealed record InputJson(string Name, double Low, double High, bool Log)
{
    public static InputJson Of(InputVariable input) => new(input.Name, input.Range.Low, input.Range.High, input.Range.IsLogarithmic);
}

internal sealed record CompileJson(
    string Function, InputJson[] Inputs, string[] Outputs, int[] Topology, string Init, string? Model, string Path, double ElapsedMs,
    int Refined, double? DataflowNmse, double[]? DataflowNmse95,
    string[] Warnings);

/// <summary>Serialisers generated at build time, with the options of the other verbs' results.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(CompileJson))]
[JsonSerializable(typeof(CompileJson[]))]
internal sealed partial class CompileJsonContext : JsonSerializerContext
{
    /// <summary>Writes one value, indented, with a final newline.</summary>
    public static void Write<T>(TextWriter output, T value) =>
        output.WriteLine(JsonSerializer.Serialize(value, typeof(T), Default));
}
