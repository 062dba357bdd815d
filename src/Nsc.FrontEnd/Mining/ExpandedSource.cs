// A file of somebody's package as one text: every inclusion and macro expanded, headers that only a configured build would
// have taken as empty. Clang does it, in a child process with limits.

using Nsc.Core.Diagnostics;
using Nsc.FrontEnd.Clang;
using Nsc.FrontEnd.Execution;

namespace Nsc.FrontEnd.Mining;

internal static class ExpandedSource
{
    /// <summary>Folders with headers that are searched; the nearest to the package's root come first.</summary>
    private const int MostHeaderFolders = 64;

    /// <summary>The preprocessed text with its line markers, or null when clang gives up on it or it reads foreign files.</summary>
    public static string? Of(string file, SourcePackage package, Toolchain toolchain)
    {
        var info = new FileInfo(file);
        if (info.Length > ClangFrontEnd.LargestSource)
        {
            return null;
        }

        var source = new SourceText(file, File.ReadAllText(file));
        using var stubs = new ScratchFolder();
        string[] arguments = [.. ClangArguments.For([], new DiagnosticBag()), "-w", .. package.HeaderSearch, "-I" + stubs.Path];
        ClangRun dependencies = ClangProcess.Run(["-M", "-MG", .. arguments], source, toolchain);
        if (dependencies.ExitCode != 0 || !Supply(Names(dependencies.Output), source.Folder, package, stubs.Path))
        {
            return null;
        }

        ClangRun run = ClangProcess.Run(["-E", .. arguments], source, toolchain);
        return run.ExitCode == 0 && run.Output.Length <= ClangFrontEnd.LargestSource ? run.Output : null;
    }

    /// <summary>The search arguments for a package's own headers.</summary>
    public static string[] HeaderSearch(string root) =>
    [
        .. Directory.EnumerateFiles(root, "*.h", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint })
            .Select(h => Path.GetDirectoryName(h)!).Distinct().OrderBy(f => f.Length).ThenBy(f => f, StringComparer.Ordinal).Take(MostHeaderFolders)
            .Select(folder => "-iquote" + folder),
        .. new[] { root, Path.Combine(root, "include"), Path.Combine(root, "src") }.Where(Directory.Exists).Select(folder => "-I" + folder),
    ];

    // Make's own format: a target, a colon, names that are separated by blanks and continued by backslashes.
    private static IEnumerable<string> Names(string rule) => rule[(rule.IndexOf(':', StringComparison.Ordinal) + 1)..]
        .Split([' ', '\n', '\r', '\\'], StringSplitOptions.RemoveEmptyEntries).Where(name => name != "-");

    // Empty headers for those that are missing; false when an existing one is neither the package's nor the system's.
    private static bool Supply(IEnumerable<string> headers, string folder, SourcePackage package, string stubs)
    {
        foreach (string header in headers)
        {
            string full = Path.GetFullPath(Path.Combine(folder, header));
            if (File.Exists(full))
            {
                if (!package.Owns(full) && !full.StartsWith("/usr/", StringComparison.Ordinal))
                {
                    return false;
                }
            }
            else
            {
                string stub = Path.GetFullPath(Path.Combine(stubs, header));
                if (Path.IsPathRooted(header) || !stub.StartsWith(stubs + "/", StringComparison.Ordinal))
                {
                    return false;
                }

                Directory.CreateDirectory(Path.GetDirectoryName(stub)!);
                File.WriteAllText(stub, "");
            }
        }

        return true;
    }
}
