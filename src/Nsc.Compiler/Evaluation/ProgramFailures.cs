// A program may crash, give no number or not end: how often it does, as far as samples tell.

using Nsc.Core.Sampling;
using Nsc.Core.Text;

namespace Nsc.Compiler.Evaluation;

/// <summary>The share of all inputs on which the program fails: crashes, gives no number, or does not end.</summary>
/// <param name="Inputs">How many independent inputs were drawn.</param>
/// <param name="Failed">On how many of them it failed.</param>
/// <param name="Rate">The share of all, between two limits (Clopper and Pearson's), with 95% confidence.</param>
public sealed record ProgramFailures(int Inputs, int Failed, double[] Rate)
{
    private const double Confidence = 0.95;

    /// <summary>Null where the samples do not tell, as the rows of a file.</summary>
    public static ProgramFailures? Of(SampleSet samples)
    {
        if (samples.Failed is not { Drawn: > 0 } failed)
        {
            return null;
        }

        (double low, double high) = ErrorBound.Interval(samples.FailureCount, failed.Drawn, Confidence);
        return new ProgramFailures(failed.Drawn, samples.FailureCount, [low, high]);
    }

    public override string ToString() =>
        $"the program fails on {Failed} of {Inputs} inputs, between {DirectedRounding.Down(100 * Rate[0], 3)}% and {DirectedRounding.Up(100 * Rate[1], 3)}% of all with {DirectedRounding.Percent(Confidence)}% confidence";
}
