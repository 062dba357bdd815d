// How good a CompNet is on programs that it did not train on, in two numbers.

using Nsc.Neural.CompNets;

namespace Nsc.Neural.Training;

/// <summary>Zero-shot NMSE over held-out programs.</summary>
/// <param name="Median">The median.</param>
/// <param name="GeometricMean">The geometric mean, by which checkpoints are compared: every program counts in it.</param>
public sealed record HeldOutFigures(double Median, double GeometricMean)
{
    private const int Samples = 256;

    /// <summary>Measures a network on programs; NaN when none of them varies on its samples.</summary>
    public static HeldOutFigures Measure(HyperNetwork net, IReadOnlyList<TrainingProgram> programs, long seed)
    {
        double[] errors = ZeroShot.Nmse(net, programs, Samples, seed);
        double[] varied = [.. errors.Where(e => !double.IsNaN(e)).Select(Core.Sampling.GeometricMean.Bounded)];
        return new HeldOutFigures(ZeroShot.Median(errors), varied.Length == 0 ? double.NaN : Core.Sampling.GeometricMean.Of(varied));
    }
}
