// Pragmas can rename symbols, push attributes onto functions and place data in sections that run. Those that only ask for
// warnings or for speed are let through, which means that they are left out: no unit has a pragma.

using System.Text.RegularExpressions;
using Nsc.Core.Diagnostics;
using Nsc.FrontEnd.Parsing;
using Nsc.FrontEnd.Sources;

namespace Nsc.FrontEnd.Preprocessing;

internal static partial class PragmaPolicy
{
    /// <summary>Checks the pragmas of a file and of its own headers, those that macros make among them.</summary>
    /// <param name="concerns">Whether what stands at an offset could mean what is compiled.</param>
    public static void Check(ExpandedText text, Func<int, bool> concerns, DiagnosticBag diagnostics)
    {
        foreach (Pragma pragma in text.Pragmas.Where(p => !p.IsOfSystem && !IsHarmless(p) && concerns(p.Offset)))
        {
            diagnostics.ReportForbiddenPragma(text.Source.PlaceAt(pragma.Offset), pragma.Text.Trim());
        }

        foreach (Pragma pragma in text.Pragmas.Where(p => !p.IsOfSystem && Arithmetic().IsMatch(p.Text) && concerns(p.Offset)))
        {
            diagnostics.ReportArithmeticPragma(text.Source.PlaceAt(pragma.Offset), pragma.Text.Trim());
        }
    }

    // These let a compiler round otherwise than IEEE 754 has it, or make it mind the rounding mode.
    [GeneratedRegex(@"^\s*(?:STDC\s+(?:FP_CONTRACT|FENV_ACCESS|FENV_ROUND|CX_LIMITED_RANGE)|clang\s+fp|GCC\s+optimize)\b")]
    private static partial Regex Arithmetic();

    private static bool IsHarmless(Pragma pragma) => NscPragma.IsNsc(pragma) || Harmless().IsMatch(pragma.Text);

    // Those of other compilers, such as warning, are ignored by gcc and clang.
    [GeneratedRegex(@"^\s*(?:STDC|once|pack|unroll|nounroll|omp|acc|mark|region|endregion|message|ident|hdrstop|setlocale|comment|warning|inline_\w+|auto_inline|intrinsic|optimize|strict_gs_check"
        + @"|simd|vector|novector|ivdep|parallel|prefetch|diag_\w+|O\w+|arm|thumb|ghs|MUST_ITERATE|UNROLL|CODE_SECTION|DATA_SECTION|DATA_ALIGN|FUNC_\w+"
        + @"|GCC\s+(?:diagnostic|unroll|ivdep|optimize|push_options|pop_options|system_header|warning|error|visibility|poison|dependency)|clang\s+(?:diagnostic|loop|fp|optimize|system_header|assume_nonnull))\b")]
    private static partial Regex Harmless();
}
