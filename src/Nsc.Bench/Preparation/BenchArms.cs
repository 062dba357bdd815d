// Which arms the benches of fine-tuning measure, and the models that they start from.

using Nsc.Compiler.Models;
using Nsc.Engine;

namespace Nsc.Bench.Preparation;

/// <summary>The arms beside training from scratch, in the order in which they were named, and their models.</summary>
/// <param name="Shape">Of the surrogates that are trained from scratch: that of the models', where there are models.</param>
internal sealed record BenchArms(BenchArm[] Arms, CompilerModel[] Models, NetShape Shape)
{
    /// <summary>The models that arms start from, by architecture.</summary>
    public static string[] StartsOf(IEnumerable<BenchArm> arms) => [.. arms.Select(a => a.Start).Distinct().Where(start => start != DataEfficiency.RandomArm)];

    /// <summary>Whether models emit surrogates of one shape; others cannot be compared.</summary>
    public static bool AreComparable(IEnumerable<CompilerModel> models) =>
        models.Select(m => (m.Net.Options.CoveringInputs, m.Net.Options.SurrogateWidth)).Distinct().Count() <= 1;
}
