// The other files of a project, in which a unit's callees and constants are looked for. A file is parsed when its text has the name that is asked for.

using Nsc.Core.Diagnostics;
using Nsc.FrontEnd.Projects;
using Nsc.FrontEnd.Slicing;
using Nsc.FrontEnd.Sources;

namespace Nsc.FrontEnd;

/// <param name="project">Says which files there are.</param>
/// <param name="cache">Reads them, and has perhaps read them before for another file.</param>
/// <param name="place">Where notes are about.</param>
internal sealed class ProjectFiles(ProjectContext project, ProjectCache cache, SourcePlace place, DiagnosticBag notes) : IDisposable
{
    private readonly List<SourceParts> _read = [];
    private readonly HashSet<string> _written = new(StringComparer.Ordinal);

    /// <summary>Those that were read for this file.</summary>
    public IEnumerable<SourceParts> Read => _read;

    /// <summary>Full paths of these, and of what they include.</summary>
    public IEnumerable<string> Files => _read.SelectMany(p => p.Text.Read.Prepend(Path.GetFullPath(p.Text.Source.Path)));

    /// <summary>Variables that others write which were read for another file, and would have been for this one.</summary>
    public IEnumerable<string> Written => _written;

    // In the order in which they are asked: those that somebody names, then the others by and by.
    private IEnumerable<IReadOnlyList<string>> Levels => (project.Nearby?.Levels() ?? []).Prepend<IReadOnlyList<string>>(project.With);

    /// <summary>The file that defines a function or variable, or null.</summary>
    public SourceParts? Defining(string name)
    {
        foreach (IReadOnlyList<string> level in Levels)
        {
            (string Path, bool IsPlain)[] candidates = [.. cache.Candidates(name, level)];
            if (Array.Find(candidates, c => Defines(c.Path, name)) is { Path: { } path })
            {
                bool isNamed = project.With.Contains(path);
                string? other = isNamed ? null : Array.Find(candidates, c => c.IsPlain && c.Path != path).Path;
                notes.ReportTakenFrom(place, name, path, isNamed, other);
                notes.AddRange(cache.GuessesOf(path).Where(g => !notes.Contains(g)));
                return cache.PartsOf(path);
            }
        }

        return null;
    }

    /// <summary>The only file that defines a function of a name, which other files may not use, but somebody may mean; null where there is none, or there are several.</summary>
    public SourceParts? Holding(string name)
    {
        string[] paths = [.. Levels.SelectMany(level => level).Distinct().Where(path => cache.Mentions(path, name) && cache.PartsOf(path)?.Function(name) is not null)];
        if (paths is not [var path] || cache.PartsOf(path) is not { } parts)
        {
            return null;
        }

        notes.ReportTakenFrom(place, name, path, project.With.Contains(path), null);
        if (!_read.Contains(parts))
        {
            _read.Add(parts);
        }

        return parts;
    }

    /// <summary>Those of some variables, which any file may name, that a file writes.</summary>
    public IEnumerable<string> WrittenOf(IEnumerable<string> shared) =>
        shared.Where(name => Levels.SelectMany(level => level).Any(path => cache.Writes(path, name)));

    private bool Defines(string path, string name)
    {
        if (cache.WritesWithout(path, name) is { } written)
        {
            _written.UnionWith(written);
            return false;
        }

        SourceParts? parts = cache.PartsOf(path);
        if (parts is not null && !_read.Contains(parts))
        {
            _read.Add(parts);
        }

        bool isDefined = parts?.Exported(name) is not null;
        if (!isDefined)
        {
            cache.Exclude(path, name, parts);
        }

        return isDefined;
    }

    public void Dispose() => cache.Trim();
}
