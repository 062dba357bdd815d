// The messages of this phase that concern the unit as a whole; those about one instruction are where it is executed.

using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.FrontEnd.Tools;

namespace Nsc.FrontEnd.Lowering;

internal static class LlvmDiagnostics
{
    public static void ReportNotCompiled(this DiagnosticBag diagnostics, string path, string messages)
    {
        string first = messages.Split('\n').FirstOrDefault(line => line.Contains("error", StringComparison.Ordinal)) ?? "clang failed";
        diagnostics.Add(new Diagnostic(Severity.Error, "not-compiled", SourceLocation.InFile(path), $"clang does not compile the unit: {first.Trim()}"));
    }

    public static void ReportUnreadableBitcode(this DiagnosticBag diagnostics, string path, Toolchain toolchain) =>
        diagnostics.Add(new Diagnostic(
            Severity.Error, "bitcode", SourceLocation.InFile(path),
            $"libLLVM cannot read what clang wrote; the loaded library and clang {toolchain.MajorVersion} may differ in version"));

    public static void ReportPassFailure(this DiagnosticBag diagnostics, string path, string complaint) =>
        diagnostics.Add(new Diagnostic(Severity.Error, "passes", SourceLocation.InFile(path), $"libLLVM refuses the pass pipeline: {complaint}"));

    public static void ReportMissingEntry(this DiagnosticBag diagnostics, CProgram program) =>
        diagnostics.Add(new Diagnostic(
            Severity.Error, "no-entry", SourceLocation.InFile(program.Path), $"the unit does not define '{program.EntryName}'"));
}
