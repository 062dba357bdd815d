// What the errors on some samples say about all inputs of the distribution that the samples were drawn from.

namespace Nsc.Core.Sampling;

/// <summary>Bounds in the manner of Clopper and Pearson (1934): exact for independent samples, whatever the errors' distribution.</summary>
public static class ErrorBound
{
    private const int Bisections = 60;

    /// <summary>
    /// The upper limit of the share of all inputs whose error is beyond something, when it is for so many of the samples; it holds with the
    /// given confidence.
    /// </summary>
    public static double UpperRate(int beyond, int samples, double confidence)
    {
        if (beyond >= samples)
        {
            return 1;
        }

        (double low, double high) = ((double)beyond / samples, 1);
        for (int i = 0; i < Bisections; i++)
        {
            double middle = (low + high) / 2;
            (low, high) = ProbabilityOfAtMost(beyond, samples, middle) > 1 - confidence ? (middle, high) : (low, middle);
        }

        return high;
    }

    /// <summary>
    /// The least of some errors that at most the given share of all inputs exceeds, with the given confidence. Infinite when there are too few
    /// samples to say so of any, or an error is not finite.
    /// </summary>
    public static double Quantile(IEnumerable<double> errors, double rate, double confidence)
    {
        double[] sorted = [.. errors.Select(e => double.IsFinite(e) ? e : double.PositiveInfinity).Order()];
        int within = sorted.Length;
        while (within > 0 && UpperRate(sorted.Length - within, sorted.Length, confidence) <= rate)
        {
            within--;
        }

        // The first count that the bound does not hold for any more is one too few.
        return within < sorted.Length ? sorted[within] : double.PositiveInfinity;
    }

    // Of a binomial distribution.
    private static double ProbabilityOfAtMost(int successes, int trials, double p)
    {
        double sum = 0, logTerm = trials * Math.Log(1 - p);
        for (int k = 0; ; k++)
        {
            sum += Math.Exp(logTerm);
            if (k == successes)
            {
                return sum;
            }

            logTerm += Math.Log((double)(trials - k) / (k + 1)) + Math.Log(p) - Math.Log(1 - p);
        }
    }
}
