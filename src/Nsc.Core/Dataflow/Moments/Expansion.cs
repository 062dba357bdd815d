// What the compiler knows of a value without running the program: how it depends on each input alone and on each pair.

using Nsc.Core.Numerics;

namespace Nsc.Core.Dataflow.Moments;

/// <summary>
/// A value as a random variable over n unit inputs that are independent and uniform on [-1, 1]; t stands for an input scaled to
/// variance 1. The value is X = Mean + sum_i f_i(t_i) + sum_ij Q_ij t_i t_j + rest: an analysis of variance (Hoeffding's
/// decomposition) whose main effects f_i are kept at the nodes of <see cref="GaussLegendre"/>, whose interactions are bilinear,
/// and whose rest has mean 0 and is known by its variance only. Where the value is a <see cref="ProductSum"/>, all of this is exact up to the
/// quadrature, which errs not at all for polynomials of degree 8 in each input; elsewhere it is an estimate. Integers are taken as real numbers.
/// </summary>
/// <param name="Mean">E X.</param>
/// <param name="Variance">Var X, the rest included.</param>
/// <param name="Low">A lower bound, as interval arithmetic gives it; not sound where a function turns between two nodes.</param>
/// <param name="High">The upper bound.</param>
/// <param name="Effects">(n, <see cref="GaussLegendre.Size"/>) main effects, each of mean 0; null for zero.</param>
/// <param name="Pairs">Q (n, n), symmetric with a zero diagonal; null for zero.</param>
public sealed record Expansion(double Mean, double Variance, double Low, double High, double[]? Effects, double[]? Pairs)
{
    private double[]? _linear;
    private double[]? _bends;
    private double[]? _effectVariances;

    /// <summary>The value as a sum of products of functions of single inputs; null where it is none, or none of few terms.</summary>
    internal ProductSum? Products { get; init; }

    /// <summary>Whether mean, variance, main effects and interactions are those of the value, up to the quadrature, and no estimates.</summary>
    public bool IsExact => IsConstant || Products is not null;

    /// <summary>
    /// Whether the value's mean or deviation is beyond what its type holds, or too large to be followed (the iteration diverges, say). It
    /// holds for what is computed from such a value too, unless that is of a usual size again.
    /// </summary>
    public bool Overflows { get; init; }

    /// <summary>Whether the value does not depend on any input.</summary>
    public bool IsConstant => Variance == 0;

    public double Deviation => Math.Sqrt(Variance);

    /// <summary>(n) each main effect's coefficient of t; null for zero.</summary>
    public double[]? Linear => _linear ??= GaussLegendre.Coefficients(Effects, 1);

    /// <summary>(n) each main effect's coefficient of t^2 - 1; null for zero.</summary>
    public double[]? Bends => _bends ??= GaussLegendre.Coefficients(Effects, 2) is { } second ? Array.ConvertAll(second, c => c / GaussLegendre.BendDeviation) : null;

    /// <summary>(n) the variance of each main effect; null for zero.</summary>
    public double[]? EffectVariances => _effectVariances ??= EffectCovariances(this, this);

    /// <summary>The variance of main effects and interactions.</summary>
    public double ExplainedVariance => Sum(EffectVariances) + PairVariance;

    private bool HasRest => Variance - ExplainedVariance > 1e-9 * Variance;

    /// <summary>The variance of the interactions.</summary>
    public double PairVariance => 2 * Dot(Pairs, Pairs);

    /// <summary>A number.</summary>
    public static Expansion Constant(double value) => new(value, 0, value, value, null, null);

    /// <summary>Input <paramref name="index"/> of <paramref name="count"/>, uniform on [-1, 1].</summary>
    /// <param name="table">The table of the program's functions; null when products are not to be followed.</param>
    internal static Expansion UniformInput(int index, int count, FactorTable? table)
    {
        var effects = new double[count * GaussLegendre.Size];
        GaussLegendre.Nodes.CopyTo(effects.AsSpan(index * GaussLegendre.Size));
        return new Expansion(0, 1.0 / 3, -1, 1, effects, null)
        {
            Products = table is null ? null : ProductSum.OfOne(table, index, GaussLegendre.Nodes.AsSpan()),
        };
    }

    /// <summary>A sum of products, known to lie between two bounds.</summary>
    internal static Expansion? Of(ProductSum? products, double low, double high) => products is not null && ProductSum.Covariance(products, products) is { } variance
        ? Sound(products.Mean(), variance, double.NegativeInfinity, double.PositiveInfinity, products.Effects(), products.Pairs(), products).Within(low, high)
        : null;

    /// <summary>An expansion with what was computed made consistent: finite, and with a variance that its parts do not exceed.</summary>
    /// <param name="products">The value as a sum of products, where it is one.</param>
    /// <param name="isOfOneInput">Whether only one input matters; its effect then decides over the variance.</param>
    internal static Expansion Sound(
        double mean, double variance, double low, double high, double[]? effects, double[]? pairs, ProductSum? products = null, bool isOfOneInput = false)
    {
        const double Limit = 1e150;
        if (!(Math.Abs(mean) < Limit && variance < Limit))
        {
            return Constant(double.IsFinite(mean) ? Math.Clamp(mean, -Limit, Limit) : 0) with { Overflows = true };
        }

        var result = new Expansion(mean, variance, Math.Min(low, mean), Math.Max(high, mean), effects, pairs);
        double explained = result.ExplainedVariance;
        if (!double.IsFinite(explained))
        {
            return new Expansion(mean, variance, low, high, null, null);
        }

        double total = isOfOneInput ? explained : Math.Max(variance, explained);
        bool isConstant = total < 1e-26 * Math.Max(1e-200, mean * mean) || products is { Count: 0 };
        return isConstant ? Constant(mean) : result with { Variance = total, Products = products };
    }

    /// <summary>The only input that matters; null when there are several, or something is not known of the value.</summary>
    public int? OnlyInput => Pairs is null && !HasRest && EffectVariances is { } variances && variances.Count(v => v > 0) == 1
        ? Array.FindIndex(variances, v => v > 0) : null;

    /// <summary>a X + b Y + offset, exact but for the rests of values that are no sums of products: those are taken as uncorrelated.</summary>
    public static Expansion Combine(double a, Expansion x, double b, Expansion y, double offset = 0)
    {
        if (x.IsConstant || y.IsConstant)
        {
            offset += (x.IsConstant ? a * x.Mean : 0) + (y.IsConstant ? b * y.Mean : 0);
            (a, b) = (x.IsConstant ? 0 : a, y.IsConstant ? 0 : b);
        }

        double variance = (a * a * x.Variance) + (b * b * y.Variance) + (a * b == 0 ? 0 : 2 * a * b * Covariance(x, y));
        (double lowX, double highX) = Ordered(a * x.Low, a * x.High);
        (double lowY, double highY) = Ordered(b * y.Low, b * y.High);
        return Sound(
            (a * x.Mean) + (b * y.Mean) + offset, variance, lowX + lowY + offset, highX + highY + offset,
            Weigh(a, x.Effects, b, y.Effects), Weigh(a, x.Pairs, b, y.Pairs), ProductSum.Combine(a, x.Products, b, y.Products, offset));
    }

    /// <summary>
    /// X Y: exact where it is a sum of few products. Elsewhere its main effects and interactions are exact for operands without a rest, and its
    /// variance is that of normal operands.
    /// </summary>
    public static Expansion Multiply(Expansion x, Expansion y)
    {
        if (x.IsConstant || y.IsConstant)
        {
            return x.IsConstant ? Combine(x.Mean, y, 0, x) : Combine(y.Mean, x, 0, y);
        }

        double[] corners = [x.Low * y.Low, x.Low * y.High, x.High * y.Low, x.High * y.High];
        if (Of(ProductSum.Multiply(x.Products, y.Products), corners.Min(), corners.Max()) is { } exact)
        {
            return exact;
        }

        double covariance = Covariance(x, y), mean = (x.Mean * y.Mean) + covariance;
        double[]? effects = ProductEffects(x, y, covariance);

        // The covariance of mx y + my x with the product, from main effects, and the share of it that is the variance of the
        // former and so is in the other terms already.
        double withProduct = 0, ofItself = 0;
        for (int i = 0; effects is not null && i < effects.Length; i++)
        {
            double weight = GaussLegendre.Weights[i % GaussLegendre.Size], first = (x.Mean * (y.Effects?[i] ?? 0)) + (y.Mean * (x.Effects?[i] ?? 0));
            withProduct += weight * effects[i] * first;
            ofItself += weight * first * first;
        }

        double linearPart = (x.Mean * x.Mean * y.Variance) + (y.Mean * y.Mean * x.Variance) + (2 * x.Mean * y.Mean * covariance);
        double variance = linearPart + (x.Variance * y.Variance) + (covariance * covariance) + (2 * (withProduct - ofItself));
        bool isOfOneInput = x.OnlyInput is { } only && only == y.OnlyInput;
        return Sound(mean, variance, double.NegativeInfinity, double.PositiveInfinity, effects, ProductPairs(x, y), isOfOneInput: isOfOneInput)
            .Within(corners.Min(), corners.Max());
    }

    /// <summary>
    /// The same value, known to lie between two bounds. A variance that they do not allow (Bhatia and Davis) is lowered to the
    /// greatest that they do, and a mean outside them is taken to be a deviation inside.
    /// </summary>
    public Expansion Within(double low, double high)
    {
        (low, high) = (Math.Max(low, Low), Math.Min(high, High));
        if (IsConstant || !(low < high))
        {
            return this;
        }

        bool isInside = Mean > low && Mean < high;
        double step = Math.Min(Deviation, 0.5 * (high - low)), mean = isInside ? Mean : Mean <= low ? low + step : high - step;
        double most = (high - mean) * (mean - low);
        if (isInside && Variance <= most)
        {
            return this with { Low = low, High = high };
        }

        double variance = Math.Min(Variance, most), shrink = Math.Sqrt(variance / Variance);
        return new Expansion(mean, variance, low, high, Weigh(shrink, Effects, 0, null), Weigh(shrink, Pairs, 0, null));
    }

    /// <summary>
    /// The interactions of g(X), when g rises by <paramref name="slope"/> and bends by <paramref name="curvature"/> (its best
    /// parabola has curvature (X - mean)^2) over the values of X; null for none.
    /// </summary>
    public double[]? PairsThrough(double slope, double curvature) =>
        WithoutDiagonal(Weigh(1, Weigh(slope, Pairs, curvature, Outer(Linear, Linear)), 4 * curvature, Product(Pairs, Pairs)));

    /// <summary>The interactions that the product of two values has of its own, when neither has a mean; null for none.</summary>
    public static double[]? CrossPairs(Expansion x, Expansion y) =>
        WithoutDiagonal(Weigh(1, Outer(x.Linear, y.Linear), 4, Product(x.Pairs, y.Pairs)));

    /// <summary>The covariance of two values: of their explained parts, and of their rests where both are sums of products.</summary>
    public static double Covariance(Expansion x, Expansion y)
    {
        bool isExplained = x.Products is null || y.Products is null || !x.HasRest || !y.HasRest;
        return (isExplained ? null : ProductSum.Covariance(x.Products!, y.Products!)) ?? Sum(EffectCovariances(x, y)) + (2 * Dot(x.Pairs, y.Pairs));
    }

    /// <summary>The covariance of X and Y that is left when input i is fixed at t, main effect of i aside.</summary>
    public static double ConditionalCovariance(Expansion x, Expansion y, int i, double t, double covariance, double[]? effectCovariances)
    {
        double left = covariance - (effectCovariances?[i] ?? 0);
        if (x.Pairs is null && y.Pairs is null)
        {
            return left;
        }

        int n = Size(x.Pairs ?? y.Pairs!);
        ReadOnlySpan<double> ofX = Row(x.Pairs, i, n), ofY = Row(y.Pairs, i, n);
        double both = ofX.IsEmpty || ofY.IsEmpty ? 0 : Reductions.Dot(ofX, ofY);
        double mixed = (ofX.IsEmpty || y.Linear is null ? 0 : Reductions.Dot(ofX, y.Linear))
            + (ofY.IsEmpty || x.Linear is null ? 0 : Reductions.Dot(ofY, x.Linear));
        return left + (2 * t * mixed) + (4 * ((t * t) - 1) * both);
    }

    /// <summary>(n) the covariances of the main effects of two values; null for zero.</summary>
    public static double[]? EffectCovariances(Expansion x, Expansion y)
    {
        if (x.Effects is null || y.Effects is null)
        {
            return null;
        }

        var sums = new double[x.Effects.Length / GaussLegendre.Size];
        for (int i = 0; i < x.Effects.Length; i++)
        {
            sums[i / GaussLegendre.Size] += GaussLegendre.Weights[i % GaussLegendre.Size] * x.Effects[i] * y.Effects[i];
        }

        return sums;
    }

    private static double Sum(double[]? values) => values is null ? 0 : Reductions.Sum<double>(values);

    // E[X Y | t_i] at each node, centred.
    private static double[]? ProductEffects(Expansion x, Expansion y, double covariance)
    {
        if (x.Effects is null && y.Effects is null && (x.Pairs is null || y.Pairs is null))
        {
            return null;
        }

        int inputs = x.Effects is not null || y.Effects is not null ? (x.Effects ?? y.Effects!).Length / GaussLegendre.Size : Size(x.Pairs!);
        double[]? covariances = EffectCovariances(x, y);
        var effects = new double[inputs * GaussLegendre.Size];
        for (int i = 0; i < inputs; i++)
        {
            Span<double> effect = effects.AsSpan(i * GaussLegendre.Size, GaussLegendre.Size);
            for (int k = 0; k < GaussLegendre.Size; k++)
            {
                int at = (i * GaussLegendre.Size) + k;
                double ofX = x.Effects?[at] ?? 0, ofY = y.Effects?[at] ?? 0;
                effect[k] = ((x.Mean + ofX) * (y.Mean + ofY))
                    + ConditionalCovariance(x, y, i, GaussLegendre.ScaledNodes[k], covariance, covariances);
            }

            GaussLegendre.Centre(effect);
        }

        return effects;
    }

    private static double[]? ProductPairs(Expansion x, Expansion y)
    {
        double[]? pairs = Weigh(1, Weigh(x.Mean, y.Pairs, y.Mean, x.Pairs), 1, CrossPairs(x, y));
        pairs = Weigh(1, pairs, 1, Bend(y.Pairs, x.Bends));
        return Weigh(1, pairs, 1, Bend(x.Pairs, y.Bends));
    }

    // What f_i(t_i) t_i t_j leaves in t_i t_j: E[f t^2] of it.
    private static double[]? Bend(double[]? pairs, double[]? bends)
    {
        if (pairs is null || bends is null)
        {
            return null;
        }

        int n = bends.Length;
        var result = new double[n * n];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = pairs[i] * GaussLegendre.BendDeviation * GaussLegendre.BendDeviation * (bends[i / n] + bends[i % n]);
        }

        return result;
    }

    private static double[]? Outer(double[]? a, double[]? b)
    {
        if (a is null || b is null)
        {
            return null;
        }

        int n = a.Length;
        var result = new double[n * n];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = 0.5 * ((a[i / n] * b[i % n]) + (b[i / n] * a[i % n]));
        }

        return result;
    }

    // The symmetric part of P Q.
    private static double[]? Product(double[]? p, double[]? q)
    {
        if (p is null || q is null)
        {
            return null;
        }

        int n = Size(p);
        var result = new double[n * n];
        for (int i = 0; i < result.Length; i++)
        {
            double value = 0.5 * Reductions.Dot(Row(p, i / n, n), Row(q, i % n, n));
            result[i] += value;
            result[((i % n) * n) + (i / n)] += value;
        }

        return result;
    }

    private static double[]? WithoutDiagonal(double[]? square)
    {
        if (square is null)
        {
            return null;
        }

        int n = Size(square);
        for (int i = 0; i < n; i++)
        {
            square[i * (n + 1)] = 0;
        }

        return Array.TrueForAll(square, v => v == 0) ? null : square;
    }

    /// <summary>a x + b y in a new array, or null when both terms are zero.</summary>
    internal static double[]? Weigh(double a, double[]? x, double b, double[]? y)
    {
        bool useX = x is not null && a != 0, useY = y is not null && b != 0;
        if (!useX && !useY)
        {
            return null;
        }

        var sum = new double[useX ? x!.Length : y!.Length];
        for (int i = 0; i < sum.Length; i++)
        {
            sum[i] = (useX ? a * x![i] : 0) + (useY ? b * y![i] : 0);
        }

        return sum;
    }

    private static double Dot(double[]? a, double[]? b) => a is null || b is null ? 0 : Reductions.Dot<double>(a, b);

    private static ReadOnlySpan<double> Row(double[]? square, int row, int n) => square is null ? [] : square.AsSpan(row * n, n);

    private static int Size(double[] square) => (int)Math.Sqrt(square.Length);

    private static (double Low, double High) Ordered(double a, double b) => a < b ? (a, b) : (b, a);
}
