// A folder of somebody's C sources.

using System.Text.RegularExpressions;

namespace Nsc.FrontEnd.Preprocessing.Packages;

/// <summary>An unpacked source package.</summary>
/// <param name="name">What functions from it are attributed to.</param>
/// <param name="isOneProgram">Whether its files may call each other's functions.</param>
public sealed partial class SourcePackage(string name, string root, bool isOneProgram = true)
{
    /// <summary>Folders with headers that are searched; the nearest to the package's root come first.</summary>
    private const int MostHeaderFolders = 64;

    private static readonly EnumerationOptions s_everything = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };

    private readonly string _root = Path.GetFullPath(root).TrimEnd('/');
    private string[]? _headerSearch;
    private ILookup<string, string>? _templates;
    private ILookup<string, string>? _headers;

    public string Name => name;

    public bool IsOneProgram => isOneProgram;

    /// <summary>Its folder, in full.</summary>
    public string Root => _root;

    /// <summary>Its C files but for its tests and its patches' leftovers, in a fixed order; links are not followed.</summary>
    public IEnumerable<string> Files => Directory.EnumerateFiles(_root, "*.c", s_everything)
        .Where(file => !Tests().IsMatch(Relative(file))).Order(StringComparer.Ordinal);

    /// <summary>
    /// Clang's arguments that find the package's own headers. Those in angle brackets are the system's first, so that a C
    /// library's own sources are read with the headers that the functions are compiled with later.
    /// </summary>
    internal string[] HeaderSearch => _headerSearch ??= FindHeaders();

    /// <summary>Folders in which those of the package's headers are found.</summary>
    internal IEnumerable<string> HeaderFolders => HeaderSearch.Where(a => a.StartsWith('/') || a.StartsWith("-iquote/", StringComparison.Ordinal)).Select(a => a[a.IndexOf('/', StringComparison.Ordinal)..]).Distinct();

    /// <summary>What may include headers: its C files, headers, and the templates of these.</summary>
    internal IEnumerable<string> Texts => Files.Concat(Directory.EnumerateFiles(_root, "*.h", s_everything).Concat(Directory.EnumerateFiles(_root, "*.h.in", s_everything)).Order(StringComparer.Ordinal));

    /// <summary>A file's name within the package.</summary>
    public string Relative(string file) => Path.GetRelativePath(_root, file);

    /// <summary>The template that configuring makes a header from, or null.</summary>
    internal string? TemplateOf(string header)
    {
        _templates ??= Directory.EnumerateFiles(_root, "*.in", s_everything).Order(StringComparer.Ordinal)
            .ToLookup(file => TemplateSuffix().Replace(Path.GetFileName(file), ".h"));
        return _templates[header].FirstOrDefault();
    }

    /// <summary>The one header of the package with a name, wherever it is; null when there are none or several.</summary>
    internal string? OnlyHeader(string header)
    {
        _headers ??= Directory.EnumerateFiles(_root, "*.h", s_everything).ToLookup(file => Path.GetFileName(file));
        return _headers[header].Count() == 1 ? _headers[header].Single() : null;
    }

    private string[] FindHeaders()
    {
        string[] folders =
        [
            .. Directory.EnumerateFiles(_root, "*.h", s_everything).Select(h => Path.GetDirectoryName(h)!).Distinct()
                .OrderBy(f => f.Length).ThenBy(f => f, StringComparer.Ordinal).Take(MostHeaderFolders),
        ];
        string[] roots = [.. folders.SelectMany(f => new[] { f, Path.GetDirectoryName(f)! }).Prepend(_root).Where(f => f.StartsWith(_root, StringComparison.Ordinal)).Distinct()];
        return [.. folders.Select(folder => "-iquote" + folder), .. roots.SelectMany(folder => new[] { "-idirafter", folder })];
    }

    [GeneratedRegex(@"(^|/)(tests?|testsuite|unittests?|testing|autotest|bench(mark)?s?|\.pc)/|(^|/)(t_|test)[^/]*$|(test|benchmark)s?\.c$", RegexOptions.IgnoreCase)]
    private static partial Regex Tests();

    [GeneratedRegex(@"\.h\d?\.in$")]
    private static partial Regex TemplateSuffix();
}
