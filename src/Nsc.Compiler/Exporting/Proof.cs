// What running an exported file beside its original has shown.

using System.Globalization;
using Nsc.Compiler.Evaluation;
using Nsc.Core.Sampling;
using Nsc.Core.Text;

namespace Nsc.Compiler.Exporting;

/// <summary>What was found for the inputs on one side of the ranges' ends.</summary>
/// <param name="Inputs">How many were compared.</param>
/// <param name="LeftOut">How many more were not, because the run was cut short.</param>
/// <param name="Failures">On how many of the compared ones the original fails or gives no number.</param>
/// <param name="Fallbacks">For how many the original is called.</param>
/// <param name="Beyond">
/// In range: for how many an output errs by more than is allowed, or the surrogate answers where the original fails. Out of range: for how many
/// anything differs at all.
/// </param>
/// <param name="Rate">The share of all such inputs, between two limits (Clopper and Pearson's), with the limit's confidence.</param>
public sealed record ProofSide(int Inputs, int LeftOut, int Failures, int Fallbacks, int Beyond, double[] Rate);

/// <summary>The proof of a guard.</summary>
/// <param name="Outside">Null when no value of the inputs' types is out of range.</param>
public sealed record Proof(double Confidence, ProofSide Inside, ProofSide? Outside)
{
    /// <summary>What is wrong, in words; null when the promise is kept.</summary>
    public string? Objection(ErrorLimit limit) =>
        Outside is { Beyond: > 0 } or { Inputs: 0 } ? $"the guard is not proved out of range: {Outside.Beyond} of {Outside.Inputs} answers are not the original's"
        : Inside.Inputs == 0 || Inside.Rate[1] > limit.Rate ? string.Create(CultureInfo.InvariantCulture, $"the guard is not proved: up to {DirectedRounding.Up(100 * Inside.Rate[1], 3)}% of inputs in range may err by more than is allowed, and {DirectedRounding.Percent(limit.Rate)}% may")
        : null;

    public string[] Sentences() =>
    [
        Sentence("in range", Inside, "err by more than is allowed"),
        .. Outside is null ? (string[])["no value of the inputs' types is out of range"] : [Sentence("out of range", Outside, "differ from the original")],
    ];

    private string Sentence(string where, ProofSide side, string wrong) => string.Create(
        CultureInfo.InvariantCulture,
        $"{side.Inputs} inputs {where}: the original is called for {side.Fallbacks}, {side.Beyond} answers {wrong}: between {DirectedRounding.Down(100 * side.Rate[0], 3)}% and {DirectedRounding.Up(100 * side.Rate[1], 3)}% of all, with {DirectedRounding.Percent(Confidence)}% confidence{(side.Failures == 0 ? "" : $"; the original fails on {side.Failures} of them, where only it may answer")}{(side.LeftOut == 0 ? "" : $"; {side.LeftOut} more were not reached")}");
}
