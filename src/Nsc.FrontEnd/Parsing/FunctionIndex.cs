// The functions that a text defines, by name.

using Nsc.FrontEnd.Parsing.Interop;
using Nsc.FrontEnd.Sources;

namespace Nsc.FrontEnd.Parsing;

/// <param name="Extent">The definition's byte range.</param>
internal sealed record DefinedFunction(string Name, CXCursor Cursor, bool IsStatic, (int Start, int End) Extent);

internal sealed class FunctionIndex
{
    private readonly Dictionary<string, DefinedFunction> _functions = new(StringComparer.Ordinal);
    private readonly Dictionary<CXCursor, string> _keys = [];

    public FunctionIndex(TranslationUnit unit)
    {
        Source = unit.Source;
        Declarations = unit.Root.Children();
        foreach (CXCursor cursor in Declarations)
        {
            if (cursor.Kind == CXCursorKind.CXCursor_FunctionDecl && LibClang.isCursorDefinition(cursor) != 0)
            {
                AddFunction(cursor);
            }
        }
    }

    public SourceText Source { get; }

    /// <summary>Everything that the text declares, in source order.</summary>
    public IReadOnlyList<CXCursor> Declarations { get; }

    /// <summary>In source order.</summary>
    public IEnumerable<DefinedFunction> Functions => _functions.Values.OrderBy(f => f.Extent.Start);

    public bool Defines(string key) => _functions.ContainsKey(key);

    public DefinedFunction? Find(string key) => _functions.GetValueOrDefault(key);

    /// <summary>Names a function that the text defines, null for another: by its name, and by its type too where clang's own headers overload it.</summary>
    public string? KeyOf(CXCursor function) => _keys.GetValueOrDefault(LibClang.getCursorDefinition(function));

    private void AddFunction(CXCursor cursor)
    {
        string name = cursor.Spelling();
        string key = _functions.ContainsKey(name) ? $"{name}: {cursor.Type().Spelling()}" : name;
        _keys[cursor] = key;
        _functions[key] = new DefinedFunction(key, cursor, LibClang.Cursor_getStorageClass(cursor) == CX_StorageClass.CX_SC_Static, cursor.Extent());
    }
}
