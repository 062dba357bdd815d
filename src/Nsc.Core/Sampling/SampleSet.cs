// Input-output pairs of a program, in the program's own units.

namespace Nsc.Core.Sampling;

/// <summary>A table of samples: <paramref name="X"/> is (Count, InputCount) and <paramref name="Y"/> (Count, OutputCount), row-major.</summary>
public sealed record SampleSet(int InputCount, int OutputCount, double[] X, double[] Y)
{
    public int Count => X.Length / InputCount;

    public ReadOnlySpan<double> Inputs(int row) => X.AsSpan(row * InputCount, InputCount);

    public ReadOnlySpan<double> Outputs(int row) => Y.AsSpan(row * OutputCount, OutputCount);

    /// <summary>Rows <paramref name="start"/> to <paramref name="start"/> + <paramref name="count"/> as a set of their own.</summary>
    public SampleSet Slice(int start, int count) => new(
        InputCount, OutputCount,
        X.AsSpan(start * InputCount, count * InputCount).ToArray(),
        Y.AsSpan(start * OutputCount, count * OutputCount).ToArray());

    /// <summary>These rows and then those of another set of the same function.</summary>
    public SampleSet Append(SampleSet other) => new(InputCount, OutputCount, [.. X, .. other.X], [.. Y, .. other.Y]);
}
