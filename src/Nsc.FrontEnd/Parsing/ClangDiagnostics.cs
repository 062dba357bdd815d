// libclang's own errors and warnings as ours, at their places.

using Nsc.Core.Diagnostics;
using Nsc.FrontEnd.Parsing.Interop;
using Nsc.FrontEnd.Sources;

namespace Nsc.FrontEnd.Parsing;

internal static class ClangDiagnostics
{
    private const int MostRead = 1000;

    /// <summary>Errors and warnings, each with its offset in the text.</summary>
    public static unsafe List<(int Offset, Diagnostic Message)> Of(TranslationUnit unit)
    {
        var messages = new List<(int Offset, Diagnostic Message)>();
        uint count = Math.Min(LibClang.getNumDiagnostics(unit.Handle), MostRead);
        for (uint i = 0; i < count; i++)
        {
            CXDiagnostic diagnostic = LibClang.getDiagnostic(unit.Handle, i);
            CXDiagnosticSeverity severity = LibClang.getDiagnosticSeverity(diagnostic);
            if (severity >= CXDiagnosticSeverity.CXDiagnostic_Warning)
            {
                string option = LibClang.getDiagnosticOption(diagnostic, null).Text();
                int offset = LibClang.getDiagnosticLocation(diagnostic).Offset();
                SourcePlace place = unit.Source.PlaceAt(offset);
                messages.Add((offset, new Diagnostic(
                    severity == CXDiagnosticSeverity.CXDiagnostic_Warning ? Severity.Warning : Severity.Error,
                    option.StartsWith("-W", StringComparison.Ordinal) ? $"clang-{option[2..]}" : "clang",
                    place.Location, SourceMessages.Printable(LibClang.getDiagnosticSpelling(diagnostic).Text()), null, place.Quote)));
            }

            LibClang.disposeDiagnostic(diagnostic);
        }

        return messages;
    }
}
