// Which part of the inputs' ranges the rows of a user cover: elsewhere a surrogate that was trained on them is a guess, which a guard must not believe.

using System.Collections.Immutable;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;

namespace Nsc.Compiler.Sampling;

internal static class Coverage
{
    /// <summary>For each input the least and the greatest value of the rows, within its range.</summary>
    public static ImmutableArray<Interval> Of(ProgramSignature signature, SampleSet rows) =>
    [
        .. signature.Inputs.Select((input, i) =>
        {
            double[] values = [.. Enumerable.Range(0, rows.Count).Select(row => rows.Inputs(row)[i])];
            return new Interval(Within(values.Min(), input.Range), Within(values.Max(), input.Range));
        }),
    ];

    /// <summary>A surrogate that was trained on rows of a user, and on what it had been trained on before.</summary>
    /// <param name="before">The surrogate that training began with, whose ranges are those of the trained one.</param>
    public static Surrogate After(Surrogate trained, Surrogate before, SampleSet rows)
    {
        if (before.Provenance.Samples > 0 && before.Covered.IsEmpty)
        {
            return trained with { Covered = [] };
        }

        ImmutableArray<Interval> own = Of(trained.Signature, rows);
        return trained with { Covered = before.Covered.IsEmpty ? own : [.. own.Zip(before.Covered, (a, b) => new Interval(Math.Min(a.Low, b.Low), Math.Max(a.High, b.High)))] };
    }

    private static double Within(double value, Interval range) => Math.Clamp(value, range.Low, range.High);
}
