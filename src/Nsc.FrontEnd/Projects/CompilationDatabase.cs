// compile_commands.json, the JSON compilation database that CMake, Meson and Bear write: how each file of a project is compiled. The format
// is clang's: https://clang.llvm.org/docs/JSONCompilationDatabase.html. The file is hostile like any other.

using System.Collections.Immutable;
using System.Text.Json;
using Nsc.Core.Files;

namespace Nsc.FrontEnd.Projects;

/// <summary>How one file is compiled.</summary>
/// <param name="File">Its absolute path.</param>
/// <param name="Folder">Where the compiler works; what relative paths are relative to.</param>
/// <param name="Arguments">Those of the compiler, itself among them.</param>
internal sealed record CompileCommand(string File, string Folder, ImmutableArray<string> Arguments);

internal sealed class CompilationDatabase
{
    public const string FileName = "compile_commands.json";

    /// <summary>The largest database that is read, in bytes.</summary>
    private const int Largest = 64 << 20;

    private readonly ImmutableArray<CompileCommand> _commands;

    private CompilationDatabase(string path, ImmutableArray<CompileCommand> commands) => (Path, _commands) = (path, commands);

    public string Path { get; }

    /// <summary>The C files of the project.</summary>
    public IEnumerable<string> Files => _commands.Select(c => c.File).Where(IsC).Distinct();

    /// <summary>The folder that holds all of the project's files and the database, as far as there is one below the root folder.</summary>
    public string? Root => _commands.Select(c => c.File).Append(Path).Select(f => System.IO.Path.GetDirectoryName(f)!).Aggregate(CommonFolder) is { Length: > 1 } root ? root : null;

    /// <summary>The nearest database upwards from a folder, in the folder itself or in its folder <c>build</c>; null when there is none.</summary>
    /// <returns>Its path, and the folder of the project that it stands for.</returns>
    public static (string Path, string Project)? Find(string folder)
    {
        IEnumerable<(string Path, string Project)> candidates = Folders.Upwards(folder)
            .SelectMany(at => new[] { (System.IO.Path.Combine(at, FileName), at), (System.IO.Path.Combine(at, "build", FileName), at) });
        return candidates.Where(c => FileIdentity.Of(c.Path).Kind == FileKind.File).Select(c => ((string, string)?)c).FirstOrDefault();
    }

    /// <summary>Reads a database; a folder means the file of that name in it.</summary>
    /// <exception cref="InvalidDataException">It is no database. The message says why.</exception>
    public static CompilationDatabase Read(string path)
    {
        path = System.IO.Path.GetFullPath(Directory.Exists(path) ? System.IO.Path.Combine(path, FileName) : path);
        if (FileIdentity.Of(path).Kind != FileKind.File)
        {
            throw new InvalidDataException("there is no such file");
        }

        if (new FileInfo(path).Length > Largest)
        {
            throw new InvalidDataException($"it has more than {Largest >> 20} MB");
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            return document.RootElement.ValueKind == JsonValueKind.Array
                ? new CompilationDatabase(path, [.. document.RootElement.EnumerateArray().Select(entry => CommandOf(entry, System.IO.Path.GetDirectoryName(path)!))])
                : throw new InvalidDataException("it must be an array of commands");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"it is no JSON: line {error.LineNumber + 1}", error);
        }
        catch (InvalidOperationException error)
        {
            throw new InvalidDataException("it has a text that is not Unicode", error); // Bytes, or an escape, that are no character.
        }
    }

    /// <summary>How a file is compiled: its own command, else that of a file with its name but for the ending, else of one in its folder.</summary>
    public (CompileCommand Command, bool IsOwn)? CommandFor(string path)
    {
        string full = System.IO.Path.GetFullPath(path), stem = System.IO.Path.GetFileNameWithoutExtension(full), folder = System.IO.Path.GetDirectoryName(full)!;
        if (_commands.FirstOrDefault(c => c.File == full) is { } own)
        {
            return (own, true);
        }

        CompileCommand? near = _commands.FirstOrDefault(c => IsC(c.File) && System.IO.Path.GetFileNameWithoutExtension(c.File) == stem)
            ?? _commands.FirstOrDefault(c => IsC(c.File) && System.IO.Path.GetDirectoryName(c.File) == folder)
            ?? _commands.FirstOrDefault(c => IsC(c.File));
        return near is null ? null : (near, false);
    }

    private static bool IsC(string file) => file.EndsWith(".c", StringComparison.Ordinal);

    private static CompileCommand CommandOf(JsonElement entry, string home)
    {
        if (entry.ValueKind != JsonValueKind.Object || Text(entry, "file") is not { Length: > 0 } file)
        {
            throw new InvalidDataException("each command must be an object with a 'file'");
        }

        string folder = System.IO.Path.GetFullPath(Text(entry, "directory") is { Length: > 0 } named ? named : home, home);
        IEnumerable<string> arguments = entry.TryGetProperty("arguments", out JsonElement list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Where(a => a.ValueKind == JsonValueKind.String).Select(a => a.GetString()!)
            : ShellWords.Split(Text(entry, "command") ?? "");
        return new CompileCommand(System.IO.Path.GetFullPath(file, folder), folder, [.. arguments]);
    }

    private static string? Text(JsonElement entry, string name)
    {
        string? text = entry.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        return text?.Contains('\0', StringComparison.Ordinal) == true ? throw new InvalidDataException($"'{name}' holds a NUL character") : text;
    }

    private static string CommonFolder(string a, string b)
    {
        while (!Folders.Holds(a, b + "/"))
        {
            a = System.IO.Path.GetDirectoryName(a) ?? "/";
        }

        return a;
    }
}
