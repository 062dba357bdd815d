// Runs clang as a confined child process on a text, with limits on its time, memory and output.

using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Nsc.FrontEnd.Sources;

namespace Nsc.FrontEnd.Tools;

/// <summary>How a run of clang ended. An exit code beyond 1 is a crash or a limit.</summary>
/// <param name="Messages">What it wrote to its standard error.</param>
internal sealed record ClangRun(int ExitCode, string Output, string Messages);

internal static class ClangProcess
{
    private const int LargestOutput = 32 << 20;

    /// <summary>Of elapsed time. A header that is a pipe never ends, and takes no processor time.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    /// <summary>A stack of 6 MB is less than the 8 MB that libclang parses on, so that what survives here survives there.</summary>
    private static readonly ToolLimits s_limits = new(CpuSeconds: 5, MemoryBytes: 3_000_000_000, StackBytes: 6L << 20);

    /// <param name="readable">Folders that clang may read beside the system's.</param>
    public static ClangRun Run(IEnumerable<string> arguments, SourceText source, Toolchain toolchain, IEnumerable<string> readable) =>
        ClangTime.Measure(() => RunMeasured(arguments, source, toolchain, readable));

    private static ClangRun RunMeasured(IEnumerable<string> arguments, SourceText source, Toolchain toolchain, IEnumerable<string> readable)
    {
        ProcessStartInfo start = ConfinedTool.Start(toolchain.ClangPath, ["-fno-crash-diagnostics", .. arguments, "-"], s_limits, readable);
        start.WorkingDirectory = Directory.Exists(source.Folder) ? source.Folder : "/";
        using Process process = Process.Start(start) ?? throw new Win32Exception($"cannot start {toolchain.ClangPath}");
        try
        {
            return Converse(process, source);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }

    private static ClangRun Converse(Process process, SourceText source)
    {
        using var deadline = new CancellationTokenSource(s_patience);
        Task write = WriteAsync(process, source);
        MemoryStream output = new(), messages = new();
        try
        {
            Task.WhenAll(
                write, ReadAsync(process.StandardOutput.BaseStream, output, deadline.Token), ReadAsync(process.StandardError.BaseStream, messages, deadline.Token),
                process.WaitForExitAsync(deadline.Token)).GetAwaiter().GetResult();
        }
        catch (Exception error) when (error is OperationCanceledException or InvalidDataException)
        {
            return new ClangRun(-1, "", "");
        }

        return new ClangRun(process.ExitCode, TextOf(output), TextOf(messages));
    }

    private static string TextOf(MemoryStream stream) => Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);

    private static async Task WriteAsync(Process process, SourceText source)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(source.Utf8).ConfigureAwait(false);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // clang stopped reading, as it does when it fails; its exit code tells.
        }
    }

    private static async Task ReadAsync(Stream from, MemoryStream to, CancellationToken cancellation)
    {
        var buffer = new byte[1 << 16];
        int count;
        while ((count = await from.ReadAsync(buffer, cancellation).ConfigureAwait(false)) > 0)
        {
            to.Write(buffer, 0, count);
            if (to.Length > LargestOutput)
            {
                throw new InvalidDataException();
            }
        }
    }
}
