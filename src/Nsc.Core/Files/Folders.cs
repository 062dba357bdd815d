// Which folders a path lies in.

namespace Nsc.Core.Files;

/// <summary>Folders by their full paths.</summary>
public static class Folders
{
    private const int MostLinks = 40;

    /// <summary>Whether a path lies below a folder, by the path's text: links are not followed.</summary>
    public static bool Holds(string folder, string path) => path.StartsWith(folder.TrimEnd('/') + "/", StringComparison.Ordinal);

    /// <summary>A path as people want to read it: relative to the working folder where it lies below that.</summary>
    public static string Shown(string path) => Holds(Environment.CurrentDirectory, path) ? Path.GetRelativePath(Environment.CurrentDirectory, path) : path;

    /// <summary>A folder and those above it, the nearest first.</summary>
    public static IEnumerable<string> Upwards(string folder)
    {
        for (DirectoryInfo? at = new(folder); at is not null; at = at.Parent)
        {
            yield return at.FullName;
        }
    }

    /// <summary>Where a path leads when all links in it are followed, whether or not something is there. Throws <see cref="IOException"/> for links that lead round.</summary>
    public static string Real(string path) => Real(Path.Combine(Environment.CurrentDirectory, path), MostLinks);

    // What '..' means is known only where the links before it have been followed.
    private static string Real(string path, int links)
    {
        string at = "/";
        foreach (string part in path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(p => p != "."))
        {
            string next = part == ".." ? Path.GetDirectoryName(at) ?? "/" : Path.Combine(at, part);
            at = new FileInfo(next).LinkTarget is not { } target ? next
                : links > 0 ? Real(Path.Combine(at, target), links - 1) : throw new IOException($"too many links lead on from '{path}'");
        }

        return at;
    }
}
