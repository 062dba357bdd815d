// From one self-contained text to its syntax tree: the checks before a parser in this process may see the text, the parse, and clang's
// own messages.

using Nsc.Core.Diagnostics;
using Nsc.FrontEnd.Preprocessing;
using Nsc.FrontEnd.Sources;
using Nsc.FrontEnd.Tools;

namespace Nsc.FrontEnd.Parsing;

internal sealed class SyntaxTree : IDisposable
{
    private SyntaxTree(TranslationUnit unit, IReadOnlyList<(int Offset, Diagnostic Message)> messages)
    {
        Unit = unit;
        Messages = messages;
        Index = new FunctionIndex(unit);
    }

    public TranslationUnit Unit { get; }

    public SourceText Source => Unit.Source;

    public FunctionIndex Index { get; }

    /// <summary>Clang's errors and warnings, each with its offset. What is wrong elsewhere in a file need not concern a function.</summary>
    public IReadOnlyList<(int Offset, Diagnostic Message)> Messages { get; }

    /// <summary>A file that was preprocessed, whatever clang says of it; null when it cannot be read at all.</summary>
    public static SyntaxTree? OfFile(ExpandedText text, ClangArguments arguments, Toolchain toolchain, DiagnosticBag diagnostics) =>
        Parse(text.Source, arguments.Parsing, isGuarded: true, toolchain, diagnostics);

    /// <summary>A unit, which is a part of a text that was parsed before; null when clang finds an error in it.</summary>
    public static SyntaxTree? OfUnit(SourceText unit, Toolchain toolchain, DiagnosticBag diagnostics)
    {
        SyntaxTree? tree = Parse(unit, ClangArguments.Unit, isGuarded: false, toolchain, diagnostics);
        diagnostics.AddRange(tree?.Messages.Select(m => m.Message) ?? []);
        if (tree is null || !diagnostics.HasErrors)
        {
            return tree;
        }

        tree.Dispose();
        return null;
    }

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
            unit.Dispose();
            return null;
        }

        return new SyntaxTree(unit, ClangDiagnostics.Of(unit));
    }
}
