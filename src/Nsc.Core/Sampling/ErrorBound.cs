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

    /// <summary>The fewest samples that can bound the share of all inputs by a rate, when none of them errs: the least n with (1 - rate)^n at most 1 - confidence.</summary>
    public static double FewestSamples(double rate, double confidence) => Math.Ceiling(double.LogP1(-confidence) / double.LogP1(-rate));

    /// <summary>Both limits of the share of all inputs whose error is beyond something, when it is for so many of the samples.</summary>
    public static (double Low, double High) Interval(int beyond, int samples, double confidence)
    {
        double side = (1 - confidence) / 2;
        if (beyond == 0)
        {
            return (0, UpperRate(0, samples, 1 - side));
        }

        (double low, double high) = (0, (double)beyond / samples);
        for (int i = 0; i < Bisections; i++)
        {
            double middle = (low + high) / 2;
            (low, high) = ProbabilityOfAtMost(beyond - 1, samples, middle) > 1 - side ? (middle, high) : (low, middle);
        }

        return (low, UpperRate(beyond, samples, 1 - side));
    }

    /// <summary>
    /// The least of some errors that at most the given share of all inputs exceeds, with the given confidence. Infinite when there are too few
    /// samples to say so of any, or an error is not finite.
    /// </summary>
    public static double Quantile(IEnumerable<double> errors, double rate, double confidence)
    {
        double[] sorted = [.. errors.Select(e => double.IsFinite(e) ? e : double.PositiveInfinity).Order()];
        int beyond = MostBeyond(sorted.Length, rate, confidence);
        return beyond >= 0 ? sorted[^(beyond + 1)] : double.PositiveInfinity;
    }

    /// <summary>
    /// How many of the samples may be beyond something so that at most the given share of all inputs is, with the given confidence: the
    /// largest count whose <see cref="UpperRate"/> is not above the share. -1 when even none are too many.
    /// </summary>
    public static int MostBeyond(int samples, double rate, double confidence)
    {
        double sum = 0, logTerm = samples * Math.Log(1 - rate);
        for (int k = 0; k < samples; k++)
        {
            sum += Math.Exp(logTerm);
            if (sum > 1 - confidence)
            {
                return k - 1;
            }

            logTerm += LogRatio(k, samples, rate);
        }

        return samples - 1;
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

            logTerm += LogRatio(k, trials, p);
        }
    }

    // Of the probabilities of k + 1 successes and of k.
    private static double LogRatio(int k, int trials, double p) => Math.Log((double)(trials - k) / (k + 1)) + Math.Log(p) - Math.Log(1 - p);
}
