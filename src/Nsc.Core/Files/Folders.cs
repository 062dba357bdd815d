// Which folders a path lies in, by the path's text.

namespace Nsc.Core.Files;

/// <summary>Folders by their full paths; links are not followed.</summary>
public static class Folders
{
    /// <summary>Whether a path lies below a folder.</summary>
    public static bool Holds(string folder, string path) => path.StartsWith(folder.TrimEnd('/') + "/", StringComparison.Ordinal);

    /// <summary>A folder and those above it, the nearest first.</summary>
    public static IEnumerable<string> Upwards(string folder)
    {
        for (DirectoryInfo? at = new(folder); at is not null; at = at.Parent)
        {
            yield return at.FullName;
        }
    }
}
