// Intervals for geometric means over programs.

namespace Nsc.Bench;

internal static class Bootstrap
{
    private const int Resamples = 2000;

    /// <summary>The 95% interval of the exponential of a mean, by resampling.</summary>
    public static (double Low, double High) Interval(double[] logs)
    {
        var random = new Random(1);
        double[] means = [.. Enumerable.Range(0, Resamples)
            .Select(_ => Enumerable.Range(0, logs.Length).Average(_ => logs[random.Next(logs.Length)])).Order()];
        return (Math.Exp(means[Resamples / 40]), Math.Exp(means[Resamples - 1 - (Resamples / 40)]));
    }
}
