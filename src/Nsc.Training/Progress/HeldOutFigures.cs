// A hypernetwork's held-out error in three numbers.

using Nsc.Training.HyperNetworks;
using Nsc.Training.Supervision;

namespace Nsc.Training.Progress;

/// <summary>Zero-shot NMSE over held-out programs, and what fine-tuning would leave of it.</summary>
/// <param name="Median">The median.</param>
/// <param name="GeometricMean">The geometric mean: every program counts in it.</param>
/// <param name="FineTuned">The geometric mean after fine-tuning, as <see cref="TangentFineTuning"/> foretells it.</param>
public sealed record HeldOutFigures(double Median, double GeometricMean, double FineTuned)
{
    private const int Samples = 256;

    /// <summary>By which checkpoints are compared: what compiling alone gives counts as much as what a few samples make of it.</summary>
    public double Score => GeometricMean * FineTuned;

    /// <summary>Measures a network on programs; NaN when none of them varies on its samples.</summary>
    public static HeldOutFigures Measure(HyperNetwork net, IReadOnlyList<TrainingProgram> programs, long seed)
    {
        (double Nmse, double FineTuned)[] errors = ZeroShot.Errors(net, programs, Samples, seed);
        return new HeldOutFigures(ZeroShot.Median(errors.Select(e => e.Nmse)), Mean(errors.Select(e => e.Nmse)), Mean(errors.Select(e => e.FineTuned)));
    }

    private static double Mean(IEnumerable<double> errors)
    {
        double[] varied = [.. errors.Where(e => !double.IsNaN(e)).Select(Core.Sampling.GeometricMean.Bounded)];
        return varied.Length == 0 ? double.NaN : Core.Sampling.GeometricMean.Of(varied);
    }
}
