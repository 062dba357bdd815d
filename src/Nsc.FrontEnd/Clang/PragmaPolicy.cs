// Pragmas can rename symbols, push attributes onto functions and place data in sections that run. Those that only ask for
// warnings or for speed are let through.

using System.Text.RegularExpressions;
using Nsc.Core.Diagnostics;

namespace Nsc.FrontEnd.Clang;

internal static partial class PragmaPolicy
{
    /// <summary>Checks the pragmas that the text spells out.</summary>
    public static void Check(SourceText source, IEnumerable<Directive> directives, DiagnosticBag diagnostics)
    {
        foreach (Directive directive in directives.Where(d => d.Name == "pragma" && !IsHarmless(d)))
        {
            diagnostics.ReportForbiddenPragma(Place.In(source, directive.Offset), directive.Text.Trim());
        }
    }

    /// <summary>Checks the pragmas of a preprocessed text, where those of macros and of headers have become visible.</summary>
    public static void CheckExpanded(string preprocessed, SourceText source, DiagnosticBag diagnostics)
    {
        var place = new Place(SourceLocation.InFile(source.Path), null);
        foreach (Directive directive in DirectiveScanner.Scan(System.Text.Encoding.UTF8.GetBytes(preprocessed)))
        {
            if (directive.Name == "pragma" && !IsHarmless(directive))
            {
                diagnostics.ReportForbiddenPragma(place, directive.Text.Trim());
            }
        }
    }

    private static bool IsHarmless(Directive directive) => RangePragma.IsNsc(directive) || Harmless().IsMatch(directive.Text);

    [GeneratedRegex(@"^\s*(?:STDC|once|unroll|nounroll|omp|mark|region|endregion|message|GCC\s+(?:diagnostic|unroll|ivdep|optimize|push_options|pop_options|system_header|warning|error|visibility)|clang\s+(?:diagnostic|loop|fp|optimize|system_header))\b")]
    private static partial Regex Harmless();
}
