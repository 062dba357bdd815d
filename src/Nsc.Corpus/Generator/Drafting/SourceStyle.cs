// Idioms are written once, as plain double-precision C with the type name `real`; a style turns that into a person's C.

using System.Text.RegularExpressions;
using Nsc.Core.Libm;
using Nsc.Corpus.Generator.Values;

namespace Nsc.Corpus.Generator.Drafting;

/// <summary>How one function's author writes reals.</summary>
/// <param name="ParameterType">The C type of `real` in parameters and results.</param>
/// <param name="LocalType">The C type of `real` everywhere else.</param>
/// <param name="Suffixed">Whether literals and libm calls carry the f of single precision.</param>
internal sealed partial record SourceStyle(string ParameterType, string LocalType, bool Suffixed)
{
    public static SourceStyle Draw(Rng rng, double floatShare)
    {
        if (!rng.Chance(floatShare))
        {
            return new("double", "double", false);
        }

        return rng.Weighted(75, 19, 6) switch
        {
            0 => new("float", "float", true),
            1 => new("float", "float", false),
            _ => new("float", "double", false),
        };
    }

    /// <summary>The same style with one type throughout, for functions that pass arrays on by pointer.</summary>
    public SourceStyle Uniform() => this with { LocalType = ParameterType };

    public string Parameter(string text) => Real().Replace(text, ParameterType);

    public string Body(string text)
    {
        text = NeedlessParentheses().Replace(Real().Replace(text, LocalType), "$1");
        return Suffixed ? Call().Replace(RealLiteral().Replace(text, "$0f"), call => LibmTable.Find(call.Value) is null ? call.Value : call.Value + "f") : text;
    }

    [GeneratedRegex(@"\breal\b")]
    private static partial Regex Real();

    [GeneratedRegex(@"(?<![\w.])(\d+\.\d*(?:e-?\d+)?|\d+e-?\d+)(?![\w.])")]
    private static partial Regex RealLiteral();

    // Idioms put negative constants in parentheses; after these a person would not.
    [GeneratedRegex(@"(?<=(?:[<>=?:,]|return) |(?<!\w)\()\((-[\d.]+(?:e-?\d+)?)\)")]
    private static partial Regex NeedlessParentheses();

    [GeneratedRegex(@"\b[a-z]\w*(?=\()")]
    private static partial Regex Call();
}
