// The same function over other ranges is another program to CompNet.

using System.Collections.Immutable;
using Nsc.Core.Programs;
using Nsc.Corpus.Generator.Values;

namespace Nsc.Corpus.Mining.Variants;

internal static class RangeChange
{
    private const double Largest = 1e6;

    /// <summary>Narrower, wider, shifted or mirrored ranges for some or all of the inputs. Truth values keep theirs.</summary>
    public static ImmutableArray<InputVariable> Apply(Rng rng, ImmutableArray<InputVariable> inputs)
    {
        double share = rng.Pick(0.3, 0.6, 1.0);
        return [.. inputs.Select(i => i.Kind != ScalarKind.Bool && rng.Chance(share) ? i with { Range = Within(i.Kind, Change(rng, i.Range), i.Range) } : i)];
    }

    private static Interval Change(Rng rng, Interval range)
    {
        (double low, double high, double width) = (range.Low, range.High, range.High - range.Low);
        switch (rng.Weighted(35, 20, 25, 20))
        {
            case 0:
                double start = rng.Uniform(0, 0.6);
                return Rounded(rng, low + (width * start), low + (width * rng.Uniform(start + 0.25, 1)));
            case 1:
                double factor = rng.Uniform(1.2, 2.5);
                return Rounded(rng, low >= 0 ? low : low * factor, high <= 0 ? high : high * factor);
            case 2:
                double shift = width * rng.Uniform(-0.6, 0.6);
                return Rounded(rng, low + shift, high + shift);
            default:
                return new Interval(-high, -low);
        }
    }

    private static Interval Rounded(Rng rng, double low, double high)
    {
        int digits = rng.Int(2, 4);
        return new Interval(Numbers.Round(low, digits), Numbers.Round(high, digits));
    }

    // What the type cannot hold is given up, and so is what became too narrow or too wide by it.
    private static Interval Within(ScalarKind kind, Interval wanted, Interval old)
    {
        (double least, double most) = kind switch
        {
            ScalarKind.Int8 => (-128, 127),
            ScalarKind.UInt8 => (0, 255),
            ScalarKind.Int16 => (-32768, 32767),
            ScalarKind.UInt16 => (0, 65535),
            ScalarKind.UInt32 or ScalarKind.UInt64 => (0, Largest),
            _ => (-Largest, Largest),
        };
        (double low, double high) = (Math.Max(least, wanted.Low), Math.Min(most, wanted.High));
        if (kind.IsInteger())
        {
            (low, high) = (Math.Floor(low), Math.Ceiling(high));
        }

        return high - low > (kind.IsInteger() ? 0.5 : 1e-3 * (old.High - old.Low)) ? new Interval(low, high) : old;
    }
}
