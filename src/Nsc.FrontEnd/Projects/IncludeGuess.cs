// Where the headers of a project are that has no database: what its files include tells, as far as such headers lie in its folder.

using System.Text.RegularExpressions;
using Nsc.Core.Files;
using Nsc.FrontEnd.Sources;

namespace Nsc.FrontEnd.Projects;

internal static partial class IncludeGuess
{
    private const int MostHeaders = 20_000, MostFolders = 32;

    /// <summary>Folders for <c>-I</c>, those that most inclusions need first.</summary>
    /// <param name="files">The project's C files.</param>
    /// <param name="system">The system's folders: a header that they have wins over one of the project's.</param>
    public static IReadOnlyList<string> FoldersFor(IReadOnlyCollection<string> files, IEnumerable<string> headers, IReadOnlyCollection<string> system)
    {
        string[] known = [.. headers.Take(MostHeaders)];
        ILookup<string, string> byName = known.ToLookup(h => Path.GetFileName(h), StringComparer.Ordinal);
        return
        [
            .. files.Concat(known).SelectMany(file => Needed(file, byName, system)).GroupBy(folder => folder)
                .OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).Select(g => g.Key).Take(MostFolders),
        ];
    }

    // The folders that a file's inclusions need: of several with such a header, the nearest one.
    private static IEnumerable<string> Needed(string file, ILookup<string, string> byName, IReadOnlyCollection<string> system) =>
        from Match inclusion in Inclusion().Matches(SourceText.ReadRegular(file) ?? "")
        let name = inclusion.Groups["name"].Value
        where !IsFound(name, inclusion.Groups["quote"].Value == "<" ? system : system.Prepend(Path.GetDirectoryName(file)!))
        let header = byName[Path.GetFileName(name)].Where(h => h.EndsWith("/" + name, StringComparison.Ordinal))
            .MinBy(h => ProjectContext.Distance(h, file))
        where header is not null
        select header[..^(name.Length + 1)];

    private static bool IsFound(string name, IEnumerable<string> folders) => folders.Any(folder => File.Exists(Path.Combine(folder, name)));

    [GeneratedRegex("^[ \\t]*#[ \\t]*include[ \\t]*(?<quote>[\"<])(?<name>[\\w+-][\\w./+-]*)[\">]", RegexOptions.Multiline)]
    private static partial Regex Inclusion();
}
