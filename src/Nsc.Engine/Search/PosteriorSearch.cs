// The least merit of a program that is asked seldom: what its answers say of other points decides which point is next.

using System.Collections.Immutable;
using Nsc.Core.Sampling;
using Nsc.Core.Sampling.Designs;
using Nsc.Engine.Teaching;

namespace Nsc.Engine.Search;

/// <summary>
/// In turns a trust region about the best point, whose Gaussian process is made of the nearest points (as in Eriksson, Pearce, Gardner, Turner and Poloczek,
/// "Scalable global optimization via local Bayesian optimization", 2019), and expected improvement over the whole box (Jones, Schonlau and Welch, 1998), by
/// draws from the posterior, so that values, bounds and extremes go the same way. Deterministic for a seed.
/// </summary>
/// <param name="cheap">(m, responses) of a model for (m, coordinates), which costs no call; null without one.</param>
/// <param name="ask">(m, responses) of the program for (m, coordinates); NaN where it fails.</param>
internal sealed class PosteriorSearch(TuningProblem problem, Func<double[], double[]>? cheap, Func<double[], double[]> ask, ulong seed)
{
    private const int MostLocal = 100, MostGlobal = 140, Candidates = 600, Draws = 48, LocalEvaluations = 1500, FreeEvaluations = 20_000;
    private const double FirstRadius = 0.5, LargestRadius = 1, SmallestRadius = 1e-5, Wider = 1.7, Narrower = 0.5, Same = 1e-9;

    private static readonly ImmutableArray<CovarianceTerm>[] s_local = [[CovarianceTerm.SquaredExponential], [CovarianceTerm.Quadratic], [CovarianceTerm.SquaredExponential, CovarianceTerm.Quadratic]];
    private static readonly ImmutableArray<CovarianceTerm>[] s_global = [[CovarianceTerm.SquaredExponential], [CovarianceTerm.Matern]];

    private readonly List<(double[] Point, double[] Responses, double Merit)> _known = [];
    private readonly int _dimensions = problem.Space.Dimensions;
    private readonly SplitMix64 _random = new(seed);
    private readonly SobolSequence _spread = new(problem.Space.Dimensions, seed);
    private double _radius = FirstRadius;
    private double[]? _centre;

    /// <summary>Answers that are there already, which cost no call.</summary>
    public void Note(double[] point, double[] responses) => _known.Add((point, responses, problem.Merit(responses)));

    /// <summary>Asks at most so many points.</summary>
    /// <param name="isDone">Whether a point's merit is good enough to stop.</param>
    public void Run(int calls, Func<bool> isDone, CancellationToken cancellationToken)
    {
        int left = calls;
        left -= Ask(First(left), left);
        for (int turn = 0; left > 0 && !isDone(); turn++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            bool isGlobal = turn % 3 == 2 || _known.TrueForAll(k => !double.IsFinite(k.Merit));
            double[] next = problem.Space.Snapped((isGlobal ? Improving() : Local()) ?? Spread(1));
            left -= Ask(IsNew(next) ? next : Spread(1), left);
        }
    }

    // What the cheap model takes for the best, and points that fill the box.
    private double[] First(int calls)
    {
        double[][] best = cheap is null ? [] : [.. FreeSearch.Run(points => problem.Merits(cheap(points)), problem.Space.Steps, FreeEvaluations, seed).Take(2).Select(p => p.Point)];
        int spread = Math.Max(0, Math.Min(calls / 3, (2 * _dimensions) + 3) - _known.Count);
        return [.. best.SelectMany(p => p), .. Spread(spread)];
    }

    private double[] Spread(int count) => Array.ConvertAll(_spread.Next(count), u => (2 * u) - 1);

    private bool IsNew(double[] point) => _known.TrueForAll(k => Distance(k.Point, point) > Same);

    private static double Distance(double[] a, double[] b) => a.Zip(b, (x, y) => Math.Abs(x - y)).Max();

    private int Ask(double[] points, int most)
    {
        double[] asked = problem.Space.Snapped(points[..(Math.Min(most, points.Length / _dimensions) * _dimensions)]);
        foreach ((double[] point, double[] responses) in asked.Chunk(_dimensions).Zip(asked.Length == 0 ? [] : ask(asked).Chunk(problem.Responses)))
        {
            Adapt(point, problem.Merit(responses));
            Note(point, responses);
        }

        return asked.Length / _dimensions;
    }

    // The region widens about a better point and narrows where there was none; when it is as good as a point, another one begins.
    private void Adapt(double[] point, double merit)
    {
        double least = _known.Count == 0 ? double.PositiveInfinity : _known.Min(k => k.Merit);
        if (_centre is null || merit < least)
        {
            _radius = merit < least && _centre is not null && Distance(point, _centre) > _radius / 2 ? Math.Min(LargestRadius, Wider * _radius) : _radius;
            _centre = merit < least ? point : _centre;
        }
        else if (Distance(point, _centre) <= _radius * 1.001)
        {
            _radius = _radius * Narrower < SmallestRadius ? FirstRadius : _radius * Narrower;
        }
    }

    // The least merit of the mean within the trust region.
    private double[]? Local()
    {
        double[] centre = _known.MinBy(k => k.Merit).Point;
        var near = _known.Where(k => k.Responses.All(double.IsFinite)).OrderBy(k => Distance(k.Point, centre)).Take(Math.Min(MostLocal, (12 * _dimensions) + 20)).ToArray();
        if (near.Length < Math.Min(_dimensions + 2, 6))
        {
            return null;
        }

        // In the region's own coordinates.
        double scale = Math.Max(_radius, Distance(near[Math.Min(near.Length - 1, 2 * _dimensions)].Point, centre));
        double[] Global(double[] local) => [.. local.Select((u, i) => Math.Clamp(centre[i % _dimensions] + (scale * u), -1, 1))];
        double[] points = InModel([.. near.SelectMany(k => k.Point)]), answers = [.. near.SelectMany(k => k.Responses)];
        if (PosteriorModel.Of(points, answers, _dimensions, cheap is null ? null : local => cheap(Global(local)), s_local) is not { } model)
        {
            return null;
        }

        // A whole number can always take a step.
        double[] radii = [.. problem.Space.Steps.Select(step => Math.Max(_radius, 1.01 * step))];
        double[] InRegion(double[] unit) => problem.Space.Snapped([.. unit.Select((u, i) => Math.Clamp(centre[i % _dimensions] + (radii[i % _dimensions] * u), -1, 1))]);
        double[] InModel(double[] global) => [.. global.Select((x, i) => (x - centre[i % _dimensions]) / scale)];
        ImmutableArray<double> steps = [.. problem.Space.Steps.Zip(radii, (step, radius) => step / radius)];
        var (best, _) = FreeSearch.Run(unit => problem.Merits(model.Mean(InModel(InRegion(unit)))), steps, LocalEvaluations, _random.Next(), new double[_dimensions]).FirstOrDefault();
        return best is null ? null : InRegion(best);
    }

    // The greatest expected improvement among points of the whole box and around the best.
    private double[]? Improving()
    {
        var usable = _known.Where(k => k.Responses.All(double.IsFinite)).OrderBy(k => k.Merit).ToArray();
        if (usable.Length < 3)
        {
            return null;
        }

        // The best half of those that there is room for, and some of the others.
        var chosen = usable.Length <= MostGlobal ? usable
            : [.. usable[..(MostGlobal / 2)], .. usable[(MostGlobal / 2)..].OrderBy(_ => _random.NextDouble()).Take(MostGlobal / 2)];
        double[] points = [.. chosen.SelectMany(k => k.Point)], answers = [.. chosen.SelectMany(k => k.Responses)];
        if (PosteriorModel.Of(points, answers, _dimensions, cheap, s_global) is not { } model)
        {
            return null;
        }

        double[] near = [.. Enumerable.Range(0, Candidates / 2).SelectMany(i => usable[i % Math.Min(5, usable.Length)].Point.Select(x => Math.Clamp(x + (0.1 * _random.NextGaussian()), -1, 1)))];
        double[] candidates = problem.Space.Snapped([.. Spread(Candidates), .. near]), means = model.Mean(candidates), deviations = model.Deviation(candidates);
        double[] normal = [.. Enumerable.Range(0, Draws * problem.Responses).Select(_ => _random.NextGaussian())];
        double least = usable[0].Merit;
        int count = candidates.Length / _dimensions, best = Enumerable.Range(0, count).MaxBy(m => Improvement(m));
        return candidates[(best * _dimensions)..((best + 1) * _dimensions)];

        double Improvement(int m)
        {
            var drawn = new double[problem.Responses];
            double sum = 0, centre = 0;
            for (int d = 0; d < Draws; d++)
            {
                for (int r = 0; r < drawn.Length; r++)
                {
                    drawn[r] = means[(m * drawn.Length) + r] + (deviations[(m * drawn.Length) + r] * normal[(d * drawn.Length) + r]);
                }

                double merit = problem.Merit(drawn);
                sum += Math.Max(0, least - merit) / Draws;
                centre += merit / Draws;
            }

            return sum > 0 ? sum : (least - centre) * 1e-9; // Where nothing is expected, the least mean.
        }
    }
}
