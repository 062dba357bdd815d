// How far an answer may be off: the errors on rows that nothing was trained on bound those to come, whatever their distribution.

using System.Collections.Immutable;
using Nsc.Core.Sampling;

namespace Nsc.Core.Surrogates;

/// <summary>
/// Split conformal prediction (Lei, G'Sell, Rinaldo, Tibshirani and Wasserman, "Distribution-free predictive inference for regression", 2018): of n
/// absolute errors the ceil((n + 1) p)-th smallest holds the next one with probability p. Errors from cross-validation stand in where no row could be
/// spared: those of nets that were fine-tuned on a part of the samples, which are a little larger.
/// </summary>
/// <param name="Rows">How many errors there were.</param>
/// <param name="Errors">
/// For each output <see cref="Kept"/> of them in the output's units, or those of its logarithm where the network gives that, ascending: the i-th has the
/// rank <see cref="Rank"/>.
/// </param>
public sealed record ConformalErrors(int Rows, ImmutableArray<ImmutableArray<double>> Errors)
{
    /// <summary>The probability that is shown where nobody names one.</summary>
    public const double Usual = 0.9;

    private const int MostKept = 200;

    /// <summary>How many errors are kept of each output.</summary>
    public static int Kept(int rows) => Math.Min(rows, MostKept);

    /// <summary>The fewest rows from which errors of a probability follow.</summary>
    public static int FewestRows(double probability) => (int)Math.Min(int.MaxValue, Math.Ceiling(Math.Round(probability / (1 - probability), 6)));

    /// <param name="surrogate">Whose answers erred: a whole number's error is a whole number.</param>
    public static ConformalErrors Of(Surrogate surrogate, JudgedRows rows)
    {
        (SampleSet truth, int outputs) = (rows.Truth, rows.Truth.OutputCount);
        double[] answers = surrogate.Answers(rows.Predicted);
        ImmutableArray<OutputAnswer> kinds = surrogate.AnswersOf();
        ImmutableArray<double> Of(int output)
        {
            double[] errors = [.. Enumerable.Range(0, truth.Count).Select(r => Stored(kinds[output].Distance(answers[(r * outputs) + output], truth.Outputs(r)[output]))).Order()];
            return [.. Enumerable.Range(0, Kept(errors.Length)).Select(i => errors[Rank(i, errors.Length) - 1])];
        }

        return new ConformalErrors(truth.Count, [.. Enumerable.Range(0, outputs).Select(Of)]);
    }

    /// <summary>Half the width, of a logarithm where the network gives that, of an output's interval that holds the program's answer with a probability; null where the rows are too few.</summary>
    public double? HalfWidth(int output, double probability)
    {
        double rank = Math.Ceiling((Rows + 1.0) * probability);
        int kept = Errors[output].Length;
        return rank > Rows ? null : Errors[output][Enumerable.Range(0, kept).First(i => Rank(i, Rows) >= rank)];
    }

    /// <summary>The share of rows whose answers an output's intervals hold; null where the rows that they were made of are too few.</summary>
    public double? Coverage(Surrogate surrogate, JudgedRows rows, int output, double probability)
    {
        OutputAnswer answer = surrogate.AnswersOf()[output];
        int outputs = rows.Truth.OutputCount;
        return HalfWidth(output, probability) is not { } half ? null : Enumerable.Range(0, rows.Truth.Count).Average(r =>
            answer.Around(answer.For(rows.Predicted[(r * outputs) + output]), half) is var (low, high) && low <= rows.Truth.Outputs(r)[output] && rows.Truth.Outputs(r)[output] <= high ? 1.0 : 0);
    }

    internal bool IsSensible(int outputs) => Rows > 0 && !Errors.IsDefault && Errors.Length == outputs
        && Errors.All(e => !e.IsDefault && e.Length == Kept(Rows) && e.All(v => v >= 0 && double.IsFinite(v)) && e.Zip(e.Skip(1)).All(p => p.First <= p.Second));

    // The i-th of those that are kept: the last one is the largest.
    private static int Rank(int i, int rows) => (int)Math.Ceiling((i + 1.0) * rows / Kept(rows));

    // JSON has no infinity.
    private static double Stored(double error) => double.IsFinite(error) ? error : double.MaxValue;
}
