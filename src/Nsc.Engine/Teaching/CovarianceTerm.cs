// The covariance functions that a teacher may have, one row each. All are a function of a weighted sum over coordinates: of squared differences
// (stationary ones) or of products (polynomials).

namespace Nsc.Engine.Teaching;

/// <summary>A term f(s) of a covariance, s = Σ wᵢ Fᵢ(a, b), with a weight wᵢ for each coordinate (automatic relevance determination).</summary>
/// <param name="IsOfProducts">Whether Fᵢ is aᵢ bᵢ; else it is (aᵢ - bᵢ)².</param>
/// <param name="Value">f and its slope at s.</param>
internal sealed record CovarianceTerm(string Name, bool IsOfProducts, Func<double, (double Value, double Slope)> Value)
{
    /// <summary>The squared exponential (RBF), whose functions are smooth.</summary>
    public static readonly CovarianceTerm SquaredExponential = new("RBF", false, s =>
    {
        double value = Math.Exp(-s / 2);
        return (value, -value / 2);
    });

    /// <summary>Matérn's with ν = 5/2, whose functions have two derivatives (Rasmussen and Williams 2006, equation 4.17).</summary>
    public static readonly CovarianceTerm Matern = new("Matern 5/2", false, s =>
    {
        double u = Math.Sqrt(5 * s), decay = Math.Exp(-u);
        return ((1 + u + (u * u / 3)) * decay, -5.0 / 6 * (1 + u) * decay);
    });

    /// <summary>(1 + s)²: all quadratic polynomials.</summary>
    public static readonly CovarianceTerm Quadratic = new("quadratic", true, s => ((1 + s) * (1 + s), 2 * (1 + s)));

    /// <summary>(1 + s)³: all cubic polynomials.</summary>
    public static readonly CovarianceTerm Cubic = new("cubic", true, s => ((1 + s) * (1 + s) * (1 + s), 3 * (1 + s) * (1 + s)));
}
