// Input-output pairs of a program, in the program's own units.

namespace Nsc.Core.Sampling;

/// <summary>The inputs on which the program failed, among the first draws.</summary>
/// <param name="Drawn">How many independent inputs were drawn: these and the first samples of the set.</param>
/// <param name="X">(failures, InputCount), row-major.</param>
public sealed record FailedInputs(int Drawn, double[] X);

/// <summary>A table of samples: <paramref name="X"/> is (Count, InputCount) and <paramref name="Y"/> (Count, OutputCount), row-major.</summary>
public sealed record SampleSet(int InputCount, int OutputCount, double[] X, double[] Y)
{
    public int Count => X.Length / InputCount;

    /// <summary>Where the program failed while these were drawn; null where nobody knows, as for the rows of a file. Parts of a set do not know.</summary>
    public FailedInputs? Failed { get; init; }

    /// <summary>How much each row counts, positive, made so that the mean is 1; null where all count alike.</summary>
    public double[]? Weights
    {
        get;
        init => field = value?.Average() is { } mean ? Array.ConvertAll(value, w => w / mean) : null;
    }

    /// <summary>How much a row counts; 1 on average.</summary>
    public double Weight(int row) => Weights is null ? 1 : Weights[row];

    /// <summary>Independent draws of an input, the failures among them.</summary>
    public int Draws => Failed?.Drawn ?? Count;

    /// <summary>The first rows that are, with the failures, the independent draws.</summary>
    public int DrawnRows => Draws - FailureCount;

    public int FailureCount => Failed is null ? 0 : Failed.X.Length / InputCount;

    public ReadOnlySpan<double> Inputs(int row) => X.AsSpan(row * InputCount, InputCount);

    public ReadOnlySpan<double> Outputs(int row) => Y.AsSpan(row * OutputCount, OutputCount);

    /// <summary>One output on all samples.</summary>
    public double[] Output(int k)
    {
        var values = new double[Count];
        for (int row = 0; row < values.Length; row++)
        {
            values[row] = Y[(row * OutputCount) + k];
        }

        return values;
    }

    /// <summary>Rows <paramref name="start"/> to <paramref name="start"/> + <paramref name="count"/> as a set of their own.</summary>
    public SampleSet Slice(int start, int count) => new(
        InputCount, OutputCount,
        X.AsSpan(start * InputCount, count * InputCount).ToArray(),
        Y.AsSpan(start * OutputCount, count * OutputCount).ToArray()) { Weights = Weights?[start..(start + count)] };

    /// <summary>A set of some of the rows, in the given order.</summary>
    public SampleSet Take(IReadOnlyCollection<int> rows) => new(
        InputCount, OutputCount, [.. rows.SelectMany(row => Inputs(row).ToArray())], [.. rows.SelectMany(row => Outputs(row).ToArray())])
    {
        Weights = Weights is null ? null : [.. rows.Select(Weight)],
    };

    /// <summary>These rows and then those of another set of the same function.</summary>
    public SampleSet Append(SampleSet other) => new(InputCount, OutputCount, [.. X, .. other.X], [.. Y, .. other.Y]);
}
