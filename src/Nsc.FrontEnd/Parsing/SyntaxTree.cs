// From one self-contained text to its syntax tree: the checks before a parser in this process may see the text, the parse, and clang's
// own messages.

using Nsc.Core.Diagnostics;
using Nsc.FrontEnd.Preprocessing;
using Nsc.FrontEnd.Sources;
using Nsc.FrontEnd.Tools;

namespace Nsc.FrontEnd.Parsing;

internal sealed class SyntaxTree : IDisposable
{
    private SyntaxTree(TranslationUnit unit)
    {
        Unit = unit;
        Index = new FunctionIndex(unit);
    }

    public TranslationUnit Unit { get; }

    public SourceText Source => Unit.Source;

    public FunctionIndex Index { get; }

    /// <summary>A file that was preprocessed, or null when an error that concerns all of it was reported.</summary>
    public static SyntaxTree? OfFile(ExpandedText text, ClangArguments arguments, Toolchain toolchain, DiagnosticBag diagnostics) =>
        Parse(text.Source, arguments.Parsing, isGuarded: true, toolchain, diagnostics);

    /// <summary>A unit, which is a part of a text that was parsed before.</summary>
    public static SyntaxTree? OfUnit(SourceText unit, Toolchain toolchain, DiagnosticBag diagnostics) =>
        Parse(unit, ClangArguments.Unit, isGuarded: false, toolchain, diagnostics);

    public void Dispose() => Unit.Dispose();

    private static SyntaxTree? Parse(SourceText source, IReadOnlyList<string> arguments, bool isGuarded, Toolchain toolchain, DiagnosticBag diagnostics)
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

        return new SyntaxTree(unit);
    }
}
