// What an output is learned by: its squared error, or that of its logarithm, which is a relative one.

using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;

namespace Nsc.Engine.FineTuning;

/// <summary>The error that fine-tuning makes small.</summary>
public enum OutputLoss
{
    /// <summary>The square of the error, in the output's units.</summary>
    Squared,

    /// <summary>The square of the error of the logarithm: of positive outputs over decades each is as near as the others.</summary>
    Relative,
}

public static class OutputLosses
{
    /// <summary>What a surrogate's nets are trained by.</summary>
    public static OutputLoss LossOf(Surrogate surrogate) => surrogate.OutputLogarithms.Any(l => l is not null) ? OutputLoss.Relative : OutputLoss.Squared;

    /// <summary>
    /// The surrogate with nets that give logarithms, all but those of outputs that the samples show as constants. Their weights stay, so that what it says
    /// is worthless until they are trained; the space that the first layer sees is that of the logarithm too.
    /// </summary>
    public static Surrogate WithLogarithms(this Surrogate surrogate, SampleSet samples) => surrogate with
    {
        OutputLogarithms = [.. Enumerable.Range(0, samples.OutputCount).Select(k => SurrogateFineTuner.IsConstant(samples, k) ? null : ScaleOf(samples.Output(k)))],
        Conformal = null,
    };

    /// <summary>The normalised error of what is learned, the mean over outputs: of logarithms where the nets give these.</summary>
    /// <param name="predicted">What the surrogate gives, (rows, outputs), row-major; null to ask it.</param>
    public static double Error(Surrogate surrogate, SampleSet rows, double[]? predicted = null)
    {
        NetScale[] scales = [.. Enumerable.Range(0, rows.OutputCount).Select(surrogate.ScaleOf)];
        double[] OnLine(double[] outputs) => [.. outputs.Select((y, i) => scales[i % scales.Length].OnLine(y))];
        predicted ??= new SurrogateEvaluator(surrogate).Evaluate(rows.X);
        return ErrorMetrics.Measure(rows with { Y = OnLine(rows.Y) }, OnLine(predicted), worstCount: 0).Nmse;
    }

    private static LogarithmScale ScaleOf(double[] values)
    {
        var line = new NetScale(0, 1, IsLogarithmic: true);
        double[] logarithms = Array.ConvertAll(values, line.OnLine);
        double mean = logarithms.Average();
        return new LogarithmScale(mean, Math.Sqrt(logarithms.Average(l => (l - mean) * (l - mean))));
    }
}
