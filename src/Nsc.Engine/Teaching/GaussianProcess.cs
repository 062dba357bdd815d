// Exact Gaussian process regression, also known as kriging (Rasmussen and Williams, "Gaussian Processes for Machine Learning", 2006).

using Nsc.Engine.Arithmetic;
using Nsc.Engine.Trainers;

namespace Nsc.Engine.Teaching;

/// <summary>A Gaussian process with its parameters, conditioned on samples.</summary>
internal sealed class GaussianProcess
{
    private readonly Covariance _covariance;
    private readonly PairFeatures _pairs;
    private readonly double[] _parameters, _coefficients;

    private readonly double[] _inverse;
    private readonly int _stride;

    private GaussianProcess(Covariance covariance, PairFeatures pairs, double[] parameters, double[] coefficients, double[] inverse, int stride) =>
        (_covariance, _pairs, _parameters, _coefficients, _inverse, _stride) = (covariance, pairs, parameters, coefficients, inverse, stride);

    /// <summary>For each sample the target less what the others' process says of it (their section 5.4.2), times its root.</summary>
    public required double[] LeftOut { get; init; }

    /// <summary>The mean of the squares of <see cref="LeftOut"/>.</summary>
    public double LeaveOneOutError => LeftOut.Average(e => e * e);

    /// <summary>The logarithm of the probability of the targets.</summary>
    public required double LogLikelihood { get; init; }

    /// <summary>Conditions a process on samples; null where the matrix is singular in this precision.</summary>
    /// <param name="pairs">Of the samples' points.</param>
    public static GaussianProcess? Of(Covariance covariance, PairFeatures pairs, double[] targets, double[] parameters)
    {
        var system = new PositiveDefiniteSystem(targets.Length);
        covariance.Fill(pairs, parameters, system);
        if (!system.Factorise(Covariance.Noise(parameters)))
        {
            return null;
        }

        targets = pairs.Whitened(targets);
        double[] coefficients = Solve(system, targets), inverse = system.Invert();
        return new GaussianProcess(covariance, pairs, parameters, pairs.Whitened(coefficients), inverse, system.Stride)
        {
            LeftOut = [.. coefficients.Select((a, i) => a / inverse[(i * system.Stride) + i])],
            LogLikelihood = -NegativeLogLikelihood(system, targets, coefficients),
        };
    }

    /// <summary>The posterior mean at points (m, coordinates), row-major.</summary>
    public double[] Mean(double[] points)
    {
        int width = _covariance.Coordinates;
        var means = new double[points.Length / width];
        var covariances = new double[_coefficients.Length];
        for (int i = 0; i < means.Length; i++)
        {
            _covariance.Cross(points.AsSpan(i * width, width), _pairs.Points, _parameters, covariances);
            means[i] = PositiveDefiniteSystem.Dot(covariances, _coefficients);
        }

        return means;
    }

    /// <summary>The posterior variance at points (m, coordinates), row-major, without noise.</summary>
    public double[] Variance(double[] points)
    {
        int width = _covariance.Coordinates, count = _coefficients.Length;
        var variances = new double[points.Length / width];
        var own = new double[1];
        for (int i = 0; i < variances.Length; i++)
        {
            double[] point = points[(i * width)..((i + 1) * width)], covariances = CovariancesWith(point);
            _covariance.Cross(point, point, _parameters, own);
            double explained = 0;
            for (int j = 0; j < count; j++)
            {
                // Of the inverse what is above the diagonal is kept.
                explained += covariances[j] * ((2 * PositiveDefiniteSystem.Dot(_inverse.AsSpan((j * _stride) + j, count - j), covariances.AsSpan(j))) - (_inverse[(j * _stride) + j] * covariances[j]));
            }

            variances[i] = Math.Max(0, own[0] - explained);
        }

        return variances;
    }

    /// <summary>The posterior covariance of points (m, coordinates), row-major, without noise: (m, m).</summary>
    public double[] PosteriorCovariance(double[] points)
    {
        int width = _covariance.Coordinates, count = points.Length / width;
        var posterior = new double[count * count];
        double[][] covariances = [.. Enumerable.Range(0, count).Select(i => CovariancesWith(points.AsSpan(i * width, width)))];
        for (int i = 0; i < count; i++)
        {
            Span<double> row = posterior.AsSpan(i * count, count);
            _covariance.Cross(points.AsSpan(i * width, width), points, _parameters, row);
            double[] solved = TimesInverse(covariances[i]);
            for (int j = 0; j < count; j++)
            {
                row[j] -= PositiveDefiniteSystem.Dot(solved, covariances[j]);
            }
        }

        return posterior;
    }

    // Of a point with the samples, whitened.
    private double[] CovariancesWith(ReadOnlySpan<double> point)
    {
        var covariances = new double[_coefficients.Length];
        _covariance.Cross(point, _pairs.Points, _parameters, covariances);
        return _pairs.Whitened(covariances);
    }

    // Of the inverse what is above the diagonal is kept.
    private double[] TimesInverse(double[] covariances)
    {
        int count = covariances.Length;
        var product = new double[count];
        for (int j = 0; j < count; j++)
        {
            ReadOnlySpan<double> row = _inverse.AsSpan((j * _stride) + j, count - j);
            product[j] += PositiveDefiniteSystem.Dot(row, covariances.AsSpan(j));
            PositiveDefiniteSystem.AddScaled(product.AsSpan(j + 1), covariances[j], row[1..]);
        }

        return product;
    }

    /// <summary>The negative log marginal likelihood of the whitened targets and its slopes (their equations 2.30 and 5.9); null where the matrix is singular.</summary>
    public static (double Value, double[] Gradient)? Likelihood(
        Covariance covariance, PairFeatures pairs, double[] targets, double[] parameters, PositiveDefiniteSystem system)
    {
        Covariance.TermValues[] values = covariance.Fill(pairs, parameters, system);
        if (!system.Factorise(Covariance.Noise(parameters)))
        {
            return null;
        }

        targets = pairs.Whitened(targets);
        double[] coefficients = Solve(system, targets), inverse = system.Invert(), slopes = new double[pairs.Count];
        double trace = 0;
        for (int i = 0, pair = 0; i < targets.Length; i++)
        {
            for (int j = i; j < targets.Length; j++, pair++)
            {
                slopes[pair] = inverse[(i * system.Stride) + j] - (coefficients[i] * coefficients[j]);
            }

            slopes[pairs.Start(i)] /= 2;
            trace += slopes[pairs.Start(i)];
        }

        pairs.Whiten(slopes);
        return (NegativeLogLikelihood(system, targets, coefficients), covariance.Gradient(pairs, parameters, values, slopes, trace));
    }

    private static double NegativeLogLikelihood(PositiveDefiniteSystem system, double[] targets, double[] coefficients) =>
        0.5 * (PositiveDefiniteSystem.Dot(targets, coefficients) + system.LogDeterminant() + (targets.Length * Math.Log(2 * Math.PI)));

    private static double[] Solve(PositiveDefiniteSystem system, double[] targets)
    {
        var unknowns = new double[system.Stride];
        targets.CopyTo(unknowns, 0);
        system.Substitute(unknowns);
        return unknowns[..targets.Length];
    }
}
