// What eval, finetune, export and accelerate promise about errors: an upper bound on how often they are larger than the user allows.

using System.CommandLine;
using System.Globalization;
using Nsc.Cli.Output;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;

namespace Nsc.Cli.Verbs;

/// <summary>The options <c>--max-error</c>, <c>--rate</c> and <c>--confidence</c> of one verb.</summary>
internal sealed class ErrorLimitOptions
{
    public Option<double?> MaxError { get; } = new("--max-error")
    {
        Description = $"Exit with code {(int)ExitCode.QualityMissed} unless each output's error is bounded by this, in its units (see --rate and --confidence).", HelpName = "E",
    };

    public Option<double> Rate { get; } = new("--rate")
    {
        Description = "The share of inputs that may exceed the bound on the error.", HelpName = "P", DefaultValueFactory = _ => 0.01,
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

/// <summary>At most the share <paramref name="Rate"/> of all inputs may err by more than <paramref name="MaxError"/>, for sure with <paramref name="Confidence"/>.</summary>
/// <param name="MaxError">In each output's units; null when the user allows anything.</param>
internal sealed record ErrorLimit(double? MaxError, double Rate, double Confidence)
{
    public const string Method = "Clopper and Pearson's limit";

    /// <summary>The largest error of each output that is allowed.</summary>
    public double[]? Allowed(ProgramSignature signature) => MaxError is { } most ? [.. signature.Outputs.Select(_ => most)] : null;

    /// <summary>The least error of each output that the samples can promise.</summary>
    /// <param name="predicted">(samples, outputs), row-major, for samples that nothing was trained on.</param>
    public ErrorBoundJson[] Bounds(ProgramSignature signature, SampleSet samples, double[] predicted) =>
    [
        .. signature.Outputs.Select((output, k) =>
        {
            double bound = ErrorBound.Quantile(
                Enumerable.Range(0, samples.Count).Select(s => Math.Abs(samples.Outputs(s)[k] - predicted[(s * samples.OutputCount) + k])), Rate, Confidence);

            // Infinity has no JSON: without a bound the value is null.
            return new ErrorBoundJson(output.Name, Rate, Confidence, double.IsFinite(bound) ? bound : null);
        }),
    ];

    /// <summary>What is missing, in words, or null when the bounds are as tight as they must be.</summary>
    /// <param name="allowed">For each output, what takes the place of <see cref="MaxError"/>.</param>
    public string? Objection(IReadOnlyList<ErrorBoundJson> bounds, IReadOnlyList<double>? allowed = null)
    {
        for (int k = 0; k < bounds.Count; k++)
        {
            if ((allowed?[k] ?? MaxError) is { } most && !(bounds[k].MaxError <= most))
            {
                return string.Create(CultureInfo.InvariantCulture, $"the error of '{bounds[k].Output}' is not bounded by {most:G6}: {Sentence(bounds[k])}; more samples or steps may help");
            }
        }

        return null;
    }

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

    public static string Sentence(ErrorBoundJson bound) => bound.MaxError is { } error
        ? $"{bound.Output}: at most {100 * bound.Rate:G3}% of inputs err by more than {error:G4}, with {100 * bound.Confidence:G4}% confidence"
        : $"{bound.Output}: too few samples to bound the error of all but {100 * bound.Rate:G3}% of inputs with {100 * bound.Confidence:G4}% confidence";
}

/// <summary>What samples that nothing was trained on say about the error of an exported function.</summary>
/// <param name="Fallbacks">For how many of them the original is called; null without a guard.</param>
/// <param name="Beyond">How many have an output that errs by more than is allowed.</param>
/// <param name="BeyondRate">The share of all inputs that have one, at most, with the limit's confidence.</param>
internal sealed record BoundedError(int Samples, int? Fallbacks, int Beyond, double BeyondRate, ErrorBoundJson[] Bounds)
{
    /// <param name="outputs">(samples, outputs), row-major: what the exported function gives.</param>
    /// <param name="allowed">For each output, in its units, the largest error that is none.</param>
    public static BoundedError Of(ProgramSignature signature, SampleSet samples, double[] outputs, int? fallbacks, double[] allowed, ErrorLimit limit)
    {
        int width = samples.OutputCount;
        int beyond = Enumerable.Range(0, samples.Count).Count(
            row => Enumerable.Range(0, width).Any(k => !(Math.Abs(outputs[(row * width) + k] - samples.Outputs(row)[k]) <= allowed[k])));
        return new BoundedError(
            samples.Count, fallbacks, beyond, ErrorBound.UpperRate(beyond, samples.Count, limit.Confidence), limit.Bounds(signature, samples, outputs));
    }

    public string[] Sentences() =>
    [
        .. Bounds.Select(ErrorLimit.Sentence),
        string.Create(CultureInfo.InvariantCulture, $"{Beyond} of {Samples} samples err by more than is allowed, hence at most {100 * BeyondRate:G3}% of all inputs ({ErrorLimit.Method})"),
        .. Fallbacks is { } calls ? (string[])[string.Create(CultureInfo.InvariantCulture, $"the original is called for {100.0 * calls / Samples:G3}% of them")] : [],
    ];
}
