// How a function of values changes what is known of them. One input is fixed at a time; what the others still do to the
// operands is replaced by a normal or uniform distribution of the same variance. This is a rule about one operation.

namespace Nsc.Core.Dataflow.Moments;

/// <summary>The expansion of f(X) or f(X, Y) from the expansions of X and Y.</summary>
internal static class Closure
{
    private static readonly double[] s_uniform = Quantiles(14, p => (2 * p) - 1);
    private static readonly double[] s_normal = Quantiles(14, NormalQuantile);
    private static readonly double[] s_coarse = Quantiles(7, NormalQuantile);

    /// <summary>The expansion of a function of one value.</summary>
    public static Expansion Apply(Func<double, double> f, Expansion x)
    {
        if (x.IsConstant)
        {
            return Number(f(x.Mean));
        }

        var result = new Collected(f(x.Low), f(x.High));
        double uniform = Uniformity(x);
        return Condition(x, x, result, (cell, deviationX, _, _) =>
        {
            (double centre, double low, double high) = (cell.MeanX, x.Low, x.High);
            if (deviationX == 0)
            {
                double at = Math.Clamp(centre, low, high);
                result.Add(f(at), at, 0);
                return;
            }

            for (int i = 0; i < s_normal.Length; i++)
            {
                double z = (uniform * s_uniform[i]) + ((1 - uniform) * s_normal[i]);
                double at = Math.Clamp(centre + (deviationX * z), low, high);
                result.Add(f(at), at, 0);
            }
        });
    }

    /// <summary>The expansion of a function of two values, taken as normal with their covariance where an input is fixed.</summary>
    public static Expansion Apply(Func<double, double, double> f, Expansion x, Expansion y)
    {
        if (x.IsConstant || y.IsConstant)
        {
            return y.IsConstant ? Apply(v => f(v, y.Mean), x) : Apply(v => f(x.Mean, v), y);
        }

        var result = new Collected(double.NaN, double.NaN);
        return Condition(x, y, result, (cell, deviationX, deviationY, correlation) =>
        {
            double rest = Math.Sqrt(1 - (correlation * correlation));
            foreach (double a in deviationX == 0 ? [0] : s_coarse)
            {
                foreach (double b in deviationY == 0 || rest == 0 ? [0] : s_coarse)
                {
                    double atX = Math.Clamp(cell.MeanX + (deviationX * a), x.Low, x.High);
                    double atY = Math.Clamp(cell.MeanY + (deviationY * ((correlation * a) + (rest * b))), y.Low, y.High);
                    result.Add(f(atX, atY), atX, atY);
                }
            }
        });
    }

    // Goes over the nodes of every input that matters, collects the function there, and puts the expansion together.
    private static Expansion Condition(Expansion x, Expansion y, Collected result, Action<(double MeanX, double MeanY), double, double, double> cell)
    {
        double[]? effectsX = x.Effects, effectsY = y.Effects, variancesX = x.EffectVariances, variancesY = y.EffectVariances;
        int inputs = (effectsX ?? effectsY ?? []).Length / GaussLegendre.Size;
        double covariance = Expansion.Covariance(x, y);
        double[]? covariances = Expansion.EffectCovariances(x, y);
        double[]? effects = inputs == 0 ? null : new double[inputs * GaussLegendre.Size];
        int leading = Leading(x, y, inputs);
        Span<double> values = stackalloc double[GaussLegendre.Size];
        bool isConditioned = false;
        for (int i = 0; i < inputs; i++)
        {
            if (!Matters(x, i, inputs) && !Matters(y, i, inputs))
            {
                continue;
            }

            isConditioned = true;
            for (int k = 0; k < GaussLegendre.Size; k++)
            {
                double t = GaussLegendre.ScaledNodes[k];
                double leftX = Spread(x, i, t, variancesX), leftY = ReferenceEquals(x, y) ? leftX : Spread(y, i, t, variancesY);
                double together = leftX * leftY == 0 ? 0
                    : Math.Clamp(Expansion.ConditionalCovariance(x, y, i, t, covariance, covariances) / (leftX * leftY), -0.999, 0.999);
                int at = (i * GaussLegendre.Size) + k;
                result.Begin(i == leading ? GaussLegendre.Weights[k] : 0);
                cell((x.Mean + (effectsX?[at] ?? 0), y.Mean + (effectsY?[at] ?? 0)), leftX, leftY, together);
                effects![at] = result.End();
            }

            effects.AsSpan(i * GaussLegendre.Size, i == leading ? GaussLegendre.Size : 0).CopyTo(values);
            GaussLegendre.Centre(effects.AsSpan(i * GaussLegendre.Size, GaussLegendre.Size));
        }

        // Nothing is known but mean and variance.
        if (!isConditioned)
        {
            result.Begin(1);
            cell((x.Mean, y.Mean), x.Deviation, y.Deviation, 0);
            result.End();
        }

        bool isOfOneInput = x.OnlyInput is { } only && only == y.OnlyInput;
        Expansion expansion = result.ToExpansion(x, y, effects, isOfOneInput);
        return !isOfOneInput || expansion.IsConstant || x.Products is not { } products ? expansion
            : expansion with { Products = ProductSum.OfOne(products.Table, leading, values) };
    }

    private static double Spread(Expansion x, int i, double t, double[]? variances)
    {
        double left = Expansion.ConditionalCovariance(x, x, i, t, x.Variance, variances);
        return left <= 1e-12 * x.Variance ? 0 : Math.Sqrt(left);
    }

    private static bool Matters(Expansion x, int i, int inputs) =>
        x.EffectVariances?[i] > 0 || (x.Pairs is not null && x.Pairs.AsSpan(i * inputs, inputs).ContainsAnyExcept(0.0));

    // Of the inputs that matter, the one whose main effects explain most.
    private static int Leading(Expansion x, Expansion y, int inputs)
    {
        int leading = 0;
        double most = -1;
        for (int i = 0; i < inputs; i++)
        {
            double share = ((x.EffectVariances?[i] ?? 0) / x.Variance) + ((y.EffectVariances?[i] ?? 0) / y.Variance);
            (leading, most) = share > most && (Matters(x, i, inputs) || Matters(y, i, inputs)) ? (i, share) : (leading, most);
        }

        return leading;
    }

    // 1 when what is left of x is due to one input, near 0 when it is due to many.
    private static double Uniformity(Expansion x)
    {
        double sum = 0, squares = 0;
        double[] variances = x.EffectVariances ?? [];
        double largest = variances.Length == 0 ? 0 : variances.Max();
        foreach (double v in variances)
        {
            sum += v;
            squares += v * v;
        }

        (sum, squares) = (x.Variance - largest, squares - (largest * largest));
        return sum <= 1e-9 * x.Variance ? 1 : Math.Clamp(squares / (sum * sum), 0, 1);
    }

    private static Expansion Number(double value) =>
        Expansion.Constant(double.IsFinite(value) ? value : 0) with { Overflows = double.IsInfinity(value) };

    // Midpoints of equally probable pieces, scaled to variance 1.
    private static double[] Quantiles(int count, Func<double, double> quantile)
    {
        double[] points = [.. Enumerable.Range(0, count).Select(i => quantile((i + 0.5) / count))];
        double deviation = Math.Sqrt(points.Sum(p => p * p) / count);
        return [.. points.Select(p => p / deviation)];
    }

    // By bisection of the distribution function; for a table of a few numbers.
    private static double NormalQuantile(double probability)
    {
        double low = -8, high = 8;
        for (int i = 0; i < 60; i++)
        {
            double middle = 0.5 * (low + high);
            double below = 0.5 * ScalarSemantics.Floating(Opcode.ComplementaryErrorFunction, -middle / Math.Sqrt(2), 0);
            (low, high) = below < probability ? (middle, high) : (low, middle);
        }

        return 0.5 * (low + high);
    }

    // The function's values: their mean in a cell, and over all cells of the leading input what the moments need.
    private sealed class Collected
    {
        private readonly List<(double Weight, double Value, double X, double Y)> _points = [];
        private double _low = double.PositiveInfinity, _high = double.NegativeInfinity;
        private double _cellWeight, _sum;
        private int _count, _first;
        private bool _isInfinite, _hasInfiniteCell;

        public Collected(double atLow, double atHigh)
        {
            Bound(atLow);
            Bound(atHigh);
        }

        public void Begin(double weight) => (_cellWeight, _sum, _count, _first, _isInfinite) = (weight, 0, 0, _points.Count, false);

        public void Add(double value, double x, double y)
        {
            _isInfinite |= double.IsInfinity(value);
            if (double.IsFinite(value))
            {
                _sum += value;
                _count++;
                Bound(value);
                if (_cellWeight > 0)
                {
                    _points.Add((_cellWeight, value, x, y));
                }
            }
        }

        /// <summary>The mean in the cell; 0 when the function was finite nowhere in it.</summary>
        public double End()
        {
            _hasInfiniteCell |= _isInfinite && _count == 0;
            for (int i = _first; i < _points.Count; i++)
            {
                _points[i] = _points[i] with { Weight = _points[i].Weight / _count };
            }

            return _count == 0 ? 0 : _sum / _count;
        }

        // Infinite values beside very large ones are no pole: the function has left what numbers can hold.
        private bool Overflows => _hasInfiniteCell && Math.Max(Math.Abs(_low), Math.Abs(_high)) > float.MaxValue;

        public Expansion ToExpansion(Expansion x, Expansion y, double[]? effects, bool isOfOneInput)
        {
            double total = 0, mean = 0, square = 0, centreX = 0, centreY = 0;
            foreach ((double w, double v, double px, double py) in _points)
            {
                total += w;
                mean += w * v;
                square += w * v * v;
                centreX += w * px;
                centreY += w * py;
            }

            if (total == 0)
            {
                return Expansion.Constant(0) with { Overflows = Overflows };
            }

            (mean, square, centreX, centreY) = (mean / total, square / total, centreX / total, centreY / total);
            double[]? pairs = ReferenceEquals(x, y) ? PairsOfOne(x, mean, centreX) : PairsOfTwo(x, y, mean, centreX, centreY);
            var result = Expansion.Sound(mean, Math.Max(0, square - (mean * mean)), _low, _high, effects, pairs, isOfOneInput: isOfOneInput);
            return result with { Overflows = result.Overflows || Overflows };
        }

        // From the best parabola in x.
        private double[]? PairsOfOne(Expansion x, double mean, double centre)
        {
            double spread = 0, skew = 0, fourth = 0, slope = 0, bend = 0, total = 0;
            foreach ((double w, _, double px, _) in _points)
            {
                total += w;
                spread += w * (px - centre) * (px - centre);
            }

            double scale = Math.Sqrt(spread / total);
            if (scale == 0)
            {
                return null;
            }

            foreach ((double w, double v, double px, _) in _points)
            {
                double z = (px - centre) / scale, rise = v - mean;
                skew += w / total * z * z * z;
                fourth += w / total * z * z * z * z;
                slope += w / total * rise * z;
                bend += w / total * rise * z * z;
            }

            double curvature = (bend - (skew * slope)) / Math.Max(1e-6, fourth - 1 - (skew * skew));
            return x.PairsThrough((slope - (skew * curvature)) / scale, curvature / (scale * scale));
        }

        // From the best plane in x and y and their product.
        private double[]? PairsOfTwo(Expansion x, Expansion y, double mean, double centreX, double centreY)
        {
            double xx = 0, xy = 0, yy = 0, vx = 0, vy = 0, vxy = 0, squares = 0;
            foreach ((double w, double v, double px, double py) in _points)
            {
                double a = px - centreX, b = py - centreY;
                xx += w * a * a;
                xy += w * a * b;
                yy += w * b * b;
                vx += w * (v - mean) * a;
                vy += w * (v - mean) * b;
            }

            double total = _points.Sum(p => p.Weight), determinant = (xx * yy) - (xy * xy);
            if (!(determinant > 1e-9 * xx * yy))
            {
                return null;
            }

            double slopeX = ((vx * yy) - (vy * xy)) / determinant, slopeY = ((vy * xx) - (vx * xy)) / determinant;
            foreach ((double w, double v, double px, double py) in _points)
            {
                double a = px - centreX, b = py - centreY, product = (a * b) - (xy / total);
                vxy += w * (v - mean - (slopeX * a) - (slopeY * b)) * product;
                squares += w * product * product;
            }

            var plane = Expansion.Combine(slopeX, x, slopeY, y);
            double twist = squares == 0 ? 0 : vxy / squares;
            return Expansion.Weigh(1, plane.Pairs, twist, Expansion.CrossPairs(x, y));
        }

        private void Bound(double value)
        {
            if (double.IsFinite(value))
            {
                (_low, _high) = (Math.Min(_low, value), Math.Max(_high, value));
            }
        }
    }
}
