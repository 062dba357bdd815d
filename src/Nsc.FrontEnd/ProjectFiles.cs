// The other files of a project, in which a unit's callees and constants are looked for. A file is read when its text has the name that is asked for.

using System.Text.RegularExpressions;
using Nsc.Core.Diagnostics;
using Nsc.FrontEnd.Parsing;
using Nsc.FrontEnd.Preprocessing;
using Nsc.FrontEnd.Projects;
using Nsc.FrontEnd.Slicing;
using Nsc.FrontEnd.Sources;
using Nsc.FrontEnd.Tools;

namespace Nsc.FrontEnd;

internal sealed class ProjectFiles(IReadOnlyList<string> paths, ProjectOptions options, Toolchain toolchain, SourcePlace place, DiagnosticBag notes) : IDisposable
{
    private readonly Dictionary<string, string?> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SourceParts?> _parts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CompilationDatabase> _databases = new(StringComparer.Ordinal);
    private readonly List<ParsedFile> _open = [];

    /// <summary>Those that were read.</summary>
    public IEnumerable<SourceParts> Read => _parts.Values.OfType<SourceParts>();

    /// <summary>The file that defines a function or variable, or null.</summary>
    public SourceParts? Defining(string name)
    {
        var word = new Regex($@"\b{Regex.Escape(name)}\b", RegexOptions.CultureInvariant);
        foreach (string path in paths.Where(p => TextOf(p) is { } text && word.IsMatch(text)))
        {
            if (PartsOf(path) is { } parts && parts.Exported(name) is not null)
            {
                notes.ReportTakenFrom(place, name, path);
                return parts;
            }
        }

        return null;
    }

    public void Dispose() => _open.ForEach(f => f.Dispose());

    private string? TextOf(string path)
    {
        if (!_texts.TryGetValue(path, out string? text))
        {
            _texts.Add(path, text = IncludeRoots.ReadRegular(path));
        }

        return text;
    }

    // All files of a project have the same one.
    private CompilationDatabase DatabaseAt(string path)
    {
        if (!_databases.TryGetValue(path, out CompilationDatabase? database))
        {
            _databases.Add(path, database = CompilationDatabase.Read(path));
        }

        return database;
    }

    // What is wrong with another file shows in the unit, if it matters there.
    private SourceParts? PartsOf(string path)
    {
        if (!_parts.TryGetValue(path, out SourceParts? parts))
        {
            var ignored = new DiagnosticBag();
            ParsedFile? file = ParsedFile.Read(new SourceText(path, TextOf(path)!), ProjectContext.Of(path, options, DatabaseAt, ignored), toolchain, ignored);
            if (file is not null)
            {
                _open.Add(file);
                parts = new SourceParts(file.Text, file.Unit);
            }

            _parts.Add(path, parts);
        }

        return parts;
    }
}
