// Of two errors on the same few rows the smaller one is often smaller by chance.

namespace Nsc.Engine.Teaching;

internal static class Chance
{
    /// <summary>What a change has to leave of an error, at most, to be believed: squared errors of n rows differ by about 1/sqrt(n) of their mean.</summary>
    public static double LeastGain(int rows) => Math.Max(0.1, 1 - (2 / Math.Sqrt(rows)));
}
