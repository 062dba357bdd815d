// The rounds of a budget, as lines for people.

using System.Globalization;
using Nsc.Compiler.FineTuning;
using Nsc.Engine;

namespace Nsc.CommandLine.Reporting;

internal static class BudgetLines
{
    public static IEnumerable<string> Of(Budgeted? budgeted) => budgeted is null ? [] :
    [
        .. budgeted.Rounds.Select(r => string.Create(CultureInfo.InvariantCulture, $"  {r.Samples,7} samples, {NetSizes.InWords(r.Hidden),-8} NMSE {r.Nmse:G3}, {r.Seconds:F1} s")),
        budgeted.End switch
        {
            BudgetEnd.Kept => "it ends because the error that is asked for is kept",
            BudgetEnd.Levelled => "it ends because neither more samples nor a larger net lower the error any more",
            BudgetEnd.MostSamples => "it ends because that is as many samples as there may be",
            _ => "it ends because there is no time for another round" + (budgeted.Foretold is { } nmse ? string.Create(CultureInfo.InvariantCulture, $"; one more would give an NMSE of about {nmse:G2}") : ""),
        },
    ];

    public static string InWords(BudgetEnd end) => end switch
    {
        BudgetEnd.Kept => "kept",
        BudgetEnd.Levelled => "levelled",
        BudgetEnd.MostSamples => "most-samples",
        _ => "spent",
    };
}
