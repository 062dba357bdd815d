// How errors of different programs are averaged.

namespace Nsc.Core.Sampling;

public static class GeometricMean
{
    private const double LeastNmse = 1e-8;
    private const double GreatestNmse = 1e4;

    /// <summary>The geometric mean of positive numbers.</summary>
    public static double Of(IEnumerable<double> values) => Math.Exp(values.Average(Math.Log));

    /// <summary>
    /// An NMSE that may go into a mean: errors outside this span say no more, and one program that is solved exactly, or that explodes, must
    /// not decide it.
    /// </summary>
    public static double Bounded(double nmse) => double.IsNaN(nmse) ? GreatestNmse : Math.Clamp(nmse, LeastNmse, GreatestNmse);
}
