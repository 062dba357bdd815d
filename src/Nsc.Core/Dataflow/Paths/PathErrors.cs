// How far a surrogate is from its program on each of the program's paths.

using System.Collections.Immutable;
using Nsc.Core.Sampling;

namespace Nsc.Core.Dataflow.Paths;

/// <summary>The errors on one path, or on all that are too rare for a row of their own.</summary>
/// <param name="Path">Null for the rest.</param>
/// <param name="Paths">How many paths these are.</param>
/// <param name="Probability">The share of all inputs that take it.</param>
/// <param name="Samples">How many samples the errors are from.</param>
/// <param name="Nmse">
/// The mean of the outputs' squared errors, each over the output's variance on all inputs, so that the paths' NMSEs, weighted by their
/// probabilities, add up to the whole one. Null without samples.
/// </param>
/// <param name="MaxAbs">The largest error of any output, in its units; null without samples.</param>
public sealed record PathError(ExecutionPath? Path, int Paths, double Probability, int Samples, double? Nmse, double? MaxAbs)
{
    /// <summary>The errors on each path, the most frequent one first; the last row takes the rest where there are many.</summary>
    /// <param name="known">All paths, with the number of inputs that take each.</param>
    /// <param name="samples">Samples of them, in whatever proportion.</param>
    /// <param name="pathOf">For each sample the key of its path.</param>
    /// <param name="predicted">(samples, outputs), row-major.</param>
    /// <param name="scales">For each output its standard deviation over all inputs.</param>
    public static ImmutableArray<PathError> Measure(
        ImmutableArray<ExecutionPath> known, SampleSet samples, IReadOnlyList<ulong> pathOf, double[] predicted, IReadOnlyList<double> scales)
    {
        Dictionary<ulong, int> groups = known.Select((path, i) => (path.Key, Group: PathInputs.GroupOf(i))).ToDictionary(p => p.Key, p => p.Group);
        ILookup<int, int> rows = Enumerable.Range(0, samples.Count).ToLookup(row => groups.GetValueOrDefault(pathOf[row], PathInputs.MostGroups - 1));
        double inputs = known.Sum(p => (double)p.Count);
        return
        [
            .. known.Select((path, i) => (path, Group: PathInputs.GroupOf(i))).GroupBy(p => p.Group, p => p.path).Select(group =>
            {
                (double Square, double Largest)[] errors = [.. rows[group.Key].Select(row => ErrorOf(samples, predicted, scales, row))];
                ExecutionPath[] paths = [.. group];
                return new PathError(
                    paths.Length == 1 ? paths[0] : null, paths.Length, paths.Sum(p => (double)p.Count) / inputs, errors.Length,
                    errors.Length == 0 ? null : errors.Average(e => e.Square), errors.Length == 0 ? null : errors.Max(e => e.Largest));
            }),
        ];
    }

    private static (double Square, double Largest) ErrorOf(SampleSet samples, double[] predicted, IReadOnlyList<double> scales, int row)
    {
        (double square, double largest) = (0, 0);
        for (int k = 0; k < scales.Count; k++)
        {
            double error = Math.Abs(predicted[(row * scales.Count) + k] - samples.Outputs(row)[k]);
            error = double.IsNaN(error) ? double.PositiveInfinity : error;
            square += error / scales[k] * (error / scales[k]) / scales.Count;
            largest = Math.Max(largest, error);
        }

        return (square, largest);
    }
}
