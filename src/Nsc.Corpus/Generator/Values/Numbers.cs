// The constants that people write: mostly few digits, many scales, both signs, a few famous ones.

using System.Globalization;
using Nsc.Core.Programs;

namespace Nsc.Corpus.Generator.Values;

internal static class Numbers
{
    private static readonly double[] Famous =
        [9.81, 3.14159, 3.14159265358979, 1.5707963, 2.71828, 0.693147, 1.41421, 0.70710678, 1.61803, 100, 255, 256, 1000, 60, 180, 360, 273.15, 1e-3, 1e-2, 0.01745329];

    /// <summary>A C literal of type double: it always shows a point or an exponent.</summary>
    public static string Literal(double value)
    {
        string text = value.ToString("R", CultureInfo.InvariantCulture).Replace('E', 'e').Replace("e+", "e", StringComparison.Ordinal);
        return text.AsSpan().IndexOfAny('.', 'e') >= 0 ? text : text + ".0";
    }

    /// <summary>A C literal for a whole number or a real one, as a person writes the end of a range.</summary>
    public static string Bound(double value) => value.ToString("R", CultureInfo.InvariantCulture).Replace('E', 'e').Replace("e+", "e", StringComparison.Ordinal);

    /// <summary>A constant of any scale that a formula might hold, never 0.</summary>
    public static double Free(Rng rng)
    {
        double value = rng.Weighted(35, 15, 25, 8, 17) switch
        {
            0 => rng.Int(1, 10),
            1 => rng.Int(1, 12) / 4.0,
            2 => Round(rng.Uniform(0.02, 10), rng.Int(1, 3)),
            3 => rng.OneOf(Famous),
            _ => Round(Math.Pow(10, rng.Uniform(-3, 3)), rng.Int(1, 5)),
        };
        return rng.Chance(0.35) ? -value : value;
    }

    /// <summary>A coefficient of order one, either sign.</summary>
    public static double Coefficient(Rng rng)
    {
        double value = rng.Weighted(35, 15, 50) switch
        {
            0 => rng.Int(1, 5),
            1 => rng.Int(1, 12) / 4.0,
            _ => Round(rng.Uniform(0.05, 3), rng.Int(1, 4)),
        };
        return rng.Chance(0.45) ? -value : value;
    }

    /// <summary>A constant between two bounds: mostly of few digits, never outside.</summary>
    public static double Between(Rng rng, double low, double high)
    {
        double value = low > 0 && high / low > 30 ? Math.Exp(rng.Uniform(Math.Log(low), Math.Log(high))) : rng.Uniform(low, high);
        int digits = rng.Weighted(25, 45, 18, 8, 4) + 1;
        for (; digits < 9; digits++)
        {
            double rounded = RoundWithin(value, digits, high - low);
            if (rounded >= low && rounded <= high && (rounded != 0 || low == 0))
            {
                return rounded;
            }
        }

        return value;
    }

    /// <summary>Rounds to a number of significant digits.</summary>
    public static double Round(double value, int digits) =>
        double.Parse(value.ToString("E" + (digits - 1), CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>A range's literal as code sees it.</summary>
    public static Interval Exactly(double value) => new(value, value);

    // Far from zero the digits that matter are those of the interval's width, not of the value.
    private static double RoundWithin(double value, int digits, double width)
    {
        int exponent = (int)Math.Floor(Math.Log10(Math.Max(Math.Min(width, Math.Abs(value)), 1e-9)));
        int places = Math.Clamp(digits - 1 - exponent, 0, 12);
        return Math.Round(value, places);
    }
}
