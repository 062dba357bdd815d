// libclang's own errors and warnings as ours, at their places.

using Nsc.Core.Diagnostics;
using Nsc.FrontEnd.Parsing.Interop;
using Nsc.FrontEnd.Sources;

namespace Nsc.FrontEnd.Parsing;

internal static class ClangDiagnostics
{
    private const int MostReported = 100;

    public static unsafe void ReportTo(DiagnosticBag diagnostics, TranslationUnit unit)
    {
        uint count = Math.Min(LibClang.getNumDiagnostics(unit.Handle), MostReported);
        for (uint i = 0; i < count; i++)
        {
            CXDiagnostic diagnostic = LibClang.getDiagnostic(unit.Handle, i);
            CXDiagnosticSeverity severity = LibClang.getDiagnosticSeverity(diagnostic);
            if (severity >= CXDiagnosticSeverity.CXDiagnostic_Warning)
            {
                string option = LibClang.getDiagnosticOption(diagnostic, null).Text();
                diagnostics.Report(
                    LibClang.getDiagnosticLocation(diagnostic).PlaceIn(unit.Source),
                    option.StartsWith("-W", StringComparison.Ordinal) ? $"clang-{option[2..]}" : "clang",
                    SourceMessages.Printable(LibClang.getDiagnosticSpelling(diagnostic).Text()),
                    severity: severity == CXDiagnosticSeverity.CXDiagnostic_Warning ? Severity.Warning : Severity.Error);
            }

            LibClang.disposeDiagnostic(diagnostic);
        }
    }
}
