// A global search where evaluations cost next to nothing: differential evolution.

using Nsc.Core.Sampling;
using Nsc.Core.Sampling.Designs;

namespace Nsc.Engine.Search;

/// <summary>
/// Differential evolution (Storn and Price, 1997) toward one of the best (Zhang and Sanderson's current-to-pbest, "JADE", 2009), whose step and crossover
/// rates are drawn anew for each trial: small rates for functions that are sums over inputs, large ones for those that are not. Deterministic for a seed.
/// </summary>
internal static class Evolution
{
    private const int FewestMembers = 40, MostMembers = 160, MembersPerDimension = 12;
    private const double Best = 0.12, LeastStep = 0.4, MostStep = 0.95, Collapsed = 1e-10;
    private static readonly double[] s_crossovers = [0.2, 0.6, 0.95];

    /// <param name="merits">The merits of points, (m, dimensions), row-major.</param>
    /// <param name="evaluations">Points that are evaluated at most.</param>
    /// <returns>The last generation, best first.</returns>
    public static (double[] Point, double Merit)[] Run(Func<double[], double[]> merits, int dimensions, int evaluations, ulong seed)
    {
        int count = Math.Clamp(MembersPerDimension * dimensions, FewestMembers, MostMembers);
        double[] points = Array.ConvertAll(new SobolSequence(dimensions, seed).Next(count), u => (2 * u) - 1);
        double[] values = merits(points);
        var random = new SplitMix64(seed);
        for (int spent = count; spent + count <= evaluations && !IsCollapsed(points, dimensions); spent += count)
        {
            double[] trials = Trials(points, values, dimensions, random), found = merits(trials);
            for (int i = 0; i < count; i++)
            {
                if (found[i] <= values[i])
                {
                    values[i] = found[i];
                    trials.AsSpan(i * dimensions, dimensions).CopyTo(points.AsSpan(i * dimensions));
                }
            }
        }

        return [.. points.Chunk(dimensions).Zip(values).OrderBy(p => p.Second)];
    }

    private static double[] Trials(double[] points, double[] values, int dimensions, SplitMix64 random)
    {
        int count = values.Length;
        int[] order = [.. Enumerable.Range(0, count).OrderBy(i => values[i])];
        var trials = new double[points.Length];
        for (int i = 0; i < count; i++)
        {
            int best = order[random.NextInt(Math.Max(2, (int)(Best * count)))], one = random.NextInt(count), other = random.NextInt(count), certain = random.NextInt(dimensions);
            double step = LeastStep + ((MostStep - LeastStep) * random.NextDouble()), rate = s_crossovers[random.NextInt(s_crossovers.Length)];
            for (int c = 0; c < dimensions; c++)
            {
                double own = points[(i * dimensions) + c];
                double moved = own + (step * (points[(best * dimensions) + c] - own)) + (step * (points[(one * dimensions) + c] - points[(other * dimensions) + c]));
                bool isTaken = random.NextDouble() < rate || c == certain;
                trials[(i * dimensions) + c] = isTaken ? Inside(moved, own) : own;
            }
        }

        return trials;
    }

    // Half way to the end that was passed.
    private static double Inside(double moved, double own) => moved < -1 ? (own - 1) / 2 : moved > 1 ? (own + 1) / 2 : moved;

    private static bool IsCollapsed(double[] points, int dimensions) => Enumerable.Range(0, dimensions).All(c =>
    {
        double low = 1, high = -1;
        for (int i = c; i < points.Length; i += dimensions)
        {
            (low, high) = (Math.Min(low, points[i]), Math.Max(high, points[i]));
        }

        return high - low < Collapsed;
    });
}
