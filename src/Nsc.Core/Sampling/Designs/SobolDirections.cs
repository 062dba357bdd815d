// The numbers that a Sobol' sequence is made of: for each dimension a primitive polynomial, and odd numbers that begin its recurrence.

using System.Collections.Immutable;

namespace Nsc.Core.Sampling.Designs;

/// <summary>
/// Direction numbers by the recurrence of Bratley and Fox (1988). The polynomials are all primitive ones over GF(2) in rising order. The odd numbers are drawn,
/// with those seeds out of 400 for each dimension that make its projections with the dimensions before it the most even: the sum of the squares of the
/// quality parameter t of these (t, m, 2)-nets over m from 2 to 12 is the least.
/// </summary>
public static class SobolDirections
{
    /// <summary>Bits of a coordinate.</summary>
    public const int Bits = 32;

    private static readonly ImmutableArray<int> s_seeds =
    [
        0, 0, 11, 0, 13, 135, 373, 204, 178, 118, 289, 394, 382, 9, 159, 174, 57, 264, 325, 149, 125, 398, 94, 26, 18, 262, 178, 288, 204, 145, 310, 249,
        50, 122, 45, 301, 263, 44, 219, 24, 98, 381, 329, 148, 3, 329, 173, 318, 147, 119, 174, 67, 96, 135, 80, 22, 327, 231, 0, 311, 184, 314, 126, 202,
        92, 61, 229, 292, 255, 144, 2, 117, 177, 366, 357, 138, 253, 244, 132, 138, 154, 0, 306, 268, 73, 174, 19, 263, 144, 295, 384, 143, 30, 55, 391, 396,
        76, 69, 167, 279, 396, 384, 314, 262, 50, 71, 380, 195, 105, 16, 18, 158, 49, 318, 288, 81, 75, 60, 148, 317, 101, 193, 269, 220, 327, 2, 208,
    ];

    /// <summary>The dimensions that there are numbers for.</summary>
    public static int MostDimensions => s_seeds.Length + 1;

    /// <summary>For each dimension the direction numbers of the 32 bits of an index.</summary>
    public static uint[][] Of(int dimensions)
    {
        uint[] first = [.. Enumerable.Range(0, Bits).Select(bit => 1u << (Bits - 1 - bit))];
        return [.. Primitive().Take(Math.Max(0, dimensions - 1)).Select((polynomial, j) => Of(polynomial, ((ulong)j << 32) | (uint)s_seeds[j])).Prepend(first).Take(dimensions)];
    }

    // The numbers m of the recurrence, odd and below 2^k, are fractions of 2^k: shifted to the left end of the word they are the directions.
    private static uint[] Of(uint polynomial, ulong seed)
    {
        int degree = Degree(polynomial);
        var random = new SplitMix64(seed);
        var m = new ulong[Bits + 1];
        for (int k = 1; k <= Bits; k++)
        {
            m[k] = k <= degree ? (random.Next() & ((1UL << k) - 1)) | 1 : m[k - degree];
            for (int i = 1; i <= degree && k > degree; i++)
            {
                m[k] ^= ((polynomial >> (degree - i)) & 1) * (m[k - i] << i);
            }
        }

        return [.. Enumerable.Range(1, Bits).Select(k => (uint)(m[k] << (Bits - k)))];
    }

    // Bit i is the coefficient of x^i.
    private static IEnumerable<uint> Primitive()
    {
        for (uint polynomial = 3; ; polynomial += 2)
        {
            if (IsPrimitive(polynomial))
            {
                yield return polynomial;
            }
        }
    }

    // Of degree s, when the powers of x repeat after 2^s - 1 and no sooner.
    private static bool IsPrimitive(uint polynomial)
    {
        int degree = Degree(polynomial);
        uint power = 1, period = 0;
        do
        {
            power <<= 1;
            power ^= ((power >> degree) & 1) * polynomial;
            period++;
        }
        while (power != 1);
        return period == (1u << degree) - 1;
    }

    private static int Degree(uint polynomial) => int.Log2((int)polynomial);
}
