// What the answers at some points say of the others: a Gaussian process for each response, on what a cheap model leaves of it.

using System.Collections.Immutable;
using Nsc.Engine.Teaching;

namespace Nsc.Engine.Search;

/// <summary>Independent processes over points, each with the covariance, and with or without the cheap model as its mean, that foretells its samples best.</summary>
internal sealed class PosteriorModel
{
    private const int Steps = 30;

    private readonly Response[] _responses;
    private readonly Func<double[], double[]>? _cheap;

    private PosteriorModel(Response[] responses, Func<double[], double[]>? cheap) => (_responses, _cheap) = (responses, cheap);

    /// <summary>Null where no process can be conditioned on the points.</summary>
    /// <param name="points">(n, coordinates), row-major.</param>
    /// <param name="answers">(n, responses), row-major, all finite.</param>
    /// <param name="cheap">A model's (m, responses) for (m, coordinates); null without one.</param>
    public static PosteriorModel? Of(double[] points, double[] answers, int coordinates, Func<double[], double[]>? cheap, ImmutableArray<CovarianceTerm>[] covariances)
    {
        int count = points.Length / coordinates, width = answers.Length / count;
        double[]? known = cheap?.Invoke(points);
        known = known is null || known.Any(k => !double.IsFinite(k)) ? null : known;
        var pairs = new PairFeatures(points, coordinates);
        Response?[] responses = [.. Enumerable.Range(0, width).Select(r => Response.Of(pairs, Column(answers, r, width), known is null ? null : Column(known, r, width), covariances))];
        return responses.Contains(null) ? null : new PosteriorModel(responses!, cheap);
    }

    /// <summary>(m, responses) means at points, (m, coordinates).</summary>
    public double[] Mean(double[] points) => At(points, (response, at) => response.Process.Mean(at));

    /// <summary>(m, responses) deviations likewise.</summary>
    public double[] Deviation(double[] points)
    {
        double[][] columns = [.. _responses.Select(r => Array.ConvertAll(r.Process.Variance(points), v => r.Scale * Math.Sqrt(Math.Max(0, v))))];
        return [.. Enumerable.Range(0, columns[0].Length).SelectMany(m => columns.Select(c => c[m]))];
    }

    private double[] At(double[] points, Func<Response, double[], double[]> of)
    {
        double[]? known = _responses.Any(r => r.IsOnCheap) ? _cheap!(points) : null;
        double[][] columns = [.. _responses.Select(r => of(r, points))];
        var values = new double[columns.Length * columns[0].Length];
        for (int i = 0; i < values.Length; i++)
        {
            (int m, int r) = (i / columns.Length, i % columns.Length);
            values[i] = _responses[r].Shift + (_responses[r].Scale * columns[r][m]) + (_responses[r].IsOnCheap ? known![i] : 0);
        }

        return values;
    }

    private static double[] Column(double[] values, int column, int width) => [.. values.Where((_, i) => i % width == column)];

    private sealed record Response(GaussianProcess Process, double Shift, double Scale, bool IsOnCheap)
    {
        public static Response? Of(PairFeatures pairs, double[] answers, double[]? known, ImmutableArray<CovarianceTerm>[] covariances)
        {
            IEnumerable<(double[] Targets, bool IsOnCheap)> choices = known is null ? [(answers, false)] : [(answers, false), ([.. answers.Zip(known, (a, k) => a - k)], true)];
            return choices.SelectMany(c => covariances.Select(terms => Of(pairs, c.Targets, c.IsOnCheap, terms))).Where(r => r is not null).MinBy(r => r!.Scale * r.Scale * r.Process.LeaveOneOutError);
        }

        private static Response? Of(PairFeatures pairs, double[] targets, bool isOnCheap, ImmutableArray<CovarianceTerm> terms)
        {
            double mean = targets.Average(), deviation = Math.Sqrt(targets.Average(t => (t - mean) * (t - mean)));
            deviation = deviation > 0 ? deviation : 1;
            double[] standard = Array.ConvertAll(targets, t => (t - mean) / deviation);
            var covariance = new Covariance(terms, pairs.Coordinates);
            return GaussianProcess.Of(covariance, pairs, standard, HyperparameterSearch.Find(covariance, pairs, standard, Steps)) is { } process
                ? new Response(process, mean, deviation, isOnCheap) : null;
        }
    }
}
