// The C files of a project that no flag names, the nearest to a file first: users try a file before they know what belongs to it.

using Nsc.Core.Files;

namespace Nsc.FrontEnd.Projects;

/// <param name="file">The full path of the file; one that is not on the disk has no neighbours.</param>
/// <param name="root">The folder that its project lies in; null where its own folder is all.</param>
internal sealed class NearbyFiles(string file, string? root)
{
    private const int MostFiles = 20_000;

    private static readonly EnumerationOptions s_below = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Hidden, IgnoreInaccessible = true };
    private static readonly EnumerationOptions s_inside = new() { AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Hidden, IgnoreInaccessible = true };

    private readonly List<string[]> _levels = [];
    private int _known;

    /// <summary>
    /// The other files of its folder, then those below that, then those below the folder above it, and so on up to the project's. Each comes once, and a
    /// folder is read when it is asked for.
    /// </summary>
    public IEnumerable<string[]> Levels()
    {
        for (int level = 0; level < _levels.Count || Read(level); level++)
        {
            yield return _levels[level];
        }
    }

    private bool Read(int level)
    {
        string own = Path.GetDirectoryName(file)!;
        string? folder = level <= 1 ? own : Folders.Upwards(own).ElementAtOrDefault(level - 1);
        bool isOfProject = folder == own || (root is not null && folder is not null && (folder == root || Folders.Holds(root, folder)));
        if (!isOfProject || _known >= MostFiles || !File.Exists(file))
        {
            return false;
        }

        HashSet<string> seen = [.. _levels.SelectMany(l => l), file];
        string[] found = [.. Directory.EnumerateFiles(folder!, "*.c", level == 0 ? s_inside : s_below).Where(f => !seen.Contains(f)).Take(MostFiles - _known)
            .OrderBy(f => ProjectContext.Distance(f, file)).ThenBy(f => f, StringComparer.Ordinal)];
        _levels.Add(found);
        _known += found.Length;
        return true;
    }
}
