// Student's t distribution, to the last bit; a library's root finder stops at 1e-8, and published figures would change.

namespace Nsc.Core.Numerics;

public static class StudentT
{
    private const int Bisections = 60;

    /// <summary>The quantile t of so many degrees of freedom: |T| is at most t with the probability. By bisection.</summary>
    public static double Quantile(int freedom, double probability)
    {
        (double low, double high) = (0, Math.PI / 2);
        for (int i = 0; i < Bisections; i++)
        {
            double middle = (low + high) / 2;
            (low, high) = Within(middle, freedom) < probability ? (middle, high) : (low, middle);
        }

        return Math.Sqrt(freedom) * Math.Tan(high);
    }

    // The cumulative distribution: the probability that |t| is at most sqrt(freedom) tan(angle) (Abramowitz and Stegun, 26.7.3 and 26.7.4).
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
