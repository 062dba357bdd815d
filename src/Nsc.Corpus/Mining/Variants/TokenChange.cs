// Changes to single tokens: other constants, other operators, other library functions.

using System.Collections.Immutable;
using System.Globalization;
using Nsc.Corpus.Generator.Values;
using Nsc.Corpus.SourceText;

namespace Nsc.Corpus.Mining.Variants;

internal static class TokenChange
{
    /// <summary>Writes the change of a place into the edits of its item.</summary>
    public static void Apply(Rng rng, EditSite place, ImmutableArray<CToken> tokens, Dictionary<int, string> edits)
    {
        string text = tokens[place.Token].Text;
        switch (place.Kind)
        {
            case EditKind.Real:
                edits[place.Token] = Real(rng, text);
                break;
            case EditKind.Integer:
                edits[place.Token] = Integer(rng, int.Parse(text, CultureInfo.InvariantCulture));
                break;
            case EditKind.Operator:
                edits[place.Token] = rng.OneOf(Operators.Others(text));
                break;
            case EditKind.Sign:
                edits[place.Token] = "+";
                break;
            default:
                string[] callee = rng.OneOf(LibraryCalls.Others(text));
                edits[place.Token] = string.Join('(', callee);
                edits[place.Close] = new string(')', callee.Length);
                break;
        }
    }

    /// <summary>A literal of the same type: a little different, of another size, or of the other sign.</summary>
    public static string Real(Rng rng, string text)
    {
        string digits = text.TrimEnd('f', 'F', 'l', 'L');
        double old = double.Parse(digits, CultureInfo.InvariantCulture);
        double value = rng.Weighted(45, 20, 20, 15) switch
        {
            _ when old == 0 => Numbers.Coefficient(rng),
            0 => old * rng.Uniform(0.6, 1.6),
            1 => old * Math.Pow(10, rng.Uniform(-0.7, 0.7)),
            2 => -old * rng.Uniform(0.8, 1.25),
            _ => Math.Sign(old) * Math.Pow(10, rng.Uniform(-2, 2)),
        };
        return Signed(Numbers.Literal(Numbers.Round(value, rng.Int(2, 6))) + text[digits.Length..]);
    }

    private static string Integer(Rng rng, int old)
    {
        int value = old < 8 ? old + rng.Pick(-2, -1, 1, 2, 3) : (int)Math.Round(old * rng.Uniform(0.5, 1.8));
        value = value == 0 || value == old ? old + 1 : value;
        return Signed((rng.Chance(0.15) ? -value : value).ToString(CultureInfo.InvariantCulture));
    }

    private static string Signed(string literal) => literal[0] == '-' ? $"({literal})" : literal;
}
