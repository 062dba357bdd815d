// How an application that calls a kernel judges a surrogate in its place: the metrics of AxBench (Yazdanbakhsh, Mahajan,
// Esmaeilzadeh, Lotfi-Kamran, IEEE Design & Test 2017), as its scripts compute them, and two that are free of their quirk.

using System.Globalization;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;

namespace Nsc.Bench;

/// <summary>How far a program's predicted outputs are off: 0 is perfect.</summary>
/// <param name="Name">For people.</param>
/// <param name="Of">Of the true samples and the predictions, (samples, outputs), row-major.</param>
public sealed record ApplicationMetric(string Name, Func<SampleSet, double[], double> Of)
{
    /// <summary>The name of the metric of kernels that are called for each pixel of an image; see <see cref="MadeImage"/>.</summary>
    public const string OfImages = "image RMSE";

    /// <summary>The name of the metric of programs whose outputs are integers.</summary>
    public const string Mismatches = "mismatch rate";

    private static readonly ApplicationMetric s_relative = new("mean relative error", MeanRelativeError), s_mismatches = new(Mismatches, MismatchRate);

    /// <summary>The metric of a program that is called for its numbers: by their type.</summary>
    public static ApplicationMetric For(ProgramSignature program) => program.Outputs.All(o => o.Kind.IsInteger()) ? s_mismatches : s_relative;

    /// <summary>
    /// The mean over samples of the length of the outputs' difference by the length of the true outputs, each at most 1. A sample whose true
    /// outputs are all 0 counts as 1 for every surrogate, and near 0 nearly every surrogate counts as 1.
    /// </summary>
    public static double MeanRelativeError(SampleSet truth, double[] predicted) => Enumerable.Range(0, truth.Count).Average(row =>
    {
        double[] exact = truth.Outputs(row).ToArray();
        double relative = Length(exact.Select((y, k) => predicted[(row * exact.Length) + k] - y)) / Length(exact);
        return relative < 1 ? relative : 1; // NaN too
    });

    /// <summary>The share of samples on which an output, rounded to a whole number, is not the true one.</summary>
    public static double MismatchRate(SampleSet truth, double[] predicted) => Enumerable.Range(0, truth.Count).Average(row =>
        Enumerable.Range(0, truth.OutputCount).Any(k => Math.Round(predicted[(row * truth.OutputCount) + k]) != truth.Outputs(row)[k]) ? 1.0 : 0.0);

    /// <summary>The <see cref="MismatchRate"/> of who always gives the commonest answer.</summary>
    public static double MissesOfCommonest(SampleSet truth) =>
        1 - (Enumerable.Range(0, truth.Count).GroupBy(row => string.Join(' ', truth.Outputs(row).ToArray().Select(y => y.ToString("R", CultureInfo.InvariantCulture)))).Max(g => g.Count()) / (double)truth.Count);

    /// <summary>
    /// The mean absolute error by the mean absolute value of the true outputs: no sample counts more for having a small truth.
    /// Infinite when a prediction is not a number, or all true outputs are 0 and the predictions are not.
    /// </summary>
    public static double AbsoluteError(SampleSet truth, double[] predicted)
    {
        double errors = truth.Y.Zip(predicted, (y, p) => Math.Abs(p - y)).Average(), values = truth.Y.Average(Math.Abs);
        return double.IsNaN(errors) || (values == 0 && errors > 0) ? double.PositiveInfinity : values == 0 ? 0 : errors / values;
    }

    /// <summary>
    /// The mean squared error in units in which each output goes from 0 to 1 over the samples. That AxBench's errors of training are in
    /// these units is an assumption: its nets are trained on outputs that it scales to about 0 to 1. An output that is constant over the
    /// samples is measured by its <see cref="OutputError.Nmse"/>.
    /// </summary>
    public static double RangeScaledSquaredError(SampleSet truth, double[] predicted)
    {
        ErrorMetrics errors = ErrorMetrics.Measure(truth, predicted, worstCount: 0);
        return errors.Outputs.Select((error, k) =>
        {
            double[] exact = truth.Output(k);
            double range = exact.Max() - exact.Min();
            return range == 0 ? error.Nmse : error.Mse / range / range;
        }).Average();
    }

    private static double Length(IEnumerable<double> vector) => Math.Sqrt(vector.Sum(v => v * v));
}
