// The executable that runs programs in the sandbox: runner.c, compiled when nsc is built.

using System.Runtime.InteropServices;
using Nsc.FrontEnd.Tools;

namespace Nsc.FrontEnd.Execution;

/// <summary>The compiled runner; any number of programs share it.</summary>
public sealed class SandboxRunner : IDisposable
{
    private static readonly string s_installed = System.IO.Path.Combine(AppContext.BaseDirectory, "nsc-runner");

    private readonly ScratchFolder? _folder;

    private SandboxRunner(ScratchFolder? folder) => _folder = folder;

    internal string Path => _folder?["runner"] ?? s_installed;

    /// <summary>The runner beside nsc.</summary>
    /// <exception cref="MissingToolException">This machine has no sandbox, or the runner is not there.</exception>
    public static SandboxRunner Create()
    {
        RequireSandbox();
        return File.Exists(s_installed) ? new SandboxRunner(folder: null)
            : throw new MissingToolException($"'{s_installed}' is missing, which runs programs in the sandbox", "build or install nsc again");
    }

    /// <summary>The runner as it would be on another machine.</summary>
    /// <param name="macros">For its compiler.</param>
    internal static SandboxRunner CompileWith(Toolchain toolchain, params string[] macros)
    {
        RequireSandbox();
        var runner = new SandboxRunner(new ScratchFolder());
        try
        {
            CompileResourceAsync("runner.c", toolchain, runner._folder!, macros).GetAwaiter().GetResult();
            return runner;
        }
        catch
        {
            runner.Dispose();
            throw;
        }
    }

    private static void RequireSandbox()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
        {
            throw new MissingToolException(
                "programs can be executed on Linux on x86-64 only, because the sandbox is made of that system's parts",
                "give samples in a file instead");
        }
    }

    /// <summary>Compiles one of this assembly's C files to an executable in the folder, named like the file.</summary>
    internal static async Task CompileResourceAsync(string name, Toolchain toolchain, ScratchFolder folder, string[] macros)
    {
        string linker = SystemLinker.Require();
        using (Stream resource = typeof(SandboxRunner).Assembly.GetManifestResourceStream(name)!)
        using (FileStream file = File.Create(folder[name]))
        {
            resource.CopyTo(file);
        }

        ToolResult result = await ToolProcess.RunAsync(
            toolchain.ClangPath, folder.Path,
            [
                .. macros, "-O2", "-mno-red-zone", "-fPIE", "-pie", "--ld-path=" + linker, "-Wl,-z,now,-z,relro",
                name, "-o", System.IO.Path.GetFileNameWithoutExtension(name),
            ]).ConfigureAwait(false);
        if (!result.Succeeded)
        {
            throw new MissingToolException(
                $"the sandbox cannot be compiled on this machine: {ExecutionDiagnostics.FirstLine(result.Errors)}",
                "install the C library's headers: apt-get update && apt-get install -y libc6-dev");
        }
    }

    public void Dispose() => _folder?.Dispose();
}
