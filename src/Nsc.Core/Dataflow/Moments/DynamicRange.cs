// How many orders of magnitude a value covers, as far as its main effects tell. A surrogate errs by a share of the largest outputs, so
// much smaller ones are lost, and where numbers end there is nothing to mimic.

namespace Nsc.Core.Dataflow.Moments;

/// <summary>What the analysis says of a value's scale.</summary>
/// <param name="Overflows">See <see cref="Expansion.Overflows"/>.</param>
/// <param name="Decades">
/// With the input that explains most at each node of its range and the others averaged: the decimal logarithm of the largest value over
/// that which a third of the others stay below. Zeros do not count, nor, unless the value is one product, what may be the rounding of larger ones.
/// </param>
public readonly record struct DynamicRange(bool Overflows, double Decades)
{
    private const double Rounding = 1e-13;

    // Fewer values say nothing: a step has two, and a single one may lie next to a zero.
    private const int FewestValues = 4;

    public static DynamicRange Of(Expansion value)
    {
        double[] variances = value.EffectVariances ?? [];
        if (value.Overflows || variances.Length == 0)
        {
            return new DynamicRange(value.Overflows, 0);
        }

        int leading = Array.IndexOf(variances, variances.Max());
        double[] product = [.. (value.Products is { } products ? products.Profile(leading) : []).ToArray().Select(Math.Abs)];
        double[] sizes = product.Length > 0 ? product
            : [.. value.Effects!.Skip(leading * GaussLegendre.Size).Take(GaussLegendre.Size).Select(e => Math.Abs(value.Mean + e))];
        double largest = sizes.Max(), least = product.Length > 0 ? 0 : Rounding * largest;
        double[] counted = [.. sizes.Where(s => s > least).Order()];
        return new DynamicRange(false, counted.Length < FewestValues ? 0 : Math.Log10(largest / counted[counted.Length / 3]));
    }
}
