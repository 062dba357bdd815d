// A folder of somebody's C sources.

namespace Nsc.FrontEnd.Mining;

/// <summary>An unpacked source package.</summary>
/// <param name="name">What functions from it are attributed to.</param>
/// <param name="isOneProgram">Whether its files may call each other's functions.</param>
public sealed class SourcePackage(string name, string root, bool isOneProgram = true)
{
    private readonly string _root = Path.GetFullPath(root).TrimEnd('/');
    private string[]? _headerSearch;

    public string Name => name;

    public bool IsOneProgram => isOneProgram;

    /// <summary>Its folder, in full.</summary>
    public string Root => _root;

    /// <summary>Its C files, in a fixed order; links are not followed.</summary>
    public IEnumerable<string> Files => Directory
        .EnumerateFiles(_root, "*.c", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint })
        .Order(StringComparer.Ordinal);

    internal string[] HeaderSearch => _headerSearch ??= ExpandedSource.HeaderSearch(_root);

    /// <summary>A file's name within the package.</summary>
    public string Relative(string file) => Path.GetRelativePath(_root, file);

    internal bool Owns(string fullPath) => fullPath.StartsWith(_root + "/", StringComparison.Ordinal);
}
