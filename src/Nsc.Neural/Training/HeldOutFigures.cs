// How good a CompNet is on programs that it did not train on, in two numbers.

using Nsc.Neural.CompNets;

namespace Nsc.Neural.Training;

/// <summary>Zero-shot NMSE over held-out programs.</summary>
/// <param name="Median">The median.</param>
/// <param name="GeometricMean">The geometric mean, by which checkpoints are compared: every program counts in it.</param>
public sealed record HeldOutFigures(double Median, double GeometricMean)
{
    private const int Samples = 256;

    // One program that is solved exactly, or that explodes, must not decide the mean.
    private const double LeastNmse = 1e-8;
    private const double GreatestNmse = 1e4;

    /// <summary>Measures a network on programs; NaN when none of them varies on its samples.</summary>
    public static HeldOutFigures Measure(HyperNetwork net, IReadOnlyList<TrainingProgram> programs, long seed)
    {
        double[] errors = ZeroShot.Nmse(net, programs, Samples, seed);
        double[] logarithms = [.. errors.Where(e => !double.IsNaN(e)).Select(e => Math.Log(Math.Clamp(e, LeastNmse, GreatestNmse)))];
        return new HeldOutFigures(ZeroShot.Median(errors), logarithms.Length == 0 ? double.NaN : Math.Exp(logarithms.Average()));
    }
}
