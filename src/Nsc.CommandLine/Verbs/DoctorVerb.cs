// nsc doctor: is everything there, in which version, and what mends what is missing.

using System.CommandLine;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Nsc.CommandLine.Json;
using Nsc.Compiler.Input;
using Nsc.Compiler.Models;
using Nsc.Core.Diagnostics;
using Nsc.FrontEnd.Execution;
using Nsc.FrontEnd.Tools;

namespace Nsc.CommandLine.Verbs;

internal static class DoctorVerb
{
    private static readonly Option<bool> s_json = Options.Json();

    public static Command Create(TensorLibrary library) => new Command("doctor", "Check that the tools and the model are there.") { s_json }
        .WithAction((parse, terminal, _) => Run(parse, terminal, library));

    private static ExitCode Run(ParseResult parse, Terminal terminal, TensorLibrary library)
    {
        Toolchain? toolchain = Toolchain.Find();
        KernelProbe? kernel = null;
        CheckJson[] checks =
        [
            Check("clang", RefusalDiagnostics.InstallClang, () => toolchain is null ? null : FirstLineOf(toolchain.ClangPath, "--version")),
            Check("libclang", RefusalDiagnostics.InstallClang, () => Loadable(toolchain?.LibClangPath)),
            Check("libLLVM", RefusalDiagnostics.InstallClang, () => Loadable(toolchain?.LibLlvmPath)),
            Check("linker", SystemLinker.Install, SystemLinker.Find),
            Check("scratch", "set TMPDIR to a folder that has space and is not mounted noexec", PlaceOfScratch),
            Check("processor", "programs are executed on x86-64 only: give samples in a file", () => IsX64() ? "x86-64" : null),
            Check("sandbox", "mend what is missing above; a kernel without seccomp executes no programs", () => DescribeSandbox(kernel = Probe(toolchain))),
            Check("libtorch", "build again with scripts/nsc", () => library.Version()),
            Check("model", "name one with --model or NSC_MODEL, or train one: nsc train-compnet", () => DescribeModel(library)),
        ];
        checks = [.. checks, .. Facts(kernel)];
        if (parse.GetValue(s_json))
        {
            NscJson.Write(terminal.Output, checks);
        }
        else
        {
            terminal.Output.WriteLine($"nsc {ToolVersion.Current} on {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}");
            foreach (CheckJson check in checks)
            {
                terminal.Output.WriteLine($"{(check.Ok ? "ok     " : "MISSING")} {check.Name,-11} {check.Found}{(check.Ok ? "" : $"\n        mend: {check.Mend}")}");
            }
        }

        return Array.TrueForAll(checks, c => c.Ok) ? ExitCode.Success : ExitCode.Missing;
    }

    private static bool IsX64() => RuntimeInformation.ProcessArchitecture == Architecture.X64;

    private static string PlaceOfScratch()
    {
        using var folder = new ScratchFolder();
        return Path.GetDirectoryName(folder.Path)!;
    }

    private static KernelProbe? Probe(Toolchain? toolchain) => toolchain is null || !IsX64() ? null : KernelProbe.Run(toolchain);

    private static string? DescribeSandbox(KernelProbe? kernel) =>
        kernel?.FiltersSystemCalls == true ? "seccomp: no system call of a program succeeds" : null;

    // What differs from kernel to kernel and is well in each case.
    private static CheckJson[] Facts(KernelProbe? kernel) => kernel is null ? [] :
    [
        new("counter", true, kernel.TrapsTimeStampCounter
            ? "the time-stamp counter is trapped: a program that reads it has made a forbidden call"
            : "the time-stamp counter is not trapped: a program that computes with it is found to be not deterministic", null),
        new("calls32", true, kernel.Has32BitSystemCalls ? "the kernel has 32-bit system calls, which the sandbox refuses" : "the kernel has no 32-bit system calls", null),
        new("landlock", true, kernel.LandlockAbi > 0 ? $"ABI {kernel.LandlockAbi}" : "none: clang runs without it", null),
    ];

    private static CheckJson Check(string name, string mend, Func<string?> find)
    {
        try
        {
            string? found = find();
            return new CheckJson(name, found is not null, found ?? "not found", found is null ? mend : null);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            return new CheckJson(name, false, failure.Message.Split('\n')[0], mend);
        }
    }

    private static string? Loadable(string? library)
    {
        if (library is null)
        {
            return null;
        }

        NativeLibrary.Free(NativeLibrary.Load(library));
        return library;
    }

    private static string? DescribeModel(TensorLibrary library)
    {
        if (CompilerModel.DefaultPath() is not { } path)
        {
            return null;
        }

        var diagnostics = new DiagnosticBag();
        return CompilerModel.Load(path, library.ToNet, diagnostics) is { } model
            ? $"{path} (SHA-256 {model.Hash[..12]})"
            : throw new InvalidDataException(diagnostics.First().Message);
    }

    private static string? FirstLineOf(string tool, string argument)
    {
        using Process? process = Process.Start(new ProcessStartInfo(tool, argument) { RedirectStandardOutput = true });
        return process?.StandardOutput.ReadLine();
    }
}
