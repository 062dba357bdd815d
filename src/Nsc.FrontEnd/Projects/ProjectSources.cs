// Which C files a project consists of: those that its database names, or those that lie below a folder.

using System.Collections.Immutable;
using Nsc.Core.Diagnostics;
using Nsc.Core.Files;
using Nsc.FrontEnd.Tools;

namespace Nsc.FrontEnd.Projects;

/// <param name="Files">As messages name them, in order, each once.</param>
/// <param name="Options">How they are read.</param>
public sealed record ProjectSources(ImmutableArray<string> Files, ProjectOptions Options)
{
    private static readonly EnumerationOptions s_everything = new()
    {
        RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Hidden, IgnoreInaccessible = true,
    };

    /// <summary>
    /// The files that paths stand for. A folder stands for the files below it that its database names (the one of the options, else the nearest upwards),
    /// else for all C files below it. Without a path, the options' database stands for all of its files, or else the working folder is meant.
    /// </summary>
    /// <param name="diagnostics">Has an error where a database is none, and a note about the folders in which headers are looked for without one.</param>
    public static ProjectSources Of(IReadOnlyList<string> paths, ProjectOptions options, Toolchain toolchain, DiagnosticBag diagnostics)
    {
        if (paths.Count == 0 && options.Database is { } database)
        {
            return new ProjectSources([.. (Read(database, diagnostics)?.Files ?? []).Select(Folders.Shown)], options);
        }

        var files = new List<string>();
        foreach (string path in paths.Count == 0 ? ["."] : paths)
        {
            string folder = Path.GetFullPath(path);
            if (FileIdentity.Of(path).Kind == FileKind.Missing)
            {
                diagnostics.Add(new Diagnostic(Severity.Error, "no-such-file", SourceLocation.InFile(path), "there is no such file or folder"));
            }
            else if (!Directory.Exists(path))
            {
                files.Add(path);
            }
            else if (Named(folder, options, diagnostics) is { Length: > 0 } named)
            {
                files.AddRange(named.Select(Folders.Shown));
            }
            else
            {
                string[] below = [.. Below(folder, "*.c")];
                files.AddRange(below.Select(Folders.Shown));
                options = Joined(folder, below, options, toolchain, diagnostics);
            }
        }

        return new ProjectSources([.. files.DistinctBy(Path.GetFullPath)], options);
    }

    // The files below a folder that its database names.
    private static string[] Named(string folder, ProjectOptions options, DiagnosticBag diagnostics) =>
        (options.Database ?? CompilationDatabase.Find(folder)?.Path) is { } path ? [.. (Read(path, diagnostics)?.Files ?? []).Where(f => Folders.Holds(folder, f))] : [];

    private static IEnumerable<string> Below(string folder, string pattern) =>
        Directory.EnumerateFiles(folder, pattern, s_everything).Where(f => FileIdentity.Of(f).Kind == FileKind.File).Order(StringComparer.Ordinal);

    // Files that no database tells about may call each other and include what lies beside them.
    private static ProjectOptions Joined(string folder, string[] files, ProjectOptions options, Toolchain toolchain, DiagnosticBag diagnostics)
    {
        IReadOnlyList<string> headers = IncludeGuess.FoldersFor(files, Below(folder, "*.h"), [.. toolchain.HeaderFolders]);
        if (headers.Count > 0)
        {
            diagnostics.Add(new Diagnostic(
                Severity.Note, "guessed-folders", SourceLocation.InFile(Folders.Shown(folder)), $"no compile_commands.json: headers are looked for in {string.Join(", ", headers.Select(Folders.Shown))}",
                "other verbs find them with -I"));
        }

        return options with { Siblings = [.. options.Siblings, .. files], Flags = [.. options.Flags, .. headers.SelectMany(h => new[] { "-I", h })] };
    }

    private static CompilationDatabase? Read(string path, DiagnosticBag diagnostics) =>
        ProjectContext.Database(path, isNamed: true, CompilationDatabase.Read, diagnostics);
}
