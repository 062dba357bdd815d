// nsc doctor: is everything there, in which version, and what mends what is missing.

using System.CommandLine;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Nsc.Cli.Output;
using Nsc.FrontEnd;
using Nsc.Neural.CompNets;

namespace Nsc.Cli.Verbs;

internal static class DoctorVerb
{
    private static readonly Option<bool> s_json = Options.Json();

    public static Command Create() => new Command("doctor", "Check that the tools and the model are there.") { s_json }.WithAction(Run);

    private static ExitCode Run(ParseResult parse, Terminal terminal, CancellationToken cancellationToken)
    {
        Toolchain? toolchain = Toolchain.Find();
        CheckJson[] checks =
        [
            Check("clang", SourceFiles.InstallClang, () => toolchain is null ? null : FirstLineOf(toolchain.ClangPath, "--version")),
            Check("libclang", SourceFiles.InstallClang, () => Loadable(toolchain?.LibClangPath)),
            Check("libLLVM", SourceFiles.InstallClang, () => Loadable(toolchain?.LibLlvmPath)),
            Check("libtorch", "build again with scripts/nsc", () => TorchVersion()),
            Check("model", "name one with --model or NSC_MODEL, or train one: nsc train-compnet", () => DescribeModel()),
        ];
        if (parse.GetValue(s_json))
        {
            NscJson.Write(terminal.Output, checks);
        }
        else
        {
            terminal.Output.WriteLine($"nsc {Pipeline.ToolVersion} on {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}");
            foreach (CheckJson check in checks)
            {
                terminal.Output.WriteLine($"{(check.Ok ? "ok     " : "MISSING")} {check.Name,-9} {check.Found}{(check.Ok ? "" : $"\n        mend: {check.Mend}")}");
            }
        }

        return Array.TrueForAll(checks, c => c.Ok) ? ExitCode.Success : ExitCode.Missing;
    }

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
