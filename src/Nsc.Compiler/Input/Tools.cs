// The tools that every phase needs, or the message that says how to get them.

using Nsc.Core.Diagnostics;
using Nsc.FrontEnd.Tools;

namespace Nsc.Compiler.Input;

internal static class Tools
{
    /// <summary>The toolchain of this machine; null when <paramref name="diagnostics"/> say that there is none.</summary>
    public static Toolchain? Find(DiagnosticBag diagnostics)
    {
        Toolchain? found = Toolchain.Find();
        if (found is null)
        {
            diagnostics.Refuse(
                Refusal.Missing, $"clang, libclang and libLLVM (version {Toolchain.OldestVersion} or newer) were not found", RefusalDiagnostics.InstallClang);
        }

        return found;
    }
}
