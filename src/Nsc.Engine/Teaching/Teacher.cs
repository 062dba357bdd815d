// A teacher knows a function from few samples and from models of it, such as its compiled net: Gaussian processes with several covariances, on the
// targets and on what each model leaves of them, weighed by how well each foretells the samples that it has not seen.

using System.Collections.Immutable;
using Nsc.Engine.Arithmetic;

namespace Nsc.Engine.Teaching;

/// <summary>Stacked Gaussian processes (Wolpert, "Stacked generalization", 1992): their mean costs no run of the program.</summary>
internal sealed class Teacher
{
    /// <summary>The parameters are found on so many samples at most; all samples then count for the mean.</summary>
    private const int MostForParameters = 192;

    // All processes take the first steps. A process that then errs so many times as much as the best, in mean square, is not worth more.
    private const int FirstSteps = 12, FurtherSteps = 28;
    private const double Hopeless = 4;

    private const int Parts = 5;

    private static readonly ImmutableArray<CovarianceTerm>[] s_covariances =
    [
        [CovarianceTerm.SquaredExponential], [CovarianceTerm.Matern], [CovarianceTerm.Quadratic], [CovarianceTerm.Cubic],
        [CovarianceTerm.SquaredExponential, CovarianceTerm.Cubic],
    ];

    private readonly (GaussianProcess Process, int? On, double Weight)[] _members;

    private Teacher((GaussianProcess, int?, double)[] members, double error) => (_members, LeaveOneOutError) = (members, error);

    /// <summary>The mean square of what the samples, each left out, differ from the mean. Parameters and weights have seen all.</summary>
    public double LeaveOneOutError { get; }

    /// <summary>A teacher; null where no process can be conditioned on the samples.</summary>
    public static Teacher? Of(LessonSet lessons)
    {
        Candidate[] candidates = [.. Candidates(lessons)];
        var system = new PositiveDefiniteSystem(Math.Min(lessons.Count, MostForParameters));
        double least = candidates.Min(c => c.Advance(FirstSteps, system));
        foreach (Candidate candidate in candidates.Where(c => c.Error <= Hopeless * least))
        {
            candidate.Advance(FurtherSteps, system);
        }

        (GaussianProcess Process, int? On)[] members = [.. candidates.Where(c => c.Process is not null).Select(c => (c.Process!, c.On))];
        if (members.Length == 0)
        {
            return null;
        }

        (double[] weights, double error) = Stacking.Weigh([.. members.Select(m => m.Process.LeftOut)]);
        return new Teacher([.. members.Zip(weights, (m, w) => (m.Process, m.On, w)).Where(m => m.w > 0)], error);
    }

    private static IEnumerable<Candidate> Candidates(LessonSet lessons)
    {
        (double[] points, int coordinates, double[] targets, double[][] means) = lessons;
        IEnumerable<int?> models = Enumerable.Range(0, means.Length).Select(m => (int?)m);
        int few = Math.Min(targets.Length, MostForParameters);
        PairFeatures all = new(points, coordinates, lessons.Roots), pairs = few == targets.Length ? all : new(points[..(few * coordinates)], coordinates, lessons.Roots?[..few]);
        return from mean in lessons.IsOnMeansAlone ? models : models.Prepend(null)
               let left = mean is { } m ? [.. targets.Zip(means[m], (t, n) => t - n)] : targets
               from terms in s_covariances
               let covariance = new Covariance(terms, coordinates)
               select new Candidate(covariance, all, left, new HyperparameterSearch(covariance, pairs, left[..few])) { On = mean };
    }

    // A process on its way to its parameters.
    private sealed class Candidate(Covariance covariance, PairFeatures pairs, double[] targets, HyperparameterSearch search)
    {
        /// <summary>The model with whose answers it begins; null with none.</summary>
        public required int? On { get; init; }

        public GaussianProcess? Process { get; private set; }

        public double Error => Process?.LeaveOneOutError ?? double.PositiveInfinity;

        public double Advance(int steps, PositiveDefiniteSystem system)
        {
            search.Advance(steps, system);
            Process = GaussianProcess.Of(covariance, pairs, targets, search.Best) ?? Process;
            return Error;
        }
    }

    /// <summary>The mean square of what teachers err on parts of the samples, each part kept from all of what its teacher is made of.</summary>
    public static double CrossValidate(LessonSet lessons, int seed)
    {
        int[] order = [.. Enumerable.Range(0, lessons.Count)];
        new Random(seed).Shuffle(order);
        int part = (order.Length + Parts - 1) / Parts;
        double sum = 0;
        foreach (int[] left in order.Chunk(part))
        {
            LessonSet others = lessons.Take([.. order.Except(left)]), asked = lessons.Take(left);
            if (Of(others) is not { } teacher)
            {
                return double.PositiveInfinity;
            }

            sum += teacher.Mean(asked.Points, asked.Means).Zip(asked.Targets, (m, t) => (m - t) * (m - t)).Select((square, i) => (asked.Roots?[i] * asked.Roots?[i] ?? 1) * square).Sum();
        }

        return sum / lessons.Count;
    }

    /// <summary>The mean at points (m, coordinates), row-major.</summary>
    /// <param name="means">Each (m), as in <see cref="Of"/>.</param>
    public double[] Mean(double[] points, double[][] means)
    {
        double[]? sum = null;
        foreach ((GaussianProcess process, int? on, double weight) in _members)
        {
            double[] mean = process.Mean(points);
            sum ??= new double[mean.Length];
            for (int i = 0; i < mean.Length; i++)
            {
                sum[i] += weight * (mean[i] + (on is { } m ? means[m][i] : 0));
            }
        }

        return sum!;
    }

    /// <summary>The covariance of what is not known at points (m, coordinates), row-major: (m, m), by the law of total covariance over the processes.</summary>
    /// <param name="means">Each (m), as in <see cref="Of"/>.</param>
    public double[] Doubt(double[] points, double[][] means)
    {
        double[] mean = Mean(points, means);
        var doubt = new double[mean.Length * mean.Length];
        foreach ((GaussianProcess process, int? on, double weight) in _members)
        {
            double[] own = [.. process.Mean(points).Select((o, i) => o + (on is { } m ? means[m][i] : 0) - mean[i])];
            PositiveDefiniteSystem.AddScaled(doubt, weight, process.PosteriorCovariance(points));
            for (int i = 0; i < own.Length; i++)
            {
                PositiveDefiniteSystem.AddScaled(doubt.AsSpan(i * own.Length, own.Length), weight * own[i], own);
            }
        }

        return doubt;
    }
}
