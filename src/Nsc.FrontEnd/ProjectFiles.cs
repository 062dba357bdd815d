// The other files of a project, in which a unit's callees and constants are looked for. A file is parsed when its text has the name that is asked for.

using Nsc.Core.Diagnostics;
using Nsc.FrontEnd.Slicing;
using Nsc.FrontEnd.Sources;

namespace Nsc.FrontEnd;

/// <param name="paths">The files, in the order in which they are asked.</param>
/// <param name="cache">Reads them, and has perhaps read them before for another file.</param>
/// <param name="place">Where notes are about.</param>
internal sealed class ProjectFiles(IReadOnlyList<string> paths, ProjectCache cache, SourcePlace place, DiagnosticBag notes) : IDisposable
{
    private readonly List<SourceParts> _read = [];
    private readonly HashSet<string> _written = new(StringComparer.Ordinal);

    /// <summary>Those that were read for this file.</summary>
    public IEnumerable<SourceParts> Read => _read;

    /// <summary>Full paths of these, and of what they include.</summary>
    public IEnumerable<string> Files => _read.SelectMany(p => p.Text.Read.Prepend(Path.GetFullPath(p.Text.Source.Path)));

    /// <summary>Variables that others write which were read for another file, and would have been for this one.</summary>
    public IEnumerable<string> Written => _written;

    /// <summary>The file that defines a function or variable, or null.</summary>
    public SourceParts? Defining(string name)
    {
        foreach (string path in cache.Candidates(name, paths))
        {
            if (cache.WritesWithout(path, name) is { } written)
            {
                _written.UnionWith(written);
                continue;
            }

            SourceParts? parts = cache.PartsOf(path);
            if (parts is not null && !_read.Contains(parts))
            {
                _read.Add(parts);
            }

            if (parts?.Exported(name) is not null)
            {
                notes.ReportTakenFrom(place, name, path);
                return parts;
            }

            cache.Exclude(path, name, parts);
        }

        return null;
    }

    public void Dispose() => cache.Trim();
}
