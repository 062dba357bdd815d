// The parameters of a covariance, by the marginal likelihood of samples and a prior.

using Nsc.Engine.Arithmetic;
using Nsc.Engine.Trainers;

namespace Nsc.Engine.Teaching;

/// <summary>
/// Resilient backpropagation (Rprop), which goes by the signs of slopes alone: on marginal likelihoods it is as good as second-order methods
/// and never fails to take a step (Blum and Riedmiller, "Optimization of Gaussian process hyperparameters using Rprop", ESANN 2013).
/// </summary>
internal sealed class HyperparameterSearch
{
    private const double FirstStep = 0.5, SmallestStep = 1e-3, LargestStep = 2, Faster = 1.3, Slower = 0.5;

    /// <summary>The spread of a weight's logarithm before anything is known: a factor of seven.</summary>
    private const double WeightSpread = 2;

    private readonly Covariance _covariance;
    private readonly PairFeatures _pairs;
    private readonly double[] _targets, _stepSizes, _before;
    private double[] _parameters;
    private double _least = double.PositiveInfinity;

    public HyperparameterSearch(Covariance covariance, PairFeatures pairs, double[] targets)
    {
        (_covariance, _pairs, _targets) = (covariance, pairs, targets);
        Best = _parameters = Start(covariance);
        (_stepSizes, _before) = (new double[_parameters.Length], new double[_parameters.Length]);
        Array.Fill(_stepSizes, FirstStep);
    }

    /// <summary>The parameters of the greatest posterior probability that were met.</summary>
    public double[] Best { get; private set; }

    /// <summary>The parameters of the greatest posterior probability that so many steps meet.</summary>
    public static double[] Find(Covariance covariance, PairFeatures pairs, double[] targets, int steps)
    {
        var search = new HyperparameterSearch(covariance, pairs, targets);
        search.Advance(steps, new PositiveDefiniteSystem(targets.Length));
        return search.Best;
    }

    /// <summary>Takes so many steps more, with room for the matrices of as many samples.</summary>
    public void Advance(int steps, PositiveDefiniteSystem system)
    {
        for (int step = 0; step < steps; step++)
        {
            double[]? gradient = null;
            if (GaussianProcess.Likelihood(_covariance, _pairs, _targets, _parameters, system) is var (value, slopes))
            {
                value += AddPrior(_covariance, _parameters, slopes);
                gradient = slopes;
                if (value < _least)
                {
                    (_least, Best) = (value, _parameters);
                }
            }

            _parameters = gradient is null ? Noisier(_parameters) : Step(_covariance, _parameters, gradient, _before, _stepSizes);
        }
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
