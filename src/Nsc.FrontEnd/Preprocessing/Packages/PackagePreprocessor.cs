// A file of somebody's package as one text: every inclusion and macro expanded, headers that only a configured build would
// have taken from their templates, or as empty. Clang does it, in a child process with limits.

using System.Text.RegularExpressions;
using Nsc.Core.Files;
using Nsc.FrontEnd.Parsing;
using Nsc.FrontEnd.Projects;
using Nsc.FrontEnd.Sources;
using Nsc.FrontEnd.Tools;

namespace Nsc.FrontEnd.Preprocessing.Packages;

internal static partial class PackagePreprocessor
{
    /// <summary>How often a header that stands in for a missing one may ask for further missing ones.</summary>
    private const int MostRounds = 6;

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

    /// <summary>
    /// The preprocessed text with its line markers and without pragmas, or null when clang gives up on it or it reads foreign files. Lines that
    /// clang refuses, such as #error, are left out.
    /// </summary>
    public static string? Of(string file, SourcePackage package, HeaderStubs stubs, Toolchain toolchain)
    {
        var info = new FileInfo(file);
        if (info.Length > SourceText.Largest)
        {
            return null;
        }

        var source = new SourceText(file, File.ReadAllText(file));
        string[] arguments = [.. ClangArguments.For(ProjectContext.None).Preprocessing, "-w", .. s_definitions, .. package.HeaderSearch, .. stubs.Search];
        string[] readable = [package.Root, stubs.Folder];
        ClangRun run = ClangProcess.Run(["-E", .. arguments], source, toolchain, readable);
        for (int round = 0; run.ExitCode != 0 && round < MostRounds; round++)
        {
            ClangRun dependencies = ClangProcess.Run(["-M", "-MG", .. arguments], source, toolchain, readable);
            if (!stubs.Supply(Names(dependencies.Output), source.Folder))
            {
                return null;
            }

            run = ClangProcess.Run(["-E", .. arguments], source, toolchain, readable);
        }

        return run.ExitCode is 0 or 1 && run.Output.Length <= SourceText.Largest ? Accept(run.Output, source.Folder, package, stubs.Folder) : null;
    }

    // Only text that comes from the package, from the system and from the stubs. Whatever is found after the system's own
    // headers, clang takes for a system header (3); what is the package's own is none.
    private static string? Accept(string text, string folder, SourcePackage package, string stubs)
    {
        bool isForeign = false;
        string marked = FileMarker().Replace(text, marker =>
        {
            string name = marker.Groups["name"].Value;
            if (name.StartsWith('<'))
            {
                return marker.Value;
            }

            string full = Path.GetFullPath(Path.Combine(folder, name));
            bool isOwn = package.Owns(full) || Folders.Holds(stubs, full);
            isForeign |= !isOwn && !full.StartsWith("/usr/", StringComparison.Ordinal);
            return isOwn ? marker.Groups["start"].Value : marker.Value;
        });
        var expanded = new ExpandedText(marked, written: null, folder);
        return isForeign || expanded.Flaw() is not null ? null : expanded.Source.Text;
    }

    // Make's own format: a target, a colon, names that are separated by blanks and continued by backslashes.
    private static IEnumerable<string> Names(string rule) => rule[(rule.IndexOf(':', StringComparison.Ordinal) + 1)..]
        .Split([' ', '\n', '\r', '\\'], StringSplitOptions.RemoveEmptyEntries).Where(name => name != "-");

    [GeneratedRegex("^(?<start># \\d+ \"(?<name>[^\"]*)\"(?: [12])?)(?: 3)?(?: 4)?$", RegexOptions.Multiline)]
    private static partial Regex FileMarker();
}
