// How often an answer that is one of few values is another one than the program's.

using System.Collections.Immutable;
using System.Globalization;
using Nsc.Core.Programs;

namespace Nsc.Core.Sampling;

/// <summary>The misses of one output over a set of samples.</summary>
/// <param name="Rate">The share of samples with another answer than the program's.</param>
/// <param name="CommonestRate">The same for the commonest value as the only answer: what knowing nothing of the inputs gives.</param>
public sealed record MissRate(double Rate, double CommonestRate)
{
    // An output with more values is a number, whose error says more.
    private const int MostValues = 64;

    /// <summary>For each output its misses; null for what is no whole number, or is one of many.</summary>
    /// <param name="answers">(samples, outputs), row-major.</param>
    public static ImmutableArray<MissRate?> Of(ProgramSignature signature, SampleSet truth, double[] answers) =>
        [.. signature.Outputs.Select((output, k) => output.Kind.IsInteger() ? Of(truth, answers, k) : null)];

    public string InWords(string output) => string.Create(
        CultureInfo.InvariantCulture, $"{output}: {100 * Rate:G3}% of answers are another value than the program's; the commonest value as the only answer: {100 * CommonestRate:G3}%");

    private static MissRate? Of(SampleSet truth, double[] answers, int output)
    {
        double[] values = truth.Output(output);
        int[] counts = [.. values.CountBy(v => v).Select(c => c.Value)];
        int missed = values.Where((value, row) => answers[(row * truth.OutputCount) + output] != value).Count();
        return counts.Length > MostValues ? null : new MissRate((double)missed / values.Length, 1 - ((double)counts.Max() / values.Length));
    }
}
