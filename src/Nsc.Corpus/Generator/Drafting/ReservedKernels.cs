// The rule that keeps the benchmark out of training: no generated program may behave like a Parrot or AxBench kernel.

namespace Nsc.Corpus.Generator.Drafting;

/// <summary>
/// What families near a benchmark kernel must reject. The kernels: fft (sine and cosine of -2 pi x), inversek2j (two-link
/// arm with both links 0.5), kmeans (Euclidean distance of two 3-vectors), sobel (norm of the two 3x3 gradients with
/// coefficients 1, 2, 1), blackscholes, jmeint and jpeg. The last three are too long to be hit by chance and no family
/// writes their formulas.
/// </summary>
internal static class ReservedKernels
{
    /// <summary>Whether a 3x3 window of coefficients is sobel's, at any scale, sign or orientation.</summary>
    public static bool IsSobel(ReadOnlySpan<double> window)
    {
        if (window.Length != 9)
        {
            return false;
        }

        ReadOnlySpan<double> transposed = [window[0], window[3], window[6], window[1], window[4], window[7], window[2], window[5], window[8]];
        return IsHorizontalSobel(window) || IsHorizontalSobel(transposed);
    }

    /// <summary>Whether a distance is kmeans': order 2, two vectors of 3 inputs, all weights equal.</summary>
    public static bool IsKmeansDistance(int dimensions, double order, bool isWeighted) => dimensions == 3 && order == 2 && !isWeighted;

    /// <summary>Whether sine and cosine of x times this are the fft kernel's twiddle factors.</summary>
    public static bool IsFftTwiddle(double frequency) => Math.Abs(Math.Abs(frequency) - (2 * Math.PI)) < 0.05;

    /// <summary>Whether a two-link arm is inversek2j's.</summary>
    public static bool IsInverseK2J(double upper, double lower) => upper == 0.5 && lower == 0.5;

    private static bool IsHorizontalSobel(ReadOnlySpan<double> w)
    {
        double unit = w[0];
        return unit != 0 && w[1] == 2 * unit && w[2] == unit && w[3] == 0 && w[4] == 0 && w[5] == 0
            && w[6] == -unit && w[7] == -2 * unit && w[8] == -unit;
    }
}
