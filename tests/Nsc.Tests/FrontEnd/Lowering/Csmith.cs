// Random C programs by csmith (Yang, Chen, Eide, Regehr 2011), where it is installed.

using System.Globalization;
using System.Text.RegularExpressions;
using Nsc.FrontEnd.Tools;

namespace Nsc.Tests.FrontEnd.Lowering;

internal static partial class Csmith
{
    private const string Path = "/usr/bin/csmith", Headers = "/usr/include/csmith";

    private static readonly string[] s_definitions = ["-DSTATIC=static", "-DUNDEFINED(x)=(x)", "-DFUNC_NAME(x)=safe_##x", "-DLOG_INDEX=", "-DLOG_EXEC="];

    // Functions of numbers; what a graph has no values for is left out.
    private static readonly string[] s_options =
    [
        "--no-argc", "--no-arrays", "--no-bitfields", "--no-checksum", "--no-global-variables", "--no-jumps", "--no-packed-struct", "--no-pointers",
        "--no-structs", "--no-unions", "--no-volatiles", "--float", "--max-funcs", "4", "--max-block-depth", "3", "--max-expr-complexity", "6",
    ];

    public static bool IsInstalled => File.Exists(Path) && File.Exists(Headers + "/safe_math.h");

    /// <summary>Preprocessed units, none without csmith.</summary>
    public static string[] Units(int firstSeed, int count) => IsInstalled
        ? [.. Enumerable.Range(firstSeed, count).Select(Unit)]
        : [];

    private static string Unit(int seed)
    {
        string program = Filter.Run(Path, "", [.. s_options, "--seed", seed.ToString(CultureInfo.InvariantCulture)])
            .Replace("#include \"csmith.h\"", "#include <stdint.h>\n#include <limits.h>\n#include \"safe_math.h\"", StringComparison.Ordinal)
            .Replace("volatile uint64_t csmith_sink_ = 0;", "", StringComparison.Ordinal);
        program = program[..program.IndexOf("int main (", StringComparison.Ordinal)]; // no function of numbers, and it prints
        string text = Filter.Run(Toolchain.Find()!.ClangPath, program, ["-E", "-P", "-x", "c", "-w", "-I", Headers, .. s_definitions, "-"]);
        return LocalFunction().Replace(text, "$1");
    }

    // csmith's functions are static; those of its library stay so, and are no programs of their own.
    [GeneratedRegex(@"^static (.* func_)", RegexOptions.Multiline)]
    private static partial Regex LocalFunction();
}
