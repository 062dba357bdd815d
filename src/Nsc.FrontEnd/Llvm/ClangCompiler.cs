// Compiles a unit to LLVM bitcode with the clang executable: a crash or an endless loop of the compiler stays outside this process.

using System.Diagnostics;
using System.Text;

namespace Nsc.FrontEnd.Llvm;

/// <summary>What clang gave: bitcode, or null and its messages.</summary>
internal sealed record ClangResult(byte[]? Bitcode, string Messages);

internal static class ClangCompiler
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromMinutes(2);

    // Fast arithmetic, but infinities and NaNs stay what they are: INFINITY is a usual start value for a minimum.
    // No passes yet: which ones run, and that none of them makes vectors, is PassPipeline's business.
    private static readonly string[] Options =
    [
        "-x", "c", "-std=gnu17", "-", "-o", "-", "-c", "-emit-llvm", "-w", "-DNSC_GRAPH",
        "-O2", "-Xclang", "-disable-llvm-passes", "-fno-vectorize", "-fno-slp-vectorize", "-fno-unroll-loops",
        "-fno-math-errno", "-fno-trapping-math", "-fno-signed-zeros", "-fassociative-math", "-freciprocal-math",
        "-fapprox-func", "-ffp-contract=off", "-fno-stack-protector", "-U_FORTIFY_SOURCE",
    ];

    /// <param name="withLines">Whether the bitcode tells lines of the source, for messages; it costs a third of the time.</param>
    public static ClangResult Compile(Toolchain toolchain, string source, bool withLines) =>
        ClangTime.Measure(() => CompileMeasured(toolchain, source, withLines));

    private static ClangResult CompileMeasured(Toolchain toolchain, string source, bool withLines)
    {
        var start = new ProcessStartInfo(toolchain.ClangPath, [.. Options, withLines ? "-gline-tables-only" : "-g0"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        };
        using Process clang = Process.Start(start) ?? throw new InvalidOperationException("clang did not start");
        var bitcode = new MemoryStream();
        Task reading = clang.StandardOutput.BaseStream.CopyToAsync(bitcode);
        Task<string> messages = clang.StandardError.ReadToEndAsync();
        bool isWritten = Write(clang, source);
        if (!isWritten || !clang.WaitForExit(TimeLimit))
        {
            clang.Kill(entireProcessTree: true);
            clang.WaitForExit();
            return new ClangResult(null, isWritten ? "clang did not finish" : messages.GetAwaiter().GetResult());
        }

        Task.WaitAll(reading, messages);
        return new ClangResult(clang.ExitCode == 0 ? bitcode.ToArray() : null, messages.Result);
    }

    // False when clang went away before it had read everything.
    private static bool Write(Process clang, string source)
    {
        try
        {
            clang.StandardInput.Write(source);
            clang.StandardInput.Close();
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
