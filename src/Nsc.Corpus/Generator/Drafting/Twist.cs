// One more operation on a result whose scale is unknown, so that no idiom always ends the same way.

using Nsc.Corpus.Generator.Values;

namespace Nsc.Corpus.Generator.Drafting;

internal static class Twist
{
    public static string Apply(Draft f, string r)
    {
        Value? other = f.Scalars.Count > 0 ? f.R.OneOf(f.Scalars) : null;
        string limit = f.Literal(0.5, 5);
        return f.R.Weighted(10, 10, 8, 8, 6, 6, 8, 6, other is null ? 0 : 12, other is null ? 0 : 8, other is null ? 0 : 8) switch
        {
            0 => $"{f.Coefficient()} * {r} + {f.Coefficient()}",
            1 => $"{f.Coefficient()} - {r}",
            2 => $"{r} / ({limit} + fabs({r}))",
            3 => $"fabs({r})",
            4 => $"log(1.0 + fabs({r}))",
            5 => $"sqrt({r} * {r} + {limit})",
            6 => $"{r} > 0.0 ? {r} : {f.Literal(0.01, 0.5)} * {r}",
            7 => $"-{r}",
            8 => $"{r} * {Blend(f, other!.Value)}",
            9 => $"{other} > {Value.Of(Numbers.Round(f.R.Inside(other!.Value.Range), 2))} ? {r} : {f.Coefficient()} * {r}",
            _ => $"{r} + {f.Coefficient()} * {r} * {Blend(f, other!.Value)}",
        };
    }

    // A factor of order one that follows an input.
    private static string Blend(Draft f, Value x)
    {
        double scale = x.Magnitude > 0 ? Numbers.Round(1 / x.Magnitude, 2) : 1;
        return f.R.Chance(0.5) ? $"(1.0 + {Numbers.Literal(scale)} * {x})" : $"cos({Numbers.Literal(Numbers.Round(scale * f.R.Uniform(0.5, 3), 2))} * {x})";
    }
}
