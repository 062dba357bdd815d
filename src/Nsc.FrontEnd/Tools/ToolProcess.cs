// Runs the compiler and the linker on untrusted source, confined to a folder.

using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Nsc.FrontEnd.Tools;

/// <summary>What a tool said: its exit code (128 + signal when it was killed), and the start of its error output and of its output.</summary>
internal sealed record ToolResult(int ExitCode, string Errors, string Output)
{
    public bool Succeeded => ExitCode == 0;
}

internal static class ToolProcess
{
    private const int MaxErrorLength = 64 * 1024;

    private static readonly ToolLimits s_limits = new(CpuSeconds: 30, MemoryBytes: 4L << 30);

    private static readonly TimeSpan WallClock = TimeSpan.FromSeconds(60);

    /// <summary>Runs a tool in a folder and waits for it. Its messages are in plain English.</summary>
    public static async Task<ToolResult> RunAsync(string tool, string folder, params string[] arguments)
    {
        ProcessStartInfo start = ConfinedTool.Start(tool, arguments, s_limits, readable: [], writable: folder);
        start.WorkingDirectory = folder;
        start.Environment["TMPDIR"] = folder;

        using Process process = Process.Start(start)!;
        void Kill(object? sender, EventArgs arguments) => KillTree(process);
        AppDomain.CurrentDomain.ProcessExit += Kill;
        try
        {
            return await ReadToEndAsync(process).ConfigureAwait(false);
        }
        finally
        {
            AppDomain.CurrentDomain.ProcessExit -= Kill;
        }
    }

    private static void KillTree(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception failure) when (failure is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has ended by itself.
        }
    }

    private static async Task<ToolResult> ReadToEndAsync(Process process)
    {
        using var deadline = new CancellationTokenSource(WallClock);
        using CancellationTokenRegistration kill = deadline.Token.Register(() => KillTree(process));
        process.StandardInput.Close();
        Task<string> output = ReadStartAsync(process.StandardOutput);
        string errors = await ReadStartAsync(process.StandardError).ConfigureAwait(false);
        string said = await output.ConfigureAwait(false);
        await process.WaitForExitAsync().ConfigureAwait(false);
        return new ToolResult(process.ExitCode, errors, said);
    }

    private static async Task<string> ReadStartAsync(StreamReader reader)
    {
        var text = new StringBuilder();
        var buffer = new char[4096];
        for (int n; (n = await reader.ReadAsync(buffer.AsMemory()).ConfigureAwait(false)) > 0;)
        {
            text.Append(buffer, 0, Math.Min(n, MaxErrorLength - text.Length));
        }

        return text.ToString();
    }
}
