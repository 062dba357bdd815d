// A file, preprocessed and parsed: where the functions are chosen and the unit is cut out.

using Nsc.Core.Diagnostics;
using Nsc.FrontEnd.Parsing.Interop;
using Nsc.FrontEnd.Preprocessing;
using Nsc.FrontEnd.Projects;
using Nsc.FrontEnd.Sources;
using Nsc.FrontEnd.Tools;

namespace Nsc.FrontEnd.Parsing;

internal sealed record ParsedFile(ExpandedText Text, SyntaxTree Unit) : IDisposable
{
    /// <summary>Null when the diagnostics have an error.</summary>
    public static ParsedFile? Read(SourceText written, ProjectContext project, Toolchain toolchain, DiagnosticBag diagnostics)
    {
        ClangArguments arguments = ClangArguments.For(project);
        Task library = Task.Run(() => LibClangLoader.Load(toolchain)); // It loads while the child preprocesses.
        ExpandedText? text = Preprocessor.Expand(written, arguments, toolchain, diagnostics);
        library.GetAwaiter().GetResult();
        return text is null ? null : Parse(text, arguments, toolchain, diagnostics);
    }

    /// <summary>A stored unit, which is its own file.</summary>
    public static ParsedFile? OfUnit(SourceText stored, Toolchain toolchain, DiagnosticBag diagnostics)
    {
        if (UnitText.Flaw(UnitText.WithoutPragmas(stored.Text)) is { } flaw)
        {
            diagnostics.ReportUnitFlaw(stored.Path, flaw);
            return null;
        }

        var text = new ExpandedText(stored.Text, written: null, stored.Path);
        return Parse(text, new ClangArguments([], ClangArguments.Unit, []), toolchain, diagnostics);
    }

    public void Dispose() => Unit.Dispose();

    private static ParsedFile? Parse(ExpandedText text, ClangArguments arguments, Toolchain toolchain, DiagnosticBag diagnostics) =>
        SyntaxTree.OfFile(text, arguments, toolchain, diagnostics) is { } unit ? new ParsedFile(text, unit) : null;
}
