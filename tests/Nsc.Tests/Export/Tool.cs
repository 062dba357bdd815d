// Compilers, and the programs that they make.

using System.Diagnostics;

namespace Nsc.Tests.Export;

internal static class Tool
{
    /// <summary>Runs it to its end: its exit code, and all that it says.</summary>
    public static (int Code, string Output) Run(string tool, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(tool, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd() + errors.Result;
        process.WaitForExit();
        return (process.ExitCode, output);
    }
}
