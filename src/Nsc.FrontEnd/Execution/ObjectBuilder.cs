// Builds the shared object of one program: compile, link, and make sure that loading it runs nothing.

using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.FrontEnd.Preprocessing;
using Nsc.FrontEnd.Tools;

namespace Nsc.FrontEnd.Execution;

internal static class ObjectBuilder
{
    public const string ObjectName = "unit.so";

    /// <summary>What -Ofast means: the fastest code, whatever that does to the last digits. Whole powers would be functions of a library that is not linked.</summary>
    private static readonly string[] s_fastest = ["-O3", "-ffast-math", "-fno-builtin-pow", "-fno-builtin-powf"];

    /// <summary>Leaves <see cref="ObjectName"/> in the folder, or says what is wrong with the programs.</summary>
    /// <param name="programs">Programs of one source with distinct entry names, which share the object and what is wrong with it.</param>
    public static async Task<IReadOnlyList<Diagnostic>> BuildAsync(
        IReadOnlyList<CProgram> programs, Toolchain toolchain, ScratchFolder folder, Sanitizing sanitizing = Sanitizing.Off, bool isFast = false)
    {
        CProgram program = programs[0];
        await File.WriteAllTextAsync(folder["unit.c"], CProgram.UnitOf(programs)).ConfigureAwait(false);

        // Stack probes: a local array larger than the stack must hit the guard page, not jump over it.
        // No contraction: on a machine with fused multiply-add, clang would round a * b + c once.
        // Initial-exec: thread-local variables are there from the start, not allocated at the first call.
        string[] options =
        [
            "-c", "-O2", "-fPIC", "-fno-math-errno", "-ffp-contract=off", "-fno-strict-aliasing", "-fstack-clash-protection", "-ftls-model=initial-exec",
            "-fno-asynchronous-unwind-tables", .. ClangArguments.Unit, .. Sanitizer.Options(sanitizing), .. isFast ? s_fastest : [], "unit.c", "-o", "unit.o",
        ];
        ToolResult compiled = await ToolProcess.RunAsync(toolchain.ClangPath, folder.Path, options).ConfigureAwait(false);
        if (!compiled.Succeeded)
        {
            return [.. ExecutionDiagnostics.DoesNotCompile(program, compiled)];
        }

        // The linker by itself is three times as fast as through clang, and leaves out the start-up files, which are
        // initialisers. -Bsymbolic: the program's own functions win over the C library's of the same name.
        ToolResult linked = await ToolProcess.RunAsync(
            SystemLinker.Require(), folder.Path, "-shared", "-Bsymbolic", "--no-undefined", "--hash-style=sysv", "-z", "now", "-z", "noexecstack",
            "unit.o", "-o", ObjectName, "-l:libm.so.6", "-l:libc.so.6").ConfigureAwait(false);
        if (!linked.Succeeded)
        {
            return [.. ExecutionDiagnostics.DoesNotLink(program, linked)];
        }

        string? loadTimeCode = LoadTimeCode.Find(await File.ReadAllBytesAsync(folder[ObjectName]).ConfigureAwait(false));
        return loadTimeCode is null ? [] : [ExecutionDiagnostics.LoadTimeCode(program, loadTimeCode)];
    }
}
