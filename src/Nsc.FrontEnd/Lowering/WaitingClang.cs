// A clang that was started before its text was known. Half of what a small compilation takes is clang's own start, which can
// go on beside the work that makes the text.

using System.Diagnostics;
using System.Text;
using Nsc.FrontEnd.Tools;

namespace Nsc.FrontEnd.Lowering;

/// <summary>A process of clang that waits for a unit on its standard input. It is used once, or stopped by disposing it.</summary>
public sealed class WaitingClang : IDisposable
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromMinutes(2);
    private static readonly ToolLimits s_limits = new(CpuSeconds: 120, MemoryBytes: 8L << 30);

    private readonly Process _process;

    private WaitingClang(Process process) => _process = process;

    /// <summary>Starts clang; messages about the unit's lines will be possible.</summary>
    public static WaitingClang Start(Toolchain toolchain) => Start(toolchain, ClangCompiler.Arguments(withLines: true));

    internal static WaitingClang Start(Toolchain toolchain, IEnumerable<string> arguments)
    {
        ProcessStartInfo start = ConfinedTool.Start(toolchain.ClangPath, arguments, s_limits, readable: []);
        start.StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        return new WaitingClang(Process.Start(start) ?? throw new InvalidOperationException("clang did not start"));
    }

    internal ClangResult Compile(string source)
    {
        var bitcode = new MemoryStream();
        Task reading = _process.StandardOutput.BaseStream.CopyToAsync(bitcode);
        Task<string> messages = _process.StandardError.ReadToEndAsync();
        bool isWritten = Write(source);
        if (!isWritten || !_process.WaitForExit(TimeLimit))
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
            return new ClangResult(null, isWritten ? "clang did not finish" : messages.GetAwaiter().GetResult());
        }

        Task.WaitAll(reading, messages);
        return new ClangResult(_process.ExitCode == 0 ? bitcode.ToArray() : null, messages.Result);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    // False when clang went away before it had read everything.
    private bool Write(string source)
    {
        try
        {
            _process.StandardInput.Write(source);
            _process.StandardInput.Close();
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
