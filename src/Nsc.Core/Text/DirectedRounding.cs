// A proven limit that is rounded to nearest can become a claim that nobody proved: it is rounded away from the claim.

using System.Globalization;

namespace Nsc.Core.Text;

/// <summary>Directed rounding of numbers in text, in the invariant culture.</summary>
public static class DirectedRounding
{
    /// <summary>The least number of so many significant digits that is not below the value: for upper limits.</summary>
    public static string Up(double value, int digits) => Rounded(value, digits, 1);

    /// <summary>The greatest number of so many significant digits that is not above the value: for lower limits.</summary>
    public static string Down(double value, int digits) => Rounded(value, digits, -1);

    /// <summary>A share that somebody asked for, in percent, with all its digits.</summary>
    public static string Percent(double share) => share is > 1e-20 and < 1e20
        ? ((decimal)share * 100).ToString("G29", CultureInfo.InvariantCulture)
        : (share * 100).ToString("R", CultureInfo.InvariantCulture);

    private static string Rounded(double value, int digits, int direction)
    {
        string general = "G" + digits.ToString(CultureInfo.InvariantCulture), nearest = value.ToString(general, CultureInfo.InvariantCulture);
        if (!double.IsFinite(value) || (Parse(nearest) - value) * direction >= 0)
        {
            return nearest;
        }

        // The neighbour in the last digit.
        string[] parts = value.ToString("E" + (digits - 1).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture).Split('E');
        long mantissa = long.Parse(parts[0].Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) + direction;
        int exponent = int.Parse(parts[1], CultureInfo.InvariantCulture) - digits + 1;
        if (Math.Abs(mantissa) < Math.Pow(10, digits - 1))
        {
            (mantissa, exponent) = ((10 * mantissa) + (9 * Math.Sign(value)), exponent - 1); // 9.999 comes before 10.00
        }

        return Parse(string.Create(CultureInfo.InvariantCulture, $"{mantissa}E{exponent}")).ToString(general, CultureInfo.InvariantCulture);
    }

    private static double Parse(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
