// Attributes that change only warnings and speed are let through; all others may run code that nobody sees, or replace
// functions (constructor, cleanup, ifunc, alias, section...), and are refused.

using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Nsc.Core.Diagnostics;
using Nsc.FrontEnd.Parsing;
using Nsc.FrontEnd.Parsing.Interop;
using Nsc.FrontEnd.Sources;

namespace Nsc.FrontEnd.Checking;

internal static partial class Attributes
{
    private static readonly FrozenSet<string> Harmless = new[]
    {
        "access", "aligned", "alloc_align", "alloc_size", "always_inline", "artificial", "assume_aligned", "cold", "const", "deprecated", "diagnose_if", "fallthrough", "flatten",
        "format", "gnu_inline", "hot", "leaf", "malloc", "nodebug", "min_vector_width", "may_alias", "maybe_unused", "minsize", "nodiscard", "noinline", "nonnull", "nonstring", "noreturn",
        "nothrow", "optnone", "overloadable", "packed", "pure", "reproducible", "returns_nonnull", "unsequenced", "unused", "used", "visibility",
        "warn_unused_result", "_Noreturn",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>
    /// Checks a declaration's attributes by name. Clang prints them, so that macros cannot hide one.
    /// </summary>
    public static void Check(CXCursor declaration, IEnumerable<CXCursor> children, SourceText source, DiagnosticBag findings)
    {
        if (!children.Any(c => c.Kind.IsAttribute()))
        {
            return;
        }

        SourcePlace place = declaration.Location().PlaceIn(source);
        string text = StringLiteral().Replace(declaration.Declaration(), "\"\"");
        foreach (Match match in Written().Matches(text))
        {
            string name = match.Groups["name"].Value.Trim('_') is { Length: > 0 } bare ? bare : match.Value;
            if (!Harmless.Contains(name) && !Harmless.Contains(match.Groups["name"].Value))
            {
                findings.ReportAttribute(place, declaration.Spelling(), name);
            }
        }
    }

    [GeneratedRegex("\"(?:[^\"\\\\]|\\\\.)*\"")]
    private static partial Regex StringLiteral();

    [GeneratedRegex(@"__attribute__\(\((?<name>\w+)|\[\[(?:\w+::)?(?<name>\w+)|\b(?<name>asm)\(|\b(?<name>__declspec)\b")]
    private static partial Regex Written();
}
