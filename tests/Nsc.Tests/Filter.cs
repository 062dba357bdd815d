// A tool that reads its standard input and writes its standard output.

using System.Diagnostics;

namespace Nsc.Tests;

internal static class Filter
{
    /// <summary>What the tool writes; it runs in the temporary folder, as csmith leaves platform.info where it runs.</summary>
    public static string Run(string tool, string input, params string[] arguments)
    {
        var start = new ProcessStartInfo(tool, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, WorkingDirectory = Path.GetTempPath() };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        process.WaitForExit();
        return output.Result;
    }
}
