// What eval, finetune, export and accelerate promise about errors: an upper bound on how often they are larger than the user allows.

using System.CommandLine;
using System.Globalization;
using Nsc.Cli.Output;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;
using Nsc.Core.Text;

namespace Nsc.Cli.Verbs;

/// <summary>The options <c>--max-error</c>, <c>--rate</c> and <c>--confidence</c> of one verb.</summary>
internal sealed class ErrorLimitOptions
{
    public Option<double?> MaxError { get; } = new("--max-error")
    {
        Description = $"Exit with code {(int)ExitCode.QualityMissed} unless the errors of all outputs together are bounded by this, in their units (see --rate and --confidence).", HelpName = "E",
    };

    public Option<double> Rate { get; } = new("--rate")
    {
        Description = "The share of inputs at which an output may exceed the bound on the error.", HelpName = "P", DefaultValueFactory = _ => 0.01,
    };

    public Option<double> Confidence { get; } = new("--confidence") { Description = "How sure the bound has to be.", HelpName = "C", DefaultValueFactory = _ => 0.95 };

    /// <exception cref="CommandException">The numbers make no sense.</exception>
    public ErrorLimit Of(ParseResult parse)
    {
        var limit = new ErrorLimit(parse.GetValue(MaxError), parse.GetValue(Rate), parse.GetValue(Confidence));
        return limit.MaxError is double.NaN or < 0 || limit.Rate is not (> 0 and < 1) || limit.Confidence is not (> 0 and < 1)
            ? throw new CommandException(ExitCode.Usage, "--max-error must not be negative, --rate and --confidence must lie between 0 and 1")
            : limit;
    }
}

/// <summary>
/// At most the share <paramref name="Rate"/> of all inputs may err by more than <paramref name="MaxError"/> at any output, with
/// <paramref name="Confidence"/>.
/// </summary>
/// <param name="MaxError">In each output's units; null when the user allows anything.</param>
internal sealed record ErrorLimit(double? MaxError, double Rate, double Confidence)
{
    public const string Method = "Clopper and Pearson's limit";

    /// <summary>The largest error of each output that is allowed.</summary>
    public double[]? Allowed(ProgramSignature signature) => MaxError is { } most ? [.. signature.Outputs.Select(_ => most)] : null;

    /// <summary>What is missing, in words, or null when the bound is as tight as it must be.</summary>
    public string? Objection(BoundedError? error) => error?.BeyondRate > Rate
        ? $"the error is not bounded by {(MaxError is { } most ? most.ToString("G6", CultureInfo.InvariantCulture) : "what is allowed")}: {string.Join("; ", error.Sentences())}; "
            + $"more samples or steps{(error.AnsweredFailures > 0 ? ", narrower ranges, or export --guard" : "")} may help, and each further try has its own chance of {DirectedRounding.Percent(1 - Confidence)}% to pass wrongly"
        : null;

    /// <summary>Says what was missed and what that means for the file; gives the verb's exit code.</summary>
    public static ExitCode Conclude(string? miss, bool isWritten, Terminal terminal)
    {
        if (miss is not null)
        {
            terminal.Say($"nsc: {miss}");
            terminal.Say(isWritten ? "  written all the same: --force" : "  nothing was written; --force writes it all the same");
        }

        return isWritten ? ExitCode.Success : ExitCode.QualityMissed;
    }

    /// <summary>What the bounds of all outputs say together.</summary>
    public static string Sentence(IReadOnlyList<ErrorBoundJson> bounds)
    {
        (double rate, double confidence) = (bounds[0].Rate, bounds[0].Confidence);
        if (bounds[0].MaxError is null)
        {
            return $"no bound on the errors of all but {DirectedRounding.Percent(rate)}% of inputs with {DirectedRounding.Percent(confidence)}% confidence: too few samples, or too many on which the program fails";
        }

        string errors = bounds.Count == 1
            ? $"{bounds[0].Output}: at most {DirectedRounding.Percent(rate)}% of inputs err by more than {DirectedRounding.Up(bounds[0].MaxError!.Value, 4)}"
            : $"at most {DirectedRounding.Percent(rate)}% of inputs err at any output by more than {string.Join(", ", bounds.Select(b => $"{DirectedRounding.Up(b.MaxError!.Value, 4)} ({b.Output})"))}";
        return $"{errors}, with {DirectedRounding.Percent(confidence)}% confidence";
    }
}

/// <summary>The share of all inputs on which the program fails: crashes, gives no number, or does not end.</summary>
/// <param name="Inputs">How many independent inputs were drawn.</param>
/// <param name="Failed">On how many of them it failed.</param>
/// <param name="Rate">The share of all, between two limits (Clopper and Pearson's), with 95% confidence.</param>
internal sealed record ProgramFailsJson(int Inputs, int Failed, double[] Rate)
{
    private const double Confidence = 0.95;

    /// <summary>Null where the samples do not tell, as the rows of a file.</summary>
    public static ProgramFailsJson? Of(SampleSet samples)
    {
        if (samples.Failed is not { Drawn: > 0 } failed)
        {
            return null;
        }

        (double low, double high) = ErrorBound.Interval(samples.FailureCount, failed.Drawn, Confidence);
        return new ProgramFailsJson(failed.Drawn, samples.FailureCount, [low, high]);
    }

    public override string ToString() =>
        $"the program fails on {Failed} of {Inputs} inputs, between {DirectedRounding.Down(100 * Rate[0], 3)}% and {DirectedRounding.Up(100 * Rate[1], 3)}% of all with {DirectedRounding.Percent(Confidence)}% confidence";
}

/// <summary>What samples that nothing was trained on say about the error of a function. Where the program fails, every answer but its own is an error.</summary>
/// <param name="Samples">Independent inputs, those among them on which the program fails.</param>
/// <param name="Fallbacks">For how many of them the original is called; null without a guard.</param>
/// <param name="Beyond">How many have an output that errs by more than is allowed; null where nothing is asked for.</param>
/// <param name="BeyondRate">The share of all inputs that have one, at most, with the limit's confidence.</param>
/// <param name="Bounds">Errors that at most the limit's rate of all inputs exceeds at any output.</param>
/// <param name="AnsweredFailures">How many of the inputs on which the program fails get an answer all the same.</param>
internal sealed record BoundedError(
    int Samples, int? Fallbacks, int? Beyond, double? BeyondRate, ErrorBoundJson[] Bounds, ProgramFailsJson? ProgramFails, int AnsweredFailures)
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

        // Infinity has no JSON: without a bound the value is null. The products are rounded up.
        ErrorBoundJson[] bounds = [.. signature.Outputs.Select((output, k) => new ErrorBoundJson(
            output.Name, limit.Rate, limit.Confidence, double.IsFinite(factor) ? (factor is 0 or 1 ? factor * scales[k] : Math.BitIncrement(Math.BitIncrement(factor * scales[k]))) : null))];
        int? beyond = isAllowed ? errors.Count(e => !(e <= 1)) : null;
        int answered = answers.AnswersFailure.Count(a => a);
        return new BoundedError(
            errors.Length,
            answers.Fallbacks is null ? null : answers.Fallbacks.Take(samples.DrawnRows).Count(f => f) + answers.AnswersFailure.Length - answered,
            beyond, beyond is { } count ? ErrorBound.UpperRate(count, errors.Length, limit.Confidence) : null, bounds, ProgramFailsJson.Of(samples), answered);
    }

    /// <summary>The same for a surrogate by itself, within what is allowed or else in its outputs' deviations.</summary>
    public static BoundedError Of(Surrogate surrogate, SampleSet samples, double[] predicted, ErrorLimit limit)
    {
        double[]? allowed = limit.Allowed(surrogate.Signature);
        return Of(
            surrogate.Signature, samples, FunctionAnswers.Everywhere(predicted, samples), allowed ?? [.. surrogate.OutputDeviation], allowed is not null, limit);
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

/// <summary>What a function that stands for the program gives.</summary>
/// <param name="Outputs">(samples, outputs), row-major.</param>
/// <param name="Fallbacks">For which samples it calls the program; null for none ever.</param>
/// <param name="AnswersFailure">For each input on which the program failed, whether it answers by itself.</param>
internal sealed record FunctionAnswers(double[] Outputs, bool[]? Fallbacks, bool[] AnswersFailure)
{
    /// <summary>Of a surrogate that always answers.</summary>
    public static FunctionAnswers Everywhere(double[] outputs, SampleSet samples) => new(outputs, null, [.. Enumerable.Repeat(true, samples.FailureCount)]);

    public bool IsFallback(int row) => Fallbacks?[row] == true;
}
