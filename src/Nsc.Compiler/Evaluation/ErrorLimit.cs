// What eval, finetune, export and accelerate promise about errors: an upper bound on how often they are larger than the user allows.

using System.Globalization;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Core.Text;

namespace Nsc.Compiler.Evaluation;

/// <summary>
/// At most the share <paramref name="Rate"/> of all inputs may err by more than <paramref name="MaxError"/> at any output, with
/// <paramref name="Confidence"/>.
/// </summary>
/// <param name="MaxError">In each output's units; null when the user allows anything.</param>
public sealed record ErrorLimit(double? MaxError = null, double Rate = ErrorLimit.UsualRate, double Confidence = ErrorLimit.UsualConfidence)
{
    public const double UsualRate = 0.01, UsualConfidence = 0.95;

    /// <summary>How shares of all inputs are bounded by shares of samples.</summary>
    public const string Method = "Clopper and Pearson's limit";

    /// <summary>Whether the numbers make sense.</summary>
    public bool IsSensible => MaxError is not (double.NaN or < 0) && Rate is > 0 and < 1 && Confidence is > 0 and < 1;

    /// <summary>The largest error of each output that is allowed.</summary>
    public double[]? Allowed(ProgramSignature signature) => MaxError is { } most ? [.. signature.Outputs.Select(_ => most)] : null;

    /// <summary>What is missing, in words, or null when the bound is as tight as it must be.</summary>
    public string? Objection(BoundedError? error) => error?.BeyondRate > Rate
        ? $"the error is not bounded by {(MaxError is { } most ? most.ToString("G6", CultureInfo.InvariantCulture) : "what is allowed")}: {string.Join("; ", error.Sentences())}; "
            + $"more samples or steps{(error.AnsweredFailures > 0 ? ", narrower ranges, or export --guard" : "")} may help, and each further try has its own chance of {DirectedRounding.Percent(1 - Confidence)}% to pass wrongly"
        : null;

    /// <summary>What the bounds of all outputs say together.</summary>
    public static string Sentence(IReadOnlyList<OutputBound> bounds)
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
