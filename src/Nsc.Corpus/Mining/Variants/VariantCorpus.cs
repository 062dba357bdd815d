// Variants on disk: a shard for each package beside the package's own, and a manifest. What is done is not done again, and
// a build that is killed loses the package that it was at.

using System.Security.Cryptography;
using System.Text.Json;
using Nsc.Core.Files;
using Nsc.Corpus.Shards;
using Nsc.FrontEnd.Execution;
using Nsc.FrontEnd.Tools;

namespace Nsc.Corpus.Mining.Variants;

/// <summary>What the manifest says of a package's variants.</summary>
/// <param name="Made">A hash of what decided about them: the options and the functions.</param>
/// <param name="Hash">SHA-256 of the shard.</param>
public sealed record VariantEntry(string Package, string Made, string Hash, VariantFunnel Funnel);

/// <summary>How far a package is.</summary>
public sealed record VariantProgress(string Package, int Function, int Functions, int Kept);

/// <summary>The variants in a corpus folder.</summary>
public sealed class VariantCorpus
{
    private const string ManifestName = "variants.json";
    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true };
    private readonly string _folder;
    private readonly SortedDictionary<string, VariantEntry> _packages = new(StringComparer.Ordinal);

    private VariantCorpus(string folder) => _folder = folder;

    /// <summary>The packages whose variants are whole.</summary>
    public IReadOnlyCollection<VariantEntry> Packages => _packages.Values;

    /// <summary>Why the variants of a corpus cannot be read as a whole, or null when they can, or were never made.</summary>
    public static string? FaultOf(string folder)
    {
        VariantCorpus whole = Open(folder);
        VariantEntry[] entries = whole.ReadManifest();
        string[] damaged = [.. entries.Select(e => e.Package).Where(p => !whole._packages.ContainsKey(p))];
        return damaged.Length > 0 ? $"the variants of {string.Join(", ", damaged)} are missing or damaged"
            : entries.Length == 0 && File.Exists(Path.Combine(folder, ManifestName)) ? $"its {ManifestName} names no packages"
            : null;
    }

    /// <summary>Opens the variants of a corpus; those whose shard is missing or damaged are forgotten.</summary>
    public static VariantCorpus Open(string folder)
    {
        Directory.CreateDirectory(folder);
        var corpus = new VariantCorpus(folder);
        foreach (VariantEntry entry in corpus.ReadManifest())
        {
            string shard = corpus.ShardPath(entry.Package);
            if (File.Exists(shard) && HashOf(File.ReadAllBytes(shard)) == entry.Hash)
            {
                corpus._packages[entry.Package] = entry;
            }
        }

        return corpus;
    }

    /// <summary>The variants of a package; none when they were not made.</summary>
    public IReadOnlyList<ShardRow> Load(string package) => _packages.ContainsKey(package) ? Shard.Load(ShardPath(package)) : [];

    /// <summary>Makes the variants of a package's functions unless that was done before. True when there was something to do.</summary>
    public bool Add(
        string package, IReadOnlyList<ShardRow> originals, VariantOptions options, int workers, Toolchain toolchain,
        IProgress<VariantProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        string made = HashOf(JsonSerializer.SerializeToUtf8Bytes(new { options, Functions = originals.Select(o => $"{o.Function} {o.Fingerprint} {o.SourceHash}") }));
        if (_packages.TryGetValue(package, out VariantEntry? done) && done.Made == made)
        {
            return false;
        }

        var builder = new VariantBuilder(options, toolchain, new VariantCheck(toolchain));
        var results = new (List<ShardRow> Variants, VariantFunnel Funnel)[originals.Count];
        (int finished, int kept) = (0, 0);
        Parallel.For(0, originals.Count, new ParallelOptions { MaxDegreeOfParallelism = workers, CancellationToken = cancellationToken }, i =>
        {
            results[i] = builder.Build(originals[i]);
            Interlocked.Add(ref kept, results[i].Variants.Count);
            progress?.Report(new VariantProgress(package, Interlocked.Increment(ref finished), originals.Count, kept));
        });
        Store(package, made, originals, results);
        return true;
    }

    private void Store(string package, string made, IReadOnlyList<ShardRow> originals, (List<ShardRow> Variants, VariantFunnel Funnel)[] results)
    {
        var taken = originals.Select(o => o.Fingerprint).ToHashSet();
        List<ShardRow> all = [.. results.SelectMany(r => r.Variants)];
        List<ShardRow> distinct = [.. all.Where(v => taken.Add(v.Fingerprint))];
        VariantFunnel funnel = results.Aggregate(VariantFunnel.Empty, (sum, r) => sum + r.Funnel);
        funnel = funnel with { Funnel = funnel.Funnel with { Kept = distinct.Count, Duplicate = funnel.Funnel.Duplicate + all.Count - distinct.Count } };
        Shard.Save(ShardPath(package), distinct);
        _packages[package] = new VariantEntry(package, made, HashOf(File.ReadAllBytes(ShardPath(package))), funnel);
        AtomicFile.Write(Path.Combine(_folder, ManifestName), JsonSerializer.SerializeToUtf8Bytes(_packages.Values.ToArray(), s_json));
    }

    private VariantEntry[] ReadManifest()
    {
        string path = Path.Combine(_folder, ManifestName);
        try
        {
            VariantEntry?[] entries = File.Exists(path) ? JsonSerializer.Deserialize<VariantEntry?[]>(File.ReadAllBytes(path)) ?? [] : [];
            return [.. entries.OfType<VariantEntry>().Where(e => e is { Package: not null, Funnel: not null })];
        }
        catch (JsonException)
        {
            return []; // Then everything is made anew.
        }
    }

    private string ShardPath(string package) => Path.Combine(_folder, ExeStack.FileName(package) + ".variants.parquet");

    private static string HashOf(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
