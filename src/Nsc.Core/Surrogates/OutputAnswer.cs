// What a surrogate answers for the number that its network gives: where the program's type is a whole number, so is the answer.

using System.Collections.Immutable;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;

namespace Nsc.Core.Surrogates;

/// <summary>The answers of one output: any number, the whole numbers of a type, or a few values.</summary>
/// <param name="IsWhole">Whether all are whole numbers, from <paramref name="Low"/> to <paramref name="High"/>.</param>
/// <param name="Values">The only answers, ascending; empty where there are more.</param>
public sealed record OutputAnswer(bool IsWhole, double Low, double High, ImmutableArray<double> Values)
{
    /// <summary>An output with more values than these is a number, one with fewer a class.</summary>
    public const int MostValues = 16;

    // Samples for each value that must have been seen before others are taken to be impossible.
    private const int SamplesForValue = 16;

    private static readonly OutputAnswer s_any = new(false, double.NegativeInfinity, double.PositiveInfinity, []);

    /// <summary>Whether its error is a ratio: the network gives its logarithm.</summary>
    public bool IsLogarithmic { get; init; }

    /// <summary>Where the answer steps to the next value, and by how much.</summary>
    public IEnumerable<(double Threshold, double Step)> Steps => Values.Zip(Values.Skip(1), (a, b) => (a + ((b - a) / 2), b - a));

    /// <summary>Those of a type, when the values that it takes are known.</summary>
    public static OutputAnswer Of(ScalarKind kind, ImmutableArray<double> values)
    {
        if (!kind.IsInteger())
        {
            return s_any;
        }

        Interval limits = InputSampler.Limits(kind);
        return new(true, limits.Low, limits.High, kind == ScalarKind.Bool ? [0, 1] : values);
    }

    /// <summary>The answer: the nearest one. What is no number stays none.</summary>
    public double For(double output) =>
        !IsWhole || double.IsNaN(output) ? output
        : Values.IsEmpty ? Math.Clamp(Math.Floor(output + 0.5), Low, High)
        : Values[0] + Steps.Sum(s => output > s.Threshold ? s.Step : 0);

    /// <summary>How far an answer is off: the difference from the truth, or that of their logarithms.</summary>
    public double Distance(double answer, double truth)
    {
        var scale = new NetScale(0, 1, IsLogarithmic);
        return Math.Abs(scale.OnLine(answer) - scale.OnLine(truth));
    }

    /// <summary>The interval of all that are so far from an answer at most: of whole numbers its ends are such as the program can give.</summary>
    public (double Low, double High) Around(double answer, double distance)
    {
        double factor = NetScale.Exponential(distance);
        return IsLogarithmic ? (For(answer / factor), For(Math.Min(answer * factor, double.MaxValue))) : (For(answer - distance), For(answer + distance));
    }

    /// <summary>The few values that an output takes, as far as samples tell; empty when it may have others.</summary>
    /// <param name="before">Those of earlier samples.</param>
    public static ImmutableArray<double> Observed(ScalarKind kind, IReadOnlyCollection<double> samples, ImmutableArray<double> before)
    {
        double[] values = [.. samples.Concat(before).Distinct().Order()];
        return kind.IsInteger() && kind != ScalarKind.Bool && values.Length is > 1 and <= MostValues && samples.Count >= SamplesForValue * values.Length ? [.. values] : [];
    }
}

public static class SurrogateAnswers
{
    /// <summary>What each output may answer.</summary>
    public static ImmutableArray<OutputAnswer> AnswersOf(this Surrogate surrogate) =>
    [
        .. surrogate.Signature.Outputs.Select((output, k) =>
            OutputAnswer.Of(output.Kind, surrogate.OutputValues.IsEmpty ? [] : surrogate.OutputValues[k]) with { IsLogarithmic = surrogate.ScaleOf(k).IsLogarithmic }),
    ];

    /// <summary>The answers for outputs of the network, (samples, outputs) row-major.</summary>
    public static double[] Answers(this Surrogate surrogate, double[] outputs)
    {
        ImmutableArray<OutputAnswer> answers = surrogate.AnswersOf();
        return answers.Any(a => a.IsWhole) ? [.. outputs.Select((output, i) => answers[i % answers.Length].For(output))] : outputs;
    }

    /// <summary>What the surrogate answers for inputs, (samples, inputs) row-major.</summary>
    public static double[] Answer(this Surrogate surrogate, ReadOnlySpan<double> inputs) => surrogate.Answers(new SurrogateEvaluator(surrogate).Evaluate(inputs));
}
