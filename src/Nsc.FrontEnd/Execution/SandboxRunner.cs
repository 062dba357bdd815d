// The executable that runs programs in the sandbox: runner.c, compiled once for any number of programs.

using System.Runtime.InteropServices;
using Nsc.FrontEnd.Tools;

namespace Nsc.FrontEnd.Execution;

/// <summary>
/// The compiled runner. <see cref="NativeProgram.Compile"/> makes one for each program unless it is given one to share, which
/// saves half of the compiler's work where there are many programs.
/// </summary>
public sealed class SandboxRunner : IDisposable
{
    private readonly ScratchFolder _folder = new();

    private SandboxRunner()
    {
    }

    internal string Path => _folder["runner"];

    /// <summary>Compiles the runner.</summary>
    /// <exception cref="MissingToolException">This machine has no sandbox, or not what it is compiled with.</exception>
    public static SandboxRunner Create(Toolchain toolchain) => CreateAsync(toolchain).GetAwaiter().GetResult();

    /// <param name="macros">For the runner's compiler; a test builds the runner of another machine by them.</param>
    internal static async Task<SandboxRunner> CreateAsync(Toolchain toolchain, params string[] macros)
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
        {
            throw new MissingToolException(
                "programs can be executed on Linux on x86-64 only, because the sandbox is made of that system's parts",
                "give samples in a file instead");
        }

        var runner = new SandboxRunner();
        try
        {
            await CompileResourceAsync("runner.c", toolchain, runner._folder, macros).ConfigureAwait(false);
            return runner;
        }
        catch
        {
            runner.Dispose();
            throw;
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

    public void Dispose() => _folder.Dispose();
}
