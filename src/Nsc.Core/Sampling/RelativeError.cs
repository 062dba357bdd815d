// The error of an output over several decades, of which a mean of squares sees the largest numbers only.

namespace Nsc.Core.Sampling;

/// <summary>|error| / |true value| over a set of samples; true zeros are left out.</summary>
/// <param name="Median">Half of the samples err by no more.</param>
/// <param name="P95">95% of the samples err by no more.</param>
public sealed record RelativeError(double Median, double P95)
{
    private const double Decades = 1000, Tail = 0.05;

    /// <summary>Null where no true value but 0 is there, or they do not span decades.</summary>
    /// <param name="actual">(samples, outputs), row-major.</param>
    /// <param name="isAsked">Whether it is wanted of values within three decades too.</param>
    public static RelativeError? Of(SampleSet truth, double[] actual, int output, bool isAsked = false)
    {
        int[] rows = [.. Enumerable.Range(0, truth.Count).Where(row => truth.Outputs(row)[output] != 0)];
        if (rows.Length == 0 || !(isAsked || SpansDecades(truth.Output(output))))
        {
            return null;
        }

        double[] errors = [.. rows.Select(row => Error(actual[(row * truth.OutputCount) + output], truth.Outputs(row)[output])).Order()];
        return new RelativeError(Quantile(errors, 0.5), Quantile(errors, 1 - Tail));
    }

    /// <summary>Whether the middle nine tenths of numbers, by size, lie further apart than three decades.</summary>
    public static bool SpansDecades(double[] values)
    {
        double[] sizes = [.. values.Where(v => v != 0).Select(Math.Abs).Order()];
        return sizes.Length > 0 && Quantile(sizes, 1 - Tail) / Quantile(sizes, Tail) > Decades;
    }

    // What is no number is infinitely wrong.
    private static double Error(double actual, double expected) =>
        Math.Abs((actual - expected) / expected) is var error && double.IsNaN(error) ? double.PositiveInfinity : error;

    // The least number that the share of the numbers does not exceed.
    private static double Quantile(double[] ascending, double share) => ascending[Math.Max(0, (int)Math.Ceiling(share * ascending.Length) - 1)];
}
