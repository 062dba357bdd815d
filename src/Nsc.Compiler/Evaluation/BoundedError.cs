// What samples that nothing was trained on say about an error on all inputs: the Clopper-Pearson interval of how often it is too large.

using System.Globalization;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;
using Nsc.Core.Text;

namespace Nsc.Compiler.Evaluation;

/// <summary>An error that at most the share <paramref name="Rate"/> of all inputs exceeds, with <paramref name="Confidence"/>.</summary>
/// <param name="MaxError">In the output's units; null where the samples bound nothing.</param>
public sealed record OutputBound(string Output, double Rate, double Confidence, double? MaxError);

/// <summary>What samples that nothing was trained on say about the error of a function. Where the program fails, every answer but its own is an error.</summary>
/// <param name="Samples">Independent inputs, those among them on which the program fails.</param>
/// <param name="Fallbacks">For how many of them the original is called; null without a guard.</param>
/// <param name="Beyond">How many have an output that errs by more than is allowed; null where nothing is asked for.</param>
/// <param name="BeyondRate">The share of all inputs that have one, at most, with the limit's confidence.</param>
/// <param name="Bounds">Errors that at most the limit's rate of all inputs exceeds at any output.</param>
/// <param name="AnsweredFailures">How many of the inputs on which the program fails get an answer all the same.</param>
public sealed record BoundedError(
    int Samples, int? Fallbacks, int? Beyond, double? BeyondRate, OutputBound[] Bounds, ProgramFailures? ProgramFails, int AnsweredFailures)
{
    /// <param name="samples">Samples that nothing was trained on.</param>
    /// <param name="answers">What the function gives for them and for the inputs on which the program failed.</param>
    /// <param name="scales">For each output what its bound is a multiple of: one number decides for all outputs together.</param>
    /// <param name="isAllowed">Whether the scales are the largest errors that are none.</param>
    public static BoundedError Of(
        ProgramSignature signature, SampleSet samples, FunctionAnswers answers, IReadOnlyList<double> scales, bool isAllowed, ErrorLimit limit)
    {
        double[] errors =
        [
            .. Enumerable.Range(0, samples.DrawnRows).Select(row => answers.IsFallback(row) ? 0 : InScales(samples, answers.Outputs, row, scales)),
            .. answers.AnswersFailure.Select(answered => answered ? double.PositiveInfinity : 0),
        ];
        double factor = ErrorBound.Quantile(errors, limit.Rate, limit.Confidence);

        // Infinity has no JSON: without a bound the value is null.
        OutputBound[] bounds = [.. signature.Outputs.Select((output, k) => new OutputBound(
            output.Name, limit.Rate, limit.Confidence, double.IsFinite(factor) ? Rounded(factor, scales[k], output.Kind) : null))];
        int? beyond = isAllowed ? errors.Count(e => !(e <= 1)) : null;
        int answered = answers.AnswersFailure.Count(a => a);
        return new BoundedError(
            errors.Length,
            answers.Fallbacks is null ? null : answers.Fallbacks.Take(samples.DrawnRows).Count(f => f) + answers.AnswersFailure.Length - answered,
            beyond, beyond is { } count ? ErrorBound.UpperRate(count, errors.Length, limit.Confidence) : null, bounds, ProgramFailures.Of(samples), answered);
    }

    /// <summary>The same for a surrogate by itself, within what is allowed or else in its outputs' deviations.</summary>
    public static BoundedError Of(Surrogate surrogate, SampleSet samples, double[] predicted, ErrorLimit limit)
    {
        double[]? allowed = limit.Allowed(surrogate.Signature);
        return Of(
            surrogate.Signature, samples, FunctionAnswers.Everywhere(surrogate.Answers(predicted), samples), allowed ?? [.. surrogate.OutputDeviation], allowed is not null, limit);
    }

    public string[] Sentences() =>
    [
        ErrorLimit.Sentence(Bounds),
        .. ErrorBound.FewestSamples(Bounds[0].Rate, Bounds[0].Confidence) is var fewest && Samples < fewest
            ? (string[])[$"{Samples} inputs are too few for that whatever they say: it takes {fewest:0}, and more when any of them errs"] : [],
        .. Beyond is { } beyond ? (string[])[$"{beyond} of {Samples} inputs err by more than is allowed at some output, hence at most {DirectedRounding.Up(100 * BeyondRate!.Value, 3)}% of all ({ErrorLimit.Method})"] : [],
        .. ProgramFails is { Failed: > 0 } fails ? (string[])[$"{fails}; {AnsweredFailures} of these get an answer all the same and count as errors"] : [],
        .. Fallbacks is { } calls ? (string[])[string.Create(CultureInfo.InvariantCulture, $"the original is called for {100.0 * calls / Samples:G3}% of them")] : [],
    ];

    // Up, but for the errors of whole numbers, which are whole: what exceeds a bound exceeds the whole number below it.
    private static double Rounded(double factor, double scale, ScalarKind kind)
    {
        double product = factor is 0 or 1 ? factor * scale : Math.BitIncrement(Math.BitIncrement(factor * scale));
        return kind.IsInteger() ? Math.Floor(product) : product;
    }

    // The largest error of a row at any output; infinite for what is no number.
    private static double InScales(SampleSet samples, double[] outputs, int row, IReadOnlyList<double> scales)
    {
        double largest = 0;
        for (int k = 0; k < scales.Count; k++)
        {
            double error = Math.Abs(outputs[(row * scales.Count) + k] - samples.Outputs(row)[k]);

            // Exactly 1 where the error is what is allowed, and more where it is more.
            double ratio = error <= scales[k] ? Math.Min(1, error == 0 ? 0 : error / scales[k]) : Math.Max(Math.BitIncrement(1.0), error / scales[k]);
            largest = Math.Max(largest, double.IsNaN(error) ? double.PositiveInfinity : ratio);
        }

        return largest;
    }
}
