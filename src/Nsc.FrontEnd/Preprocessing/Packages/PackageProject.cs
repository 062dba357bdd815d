// A package as a project: what configuring and building it would tell of how its files are read.

using System.Collections.Immutable;
using Nsc.FrontEnd.Projects;
using Nsc.FrontEnd.Tools;

namespace Nsc.FrontEnd.Preprocessing.Packages;

/// <summary>How the files of one package are read, whose missing headers have stand-ins as long as this lives.</summary>
public sealed class PackageProject : IDisposable
{
    /// <summary>
    /// Assertions say what holds anyway; r-base's functions are asked to do without the rest of R, as R documents it; and what
    /// configuring would find out about the C library, packages with functions of their own in its place should know. Without
    /// SSE a package takes its portable functions in place of the intrinsics.
    /// </summary>
    private static readonly string[] s_definitions =
    [
        "-DNDEBUG", "-U__SSE__", "-U__SSE2__", "-DMATHLIB_STANDALONE", "-DHAVE_WORKING_LOG1P=1", "-DHAVE_WORKING_ISFINITE=1", "-DHAVE_LOG1P=1", "-DHAVE_EXPM1=1", "-DHAVE_HYPOT=1",
        "-DHAVE_MATH_H=1", "-DHAVE_STDINT_H=1", "-DHAVE_STDLIB_H=1", "-DHAVE_STRING_H=1", "-DHAVE_ISNAN=1", "-DHAVE_ISINF=1", "-DHAVE_FINITE=1",
        "-DHAVE_DECL_ISNAN=1", "-DHAVE_DECL_ISINF=1", "-DHAVE_DECL_FINITE=1", "-DHAVE_DECL_ISFINITE=1", "-DHAVE_DECL_LOG1P=1", "-DHAVE_DECL_EXPM1=1",
        "-DHAVE_DECL_HYPOT=1", "-DHAVE_DECL_LDEXP=1", "-DHAVE_DECL_FREXP=1", "-DHAVE_INLINE=1",
    ];

    private readonly ScratchFolder _standIns = new();

    public PackageProject(SourcePackage package, Toolchain toolchain)
    {
        HeaderStubs.Write(package, toolchain, _standIns.Path);
        Options = new ProjectOptions([.. s_definitions, .. package.HeaderSearch, "-idirafter", _standIns.Path], null, [], package.Root)
        {
            Siblings = package.IsOneProgram ? [.. package.Files] : [], IsUnconfigured = true,
        };
    }

    public ProjectOptions Options { get; }

    public void Dispose() => _standIns.Dispose();
}
