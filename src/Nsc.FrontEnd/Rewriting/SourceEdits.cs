// What a rewriting does to a text, as a list of replacements, and which functions that touches.

using System.Collections.Immutable;
using System.Text;
using Nsc.Core.Diagnostics;
using Nsc.FrontEnd.Checking;
using Nsc.FrontEnd.Parsing;

namespace Nsc.FrontEnd.Rewriting;

/// <summary>Replacements in a unit's text; they do not overlap.</summary>
internal sealed class SourceEdits(SyntaxTree unit)
{
    private readonly List<(int Start, int End, string Text)> _edits = [];
    private readonly Dictionary<string, string> _newNames = new(StringComparer.Ordinal);

    /// <summary>Replaces the text between two byte offsets.</summary>
    public void Replace(int start, int end, string text) => _edits.Add((start, end, text));

    /// <summary>Says that the edits rename a function.</summary>
    public void Rename(string function, string newName) => _newNames.Add(function, newName);

    public RewrittenUnit Apply()
    {
        var text = new StringBuilder();
        int position = 0;
        foreach (var (start, end, replacement) in _edits.OrderBy(e => e.Start))
        {
            text.Append(unit.Source.Slice(position, start)).Append(replacement);
            position = end;
        }

        text.Append(unit.Source.Slice(position, unit.Source.Utf8.Length));
        return new RewrittenUnit(text.ToString(), Touched(), _newNames.ToImmutableDictionary());
    }

    private ImmutableHashSet<string> Touched()
    {
        var calls = new SupportCheck(unit.Index, new TypeCheck());
        var edited = unit.Index.Functions.Where(IsEdited).Select(f => f.Name).ToHashSet();
        return [.. unit.Index.Functions.Select(f => f.Name).Where(f => calls.Check(f, []).Exists(edited.Contains))];
    }

    private bool IsEdited(DefinedFunction function) =>
        _edits.Exists(e => e.Start < function.Extent.End && e.End > function.Extent.Start);
}
