// Random numbers that are the same on every machine and in every release, so that a seed names a set of samples for good.

namespace Nsc.Core.Sampling;

/// <summary>
/// Steele, Lea and Flood, "Fast splittable pseudorandom number generators" (OOPSLA 2014): a counter with an odd step, and a
/// bijection that mixes its bits. Any seed is a good one.
/// </summary>
public sealed class SplitMix64(ulong seed)
{
    private ulong _state = seed;

    /// <summary>The next 64 random bits.</summary>
    public ulong Next()
    {
        ulong z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A uniform real number in [0, 1), a multiple of 2^-53.</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));
}
