// When a surrogate is believed: where it was made for, and where a second one, made from other samples, is of about the same opinion.
// Elsewhere the program itself is asked.

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
    /// chosen on: bound the error on others.
    /// </summary>
    /// <param name="maxErrors">For each output, in its units, what is wrong.</param>
    /// <param name="rate">The share of all inputs that may be wrong.</param>
    public static SurrogateGuard Choose(Surrogate first, Surrogate second, SampleSet samples, IReadOnlyList<double> maxErrors, double rate, double confidence)
    {
        double[] a = new SurrogateEvaluator(first).Evaluate(samples.X), b = new SurrogateEvaluator(second).Evaluate(samples.X);
        int bad = 0, most = MostWrong(samples, rate, confidence);
        double limit = 0;
        foreach ((int row, double apart) in Enumerable.Range(0, samples.Count).Where(row => IsInRange(first, samples.Inputs(row)))
            .Select(row => (row, Apart(first, a, b, row))).OrderBy(p => p.Item2))
        {
            bad += IsWrong(samples, a, row, maxErrors) ? 1 : 0;
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
        return Enumerable.Range(0, samples.Count).Count(row => IsWrong(samples, answers, row, maxErrors)) <= MostWrong(samples, rate, confidence);
    }

    /// <summary>The answers for samples whose true outputs are known.</summary>
    public GuardedOutputs Answer(SampleSet samples)
    {
        double[] outputs = new SurrogateEvaluator(First).Evaluate(samples.X);
        double[]? others = Second is null ? null : new SurrogateEvaluator(Second).Evaluate(samples.X);
        int fallbacks = 0;
        for (int row = 0; row < samples.Count; row++)
        {
            if (!IsInRange(First, samples.Inputs(row)) || (others is not null && Apart(First, outputs, others, row) > Limit))
            {
                samples.Outputs(row).CopyTo(outputs.AsSpan(row * samples.OutputCount));
                fallbacks++;
            }
        }

        return new GuardedOutputs(outputs, fallbacks);
    }

    private static int MostWrong(SampleSet samples, double rate, double confidence) => ErrorBound.MostBeyond(samples.Count, ShareOfRate * rate, confidence);

    private static bool IsInRange(Surrogate surrogate, ReadOnlySpan<double> inputs)
    {
        for (int i = 0; i < inputs.Length; i++)
        {
            var range = surrogate.Signature.Inputs[i].Range;
            if (!(inputs[i] >= range.Low && inputs[i] <= range.High))
            {
                return false;
            }
        }

        return true;
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
