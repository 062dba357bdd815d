// How far a surrogate is from its program, on samples that it was not tuned on.

using System.Collections.Immutable;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;

namespace Nsc.Compiler.Evaluation;

/// <summary>The errors of a surrogate.</summary>
/// <param name="Samples">Samples that nothing was trained on.</param>
/// <param name="Predicted">(samples, outputs), row-major: what the network gives for them, before anything is rounded to an answer.</param>
/// <param name="Metrics">The errors on these samples; NMSE is the mean squared error over the variance.</param>
/// <param name="Misses">How often each output's answer is another one than the program's; null for what is not one of few values.</param>
/// <param name="Error">What the samples say of all inputs.</param>
/// <param name="Paths">The errors on each path through the program; null when nobody asked.</param>
public sealed record Evaluated(SampleSet Samples, double[] Predicted, ErrorMetrics Metrics, ImmutableArray<MissRate?> Misses, BoundedError Error, PathFindings? Paths)
{
    /// <summary>Mean squared error over the variance, the mean over outputs; 1 is no better than the mean.</summary>
    public double Nmse => Metrics.Nmse;

    /// <summary>The relative error of an output that spans decades; else null.</summary>
    public RelativeError? Relative(int output) => RelativeError.Of(Samples, Predicted, output);

    /// <summary>For each output the share of the samples that its intervals of <see cref="ConformalErrors.Usual"/> hold; null where it has none.</summary>
    public ImmutableArray<double?> Coverage { get; init; } = [];

    internal static Evaluated Of(Surrogate surrogate, SampleSet samples, ErrorLimit limit)
    {
        double[] predicted = new SurrogateEvaluator(surrogate).Evaluate(samples.X);
        return new Evaluated(samples, predicted, ErrorMetrics.Measure(samples, predicted),
            MissRate.Of(surrogate.Signature, samples, surrogate.Answers(predicted)), BoundedError.Of(surrogate, samples, predicted, limit), null)
        {
            Coverage = [.. surrogate.Signature.Outputs.Select((_, k) =>
                surrogate.Conformal?.Coverage(surrogate, new JudgedRows(samples, predicted, EstimateMethod.Fresh), k, ConformalErrors.Usual))],
        };
    }
}
