// Rows of which each coordinate takes every one of as many equal slices exactly once.

namespace Nsc.Core.Sampling.Designs;

/// <summary>Latin hypercube sampling (McKay, Beckman and Conover, 1979), at a random place in each slice. Each call gives a hypercube of its own.</summary>
public sealed class LatinHypercube(int dimensions, ulong seed)
{
    private readonly SplitMix64 _random = new(seed);

    /// <summary>The next rows, (count, dimensions), row-major, in [0, 1).</summary>
    public double[] Next(int count)
    {
        var rows = new double[count * dimensions];
        var slices = new int[count];
        for (int i = 0; i < dimensions; i++)
        {
            Permute(slices);
            for (int row = 0; row < count; row++)
            {
                // Rounding may not step into the next slice, and out of the last one.
                rows[(row * dimensions) + i] = Math.Min((slices[row] + _random.NextDouble()) / count, Math.BitDecrement((slices[row] + 1.0) / count));
            }
        }

        return rows;
    }

    // Fisher and Yates.
    private void Permute(int[] numbers)
    {
        for (int i = 0; i < numbers.Length; i++)
        {
            int j = _random.NextInt(i + 1);
            (numbers[i], numbers[j]) = (numbers[j], i);
        }
    }
}
