// A value as a sum of products of functions of single inputs, such as x sin(y) + exp(z) / w. Inputs are independent, so the moments of
// such a value are sums of products of one-dimensional integrals: exact, up to the quadrature, where a closure only estimates.

namespace Nsc.Core.Dataflow.Moments;

/// <summary>
/// X = sum_r c_r prod_i g_ri(u_i) with at most <see cref="MostTerms"/> terms. It is closed under sums and products, and under those functions
/// of one product or of a sum of single inputs that factor (<see cref="Apply"/>); anything else, and what has more terms, is null.
/// </summary>
internal sealed class ProductSum
{
    /// <summary>The most terms that are kept.</summary>
    public const int MostTerms = 64;

    // sin(a + b + ...) doubles its terms with each input.
    private const int MostAngles = 5;
    private const double Cancelled = 1e-14;

    private readonly FactorTable _table;
    private readonly Term[] _terms;

    private ProductSum(FactorTable table, IEnumerable<Term> terms) => (_table, _terms) = (table, [.. terms]);

    // The coefficient, and in byte i of the key the number of the function of input i.
    private readonly record struct Term(UInt128 Key, double Coefficient)
    {
        public byte Of(int input) => (byte)(Key >> (8 * input));

        public Term With(int input, byte function, double coefficient) =>
            new((Key & ~((UInt128)0xFF << (8 * input))) | ((UInt128)function << (8 * input)), coefficient);
    }

    public int Count => _terms.Length;

    public FactorTable Table => _table;

    /// <summary>A function of one input by its values at the nodes.</summary>
    public static ProductSum? OfOne(FactorTable table, int input, ReadOnlySpan<double> values) =>
        table.Intern(input, values) is { } factor ? new ProductSum(table, [new Term(default, 1).With(input, factor.Id, factor.Scale)]) : null;

    /// <summary>a X + b Y + offset; X may be null when a is 0, and Y when b is 0.</summary>
    public static ProductSum? Combine(double a, ProductSum? x, double b, ProductSum? y, double offset)
    {
        if ((a != 0 && x is null) || (b != 0 && y is null) || (x ?? y)?._table is not { } table)
        {
            return null;
        }

        var terms = new List<Term>();
        bool isKept = AddAll(a, a == 0 ? null : x) && AddAll(b, b == 0 ? null : y) && (offset == 0 || Add(table, terms, new Term(default, offset)));
        return isKept ? new ProductSum(table, terms) : null;

        bool AddAll(double factor, ProductSum? sum) =>
            sum is null || Array.TrueForAll(sum._terms, t => Add(table, terms, t with { Coefficient = factor * t.Coefficient }));
    }

    /// <summary>X Y.</summary>
    public static ProductSum? Multiply(ProductSum? x, ProductSum? y)
    {
        if (x is null || y is null || !x._table.CanSpend(x.Count * y.Count * x._table.Inputs))
        {
            return null;
        }

        var terms = new List<Term>();
        foreach (Term a in x._terms)
        {
            foreach (Term b in y._terms)
            {
                if (Multiply(x._table, a, b) is not { } product || !Add(x._table, terms, product))
                {
                    return null;
                }
            }
        }

        return new ProductSum(x._table, terms);
    }

    /// <summary>The value at an input's nodes, the others fixed, up to a factor; empty unless the value is one product.</summary>
    public ReadOnlySpan<double> Profile(int input) => _terms is [Term term] ? _table.Values(input, term.Of(input)) : [];

    /// <summary>The covariance of two values.</summary>
    public static double? Covariance(ProductSum x, ProductSum y)
    {
        if (!x._table.CanSpend(x.Count * y.Count * x._table.Inputs))
        {
            return null;
        }

        double sum = 0;
        foreach (Term a in x._terms)
        {
            foreach (Term b in y._terms)
            {
                sum += a.Coefficient * b.Coefficient * Covariance(x._table, a, b);
            }
        }

        return sum;
    }

    /// <summary>f(X) where that is a sum of products again; null where it is not.</summary>
    /// <param name="row">The operation f, of one value or with a constant second operand.</param>
    /// <param name="second">The second operand.</param>
    public ProductSum? Apply(OpcodeRow row, double second = 0) => row.Products switch
    {
        ProductRule.Factors => OfFactors(v => ScalarSemantics.Floating(row, v, second)),
        ProductRule.SignedFactors => OfFactors(v => ScalarSemantics.Floating(row, v, second), isSigned: true),
        ProductRule.Summands => OfSummands(v => ScalarSemantics.Floating(row, v)),
        ProductRule.SummandsMinusOne => Combine(1, OfSummands(Math.Exp), 0, null, -1),
        ProductRule.Logarithm => Logarithm(1 / Math.Log(row.Base)),
        ProductRule.Sine => SineAndCosine().Sine,
        ProductRule.Cosine => SineAndCosine().Cosine,
        _ => null,
    };

    /// <summary>1 / X, when X is one product. It is for the caller to know that X has no zero.</summary>
    public ProductSum? Reciprocal() => OfFactors(v => 1 / v, isSigned: true);

    public double Mean() => _terms.Sum(t => t.Coefficient * MeanOf(t, -1, -1));

    /// <summary>(n, <see cref="GaussLegendre.Size"/>) the main effects.</summary>
    public double[] Effects()
    {
        var effects = new double[_table.Inputs * GaussLegendre.Size];
        foreach (Term term in _terms)
        {
            for (int i = 0; i < _table.Inputs; i++)
            {
                if (term.Of(i) != 0)
                {
                    double factor = term.Coefficient * MeanOf(term, i, -1), mean = _table.Mean(i, term.Of(i));
                    ReadOnlySpan<double> values = _table.Values(i, term.Of(i));
                    for (int k = 0; k < GaussLegendre.Size; k++)
                    {
                        effects[(i * GaussLegendre.Size) + k] += factor * (values[k] - mean);
                    }
                }
            }
        }

        return effects;
    }

    /// <summary>(n, n) the bilinear interactions; null for none.</summary>
    public double[]? Pairs()
    {
        int n = _table.Inputs;
        double[]? pairs = null;
        foreach (Term term in _terms)
        {
            for (int i = 0; i < n; i++)
            {
                for (int j = i + 1; j < n && term.Of(i) != 0; j++)
                {
                    if (term.Of(j) != 0)
                    {
                        pairs ??= new double[n * n];
                        double both = _table.Linear(i, term.Of(i)) * _table.Linear(j, term.Of(j));
                        pairs[(i * n) + j] += 0.5 * term.Coefficient * MeanOf(term, i, j) * both;
                        pairs[(j * n) + i] = pairs[(i * n) + j];
                    }
                }
            }
        }

        return pairs;
    }

    // The mean of a term's factors, two inputs left out.
    private double MeanOf(Term term, int i, int j)
    {
        double mean = 1;
        for (int k = 0; k < _table.Inputs; k++)
        {
            mean *= k == i || k == j || term.Of(k) == 0 ? 1 : _table.Mean(k, term.Of(k));
        }

        return mean;
    }

    // E[ab] - E[a] E[b] without the difference: both products grow by one input at a time.
    private static double Covariance(FactorTable table, Term a, Term b)
    {
        double covariance = 0, means = 1;
        for (int i = 0; i < table.Inputs; i++)
        {
            (int f, int g) = (a.Of(i), b.Of(i));
            if (f + g > 0)
            {
                double mean = table.Mean(i, f) * table.Mean(i, g), left = table.Covariance(i, f, g);
                covariance = (covariance * (mean + left)) + (means * left);
                means *= mean;
            }
        }

        return covariance;
    }

    private static Term? Multiply(FactorTable table, Term a, Term b)
    {
        var product = new Term(default, a.Coefficient * b.Coefficient);
        for (int i = 0; i < table.Inputs; i++)
        {
            if (table.Product(i, a.Of(i), b.Of(i)) is not { } factor)
            {
                return null;
            }

            product = product.With(i, factor.Id, product.Coefficient * factor.Scale);
        }

        return product;
    }

    // Adds a term, joined with one that differs from it in the function of one input at most. False when there are too many.
    private static bool Add(FactorTable table, List<Term> terms, Term term)
    {
        if (term.Coefficient == 0 || !double.IsFinite(term.Coefficient) || !table.CanSpend(terms.Count))
        {
            return term.Coefficient == 0;
        }

        int index = terms.FindIndex(t => IsOneByte(t.Key ^ term.Key));
        if (index < 0)
        {
            terms.Add(term);
            return terms.Count <= MostTerms;
        }

        Term other = terms[index];
        terms.RemoveAt(index);
        return Join(table, other, term) is { } joined && Add(table, terms, joined);
    }

    private static bool IsOneByte(UInt128 difference) =>
        difference == 0 || (difference >> ((int)UInt128.TrailingZeroCount(difference) & ~7)) <= 0xFF;

    private static Term? Join(FactorTable table, Term a, Term b)
    {
        double largest = Math.Max(Math.Abs(a.Coefficient), Math.Abs(b.Coefficient));
        if (a.Key == b.Key)
        {
            double sum = a.Coefficient + b.Coefficient;
            return a with { Coefficient = Math.Abs(sum) <= Cancelled * largest ? 0 : sum };
        }

        int input = (int)UInt128.TrailingZeroCount(a.Key ^ b.Key) / 8;
        Span<double> values = stackalloc double[GaussLegendre.Size];
        for (int k = 0; k < values.Length; k++)
        {
            values[k] = (a.Coefficient * table.Values(input, a.Of(input))[k]) + (b.Coefficient * table.Values(input, b.Of(input))[k]);
        }

        return table.Intern(input, values) is { } factor ? a.With(input, factor.Id, factor.Scale) : null;
    }

    // f(c g h ...) = f(c) f(g) f(h) ..., for a single product; of functions that are not signed, when nothing in it is negative.
    private ProductSum? OfFactors(Func<double, double> f, bool isSigned = false)
    {
        if (_terms is not [Term term] || (!isSigned && term.Coefficient < 0))
        {
            return null;
        }

        var result = new Term(default, f(term.Coefficient));
        for (int i = 0; i < _table.Inputs; i++)
        {
            if (term.Of(i) != 0)
            {
                if ((!isSigned && _table.Values(i, term.Of(i)).ContainsAnyInRange(double.NegativeInfinity, -double.Epsilon))
                    || Intern(i, v => f(v), _table.Values(i, term.Of(i))) is not { } factor)
                {
                    return null;
                }

                result = result.With(i, factor.Id, result.Coefficient * factor.Scale);
            }
        }

        return double.IsFinite(result.Coefficient) ? new ProductSum(_table, [result]) : null;
    }

    // f(a + b + ...) = f(a) f(b) ..., for summands of one input each.
    private ProductSum? OfSummands(Func<double, double> f)
    {
        var result = new Term(default, 1);
        foreach (Term term in _terms)
        {
            double c = term.Coefficient;
            if (InputOf(term) is not { } input || Intern(input, v => f(c * v), _table.Values(input, term.Of(input))) is not { } factor)
            {
                return null;
            }

            // A constant stands alone only where no summand could take it in.
            result = term.Key == 0
                ? result with { Coefficient = result.Coefficient * f(c) }
                : result.With(input, factor.Id, result.Coefficient * factor.Scale);
        }

        return double.IsFinite(result.Coefficient) && result.Coefficient != 0 ? new ProductSum(_table, [result]) : null;
    }

    // log(c g h ...) = log c + log g + log h + ...
    private ProductSum? Logarithm(double unit)
    {
        if (_terms is not [Term { Coefficient: > 0 } term])
        {
            return null;
        }

        var terms = new List<Term>();
        for (int i = 0; i < _table.Inputs; i++)
        {
            if (term.Of(i) != 0)
            {
                if (Intern(i, v => unit * Math.Log(v), _table.Values(i, term.Of(i))) is not { } factor
                    || !Add(_table, terms, new Term(default, 1).With(i, factor.Id, factor.Scale)))
                {
                    return null;
                }
            }
        }

        return Combine(1, new ProductSum(_table, terms), 0, null, unit * Math.Log(term.Coefficient));
    }

    // sin(a + b) = sin a cos b + cos a sin b, for summands of one input each.
    private (ProductSum? Sine, ProductSum? Cosine) SineAndCosine()
    {
        if (_terms.Length > MostAngles)
        {
            return (null, null);
        }

        (ProductSum? sine, ProductSum? cosine) = (new ProductSum(_table, []), new ProductSum(_table, [new Term(default, 1)]));
        foreach (Term term in _terms)
        {
            double c = term.Coefficient;
            if (InputOf(term) is not { } input)
            {
                return (null, null);
            }

            ProductSum? s = Of(Math.Sin), k = Of(Math.Cos);
            (sine, cosine) = (Mix(1, sine, k, 1, cosine, s), Mix(1, cosine, k, -1, sine, s));

            ProductSum? Of(Func<double, double> f) => Intern(input, v => f(c * v), _table.Values(input, term.Of(input))) is { } factor
                ? new ProductSum(_table, factor.Scale == 0 ? [] : [new Term(default, 1).With(input, factor.Id, factor.Scale)]) : null;
        }

        return (sine, cosine);

        static ProductSum? Mix(double a, ProductSum? x, ProductSum? y, double b, ProductSum? z, ProductSum? w) =>
            Multiply(x, y) is { } first && Multiply(z, w) is { } second ? Combine(a, first, b, second, 0) : null;
    }

    // The only input of a term, any for a constant, null when it has several.
    private int? InputOf(Term term)
    {
        if (!IsOneByte(term.Key))
        {
            return null;
        }

        return term.Key == 0 ? 0 : (int)UInt128.TrailingZeroCount(term.Key) / 8;
    }

    private (byte Id, double Scale)? Intern(int input, Func<double, double> f, ReadOnlySpan<double> values)
    {
        Span<double> mapped = stackalloc double[GaussLegendre.Size];
        for (int k = 0; k < mapped.Length; k++)
        {
            mapped[k] = f(values[k]);
        }

        return _table.Intern(input, mapped);
    }
}
