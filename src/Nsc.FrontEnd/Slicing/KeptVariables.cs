// Variables of functions that keep their value between calls become variables of the unit, so that its entry can set and read them.

using Nsc.FrontEnd.Checking;
using Nsc.FrontEnd.Parsing;
using Nsc.FrontEnd.Parsing.Interop;

namespace Nsc.FrontEnd.Slicing;

internal sealed class KeptVariables(TextEdits edits, IReadOnlyList<Chunk> chunks)
{
    private readonly HashSet<string> _taken = [.. chunks.SelectMany(c => c.Declarations).Select(d => d.Spelling())];

    /// <summary>The variables that were moved.</summary>
    public HashSet<string> Moved { get; } = new(StringComparer.Ordinal);

    /// <summary>Moves the static variables of a function that it writes to before it, where their names are free.</summary>
    public void MoveOutOf(Chunk chunk)
    {
        CXCursor function = chunk.Declarations[0];
        List<CXCursor> declarations = [.. Declarations(function).OrderBy(d => d.Extent().Start)];
        if (declarations.Count == 0)
        {
            return;
        }

        VariableWrites writes = VariableWrites.Of([function]);
        foreach (CXCursor declaration in declarations)
        {
            List<CXCursor> variables = declaration.Children();
            if (variables.Exists(writes.Contains) && variables.TrueForAll(v => v.Kind == CXCursorKind.CXCursor_VarDecl && !_taken.Contains(v.Spelling())))
            {
                _taken.UnionWith(variables.Select(v => v.Spelling()));
                Moved.UnionWith(variables.Select(v => v.Spelling()));
                (int start, int end) = declaration.Extent();
                edits.Move(start, end, chunk.Start);
            }
        }
    }

    private static IEnumerable<CXCursor> Declarations(CXCursor function)
    {
        var pending = new Stack<CXCursor>([function]);
        while (pending.TryPop(out CXCursor cursor))
        {
            List<CXCursor> children = cursor.Children();
            if (cursor.Kind == CXCursorKind.CXCursor_DeclStmt && children.Exists(c => c.Kind == CXCursorKind.CXCursor_VarDecl && LibClang.Cursor_getStorageClass(c) == CX_StorageClass.CX_SC_Static))
            {
                yield return cursor;
            }

            children.ForEach(pending.Push);
        }
    }
}
