// The input ranges that programs come with: normalised, pixels, angles, physical, narrow and far from zero.

using Nsc.Core.Programs;

namespace Nsc.Corpus.Generator.Values;

internal static class Ranges
{
    /// <summary>A range for an input of a formula that does not mind its scale.</summary>
    public static Interval Free(Rng rng) => rng.Weighted(26, 18, 8, 6, 6, 5, 16, 9, 6) switch
    {
        0 => new(-1, 1),
        1 => new(0, 1),
        2 => new(0, rng.Pick(255.0, 255.0, 100, 10)),
        3 => rng.Pick(new Interval(-3.1416, 3.1416), new(0, 6.2832), new(-1.57, 1.57), new(0, 3.14159)),
        4 => new(1, rng.Pick(10.0, 100.0, 20, 5)),
        5 => Symmetric(rng.Pick(2.0, 3, 5, 10, 100, 0.5)),
        6 => Anywhere(rng),
        7 => Symmetric(Numbers.Round(Math.Pow(10, rng.Uniform(-1.5, 2)), 2)),
        _ => Far(rng),
    };

    /// <summary>A range that suits a quantity known to lie in [low, high]: often all of it, sometimes a part.</summary>
    public static Interval Within(Rng rng, double low, double high)
    {
        if (rng.Chance(0.5))
        {
            return new(low, high);
        }

        double width = (high - low) * rng.Uniform(0.35, 0.95);
        double start = rng.Uniform(low, high - width);
        int digits = Math.Clamp(1 - (int)Math.Floor(Math.Log10(width)), 0, 10);
        var part = new Interval(Math.Round(start, digits), Math.Round(start + width, digits));
        return part.Low >= low && part.High <= high && part.Low < part.High ? part : new(low, high);
    }

    private static Interval Symmetric(double half) => new(-half, half);

    private static Interval Anywhere(Rng rng)
    {
        double half = Math.Pow(10, rng.Uniform(-1, 1.6));
        double middle = half * rng.Uniform(-2, 2);
        return new(Numbers.Round(middle - half, 3), Numbers.Round(middle + half, 3));
    }

    private static Interval Far(Rng rng)
    {
        double middle = Math.Pow(10, rng.Uniform(0, 2.5));
        double half = middle * rng.Uniform(0.03, 0.3);
        return new(Numbers.Round(middle - half, 3), Numbers.Round(middle + half, 3));
    }
}
