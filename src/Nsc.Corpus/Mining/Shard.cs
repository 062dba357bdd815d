// Real functions on disk: a Parquet file for each package, which any data tool can open.

using System.Text.Json;
using Nsc.Core.Files;
using Nsc.Corpus.Building;
using Parquet.Serialization;

namespace Nsc.Corpus.Mining;

/// <summary>A row of a shard.</summary>
public sealed class ShardRow
{
    public string Function { get; set; } = "";

    public string Package { get; set; } = "";

    public string Version { get; set; } = "";

    public string File { get; set; } = "";

    /// <summary>The self-contained unit, with pragmas for the ranges.</summary>
    public string Source { get; set; } = "";

    /// <summary>Name, kind and range of each input, as JSON.</summary>
    public string Inputs { get; set; } = "";

    public int Outputs { get; set; }

    /// <summary>Values of the dataflow graph.</summary>
    public int Nodes { get; set; }

    /// <summary>The graph, the ranges and the tokens, as <see cref="CorpusFile"/> writes them.</summary>
    public byte[] Graph { get; set; } = [];

    /// <summary>Equal for functions that behave alike on the probes.</summary>
    public string Fingerprint { get; set; } = "";

    public static ShardRow Of(RealFunction function, string version) => new()
    {
        Function = function.Name, Package = function.Package, Version = version, File = function.File, Source = function.Source,
        Inputs = JsonSerializer.Serialize(function.Program.Inputs.Select(i => new { i.Name, Kind = i.Kind.ToString(), i.Range.Low, i.Range.High })),
        Outputs = function.Program.Graph.Outputs.Length, Nodes = function.Program.Graph.Nodes.Length,
        Graph = CorpusFile.ToBytes(function.Program), Fingerprint = function.Fingerprint,
    };
}

public static class Shard
{
    /// <summary>Writes a shard atomically.</summary>
    public static void Save(string path, IReadOnlyList<ShardRow> rows)
    {
        using var packed = new MemoryStream();
        ParquetSerializer.SerializeAsync(rows, packed).GetAwaiter().GetResult();
        AtomicFile.Write(path, stream => packed.WriteTo(stream));
    }

    /// <summary>Reads a shard.</summary>
    public static IReadOnlyList<ShardRow> Load(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return [.. ParquetSerializer.DeserializeAsync<ShardRow>(stream).GetAwaiter().GetResult().Data];
    }
}
