// nsc doctor: is everything there, in which version, and what mends what is missing.

using System.CommandLine;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Nsc.Cli.Output;
using Nsc.FrontEnd.Execution;
using Nsc.FrontEnd.Tools;
using Nsc.Training.HyperNetworks;

namespace Nsc.Cli.Verbs;

internal static class DoctorVerb
{
    private static readonly Option<bool> s_json = Options.Json();

    public static Command Create() => new Command("doctor", "Check that the tools and the model are there.") { s_json }.WithAction(Run);

    private static ExitCode Run(ParseResult parse, Terminal terminal, CancellationToken cancellationToken)
    {
        Toolchain? toolchain = Toolchain.Find();
        KernelProbe? kernel = null;
        CheckJson[] checks =
        [
            Check("clang", SourceFiles.InstallClang, () => toolchain is null ? null : FirstLineOf(toolchain.ClangPath, "--version")),
            Check("libclang", SourceFiles.InstallClang, () => Loadable(toolchain?.LibClangPath)),
            Check("libLLVM", SourceFiles.InstallClang, () => Loadable(toolchain?.LibLlvmPath)),
            Check("linker", SystemLinker.Install, SystemLinker.Find),
            Check("scratch", "set TMPDIR to a folder that has space and is not mounted noexec", PlaceOfScratch),
            Check("processor", "programs are executed on x86-64 only: give samples in a file", () => IsX64() ? "x86-64" : null),
            Check("sandbox", "mend what is missing above; a kernel without seccomp executes no programs", () => DescribeSandbox(kernel = Probe(toolchain))),
            Check("libtorch", "build again with scripts/nsc", () => TorchVersion()),
            Check("model", "name one with --model or NSC_MODEL, or train one: nsc train-compnet", () => DescribeModel()),
        ];
        checks = [.. checks, .. Facts(kernel)];
        if (parse.GetValue(s_json))
        {
            NscJson.Write(terminal.Output, checks);
        }
        else
        {
            terminal.Output.WriteLine($"nsc {Pipeline.ToolVersion} on {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}");
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

    private static string TorchVersion()
    {
        // Making a tensor loads the native library; asking for the version alone would not.
        using TorchSharp.torch.Tensor one = TorchSharp.torch.ones(1);
        return TorchSharp.torch.__version__;
    }

    private static string? DescribeModel()
    {
        if (LoadedModel.DefaultPath() is not { } path)
        {
            return null;
        }

        LoadedModel model = LoadedModel.Load(new FileInfo(path), TorchCheckpoint.ToNet);
        return $"{path} (SHA-256 {model.Hash[..12]})";
    }

    private static string? FirstLineOf(string tool, string argument)
    {
        using Process? process = Process.Start(new ProcessStartInfo(tool, argument) { RedirectStandardOutput = true });
        return process?.StandardOutput.ReadLine();
    }
}
