// Interval arithmetic: how the generator keeps arguments inside the domains of the functions that it calls.

using Nsc.Core.Programs;

namespace Nsc.Corpus.Generator.Values;

internal static class Intervals
{
    public static Interval Hull(params ReadOnlySpan<double> points)
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (double point in points)
        {
            low = Math.Min(low, point);
            high = Math.Max(high, point);
        }

        return new(low, high);
    }

    public static Interval Add(Interval a, Interval b) => new(a.Low + b.Low, a.High + b.High);

    public static Interval Subtract(Interval a, Interval b) => new(a.Low - b.High, a.High - b.Low);

    public static Interval Multiply(Interval a, Interval b) =>
        Hull(a.Low * b.Low, a.Low * b.High, a.High * b.Low, a.High * b.High);

    public static Interval Divide(Interval a, Interval b) => Multiply(a, Hull(1 / b.Low, 1 / b.High));

    public static Interval Union(Interval a, Interval b) => Hull(a.Low, a.High, b.Low, b.High);

    public static Interval Absolute(Interval a) =>
        new(a.Low > 0 ? a.Low : a.High < 0 ? -a.High : 0, Math.Max(Math.Abs(a.Low), Math.Abs(a.High)));

    public static Interval Square(Interval a)
    {
        Interval magnitude = Absolute(a);
        return new(magnitude.Low * magnitude.Low, magnitude.High * magnitude.High);
    }

    /// <summary>The image under a function that never falls.</summary>
    public static Interval Rising(Interval a, Func<double, double> function) => new(function(a.Low), function(a.High));

    /// <summary>Whether every point is further from zero than a fiftieth of the furthest one.</summary>
    public static bool IsClearOfZero(Interval a) => Absolute(a) is var m && m.Low > 0.02 * m.High && m.Low > 0;
}
