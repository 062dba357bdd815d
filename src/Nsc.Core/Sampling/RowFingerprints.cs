// Which rows a surrogate was trained on, so that a file's rows do not prove a bound that they were fitted to.

using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Nsc.Core.Sampling;

/// <summary>
/// A set of rows, each known by a hash of its inputs as single-precision numbers. A row that is in the set is always found, in whatever
/// order, file or precision it comes back; one that is not is taken for one that is with a probability of its size over 2^32, whatever its error.
/// </summary>
public sealed class RowFingerprints
{
    /// <summary>The most rows of a set: what a surrogate's file has room for.</summary>
    public const int Most = 2_000_000;

    private readonly ImmutableSortedSet<uint> _hashes;

    private RowFingerprints(ImmutableSortedSet<uint> hashes) => _hashes = hashes;

    public static RowFingerprints None { get; } = new([]);

    public int Count => _hashes.Count;

    public static RowFingerprints Of(SampleSet rows) => new([.. Enumerable.Range(0, rows.Count).Select(row => Hash(rows.Inputs(row)))]);

    /// <summary>What <see cref="ToString"/> wrote; null when the text is something else.</summary>
    public static RowFingerprints? TryParse(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out int length) && length % sizeof(uint) == 0
            ? new([.. MemoryMarshal.Cast<byte, uint>(bytes.AsSpan(0, length))])
            : null;
    }

    /// <summary>Base 64 of the hashes, little-endian, in rising order.</summary>
    public override string ToString() => Convert.ToBase64String(MemoryMarshal.AsBytes<uint>([.. _hashes]));

    public RowFingerprints Union(RowFingerprints other) => new(_hashes.Union(other._hashes));

    public bool Contains(ReadOnlySpan<double> inputs) => _hashes.Contains(Hash(inputs));

    /// <summary>The rows that are not in the set.</summary>
    public SampleSet Unseen(SampleSet rows) => _hashes.IsEmpty
        ? rows
        : rows.Take([.. Enumerable.Range(0, rows.Count).Where(row => !Contains(rows.Inputs(row)))]);

    /// <summary>The rows in a pseudo-random order in which those of equal inputs are neighbours.</summary>
    public static int[] Order(SampleSet rows, ulong seed) =>
        [.. Enumerable.Range(0, rows.Count).OrderBy(row => SplitMix64.Scramble(seed ^ Hash(rows.Inputs(row))))];

    /// <summary>
    /// Holds out so many rows, and with a row all that have the same inputs: what remains tells nothing of them. Both parts are in the order of the set.
    /// </summary>
    public static (SampleSet HeldOut, SampleSet Others) HoldOut(SampleSet rows, int count, ulong seed)
    {
        int[] order = Order(rows, seed);
        while (count > 0 && count < order.Length && Hash(rows.Inputs(order[count])) == Hash(rows.Inputs(order[count - 1])))
        {
            count++;
        }

        return (rows.Take([.. order[..count].Order()]), rows.Take([.. order[count..].Order()]));
    }

    private static uint Hash(ReadOnlySpan<double> inputs)
    {
        ulong hash = (ulong)inputs.Length;
        foreach (double input in inputs)
        {
            float value = (float)input;
            hash = SplitMix64.Scramble(hash ^ BitConverter.SingleToUInt32Bits(value == 0 ? 0 : value)) + 0x9E3779B97F4A7C15;
        }

        return (uint)(SplitMix64.Scramble(hash) >> 32);
    }
}
