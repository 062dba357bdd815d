// When a surrogate is believed: where it was made for, and where a second one, made from other samples, is of about the same opinion.
// Elsewhere the program itself is asked.

using System.Collections.Immutable;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;

namespace Nsc.Core.Surrogates;

/// <summary>What a guarded surrogate answers for some samples.</summary>
/// <param name="Outputs">(samples, outputs), row-major: the surrogate's where it is believed, the program's elsewhere.</param>
/// <param name="Fallbacks">How many samples the program is asked for.</param>
public sealed record GuardedOutputs(double[] Outputs, int Fallbacks);

/// <param name="Second">A surrogate of the same program; null to look at the inputs' ranges alone.</param>
/// <param name="Limit">How far apart the two may be at any output, in the first one's deviations of it.</param>
public sealed record SurrogateGuard(Surrogate First, Surrogate? Second, double Limit)
{
    // The limit is chosen for half the rate that is promised, so that other samples, which prove the promise, seldom refute it.
    private const double ShareOfRate = 0.5;

    /// <summary>Looks at the inputs' ranges alone.</summary>
    public static SurrogateGuard OfRanges(Surrogate surrogate) => new(surrogate, null, double.PositiveInfinity);

    /// <summary>
    /// The loosest limit with which few enough of the samples are believed and yet wrong. It proves nothing about these samples, which it was
    /// chosen on: bound the error on others. Where the program fails, any answer is wrong.
    /// </summary>
    /// <param name="maxErrors">For each output, in its units, what is wrong.</param>
    /// <param name="rate">The share of all inputs that may be wrong.</param>
    public static SurrogateGuard Choose(Surrogate first, Surrogate second, SampleSet samples, IReadOnlyList<double> maxErrors, double rate, double confidence)
    {
        double[] a = first.Answer(samples.X);
        ImmutableArray<Interval> believed = first.Believed;
        IEnumerable<(double Apart, bool IsWrong)> answers = Apart(first, second, samples.X, samples.DrawnRows)
            .Select((apart, row) => (apart, row)).Where(p => IsInRange(believed, samples.Inputs(p.row)))
            .Select(p => (p.apart, IsWrong(samples, a, p.row, maxErrors)));
        IEnumerable<(double Apart, bool IsWrong)> failures = samples.Failed is { } failed
            ? Apart(first, second, failed.X, samples.FailureCount).Select(apart => (apart, true))
            : [];
        int bad = 0, most = MostWrong(samples, rate, confidence);
        double limit = 0;
        foreach ((double apart, bool isWrong) in answers.Concat(failures).OrderBy(answer => answer.Apart))
        {
            bad += isWrong ? 1 : 0;
            if (bad > most || double.IsInfinity(apart))
            {
                break;
            }

            limit = apart;
        }

        return new SurrogateGuard(first, second, limit);
    }

    /// <summary>Whether few enough of the samples get wrong answers; as with <see cref="Choose"/>, that proves nothing yet.</summary>
    public bool Keeps(SampleSet samples, IReadOnlyList<double> maxErrors, double rate, double confidence)
    {
        double[] answers = Answer(samples).Outputs;
        int wrong = Enumerable.Range(0, samples.DrawnRows).Count(row => IsWrong(samples, answers, row, maxErrors));
        int answered = samples.Failed is { } failed ? samples.FailureCount - Asks(failed.X).Count(asks => asks) : 0;
        return wrong + answered <= MostWrong(samples, rate, confidence);
    }

    /// <summary>For each row of inputs whether the program is asked.</summary>
    public bool[] Asks(double[] inputs)
    {
        int width = First.Topology.Inputs, rows = inputs.Length / width;
        ImmutableArray<Interval> believed = First.Believed;
        double[] apart = Second is null ? new double[rows] : Apart(First, Second, inputs, rows);
        return [.. Enumerable.Range(0, rows).Select(row => !IsInRange(believed, inputs.AsSpan(row * width, width)) || apart[row] > Limit)];
    }

    /// <summary>The answers for samples whose true outputs are known.</summary>
    public GuardedOutputs Answer(SampleSet samples)
    {
        double[] outputs = First.Answer(samples.X);
        bool[] asks = Asks(samples.X);
        for (int row = 0; row < samples.Count; row++)
        {
            if (asks[row])
            {
                samples.Outputs(row).CopyTo(outputs.AsSpan(row * samples.OutputCount));
            }
        }

        return new GuardedOutputs(outputs, asks.Count(a => a));
    }

    private static int MostWrong(SampleSet samples, double rate, double confidence) => ErrorBound.MostBeyond(samples.Draws, ShareOfRate * rate, confidence);

    private static bool IsInRange(ImmutableArray<Interval> believed, ReadOnlySpan<double> inputs)
    {
        for (int i = 0; i < inputs.Length; i++)
        {
            Interval range = believed[i];
            if (!(inputs[i] >= range.Low && inputs[i] <= range.High))
            {
                return false;
            }
        }

        return true;
    }

    // For each of the first rows how far apart the two are.
    private static double[] Apart(Surrogate first, Surrogate second, double[] inputs, int rows)
    {
        double[] a = new SurrogateEvaluator(first).Evaluate(inputs), b = new SurrogateEvaluator(second).Evaluate(inputs);
        return [.. Enumerable.Range(0, rows).Select(row => Apart(first, a, b, row))];
    }

    // The largest distance at any output; infinite for what is no number.
    private static double Apart(Surrogate first, double[] a, double[] b, int row)
    {
        double largest = 0;
        for (int k = 0; k < first.Topology.Outputs; k++)
        {
            int at = (row * first.Topology.Outputs) + k;
            double apart = Math.Abs(a[at] - b[at]) / first.OutputDeviation[k];
            largest = Math.Max(largest, double.IsNaN(apart) ? double.PositiveInfinity : apart);
        }

        return largest;
    }

    private static bool IsWrong(SampleSet samples, double[] actual, int row, IReadOnlyList<double> maxErrors)
    {
        ReadOnlySpan<double> expected = samples.Outputs(row);
        for (int k = 0; k < expected.Length; k++)
        {
            if (!(Math.Abs(actual[(row * expected.Length) + k] - expected[k]) <= maxErrors[k]))
            {
                return true;
            }
        }

        return false;
    }
}
