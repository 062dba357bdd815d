// The corpus of real functions: a shard for each source package and a manifest. A package that is done is not done again, and
// a build that is killed loses the package that it was at.

using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Nsc.Core.Files;
using Nsc.Corpus.Shards;
using Nsc.FrontEnd.Preprocessing.Packages;
using Nsc.FrontEnd.Tools;

namespace Nsc.Corpus.Mining;

/// <summary>What the manifest says of a package.</summary>
/// <param name="Hash">SHA-256 of its shard.</param>
/// <param name="MaxNodes">The option that it was built with.</param>
/// <param name="Effort">What it cost; the only part that differs from one build of the same sources to the next.</param>
public sealed record PackageEntry(string Package, string Version, int MaxNodes, string Hash, MiningFunnel Funnel, MiningEffort Effort);

/// <summary>How far a build is.</summary>
public sealed record ExeStackProgress(string Package, int Functions, string File);

/// <summary>A corpus of real functions in a folder.</summary>
public sealed class ExeStack
{
    private const string ManifestName = "manifest.json";
    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true };
    private readonly string _folder;
    private readonly SortedDictionary<string, PackageEntry> _packages = new(StringComparer.Ordinal);

    private ExeStack(string folder) => _folder = folder;

    /// <summary>The packages whose shards are whole.</summary>
    public IReadOnlyCollection<PackageEntry> Packages => _packages.Values;

    /// <summary>Why a folder cannot be read as a whole corpus, or null when it can.</summary>
    public static string? FaultOf(string folder)
    {
        string manifest = Path.Combine(folder, ManifestName);
        PackageEntry[] entries = File.Exists(manifest) ? ReadManifest(manifest) : [];
        ExeStack? whole = entries.Length == 0 ? null : Open(folder);
        string[] damaged = [.. entries.Select(e => e.Package).Where(p => !whole!._packages.ContainsKey(p))];
        return !File.Exists(manifest) ? $"it has no {ManifestName}"
            : entries.Length == 0 ? $"its {ManifestName} names no packages"
            : damaged.Length > 0 ? $"the functions of {string.Join(", ", damaged)} are missing or damaged"
            : null;
    }

    /// <summary>Opens a corpus, or starts one. Packages whose shard is missing or damaged are forgotten.</summary>
    public static ExeStack Open(string folder)
    {
        Directory.CreateDirectory(folder);
        var corpus = new ExeStack(folder);
        string manifest = Path.Combine(folder, ManifestName);
        foreach (PackageEntry entry in File.Exists(manifest) ? ReadManifest(manifest) : [])
        {
            string shard = corpus.ShardPath(entry.Package);
            if (File.Exists(shard) && HashOf(shard) == entry.Hash)
            {
                corpus._packages[entry.Package] = entry;
            }
        }

        return corpus;
    }

    /// <summary>The functions of a package.</summary>
    public IReadOnlyList<ShardRow> Load(string package) => Shard.Load(ShardPath(package));

    /// <summary>Mines a package unless that was done before with the same version and options. True when there was something to do.</summary>
    public bool Add(
        SourcePackage package, string version, int maxNodes, int workers, Toolchain toolchain,
        IProgress<ExeStackProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        if (_packages.TryGetValue(package.Name, out PackageEntry? done) && done.Version == version && done.MaxNodes == maxNodes)
        {
            return false;
        }

        using var miner = new PackageMiner(package, maxNodes, workers, toolchain, progress);
        Store(package, version, maxNodes, miner.Mine(cancellationToken));
        return true;
    }

    private void Store(SourcePackage package, string version, int maxNodes, MinedPackage mined)
    {
        var taken = new HashSet<string>();
        RealFunction[] kept = [.. mined.Functions.Where(f => taken.Add(f.Fingerprint))];
        MiningFunnel funnel = mined.Funnel with { Duplicate = mined.Functions.Count - kept.Length, Kept = kept.Length };
        string shard = ShardPath(package.Name);
        DebianCopyright copyright = DebianCopyright.Of(package.Root);
        Shard.Save(shard, [.. kept.Select(f => RowOf(f, version, copyright.LicenceOf(f.File)))]);
        _packages[package.Name] = new PackageEntry(package.Name, version, maxNodes, HashOf(shard), funnel, mined.Effort);
        byte[] manifest = JsonSerializer.SerializeToUtf8Bytes(_packages.Values.ToArray(), s_json);
        AtomicFile.Write(Path.Combine(_folder, ManifestName), manifest);
    }

    private static ShardRow RowOf(RealFunction function, string version, string licence) =>
        ShardRow.Of(function.Name, function.Source, function.Program, function.Fingerprint) with
        {
            Package = function.Package, Version = version, File = function.File, Licence = licence, Samples = ShardRow.SamplesOf(function.Program),
        };

    private static PackageEntry[] ReadManifest(string path)
    {
        try
        {
            PackageEntry?[] entries = JsonSerializer.Deserialize<PackageEntry?[]>(File.ReadAllBytes(path)) ?? [];
            return [.. entries.OfType<PackageEntry>().Where(e => e is { Package: not null, Funnel: not null, Effort: not null })];
        }
        catch (JsonException)
        {
            return []; // Then everything is built anew, which is what a damaged manifest deserves.
        }
    }

    private string ShardPath(string package) => Path.Combine(_folder, FileName(package) + ".parquet");

    // Debian's package names are harmless; a folder's name need not be.
    internal static string FileName(string package) =>
        package.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '+' or '.') && !package.StartsWith('.')
            ? package
            : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(package)))[..16];

    private static string HashOf(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
