// Errors in parts of the value, as lines for people: of outputs over decades, of which a mean of squares sees the largest only.

using System.Collections.Immutable;
using System.Globalization;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;

namespace Nsc.CommandLine.Reporting;

internal static class RelativeLines
{
    /// <summary>A line for each output that has such an error.</summary>
    public static IEnumerable<string> Of(ProgramSignature signature, ImmutableArray<RelativeError?> errors) => signature.Outputs.Zip(errors).Where(o => o.Second is not null)
        .Select(o => string.Create(CultureInfo.InvariantCulture, $"{o.First.Name}: half of the samples err by at most {100 * o.Second!.Median:G3}% of the value, 95% by at most {100 * o.Second.P95:G3}%"));

    /// <summary>What is to be said of outputs that a relative loss would serve better; null where there are none.</summary>
    public static string? Hint(Surrogate surrogate, SampleSet samples)
    {
        string[] names = [.. surrogate.Signature.Outputs.Where((_, k) => !surrogate.ScaleOf(k).IsLogarithmic && RelativeError.SpansDecades(samples.Output(k))).Select(o => o.Name)];
        bool canBe = Enumerable.Range(0, samples.OutputCount).All(k => Array.TrueForAll(samples.Output(k), y => y > 0));
        return names.Length == 0 || !canBe ? null : $"{string.Join(", ", names)}: positive over decades; --loss relative learns small values as well as large ones, on a newly compiled surrogate";
    }
}
