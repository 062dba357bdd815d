// Runs clang as a child process on a text, with limits on its time, memory and output.

using System.ComponentModel;
using System.Diagnostics;

namespace Nsc.FrontEnd.Clang;

/// <summary>How a run of clang ended. An exit code beyond 1 is a crash or a limit.</summary>
internal sealed record ClangRun(int ExitCode, string Output);

internal static class ClangProcess
{
    private const int LargestOutput = 32 << 20;
    private static readonly TimeSpan WallTime = TimeSpan.FromSeconds(60);

    /// <summary>
    /// 5 s of processor time, 3 GB of memory, and a stack of 6 MB: less than the 8 MB that libclang parses on, so that
    /// what survives here survives there.
    /// </summary>
    private const string Limits = "ulimit -t 5; ulimit -v 3000000; ulimit -s 6144; exec \"$0\" \"$@\"";

    public static ClangRun Run(IReadOnlyList<string> arguments, SourceText source, Toolchain toolchain) =>
        ClangTime.Measure(() => RunMeasured(arguments, source, toolchain));

    private static ClangRun RunMeasured(IReadOnlyList<string> arguments, SourceText source, Toolchain toolchain)
    {
        string[] command = ["-c", Limits, toolchain.ClangPath, "-fno-crash-diagnostics", .. arguments, "-"];
        var start = new ProcessStartInfo("/bin/sh", command)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Directory.Exists(source.Folder) ? source.Folder : "/",
        };
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
        using var deadline = new CancellationTokenSource(WallTime);
        Task write = WriteAsync(process, source);
        Task drain = process.StandardError.BaseStream.CopyToAsync(Stream.Null, deadline.Token);
        var output = new MemoryStream();
        try
        {
            ReadAsync(process.StandardOutput.BaseStream, output, deadline.Token).GetAwaiter().GetResult();
            Task.WhenAll(write, drain, process.WaitForExitAsync(deadline.Token)).GetAwaiter().GetResult();
        }
        catch (Exception error) when (error is OperationCanceledException or InvalidDataException)
        {
            return new ClangRun(-1, "");
        }

        return new ClangRun(process.ExitCode, System.Text.Encoding.UTF8.GetString(output.GetBuffer(), 0, (int)output.Length));
    }

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
