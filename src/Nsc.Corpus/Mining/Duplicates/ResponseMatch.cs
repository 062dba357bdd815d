// Semantic clones: whether two outputs are the same function up to the order of their inputs, affine maps of inputs and output, and a tolerance.
// The matching of the inputs is found by search.

using System.Numerics.Tensors;
using Nsc.Core.Sampling;

namespace Nsc.Corpus.Mining.Duplicates;

/// <summary>
/// Compares a response with another. The ranges of the inputs are mapped to [-1, 1], which takes their affine maps away up to the
/// sign; the output is fitted by the best affine map.
/// </summary>
internal sealed class ResponseMatch
{
    // What the probes say of equal responses differs by the sampling error, as they fall elsewhere when inputs change places.
    private const double SamplingError = 0.12;

    // A slope that is not clearly over this part of the importance does not say which way the input runs.
    private const double ClearSlope = 0.25;

    // An input that is no more important than this cannot hide that two outputs are alike.
    private const double LargeImportance = 0.25;
    private const int Restarts = 4;
    private const int SearchPoints = 64;
    private const int MostEvaluations = 48;
    private const int MostPromisingEvaluations = 320;

    // From this error on the search goes on, and is made sure of on all points.
    private const double Promising = 0.1;

    private readonly ResponseProfile _a;
    private readonly ResponseProfile _b;
    private readonly double _tolerance;
    private readonly int[] _partner; // For each effect of A the one of B, or -1.
    private readonly bool[] _isTurned; // Whether that one is turned round, before the direction of A's own input.
    private readonly double[][] _units;
    private int _evaluations;

    private ResponseMatch(ResponseProfile a, ResponseProfile b, double tolerance)
    {
        (_a, _b, _tolerance) = (a, b, tolerance);
        _partner = new int[a.Effects.Length];
        _isTurned = new bool[a.Effects.Length];
        _units = new double[a.Inputs.Length][];
    }

    /// <summary>The NMSE of one response as a prediction of the other when it is within the tolerance, else null.</summary>
    public static double? Find(ResponseProfile a, ResponseProfile b, double tolerance)
    {
        if (a.Values.Length == 0 || b.Values.Length == 0)
        {
            return a.Values.Length == b.Values.Length ? 0 : null;
        }

        double most = Math.Sqrt(tolerance) + SamplingError;
        if (!HaveLikeImportances(a, b, most))
        {
            return null;
        }

        double straight = TensorPrimitives.Distance<float>(a.Quantiles, b.Quantiles), turned = ReversedDistance(a.Quantiles, b.Quantiles);
        return Find(a, b, tolerance, 1, straight, most) ?? Find(a, b, tolerance, -1, turned, most);
    }

    // An importance is the norm of a projection, and the distance of the quantiles is Wasserstein's: neither exceeds the distance of the
    // squashed responses.
    private static bool HaveLikeImportances(ResponseProfile a, ResponseProfile b, double most)
    {
        for (int r = 0; r < Math.Max(a.Effects.Length, b.Effects.Length); r++)
        {
            double first = r < a.Effects.Length ? a.Effects[r].Importance : 0, second = r < b.Effects.Length ? b.Effects[r].Importance : 0;
            if (Math.Abs(first - second) > most)
            {
                return false;
            }
        }

        return true;
    }

    // Quantiles when the sign of one response is turned.
    private static double ReversedDistance(float[] a, float[] b)
    {
        float sum = 0;
        for (int q = 0; q < a.Length; q++)
        {
            float difference = a[q] + b[^(q + 1)];
            sum += difference * difference;
        }

        return Math.Sqrt(sum);
    }

    private static double? Find(ResponseProfile a, ResponseProfile b, double tolerance, int orientation, double distance, double most)
    {
        if (distance > most * Math.Sqrt(a.Quantiles.Length))
        {
            return null;
        }

        var match = new ResponseMatch(a, b, tolerance);
        double nmse = match.SearchAsTheyStand();
        if (nmse > tolerance && match.Pair(orientation, most))
        {
            nmse = match.Search();
        }

        return nmse <= tolerance ? nmse : null;
    }

    // Pairs the inputs by what they do, the likest ones first. False when an input finds none that does what it does.
    private bool Pair(int orientation, double most)
    {
        Array.Fill(_partner, -1);
        var isTaken = new bool[_b.Effects.Length];
        for (int pairs = Math.Min(_partner.Length, isTaken.Length); pairs > 0; pairs--)
        {
            (double Unlikeness, int I, int J) best = (double.PositiveInfinity, 0, 0);
            for (int i = 0; i < _partner.Length; i++)
            {
                for (int j = 0; j < isTaken.Length && _partner[i] < 0; j++)
                {
                    double unlikeness = isTaken[j] ? double.PositiveInfinity : Unlikeness(_a.Effects[i], _b.Effects[j], orientation);
                    best = unlikeness < best.Unlikeness ? (unlikeness, i, j) : best;
                }
            }

            if (best.Unlikeness > most)
            {
                return false;
            }

            _partner[best.I] = best.J;
            isTaken[best.J] = true;
            _isTurned[best.I] = Direction(_b.Effects[best.J]) * orientation < 0;
        }

        return true;
    }

    private static double Unlikeness(InputEffect a, InputEffect b, int orientation) => Math.Max(
        Math.Abs(a.Importance - b.Importance),
        Math.Max(Math.Abs(Math.Abs(a.Slope) - Math.Abs(b.Slope)), Math.Abs((orientation * a.Curvature) - b.Curvature)));

    private static int Direction(InputEffect effect) => effect.Slope < 0 ? -1 : 1;

    // The inputs in the order in which they stand, as in most copies.
    private double SearchAsTheyStand()
    {
        for (int i = 0; i < _partner.Length; i++)
        {
            _partner[i] = -1;
            for (int j = 0; j < _b.Effects.Length; j++)
            {
                _partner[i] = _b.Effects[j].Input == _a.Effects[i].Input ? j : _partner[i];
            }

            _isTurned[i] = Direction(_a.Effects[i]) < 0;
        }

        return Nmse(SearchPoints) <= Promising ? Nmse(ProbeDesign.Count) : 1;
    }

    // By the inputs that matter most, and when that brings the outputs near each other, by all.
    private double Search()
    {
        (int I, int K)[] changes = [.. Changes()], large = Array.FindAll(changes, c => _a.Effects[c.K].Importance > LargeImportance);
        return ClimbOften(large, Promising, MostEvaluations) > Promising ? 1 : ClimbOften(changes, _tolerance, MostPromisingEvaluations);
    }

    // Climbs from the pairing, and from others by chance, until the error is as small as asked; the error on all points.
    private double ClimbOften((int I, int K)[] changes, double enough, int mostEvaluations)
    {
        var random = new SplitMix64(1);
        for (int climb = 0; ; climb++)
        {
            double nmse = Climb(changes, mostEvaluations) <= Promising ? Nmse(ProbeDesign.Count) : 1;
            if (nmse <= enough || changes.Length < 2 || climb == Restarts || _evaluations >= mostEvaluations)
            {
                return nmse;
            }

            Array.ForEach(Array.FindAll(changes, _ => random.NextInt(2) == 0), Apply);
        }
    }

    // Hill climbing: each change that helps is kept, on a part of the points.
    private double Climb((int I, int K)[] changes, int mostEvaluations)
    {
        double best = Nmse(SearchPoints);
        for (int idle = 0, next = 0; idle < changes.Length && best > _tolerance && _evaluations < mostEvaluations; next = (next + 1) % changes.Length)
        {
            Apply(changes[next]);
            double changed = Nmse(SearchPoints);
            if (changed < best - 1e-9)
            {
                (best, idle) = (changed, 0);
            }
            else
            {
                Apply(changes[next]);
                idle++;
            }
        }

        return best;
    }

    // Inputs whose slopes do not say which way they run are turned round; inputs that do the same within the sampling error are exchanged.
    private IEnumerable<(int I, int K)> Changes()
    {
        for (int i = 0; i < _partner.Length; i++)
        {
            if (Math.Abs(_a.Effects[i].Slope) < (ClearSlope * _a.Effects[i].Importance) + SamplingError)
            {
                yield return (i, i);
            }

            for (int k = i + 1; k < _partner.Length; k++)
            {
                if (Unlikeness(_a.Effects[i], _a.Effects[k], 1) < SamplingError)
                {
                    yield return (i, k);
                }
            }
        }
    }

    private void Apply((int I, int K) change)
    {
        (int i, int k) = change;
        if (i == k)
        {
            _isTurned[i] = !_isTurned[i];
            return;
        }

        (_partner[i], _partner[k]) = (_partner[k], _partner[i]);
        (_isTurned[i], _isTurned[k]) = (_isTurned[k], _isTurned[i]);
    }

    private double Nmse(int count)
    {
        _evaluations++;
        for (int i = 0; i < _units.Length; i++)
        {
            _units[i] = ProbeDesign.Free(i);
        }

        for (int i = 0; i < _partner.Length; i++)
        {
            if (_partner[i] >= 0)
            {
                double[] column = ProbeDesign.Base(_b.Effects[_partner[i]].Input);
                _units[_a.Effects[i].Input] = _isTurned[i] != Direction(_a.Effects[i]) < 0 ? Array.ConvertAll(column, u => -u) : column;
            }
        }

        return ProbeDesign.Nmse(ProbeDesign.Evaluate(_a.Cone, _a.Inputs, _units, count)[0], _b.Values.AsSpan(0, count));
    }
}
