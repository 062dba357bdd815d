// The parameters of a covariance, by the marginal likelihood of samples and a prior.

using Nsc.Engine.Arithmetic;
using Nsc.Engine.Trainers;

namespace Nsc.Engine.Teaching;

/// <summary>
/// Resilient backpropagation (Rprop), which goes by the signs of slopes alone: on marginal likelihoods it is as good as second-order methods
/// and never fails to take a step (Blum and Riedmiller, "Optimization of Gaussian process hyperparameters using Rprop", ESANN 2013).
/// </summary>
internal static class HyperparameterSearch
{
    private const double FirstStep = 0.5, SmallestStep = 1e-3, LargestStep = 2, Faster = 1.3, Slower = 0.5;

    /// <summary>The spread of a weight's logarithm before anything is known: a factor of seven.</summary>
    private const double WeightSpread = 2;

    /// <summary>The parameters of the greatest posterior probability that were met.</summary>
    public static double[] Find(Covariance covariance, PairFeatures pairs, double[] targets, int steps)
    {
        double[] parameters = Start(covariance), best = parameters;
        var stepSizes = new double[parameters.Length];
        Array.Fill(stepSizes, FirstStep);
        double[] before = new double[parameters.Length];
        double least = double.PositiveInfinity;
        var system = new PositiveDefiniteSystem(targets.Length);
        for (int step = 0; step < steps; step++)
        {
            double[]? gradient = null;
            if (GaussianProcess.Likelihood(covariance, pairs, targets, parameters, system) is var (value, slopes))
            {
                value += AddPrior(covariance, parameters, slopes);
                gradient = slopes;
                if (value < least)
                {
                    (least, best) = (value, parameters);
                }
            }

            parameters = gradient is null ? Noisier(parameters) : Step(covariance, parameters, gradient, before, stepSizes);
        }

        return best;
    }

    private static double[] Start(Covariance covariance) => [.. Enumerable.Range(0, covariance.ParameterCount).Select(i => covariance.KindOf(i) switch
    {
        ParameterKind.Noise => Math.Log(1e-5),
        ParameterKind.Amplitude => 0,
        _ => Centre(covariance),
    })];

    // The logarithm of a usual weight: the more coordinates there are, the less does each count.
    private static double Centre(Covariance covariance) => -Math.Log(Math.Max(2, covariance.Coordinates));

    // On standardised targets, and coordinates of inputs in [-1, 1].
    private static (double Low, double High) Limits(ParameterKind kind) => kind switch
    {
        ParameterKind.Noise => (Math.Log(1e-10), 0),
        ParameterKind.Amplitude => (Math.Log(1e-6), Math.Log(1e6)),
        _ => (Math.Log(1e-6), Math.Log(1e3)),
    };

    // A normal distribution of each weight's logarithm.
    private static double AddPrior(Covariance covariance, double[] parameters, double[] gradient)
    {
        double sum = 0, centre = Centre(covariance);
        for (int i = 0; i < parameters.Length; i++)
        {
            if (covariance.KindOf(i) == ParameterKind.Weight)
            {
                double away = (parameters[i] - centre) / WeightSpread;
                sum += away * away / 2;
                gradient[i] += away / WeightSpread;
            }
        }

        return sum;
    }

    private static double[] Step(Covariance covariance, double[] parameters, double[] gradient, double[] before, double[] stepSizes)
    {
        double[] next = [.. parameters];
        for (int i = 0; i < next.Length; i++)
        {
            double agreement = gradient[i] * before[i];
            stepSizes[i] = Math.Clamp(stepSizes[i] * (agreement > 0 ? Faster : agreement < 0 ? Slower : 1), SmallestStep, LargestStep);
            before[i] = agreement < 0 ? 0 : gradient[i]; // After a turn the next step neither grows nor shrinks.
            (double low, double high) = Limits(covariance.KindOf(i));
            next[i] = Math.Clamp(next[i] - (Math.Sign(gradient[i]) * stepSizes[i]), low, high);
        }

        return next;
    }

    private static double[] Noisier(double[] parameters) => [Math.Min(0, parameters[0] + 2), .. parameters.AsSpan(1)];
}
