// What stands for a program: a surrogate by itself, or an exported file that may call the program.

using Nsc.Core.Sampling;

namespace Nsc.Compiler.Evaluation;

/// <summary>What a function that stands for the program gives.</summary>
/// <param name="Outputs">(samples, outputs), row-major.</param>
/// <param name="Fallbacks">For which samples it calls the program; null for none ever.</param>
/// <param name="AnswersFailure">For each input on which the program failed, whether it answers by itself.</param>
public sealed record FunctionAnswers(double[] Outputs, bool[]? Fallbacks, bool[] AnswersFailure)
{
    /// <summary>Of a surrogate that always answers.</summary>
    public static FunctionAnswers Everywhere(double[] outputs, SampleSet samples) => new(outputs, null, [.. Enumerable.Repeat(true, samples.FailureCount)]);

    public bool IsFallback(int row) => Fallbacks?[row] == true;
}
