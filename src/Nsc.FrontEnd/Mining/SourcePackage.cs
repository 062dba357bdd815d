// A folder of somebody's C sources.

namespace Nsc.FrontEnd.Mining;

/// <summary>An unpacked source package.</summary>
/// <param name="Name">What functions from it are attributed to.</param>
public sealed class SourcePackage(string name, string root)
{
    private readonly string _root = Path.GetFullPath(root).TrimEnd('/');
    private string[]? _headerSearch;

    public string Name => name;

    /// <summary>Its C files, in a fixed order; links are not followed.</summary>
    public IEnumerable<string> Files => Directory
        .EnumerateFiles(_root, "*.c", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint })
        .Order(StringComparer.Ordinal);

    internal string[] HeaderSearch => _headerSearch ??= ExpandedSource.HeaderSearch(_root);

    /// <summary>A file's name within the package.</summary>
    public string Relative(string file) => Path.GetRelativePath(_root, file);

    internal bool Owns(string fullPath) => fullPath.StartsWith(_root + "/", StringComparison.Ordinal);
}
