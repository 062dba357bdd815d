// Where a project's own headers lie that the flags do not find: users try a file before they know its project's flags.

using Nsc.Core.Files;
using Nsc.FrontEnd.Projects;
using Nsc.FrontEnd.Sources;

namespace Nsc.FrontEnd.Preprocessing;

/// <param name="project">The folder that is searched, with those below it.</param>
/// <param name="written">The file whose headers are looked for.</param>
internal sealed class ProjectHeaders(string project, SourceText written)
{
    private const int MostFiles = 20_000;

    private static readonly EnumerationOptions s_everything = new()
    {
        RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Hidden, IgnoreInaccessible = true,
    };

    private readonly string _file = Path.GetFullPath(written.Path);
    private readonly Dictionary<string, string[]> _files = new(StringComparer.Ordinal); // By their endings: tables of numbers are included, too.

    /// <summary>The folder in which an inclusion of a name finds a header, the nearest one to the file; null when the project has none.</summary>
    public string? FolderWith(string name)
    {
        if (Path.IsPathRooted(name) || name.Split('/').Any(part => part is "" or "." or ".."))
        {
            return null;
        }

        string ending = Path.GetExtension(name);
        if (!_files.TryGetValue(ending, out string[]? files))
        {
            _files.Add(ending, files = Directory.Exists(project) ? [.. Directory.EnumerateFiles(project, "*" + ending, s_everything).Take(MostFiles)] : []);
        }

        string? nearest = files.Where(h => h.EndsWith("/" + name, StringComparison.Ordinal) && FileIdentity.Of(h).Kind == FileKind.File)
            .OrderBy(h => ProjectContext.Distance(h, _file)).ThenBy(h => h, StringComparer.Ordinal).FirstOrDefault();
        return nearest?[..^(name.Length + 1)];
    }
}
