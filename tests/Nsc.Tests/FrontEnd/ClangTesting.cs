// What the front end's tests share: the machine's toolchain, loading from text, and where the fixtures are.

using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.FrontEnd;
using Nsc.FrontEnd.Tools;

namespace Nsc.Tests.FrontEnd;

internal static class ClangTesting
{
    public static readonly Toolchain Toolchain = Toolchain.Find() ?? throw new InvalidOperationException("no clang on this machine");

    public static string FixturePath(string relative) => Path.Combine(AppContext.BaseDirectory, "Fixtures", relative);

    public static string GoldenPath(string relative) => Path.Combine(AppContext.BaseDirectory, "Golden", relative);

    public static string SourceTreeGoldenPath(string relative, [CallerFilePath] string thisFile = "") =>
        Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(thisFile))!, "Golden", relative);

    public static (ImmutableArray<CProgram> Programs, DiagnosticBag Diagnostics) Load(
        string source, FrontEndOptions? options = null, string path = "program.c")
    {
        var diagnostics = new DiagnosticBag();
        return (ClangFrontEnd.Load(path, source, options ?? FrontEndOptions.Default, Toolchain, diagnostics), diagnostics);
    }

    /// <summary>Loads a text that is expected to hold one supported program, without any message.</summary>
    public static CProgram LoadOne(string source, FrontEndOptions? options = null, string path = "program.c")
    {
        var (programs, diagnostics) = Load(source, options, path);
        Assert.Empty(diagnostics.Select(d => d.ToString()));
        return Assert.Single(programs);
    }

    public static string[] Ids(DiagnosticBag diagnostics) => [.. diagnostics.Select(d => d.Id)];
}
