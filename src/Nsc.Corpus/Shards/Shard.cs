// Real functions and their variants on disk: a Parquet file for each package, which any data tool can open.

using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Nsc.Core.Dataflow;
using Nsc.Core.Files;
using Nsc.Core.Programs;
using Nsc.Corpus.Building;
using Parquet.Serialization;

namespace Nsc.Corpus.Shards;

/// <summary>A row of a shard.</summary>
public sealed record ShardRow
{
    /// <summary>The points of <see cref="Samples"/>.</summary>
    public const int SampleCount = 16;

    /// <summary>The licence of a file of which none is stated.</summary>
    public const string UnknownLicence = "unknown";

    public string Function { get; set; } = "";

    /// <summary>For a variant, the real function that it was made from; else empty.</summary>
    public string MadeFrom { get; set; } = "";

    public string Package { get; set; } = "";

    public string Version { get; set; } = "";

    public string File { get; set; } = "";

    /// <summary>The file's licence as the package states it, or <c>unknown</c>.</summary>
    public string Licence { get; set; } = UnknownLicence;

    /// <summary>The self-contained unit, with pragmas for the ranges.</summary>
    public string Source { get; set; } = "";

    /// <summary>SHA-256 of <see cref="Source"/>.</summary>
    public string SourceHash { get; set; } = "";

    /// <summary>Name, kind and range of each input, as JSON.</summary>
    public string Inputs { get; set; } = "";

    public int Outputs { get; set; }

    /// <summary>Values of the dataflow graph.</summary>
    public int Nodes { get; set; }

    /// <summary>The graph, the ranges and the tokens, as <see cref="CorpusFile"/> writes them.</summary>
    public byte[] Graph { get; set; } = [];

    /// <summary>Equal for functions that behave alike on the probes.</summary>
    public string Fingerprint { get; set; } = "";

    /// <summary>
    /// Little-endian floats (<see cref="SampleCount"/>, inputs + nodes), row-major: probe points and every node's value there. Empty
    /// for variants, whose graphs say the same.
    /// </summary>
    public byte[] Samples { get; set; } = [];

    /// <summary>A row without what is known of the function's origin.</summary>
    public static ShardRow Of(string function, string source, CorpusProgram program, string fingerprint) => new()
    {
        Function = function, Source = source, SourceHash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(source))),
        Inputs = JsonSerializer.Serialize(program.Inputs.Select(i => new InputJson(i.Name, i.Kind.ToString(), i.Range.Low, i.Range.High))),
        Outputs = program.Graph.Outputs.Length, Nodes = program.Graph.Nodes.Length, Graph = CorpusFile.ToBytes(program), Fingerprint = fingerprint,
    };

    /// <summary>The graph, and the inputs with their names.</summary>
    /// <exception cref="InvalidDataException">The row holds something else.</exception>
    public CorpusProgram Program()
    {
        CorpusProgram program = CorpusFile.FromBytes(Graph);
        InputJson[] names = Names();
        return program with { Inputs = [.. program.Inputs.Zip(names, (input, json) => input with { Name = json.Name })] };
    }

    private InputJson[] Names()
    {
        try
        {
            InputJson[] names = JsonSerializer.Deserialize<InputJson[]>(Inputs) ?? [];
            return Array.TrueForAll(names, n => n?.Name is not null) ? names : throw new InvalidDataException("a row of the corpus names no inputs");
        }
        catch (JsonException damage)
        {
            throw new InvalidDataException("the inputs of a row of the corpus are damaged", damage);
        }
    }

    /// <summary>What <see cref="Samples"/> holds for a program.</summary>
    internal static byte[] SamplesOf(CorpusProgram program)
    {
        (DataflowGraph graph, ImmutableArray<InputVariable> inputs, _) = program;
        double[] points = Behaviour.Points(inputs)[..(SampleCount * inputs.Length)];
        GraphValues values = new GraphEvaluator(graph).Evaluate(points, SampleCount);
        double[][] columns = [.. Enumerable.Range(0, graph.Nodes.Length).Select(values.Column)];
        IEnumerable<double> cells = Enumerable.Range(0, SampleCount)
            .SelectMany(s => points[(s * inputs.Length)..((s + 1) * inputs.Length)].Concat(columns.Select(c => c[s])));
        return MemoryMarshal.AsBytes<float>(cells.Select(c => (float)c).ToArray()).ToArray();
    }

    private sealed record InputJson(string Name, string Kind, double Low, double High);
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
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public static IReadOnlyList<ShardRow> Load(string path)
    {
        try
        {
            using FileStream stream = ParquetFile.Open(path);
            ShardRow[] rows = [.. ParquetSerializer.DeserializeAsync<ShardRow>(stream).GetAwaiter().GetResult().Data];
            return Array.TrueForAll(rows, IsWhole) ? rows : throw new InvalidDataException("a row has gaps");
        }
        catch (Exception damage) when (damage is not (FileNotFoundException or UnauthorizedAccessException))
        {
            throw new InvalidDataException($"'{path}' is not a usable part of a corpus: {damage.Message}", damage);
        }
    }

    // A cell of the file that is not text becomes null in the row, in spite of the property's type.
    private static bool IsWhole(ShardRow row) =>
        ((object?[])[row, row?.Function, row?.MadeFrom, row?.Package, row?.Version, row?.File, row?.Licence, row?.Source, row?.SourceHash, row?.Inputs, row?.Graph, row?.Fingerprint, row?.Samples])
            .All(part => part is not null);
}
