// What a scan found in all files, and how parts of it that several processes found become one.

using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Nsc.Compiler.Scanning;

/// <summary>What was found in a file, or in many.</summary>
/// <param name="Files">How many files were looked at.</param>
/// <param name="WithoutNumbers">Of these, how many define no function that computes numbers.</param>
/// <param name="Compilable">Those that gain most first.</param>
/// <param name="OtherFunctions">How many functions do not compute numbers, by the reason.</param>
public sealed record ScanResult(
    int Files, int WithoutNumbers, ImmutableArray<CompilableFunction> Compilable, ImmutableArray<RefusedFunction> Refused,
    ImmutableSortedDictionary<string, int> OtherFunctions, ImmutableArray<FileTrouble> Troubles)
{
    /// <summary>Nothing yet.</summary>
    public static readonly ScanResult Empty = new(0, 0, [], [], ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal), []);

    /// <summary>Whether the scan was cancelled before it came to the last file.</summary>
    public bool IsCancelled { get; init; }

    /// <summary>What a surrogate's call takes on this machine; null for a part of a scan.</summary>
    [JsonIgnore]
    public NetCost? Cost { get; init; }

    /// <summary>All parts together, in an order that does not depend on theirs.</summary>
    internal static ScanResult Of(IReadOnlyCollection<ScanResult> parts, NetCost? cost = null) => new(
        parts.Sum(p => p.Files), parts.Sum(p => p.WithoutNumbers),
        [.. parts.SelectMany(p => p.Compilable).Select(f => cost is null || f.Nanoseconds is null ? f : f with { NetNanoseconds = cost.Of(f.Inputs.Length, f.Outputs.Length) })
            .OrderByDescending(f => f.Gain ?? double.NegativeInfinity).ThenBy(f => f.File, StringComparer.Ordinal).ThenBy(f => f.Line)],
        [.. parts.SelectMany(p => p.Refused).OrderBy(f => f.File, StringComparer.Ordinal).ThenBy(f => f.Line)],
        parts.SelectMany(p => p.OtherFunctions).GroupBy(r => r.Key).ToImmutableSortedDictionary(r => r.Key, r => r.Sum(n => n.Value), StringComparer.Ordinal),
        [.. parts.SelectMany(p => p.Troubles).OrderBy(t => t.File, StringComparer.Ordinal)])
    {
        IsCancelled = parts.Any(p => p.IsCancelled), Cost = cost,
    };
}
