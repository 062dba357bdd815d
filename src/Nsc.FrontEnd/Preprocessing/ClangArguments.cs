// The arguments that clang preprocesses and parses with.

using System.Collections.Immutable;
using Nsc.FrontEnd.Projects;
using Nsc.FrontEnd.Sources;

namespace Nsc.FrontEnd.Preprocessing;

/// <param name="Preprocessing">How a file becomes one text.</param>
/// <param name="Parsing">How that text is read for messages about it.</param>
/// <param name="IncludeFolders">The folders that inclusions may reach beside the file's own and the system's.</param>
internal sealed record ClangArguments(ImmutableArray<string> Preprocessing, ImmutableArray<string> Parsing, ImmutableArray<string> IncludeFolders)
{
    // What compilers took for decades, and some of them still do: no type for int, a number for a pointer, return without a value.
    private static readonly string[] s_old = ["implicit-int", "int-conversion", "incompatible-function-pointer-types", "return-mismatch"];

    /// <summary>How every stored unit is read, by whoever compiles it: as text that is preprocessed already.</summary>
    public static readonly ImmutableArray<string> Unit = ["-x", "cpp-output", "-std=gnu17", "-w", .. s_old.Select(w => $"-Wno-{w}")];

    /// <summary>Folders that are found after the system's and hold the project's own headers all the same; clang takes these for system headers.</summary>
    public ImmutableArray<string> OwnFolders { get; init; } = [];

    /// <summary>The folder in which headers are looked for that no flag finds; null for the file's own.</summary>
    public string? Project { get; init; }

    /// <summary>Whether what the preprocessor refuses is left out.</summary>
    public bool IsUnconfigured { get; init; }

    /// <summary>The arguments with a folder of the project more, in which headers are found that are nowhere else.</summary>
    public ClangArguments WithFolder(string folder) =>
        this with { Preprocessing = [.. Preprocessing, "-idirafter", folder], IncludeFolders = IncludeFolders.Add(folder), OwnFolders = OwnFolders.Add(folder) };

    /// <summary>Clang's own default for C since version 17 lies between; graph and native code are built as gnu17 as well.</summary>
    private const string Standard = "-std=gnu17";

    /// <summary>The arguments around a project's own.</summary>
    public static ClangArguments For(ProjectContext project)
    {
        IEnumerable<string> standard = project.Flags.Where(f => f.Name == "-std").SelectMany(f => f.Arguments);
        IEnumerable<string> folders = project.Flags.Where(f => f.IsFolder).Select(f => f.Value);
        IEnumerable<string> files = project.Flags.Where(f => f.IsFile).Select(f => Path.GetDirectoryName(f.Value)!);
        return new ClangArguments(
            ["-x", "c", Standard, "-Wdate-time", .. project.Flags.SelectMany(f => f.Arguments)],
            ["-x", "cpp-output", Standard, "-ferror-limit=0", .. s_old.Select(w => $"-Wno-error={w}"), .. standard],
            [.. project.Root is null ? folders.Concat(files) : folders.Append(project.Root)])
        {
            OwnFolders = [.. project.Flags.Where(f => f.Name == "-idirafter").Select(f => f.Value)], IsUnconfigured = project.IsUnconfigured, Project = project.Root,
        };
    }
}
