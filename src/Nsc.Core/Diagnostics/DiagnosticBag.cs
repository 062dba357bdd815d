// Collects diagnostics while a phase runs. Phases add a Report… method per message as extension methods beside
// their own code, so that each phase's messages can be read in one place.

using System.Collections;

namespace Nsc.Core.Diagnostics;

/// <summary>The diagnostics of one compilation, in the order in which they were found.</summary>
public sealed class DiagnosticBag : IReadOnlyCollection<Diagnostic>
{
    private readonly List<Diagnostic> _diagnostics = [];
    private readonly HashSet<Diagnostic> _seen = [];

    public int Count => _diagnostics.Count;

    /// <summary>Whether any diagnostic stops the compilation.</summary>
    public bool HasErrors => _diagnostics.Exists(d => d.Severity == Severity.Error);

    /// <summary>Adds a diagnostic unless the same one is there already.</summary>
    public void Add(Diagnostic diagnostic)
    {
        if (_seen.Add(diagnostic))
        {
            _diagnostics.Add(diagnostic);
        }
    }

    public void AddRange(IEnumerable<Diagnostic> diagnostics)
    {
        foreach (Diagnostic diagnostic in diagnostics)
        {
            Add(diagnostic);
        }
    }

    public IEnumerator<Diagnostic> GetEnumerator() => _diagnostics.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
