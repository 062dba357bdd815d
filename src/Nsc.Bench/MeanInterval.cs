// Intervals for geometric means over programs. There may be five programs, and resampling five (the bootstrap's percentiles) covers the mean
// 85 times in 100 where 95 are promised.

namespace Nsc.Bench;

/// <summary>Student's t interval of the logarithms' mean: exact when the logarithms are normal, whatever their number.</summary>
public static class MeanInterval
{
    /// <summary>What reports call it.</summary>
    public const string Name = "95% t interval";

    private const double Confidence = 0.95;
    private const int Bisections = 60;

    /// <summary>The interval of the exponential of the mean; of one program anything is possible.</summary>
    public static (double Low, double High) Geometric(IReadOnlyList<double> logs)
    {
        if (logs.Count < 2)
        {
            return (0, double.PositiveInfinity);
        }

        double mean = logs.Average(), variance = logs.Sum(l => (l - mean) * (l - mean)) / (logs.Count - 1);
        double half = Quantile(logs.Count - 1) * Math.Sqrt(variance / logs.Count);
        return (Math.Exp(mean - half), Math.Exp(mean + half));
    }

    /// <summary>The t beyond which, to either side, lies what the confidence leaves.</summary>
    public static double Quantile(int freedom)
    {
        (double low, double high) = (0, Math.PI / 2);
        for (int i = 0; i < Bisections; i++)
        {
            double middle = (low + high) / 2;
            (low, high) = Within(middle, freedom) < Confidence ? (middle, high) : (low, middle);
        }

        return Math.Sqrt(freedom) * Math.Tan(high);
    }

    // The probability that |t| is at most sqrt(freedom) tan(angle) (Abramowitz and Stegun, 26.7.3 and 26.7.4).
    private static double Within(double angle, int freedom)
    {
        double sine = Math.Sin(angle), cosine = Math.Cos(angle);
        bool isOdd = freedom % 2 == 1;
        (double sum, double term) = (0, isOdd ? cosine : 1);
        for (int k = isOdd ? 1 : 0; k <= freedom - 2; k += 2)
        {
            sum += term;
            term *= cosine * cosine * (k + 1) / (k + 2);
        }

        return isOdd ? 2 / Math.PI * (angle + (sine * sum)) : sine * sum;
    }
}
