// Points that fill a cube more evenly than independent ones do: fewer samples show the same of a smooth function.

using System.Numerics;

namespace Nsc.Core.Sampling.Designs;

/// <summary>
/// The sequence of Sobol' (1967) in Antonov and Saleev's order (1979) with the nested uniform scrambling of Owen (1995): each point alone is uniform in
/// the cube, and 2^k consecutive ones, from a multiple of 2^k on, have one point in each of 2^k slices along each axis. A prefix of the sequence is one too.
/// Dimensions beyond <see cref="SobolDirections.MostDimensions"/> are drawn independently.
/// </summary>
public sealed class SobolSequence
{
    private const int Bits = SobolDirections.Bits;
    private readonly uint[][] _directions;
    private readonly ulong[] _seeds;
    private readonly uint[] _point;
    private readonly SplitMix64 _beyond;
    private uint _index;

    public SobolSequence(int dimensions, ulong seed)
    {
        Dimensions = dimensions;
        _directions = SobolDirections.Of(Math.Min(dimensions, SobolDirections.MostDimensions));
        _point = new uint[_directions.Length];
        var random = new SplitMix64(seed);
        _seeds = [.. _directions.Select(_ => random.Next())];
        _beyond = new SplitMix64(random.Next());
    }

    public int Dimensions { get; }

    /// <summary>The next points, (count, dimensions), row-major, in [0, 1).</summary>
    public double[] Next(int count)
    {
        var rows = new double[count * Dimensions];
        for (int start = 0; start < rows.Length; start += Dimensions)
        {
            for (int i = 0; i < Dimensions; i++)
            {
                rows[start + i] = i < _point.Length ? Scrambled(_point[i], _seeds[i]) : _beyond.NextDouble();
            }

            Step();
        }

        return rows;
    }

    private void Step()
    {
        int changed = BitOperations.TrailingZeroCount(++_index) % Bits; // After 2^32 points it begins again.
        for (int i = 0; i < _point.Length; i++)
        {
            _point[i] ^= _directions[i][changed];
        }
    }

    // A bit is turned over or not by a coin that belongs to the bits before it; below the last bit the point is uniform.
    private static double Scrambled(uint point, ulong seed)
    {
        ulong bits = 0;
        for (int bit = 0; bit < Bits; bit++)
        {
            ulong before = (1UL << bit) | ((ulong)point >> (Bits - bit));
            ulong coin = SplitMix64.Scramble(seed + (before * 0x9E3779B97F4A7C15)) >> 63;
            bits = (bits << 1) | (((point >> (Bits - 1 - bit)) & 1) ^ coin);
        }

        const int Precision = 53;
        ulong rest = SplitMix64.Scramble(seed + (((1UL << Bits) | point) * 0x9E3779B97F4A7C15)) >> (64 - (Precision - Bits));
        return ((bits << (Precision - Bits)) | rest) * (1.0 / (1UL << Precision));
    }
}
