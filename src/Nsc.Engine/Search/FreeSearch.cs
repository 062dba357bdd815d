// The least values of a function that costs next to nothing: a dataflow graph that is interpreted, a net, a Gaussian process.

using System.Collections.Immutable;
using Nsc.Core.Sampling;

namespace Nsc.Engine.Search;

/// <summary>Evolves several populations and descends from the best of each.</summary>
internal static class FreeSearch
{
    private const int Populations = 3, DescentsEach = 3;

    /// <summary>The best points, (dimensions) in [-1, 1] each, best first; near ones count once.</summary>
    /// <param name="merits">The merits of points, (m, dimensions), row-major.</param>
    /// <param name="steps">For each coordinate the width of a whole number's step; 0 for real inputs.</param>
    /// <param name="evaluations">Points that the populations evaluate at most, all together.</param>
    /// <param name="nearby">Points that are descended from too.</param>
    public static List<(double[] Point, double Merit)> Run(Func<double[], double[]> merits, ImmutableArray<double> steps, int evaluations, ulong seed, params double[][] nearby)
    {
        var descent = new LocalDescent(merits, steps);
        List<(double[] Point, double Merit)> found = [.. nearby.Select(p => descent.Run(p, merits(p)[0]))];
        for (int population = 0; population < Populations; population++)
        {
            var last = Evolution.Run(merits, steps.Length, evaluations / Populations, SplitMix64.Scramble(seed + (ulong)population));
            found.AddRange(Distinct(last, 0.05).Take(DescentsEach).Select(p => descent.Run(p.Point, p.Merit)));
        }

        return Distinct(found.OrderBy(p => p.Merit), 1e-3);
    }

    private static List<(double[] Point, double Merit)> Distinct(IEnumerable<(double[] Point, double Merit)> points, double distance)
    {
        var kept = new List<(double[] Point, double Merit)>();
        foreach ((double[] Point, double Merit) point in points.Where(p => double.IsFinite(p.Merit)))
        {
            if (kept.TrueForAll(k => k.Point.Zip(point.Point, (a, b) => Math.Abs(a - b)).Max() > distance))
            {
                kept.Add(point);
            }
        }

        return kept;
    }
}
