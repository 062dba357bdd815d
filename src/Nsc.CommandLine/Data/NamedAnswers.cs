// A surrogate's answers under the names that tables and JSON give them.

using System.Globalization;
using Nsc.Core.Surrogates;

namespace Nsc.CommandLine.Data;

/// <param name="Names">The columns.</param>
/// <param name="Rows">A value for each column.</param>
internal sealed record NamedAnswers(string[] Names, double[][] Rows)
{
    /// <param name="outputs">(rows, outputs), row-major.</param>
    public static NamedAnswers Of(Surrogate surrogate, double[] outputs) =>
        new([.. surrogate.Signature.Outputs.Select(o => o.Name)], [.. outputs.Chunk(surrogate.Signature.Outputs.Length)]);

    /// <summary>Beside each answer the ends of its interval.</summary>
    public static NamedAnswers WithIntervals(Surrogate surrogate, double[] outputs, double probability)
    {
        double[] halves = HalfWidths(surrogate, probability);
        OutputAnswer[] answers = [.. surrogate.AnswersOf()];
        return new NamedAnswers(
            [.. surrogate.Signature.Outputs.SelectMany(o => (string[])[o.Name, o.Name + ".low", o.Name + ".high"])],
            [.. outputs.Chunk(answers.Length).Select(row => row.SelectMany((value, k) => answers[k].Around(value, halves[k]) is var (low, high) ? (double[])[value, low, high] : []).ToArray())]);
    }

    private static double[] HalfWidths(Surrogate surrogate, double probability)
    {
        if (!(probability is > 0 and < 1))
        {
            throw new CommandException(ExitCode.Usage, string.Create(CultureInfo.InvariantCulture, $"--interval {probability}: expected a probability between 0 and 1, such as 0.9"));
        }

        if (surrogate.Conformal is not { } conformal)
        {
            throw new CommandException(ExitCode.Refused, "the surrogate has no errors to make intervals of", "nsc finetune measures them");
        }

        return [.. Enumerable.Range(0, surrogate.Topology.Outputs).Select(k => conformal.HalfWidth(k, probability) ?? throw new CommandException(
            ExitCode.Refused, string.Create(CultureInfo.InvariantCulture, $"an interval of probability {probability} takes {ConformalErrors.FewestRows(probability)} rows that were held out; there were {conformal.Rows}"),
            "nsc finetune --held-out N, or more samples"))];
    }
}
