// The points at which programs are tried out when they are taken for a corpus.

using Nsc.Core.Programs;

namespace Nsc.Corpus.Building;

internal static class ProbePoints
{
    /// <summary>The number of points.</summary>
    public const int Count = 256;

    /// <summary>
    /// Points (<see cref="Count"/>, inputs), row-major: the same unit inputs for all programs with as many inputs, mapped into
    /// each one's own ranges.
    /// </summary>
    public static double[] Draw(IReadOnlyList<InputVariable> inputs, int seed)
    {
        var random = new Random(seed);
        var points = new double[Count * inputs.Count];
        for (int i = 0; i < points.Length; i++)
        {
            InputVariable input = inputs[i % inputs.Count];
            double value = input.Range.At((2 * random.NextDouble()) - 1);
            points[i] = input.Kind.IsInteger() ? Math.Clamp(Math.Round(value), input.Range.Low, input.Range.High) : value;
        }

        return points;
    }

    /// <summary>One output at all points, from outputs (<see cref="Count"/>, width), row-major.</summary>
    public static double[] Column(double[] outputs, int column, int width) =>
        [.. Enumerable.Range(0, Count).Select(s => outputs[(s * width) + column])];
}
