// From one self-contained text to its syntax tree: the checks before a parser in this process may see the text, the parse, and clang's
// own messages.

using Nsc.Core.Diagnostics;
using Nsc.FrontEnd.Preprocessing;

namespace Nsc.FrontEnd.Clang;

internal sealed class ParsedUnit : IDisposable
{
    private ParsedUnit(TranslationUnit unit)
    {
        Unit = unit;
        Index = new UnitIndex(unit);
    }

    public TranslationUnit Unit { get; }

    public SourceText Source => Unit.Source;

    public UnitIndex Index { get; }

    /// <summary>A file that was preprocessed, or null when an error that concerns all of it was reported.</summary>
    public static ParsedUnit? OfFile(ExpandedText text, ClangArguments arguments, Toolchain toolchain, DiagnosticBag diagnostics) =>
        Parse(text.Source, arguments.Parsing, isGuarded: true, toolchain, diagnostics);

    /// <summary>A unit, which is a part of a text that was parsed before.</summary>
    public static ParsedUnit? OfUnit(SourceText unit, Toolchain toolchain, DiagnosticBag diagnostics) =>
        Parse(unit, ClangArguments.Unit, isGuarded: false, toolchain, diagnostics);

    public void Dispose() => Unit.Dispose();

    private static ParsedUnit? Parse(SourceText source, IReadOnlyList<string> arguments, bool isGuarded, Toolchain toolchain, DiagnosticBag diagnostics)
    {
        if (isGuarded && !ParseGuard.IsHarmless(source) && !ParseGuard.SurvivesTrial(source, arguments, toolchain))
        {
            diagnostics.ReportTooComplex(source);
            return null;
        }

        TranslationUnit? unit = TranslationUnit.Parse(source, arguments, toolchain);
        if (unit is null)
        {
            diagnostics.ReportParseFailure(source);
            return null;
        }

        if (unit.HasInclusions())
        {
            diagnostics.ReportUnitFlaw(source.Path, "an inclusion"); // And none of clang's messages, which could quote the file.
        }
        else
        {
            ClangDiagnostics.ReportTo(diagnostics, unit);
        }

        if (diagnostics.HasErrors)
        {
            unit.Dispose();
            return null;
        }

        return new ParsedUnit(unit);
    }
}
