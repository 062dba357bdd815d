// From text to a parsed unit: the checks before a compiler may see the text, the parse, and clang's own errors.

using Nsc.Core.Diagnostics;
using Nsc.FrontEnd.Clang.Interop;

namespace Nsc.FrontEnd.Clang;

internal sealed class ParsedUnit : IDisposable
{
    private ParsedUnit(TranslationUnit unit, UnitIndex index, IReadOnlyList<Directive> directives, string selfContained)
    {
        Unit = unit;
        Index = index;
        Directives = directives;
        SelfContained = selfContained;
    }

    public TranslationUnit Unit { get; }

    public SourceText Source => Unit.Source;

    public UnitIndex Index { get; }

    public IReadOnlyList<Directive> Directives { get; }

    /// <summary>The unit's text, preprocessed if it needs local headers or arguments.</summary>
    public string SelfContained { get; }

    /// <summary>Whether the text was so already.</summary>
    public bool IsSelfContained => ReferenceEquals(SelfContained, Source.Text);

    /// <summary>The unit, or null when an error that concerns all of it was reported.</summary>
    public static ParsedUnit? Parse(
        string path, string text, IReadOnlyList<string> userArguments, Toolchain toolchain, DiagnosticBag diagnostics)
    {
        if (SourceOf(path, text, diagnostics) is not { } source)
        {
            return null;
        }

        List<Directive> directives = DirectiveScanner.Scan(source.Utf8);
        string[] arguments = ClangArguments.For(userArguments, diagnostics);
        bool includesLocal = IncludePolicy.Check(source, directives, diagnostics);
        PragmaPolicy.Check(source, directives, diagnostics);
        if (diagnostics.HasErrors)
        {
            return null;
        }

        if (!ParseGuard.IsHarmless(source, directives, includesLocal))
        {
            Task library = Task.Run(() => LibClangLoader.Load(toolchain)); // It loads while the child parses.
            bool survived = ParseGuard.SurvivesTrial(source, arguments, toolchain);
            library.GetAwaiter().GetResult();
            if (!survived)
            {
                diagnostics.ReportTooComplex(source);
                return null;
            }
        }

        bool isConditional = directives.Any(d => d.Name.StartsWith("if", StringComparison.Ordinal)) && directives.Any(RangePragma.IsNsc);
        TranslationUnit? unit = TranslationUnit.Parse(source, arguments, recordPreprocessing: isConditional, toolchain);
        if (unit is null)
        {
            diagnostics.ReportParseFailure(source);
            return null;
        }

        bool isExpanded = includesLocal || userArguments.Count > 0;
        return Finish(unit, directives, isExpanded, arguments, toolchain, diagnostics);
    }

    public void Dispose() => Unit.Dispose();

    private static ParsedUnit? Finish(
        TranslationUnit unit,
        List<Directive> directives,
        bool isExpanded,
        string[] arguments,
        Toolchain toolchain,
        DiagnosticBag diagnostics)
    {
        SourceText source = unit.Source;
        ClangDiagnostics.ReportTo(diagnostics, unit);
        if (!diagnostics.HasErrors)
        {
            string? text = source.Text;
            if (isExpanded || text.Contains("_Pragma", StringComparison.Ordinal))
            {
                text = Preprocess(source, arguments, toolchain, diagnostics);
            }

            UnitIndex index = UnitIndex.Build(unit, diagnostics);
            if (text is not null && !diagnostics.HasErrors)
            {
                return new ParsedUnit(unit, index, directives, isExpanded ? text : source.Text);
            }
        }

        unit.Dispose();
        return null;
    }

    private static SourceText? SourceOf(string path, string text, DiagnosticBag diagnostics)
    {
        int size = System.Text.Encoding.UTF8.GetByteCount(text);
        if (size > ClangFrontEnd.LargestSource)
        {
            diagnostics.ReportSourceTooLarge(path, size);
            return null;
        }

        var source = new SourceText(path, text);
        int nul = source.Utf8.Span.IndexOf((byte)0);
        if (nul >= 0)
        {
            diagnostics.ReportNulByte(source, nul);
        }

        return nul < 0 ? source : null;
    }

    private static string? Preprocess(SourceText source, string[] arguments, Toolchain toolchain, DiagnosticBag diagnostics)
    {
        ClangRun run = ClangProcess.Run(["-E", "-P", "-w", .. arguments], source, toolchain);
        if (run.ExitCode != 0)
        {
            diagnostics.ReportPreprocessingFailure(source);
            return null;
        }

        PragmaPolicy.CheckExpanded(run.Output, source, diagnostics);
        return run.Output;
    }
}
