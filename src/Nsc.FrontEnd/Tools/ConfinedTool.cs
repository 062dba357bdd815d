// How tools that read untrusted text are started: through confine.c, with limits and with the files that they may see.

using System.Diagnostics;
using System.Globalization;

namespace Nsc.FrontEnd.Tools;

/// <summary>What a tool may use.</summary>
/// <param name="CpuSeconds">Processor time.</param>
/// <param name="MemoryBytes">Address space.</param>
/// <param name="StackBytes">The stack.</param>
/// <param name="FileBytes">The largest file that it may write.</param>
internal sealed record ToolLimits(int CpuSeconds, long MemoryBytes, long StackBytes = 8L << 20, long FileBytes = 64L << 20);

internal static class ConfinedTool
{
    /// <summary>Compiled from confine.c when nsc is built; lies beside it.</summary>
    private static readonly string s_launcher = Path.Combine(AppContext.BaseDirectory, "nsc-confine");

    /// <summary>The tools themselves, their libraries, and the system's headers.</summary>
    private static readonly string[] s_system = ["/usr", "/lib", "/lib64", "/bin", "/etc/ld.so.cache", "/etc/alternatives", "/dev/null"];

    /// <summary>How to start a tool. It finds nothing in its environment but a fixed locale, date and search path.</summary>
    /// <param name="readable">Files and folders that it may read beside the system's.</param>
    /// <param name="writable">Folders that it may change.</param>
    public static ProcessStartInfo Start(
        string tool, IEnumerable<string> arguments, ToolLimits limits, IEnumerable<string> readable, params string[] writable)
    {
        IEnumerable<string> paths = [.. s_system.Concat(readable).SelectMany(p => new[] { "-r", p }), .. writable.SelectMany(p => new[] { "-w", p })];
        IEnumerable<string> numbers = new[] { limits.CpuSeconds, limits.MemoryBytes, limits.StackBytes, limits.FileBytes }
            .Select(n => n.ToString(CultureInfo.InvariantCulture));
        var start = new ProcessStartInfo(s_launcher, [.. numbers, .. paths, "--", tool, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        string? search = Environment.GetEnvironmentVariable("PATH");
        start.Environment.Clear();
        start.Environment["LC_ALL"] = "C";
        start.Environment["SOURCE_DATE_EPOCH"] = "0";
        start.Environment["LLVM_DISABLE_SYMBOLIZATION"] = "1"; // It needs a temporary file, without which a crash looks like an error in the text.
        start.Environment["PATH"] = search ?? "/usr/bin:/bin";
        return start;
    }
}
