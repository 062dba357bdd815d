// The executable that runs programs in the sandbox: runner.c, compiled once for any number of programs.

using System.Runtime.InteropServices;
using Nsc.Core.Diagnostics;

namespace Nsc.FrontEnd.Execution;

/// <summary>
/// The compiled runner. <see cref="NativeProgram.Compile"/> makes one for each program unless it is given one to share;
/// whoever makes many programs saves half of the compiler's work by sharing.
/// </summary>
public sealed class SandboxRunner : IDisposable
{
    private readonly ScratchFolder _folder = new();

    private SandboxRunner()
    {
    }

    internal string Path => _folder["runner"];

    /// <summary>Compiles the runner, or reports why this machine's clang cannot.</summary>
    public static SandboxRunner? Create(Toolchain toolchain, DiagnosticBag diagnostics) => Create(toolchain, diagnostics, []);

    /// <summary>The same with macros for the runner's compiler, by which a test builds the runner of another machine.</summary>
    internal static SandboxRunner? Create(Toolchain toolchain, DiagnosticBag diagnostics, string[] macros)
    {
        var (runner, problem) = CreateAsync(toolchain, macros).GetAwaiter().GetResult();
        if (problem is not null)
        {
            diagnostics.Add(problem);
        }

        return runner;
    }

    internal static async Task<(SandboxRunner? Runner, Diagnostic? Problem)> CreateAsync(Toolchain toolchain, params string[] macros)
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
        {
            return (null, ExecutionDiagnostics.UnsupportedMachine());
        }

        var runner = new SandboxRunner();
        ToolResult result = await runner.CompileAsync(toolchain, macros).ConfigureAwait(false);
        if (result.Succeeded)
        {
            return (runner, null);
        }

        runner.Dispose();
        return (null, ExecutionDiagnostics.RunnerDoesNotCompile(result));
    }

    public void Dispose() => _folder.Dispose();

    private Task<ToolResult> CompileAsync(Toolchain toolchain, string[] macros)
    {
        using (Stream resource = typeof(SandboxRunner).Assembly.GetManifestResourceStream("runner.c")!)
        using (FileStream file = File.Create(_folder["runner.c"]))
        {
            resource.CopyTo(file);
        }

        return ToolProcess.RunAsync(
            toolchain.ClangPath, _folder.Path,
            [.. macros, "-O2", "-mno-red-zone", "-fPIE", "-pie", "-Wl,-z,now,-z,relro", "runner.c", "-o", "runner"]);
    }
}
