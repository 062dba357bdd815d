// How far a surrogate is from its program: the figures that eval reports and that every claim is made in.

using System.Collections.Immutable;

namespace Nsc.Core.Sampling;

/// <summary>The errors of one output over a set of samples. Means are weighted where the samples are.</summary>
/// <param name="Nmse">
/// Mean squared error divided by the variance of the true values. An output that is constant over the samples has no variance: its
/// error is divided by the square of that constant instead, or by 1 when the constant is 0. Never NaN; infinite when it overflows.
/// </param>
/// <param name="Mse">Mean squared error, in the output's units squared.</param>
/// <param name="Mae">Mean absolute error, in the output's units.</param>
/// <param name="MaxAbs">Largest absolute error, in the output's units.</param>
public sealed record OutputError(double Nmse, double Mse, double Mae, double MaxAbs)
{
    /// <summary>The coefficient of determination: 1 is perfect, 0 is no better than the mean.</summary>
    public double R2 => 1 - Nmse;
}

/// <summary>One sample on which the surrogate is far off.</summary>
/// <param name="Output">The index of the output that is off the most, relative to that output's deviation.</param>
/// <param name="AbsoluteError">The error of that output, in its units.</param>
public sealed record WorstSample(
    ImmutableArray<double> Inputs, ImmutableArray<double> Expected, ImmutableArray<double> Actual, int Output, double AbsoluteError);

/// <summary>The errors of a surrogate over a set of samples.</summary>
/// <param name="Nmse">The mean of the outputs' normalised errors.</param>
/// <param name="Outputs">The errors of each output.</param>
/// <param name="Worst">The samples that are furthest off, worst first.</param>
public sealed record ErrorMetrics(double Nmse, ImmutableArray<OutputError> Outputs, ImmutableArray<WorstSample> Worst)
{
    /// <summary>Compares predictions with true samples.</summary>
    /// <param name="truth">At least one sample, all values finite.</param>
    /// <param name="actual">(samples, outputs), row-major: what the surrogate gave for <c>truth.X</c>.</param>
    /// <param name="worstCount">How many of the worst samples to list.</param>
    public static ErrorMetrics Measure(SampleSet truth, ReadOnlySpan<double> actual, int worstCount = 5)
    {
        if (truth.Count == 0 || actual.Length != truth.Y.Length)
        {
            throw new ArgumentException($"{actual.Length} predictions do not match {truth.Count} samples of {truth.OutputCount} outputs", nameof(actual));
        }

        double[] predictions = actual.ToArray();
        var scales = new double[truth.OutputCount];
        var errors = ImmutableArray.CreateBuilder<OutputError>(truth.OutputCount);
        for (int k = 0; k < scales.Length; k++)
        {
            scales[k] = Scale(truth, k);
            errors.Add(MeasureOutput(truth, predictions, k, scales[k]));
        }

        return new ErrorMetrics(errors.Average(e => e.Nmse), errors.MoveToImmutable(), FindWorst(truth, predictions, scales, worstCount));
    }

    /// <summary>The standard deviation of an output, or what stands in for it when the output is constant.</summary>
    public static double Scale(SampleSet truth, int k)
    {
        double mean = 0, low = double.PositiveInfinity, high = double.NegativeInfinity;
        for (int s = 0; s < truth.Count; s++)
        {
            double y = truth.Outputs(s)[k];
            mean += truth.Weight(s) * y / truth.Count;
            low = Math.Min(low, y);
            high = Math.Max(high, y);
        }

        // Squares of y / width cannot overflow, nor vanish altogether, whatever the output's units.
        double width = (high / 2) - (low / 2);
        if (width == 0)
        {
            return high == 0 ? 1 : Math.Abs(high);
        }

        double sum = 0;
        for (int s = 0; s < truth.Count; s++)
        {
            double deviation = (truth.Outputs(s)[k] / width) - (mean / width);
            sum += truth.Weight(s) * deviation * deviation;
        }

        return width * Math.Sqrt(sum / truth.Count);
    }

    private static OutputError MeasureOutput(SampleSet truth, double[] actual, int k, double scale)
    {
        double squares = 0, scaledSquares = 0, absolutes = 0, largest = 0;
        for (int s = 0; s < truth.Count; s++)
        {
            double error = ErrorOf(truth, actual, s, k);
            double weight = truth.Weight(s);
            squares += weight * error * error / truth.Count;
            scaledSquares += weight * (error / scale) * (error / scale) / truth.Count;
            absolutes += weight * error / truth.Count;
            largest = Math.Max(largest, error);
        }

        return new OutputError(scaledSquares, squares, absolutes, largest);
    }

    private static ImmutableArray<WorstSample> FindWorst(SampleSet truth, double[] actual, double[] scales, int count)
    {
        int outputs = truth.OutputCount;
        return [.. Enumerable.Range(0, truth.Count)
            .Select(s => (Sample: s, Output: Enumerable.Range(0, outputs).MaxBy(k => ErrorOf(truth, actual, s, k) / scales[k])))
            .OrderByDescending(e => ErrorOf(truth, actual, e.Sample, e.Output) / scales[e.Output])
            .Take(count)
            .Select(e => new WorstSample(
                [.. truth.Inputs(e.Sample)], [.. truth.Outputs(e.Sample)], [.. actual.AsSpan(e.Sample * outputs, outputs)],
                e.Output, ErrorOf(truth, actual, e.Sample, e.Output)))];
    }

    // A prediction that is not a number is infinitely wrong: NaN would pass every comparison with a bound.
    private static double ErrorOf(SampleSet truth, double[] actual, int sample, int k)
    {
        double error = Math.Abs(actual[(sample * truth.OutputCount) + k] - truth.Outputs(sample)[k]);
        return double.IsNaN(error) ? double.PositiveInfinity : error;
    }
}
