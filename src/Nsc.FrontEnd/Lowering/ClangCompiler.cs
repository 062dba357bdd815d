// Compiles a unit to LLVM bitcode with the clang executable: a crash or an endless loop of the compiler stays outside this process.

using Nsc.FrontEnd.Preprocessing;
using Nsc.FrontEnd.Tools;

namespace Nsc.FrontEnd.Lowering;

/// <summary>What clang gave: bitcode, or null and its messages.</summary>
internal sealed record ClangResult(byte[]? Bitcode, string Messages);

internal static class ClangCompiler
{
    // Arithmetic as IEEE 754 has it: what the graph computes has the bits of what the program computes. Traps and errno are
    // nobody's business.
    // No passes yet: which ones run, and that none of them makes vectors, is PassPipeline's business.
    private static readonly string[] Options =
    [
        .. ClangArguments.Unit, "-", "-o", "-", "-c", "-emit-llvm",
        "-O2", "-Xclang", "-disable-llvm-passes", "-fno-vectorize", "-fno-slp-vectorize", "-fno-unroll-loops",
        "-fno-math-errno", "-fno-trapping-math", "-ffp-contract=off", "-fno-strict-aliasing", "-fno-stack-protector",
    ];

    /// <param name="withLines">Whether the bitcode tells lines of the source, for messages; it costs a third of the time.</param>
    public static IEnumerable<string> Arguments(bool withLines) => [.. Options, withLines ? "-gline-tables-only" : "-g0"];

    /// <summary>Compiles with a clang that is started for it.</summary>
    public static ClangResult Compile(Toolchain toolchain, string source, bool withLines) => ClangTime.Measure(() =>
    {
        using var clang = WaitingClang.Start(toolchain, Arguments(withLines));
        return clang.Compile(source);
    });

    /// <summary>Compiles with a clang that waits.</summary>
    public static ClangResult Compile(WaitingClang clang, string source) => ClangTime.Measure(() => clang.Compile(source));
}
