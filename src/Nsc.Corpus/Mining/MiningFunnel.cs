// The funnel of mining: where every function of a package went.

using System.Collections.Immutable;

namespace Nsc.Corpus.Mining;

/// <summary>How many files and functions were seen, and how many fell at each filter; the front end's refusals by their reason.</summary>
/// <param name="Repeated">The same text as before, as a header's function is in every file that includes it.</param>
/// <param name="Disagreeing">Native code and graph give different answers over all ranges that were tried.</param>
public sealed record MiningFunnel(
    int Files, int Unreadable, int Functions, int NotNumerical, int Repeated, ImmutableSortedDictionary<string, int> Refused, int TooLarge,
    int NoRange, int Disagreeing, int Duplicate, int Kept)
{
    public static readonly MiningFunnel Empty = new(0, 0, 0, 0, 0, ImmutableSortedDictionary<string, int>.Empty, 0, 0, 0, 0, 0);

    public static MiningFunnel OneRefused(string reason) => Empty with { Refused = Empty.Refused.Add(reason, 1) };

    public static MiningFunnel operator +(MiningFunnel a, MiningFunnel b) => new(
        a.Files + b.Files, a.Unreadable + b.Unreadable, a.Functions + b.Functions, a.NotNumerical + b.NotNumerical, a.Repeated + b.Repeated,
        b.Refused.Aggregate(a.Refused, (sum, r) => sum.SetItem(r.Key, sum.GetValueOrDefault(r.Key) + r.Value)),
        a.TooLarge + b.TooLarge, a.NoRange + b.NoRange, a.Disagreeing + b.Disagreeing, a.Duplicate + b.Duplicate, a.Kept + b.Kept);
}

/// <summary>What mining cost.</summary>
/// <param name="Examined">Functions that were cut out, distinct ones.</param>
/// <param name="Seconds">From the start to the end.</param>
/// <param name="BusySeconds">Of all workers together.</param>
/// <param name="ClangSeconds">Of these, in clang: parsing in this process, and its processes.</param>
public sealed record MiningEffort(int Examined, double Seconds, double BusySeconds, double ClangSeconds)
{
    public static readonly MiningEffort None = new(0, 0, 0, 0);

    public static MiningEffort operator +(MiningEffort a, MiningEffort b) => new(
        a.Examined + b.Examined, a.Seconds + b.Seconds, a.BusySeconds + b.BusySeconds, a.ClangSeconds + b.ClangSeconds);
}
