// What the user says of the project that a C file belongs to, and what follows from it for one file: the flags to read it with, the folder
// that its includes may reach, and the files in which its callees are looked for.

using System.Collections.Immutable;
using Nsc.Core.Diagnostics;
using Nsc.Core.Files;
using Nsc.Core.Text;

namespace Nsc.FrontEnd.Projects;

/// <summary>The options that every verb that reads C has.</summary>
/// <param name="Flags">Compiler flags, relative to the process's folder: they come after those of the database, and win.</param>
/// <param name="Database">A compile_commands.json, or its folder; null means to look for one upwards from the file.</param>
/// <param name="With">C files in which callees and constant tables are looked for too.</param>
/// <param name="Root">The folder that quoted includes may reach; null means the project's.</param>
public sealed record ProjectOptions(ImmutableArray<string> Flags, string? Database, ImmutableArray<string> With, string? Root)
{
    /// <summary>Nothing said.</summary>
    public static readonly ProjectOptions None = new([], null, [], null);

    /// <summary>The C files of a project that has no database, in which callees are looked for as in those of a database.</summary>
    public ImmutableArray<string> Siblings { get; init; } = [];

    /// <summary>Whether nobody has configured the project, so that lines which the preprocessor refuses, such as <c>#error</c>, are left out.</summary>
    public bool IsUnconfigured { get; init; }
}

/// <summary>What the options mean for one file.</summary>
/// <param name="Flags">Those that matter, paths made absolute.</param>
/// <param name="Root">The folder that includes may reach beside the folders of the flags and the system's; null where the file's own folder is all.</param>
/// <param name="With">Absolute paths of the C files in which callees are looked for, the file itself not among them.</param>
public sealed record ProjectContext(ImmutableArray<ClangFlag> Flags, string? Root, ImmutableArray<string> With)
{
    /// <summary>A file that belongs to no project.</summary>
    public static readonly ProjectContext None = new([], null, []);

    /// <summary>As the options have it.</summary>
    public bool IsUnconfigured { get; init; }

    /// <summary>The full path of the database that the flags are from; null without one.</summary>
    public string? DatabasePath { get; init; }

    /// <summary>The project's other files, in which callees are looked for that those of <see cref="With"/> do not define; null where the options say which there are.</summary>
    internal NearbyFiles? Nearby { get; init; }

    /// <summary>The context of a file; <see cref="None"/> with an error in the diagnostics where an option makes no sense.</summary>
    /// <param name="path">The C file.</param>
    public static ProjectContext Of(string path, ProjectOptions options, DiagnosticBag diagnostics) => Of(path, options, CompilationDatabase.Read, diagnostics);

    /// <param name="read">Reads a database, or has read it before.</param>
    internal static ProjectContext Of(string path, ProjectOptions options, Func<string, CompilationDatabase> read, DiagnosticBag diagnostics)
    {
        string full = Path.GetFullPath(path), folder = Path.GetDirectoryName(full)!;
        (string Path, string Project)? found = options.Database is null ? CompilationDatabase.Find(folder) : null;
        CompilationDatabase? database = Database(options.Database ?? found?.Path, isNamed: found is null, read, diagnostics);
        string? common = found?.Project ?? database?.Root;
        string? root = options.Root is { } named ? Path.GetFullPath(named) : common is not null && Folders.Holds(common, full) ? common : GitTopLevel(folder) ?? WorkingFolder(full);
        (ImmutableArray<ClangFlag> flags, ImmutableArray<string> unfollowed) = ClangFlag.Parse(options.Flags, Environment.CurrentDirectory);
        if (database?.CommandFor(full) is var (command, isOwn))
        {
            (ImmutableArray<ClangFlag> fromDatabase, ImmutableArray<string> more) = ClangFlag.Parse([.. command.Arguments.Skip(1)], command.Folder);
            IEnumerable<ClangFlag> trusted = fromDatabase.Where(f => found is null || MayFollow(f, root, database.Path, diagnostics));
            (flags, unfollowed) = ([.. trusted, .. flags], more.AddRange(unfollowed));
            if (!isOwn)
            {
                Note(diagnostics, path, "other-command", $"{Shown(database.Path)} does not name this file; it is read with the flags of {Shown(command.File)}");
            }
        }

        foreach (string flag in unfollowed.Distinct())
        {
            diagnostics.Add(new Diagnostic(
                Severity.Warning, "unfollowed-flag", SourceLocation.InFile(path), $"{flag} is not followed: the function is built for this machine with clang's own types"));
        }

        IEnumerable<string> near = (database?.Files ?? []).Concat(options.Siblings).OrderBy(f => Distance(f, full));
        IEnumerable<string> with = options.With.Select(f => Path.GetFullPath(f)).Concat(near).Where(f => f != full).Distinct();
        NearbyFiles? nearby = options.Siblings.IsEmpty && !options.IsUnconfigured ? new NearbyFiles(full, root) : null;
        return Check(path, options, root, diagnostics)
            ? new ProjectContext(flags, root, [.. with]) { IsUnconfigured = options.IsUnconfigured, DatabasePath = database?.Path, Nearby = nearby } : None;
    }

    /// <summary>Steps from one file's folder to another's. Of several programs in a project, each has its own function of a common name: the nearest is meant.</summary>
    internal static int Distance(string one, string other)
    {
        int shared = one.AsSpan(0, one.AsSpan().CommonPrefixLength(other)).Count('/');
        return one.AsSpan().Count('/') + other.AsSpan().Count('/') - (2 * shared);
    }

    internal static CompilationDatabase? Database(string? path, bool isNamed, Func<string, CompilationDatabase> read, DiagnosticBag diagnostics)
    {
        try
        {
            CompilationDatabase? database = path is null ? null : read(path);
            if (database is not null && !isNamed)
            {
                Note(diagnostics, path!, "database-found", "the project's flags are read from here; -p names another one");
            }

            return database;
        }
        catch (Exception error) when (error is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            diagnostics.Add(new Diagnostic(
                isNamed ? Severity.Error : Severity.Warning, "database", SourceLocation.InFile(path!), $"no compilation database: {PrintableText.OneLine(error.Message)}",
                "CMake writes one with -DCMAKE_EXPORT_COMPILE_COMMANDS=ON"));
            return null;
        }
    }

    // A database that nobody named may be a stranger's: it opens no folder of the machine.
    private static bool MayFollow(ClangFlag flag, string? root, string database, DiagnosticBag diagnostics)
    {
        bool isInside = !flag.IsFolder || (root is not null && Folders.Holds(root, flag.Value + "/")) || Folders.Holds("/usr", flag.Value);
        if (!isInside)
        {
            diagnostics.Add(new Diagnostic(
                Severity.Warning, "foreign-folder", SourceLocation.InFile(database), $"the folder {Shown(flag.Value)} is outside of the project, and this file was not named: it is left out",
                "name the database with -p, or the folder with -I"));
        }

        return isInside;
    }

    private static bool Check(string path, ProjectOptions options, string? root, DiagnosticBag diagnostics)
    {
        foreach (string missing in options.With.Where(f => FileIdentity.Of(Path.GetFullPath(f)).Kind != FileKind.File))
        {
            diagnostics.Add(new Diagnostic(Severity.Error, "with-file", SourceLocation.InFile(missing), "there is no such file", "--with names C files that define what the function calls"));
        }

        if (options.Root is not null && !Directory.Exists(root))
        {
            diagnostics.Add(new Diagnostic(Severity.Error, "root-folder", SourceLocation.InFile(options.Root), "there is no such folder", "--root names a folder above the file"));
        }
        else if (options.Root is not null && !Folders.Holds(root!, Path.GetFullPath(path)))
        {
            diagnostics.Add(new Diagnostic(Severity.Error, "root-folder", SourceLocation.InFile(options.Root), "the file is not below this folder", "--root names a folder above the file"));
        }

        return !diagnostics.HasErrors;
    }

    private static string? GitTopLevel(string folder) => Folders.Upwards(folder).FirstOrDefault(at => Path.Exists(Path.Combine(at, ".git")));

    // Who works in a folder above the file takes it for the project; a home folder holds more than one.
    private static string? WorkingFolder(string file)
    {
        string folder = Environment.CurrentDirectory;
        return folder != "/" && folder != Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) && Folders.Holds(folder, file) ? folder : null;
    }

    private static string Shown(string path) => PrintableText.OneLine(path);

    private static void Note(DiagnosticBag diagnostics, string path, string id, string message) =>
        diagnostics.Add(new Diagnostic(Severity.Note, id, SourceLocation.InFile(path), message));
}
