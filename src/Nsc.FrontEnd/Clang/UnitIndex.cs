// The functions that a text defines, by name, and the faults of a unit as a whole: those that act without being called.

using Nsc.Core.Diagnostics;
using Nsc.FrontEnd.Clang.Interop;

namespace Nsc.FrontEnd.Clang;

/// <param name="Extent">The definition's byte range.</param>
internal sealed record DefinedFunction(string Name, CXCursor Cursor, bool IsStatic, (int Start, int End) Extent);

internal sealed class UnitIndex
{
    private readonly Dictionary<string, DefinedFunction> _functions = new(StringComparer.Ordinal);
    private readonly Dictionary<CXCursor, string> _keys = [];
    private readonly List<CXCursor> _declarations;
    private readonly TranslationUnit _unit;

    public UnitIndex(TranslationUnit unit)
    {
        _unit = unit;
        _declarations = unit.Root.Children();
        foreach (CXCursor cursor in _declarations)
        {
            if (cursor.Kind == CXCursorKind.CXCursor_FunctionDecl && LibClang.isCursorDefinition(cursor) != 0)
            {
                AddFunction(cursor);
            }
        }
    }

    public SourceText Source => _unit.Source;

    /// <summary>In source order.</summary>
    public IEnumerable<DefinedFunction> Functions => _functions.Values.OrderBy(f => f.Extent.Start);

    public bool Defines(string key) => _functions.ContainsKey(key);

    public DefinedFunction? Find(string key) => _functions.GetValueOrDefault(key);

    /// <summary>Names a function that the text defines, null for another: by its name, and by its type too where clang's own headers overload it.</summary>
    public string? KeyOf(CXCursor function) => _keys.GetValueOrDefault(LibClang.getCursorDefinition(function));

    /// <summary>Reports declarations that act by themselves. Every declaration of a unit is there because a program needs it.</summary>
    public void CheckDeclarations(DiagnosticBag diagnostics)
    {
        foreach (CXCursor cursor in _declarations)
        {
            switch (cursor.Kind)
            {
                case CXCursorKind.CXCursor_UnexposedDecl:
                    CheckUnexposed(cursor, diagnostics);
                    break;
                case CXCursorKind.CXCursor_FunctionDecl or CXCursorKind.CXCursor_VarDecl:
                    CheckDeclaration(cursor, diagnostics);
                    break;
            }
        }
    }

    private void AddFunction(CXCursor cursor)
    {
        string name = cursor.Spelling();
        string key = _functions.ContainsKey(name) ? $"{name}: {cursor.Type().Spelling()}" : name;
        _keys[cursor] = key;
        _functions[key] = new DefinedFunction(key, cursor, LibClang.Cursor_getStorageClass(cursor) == CX_StorageClass.CX_SC_Static, cursor.Extent());
    }

    private void CheckDeclaration(CXCursor cursor, DiagnosticBag diagnostics)
    {
        Attributes.Check(cursor, cursor.Children(), Source, diagnostics);
        string name = cursor.Spelling();
        if (name is "_init" or "_fini" || name.StartsWith("nsc_", StringComparison.Ordinal))
        {
            diagnostics.ReportReservedName(Place.Of(cursor.Location(), Source), name);
        }
        else if (LibraryFunctions.IsPure(name) && Find(name) is { IsStatic: false })
        {
            diagnostics.ReportLibraryName(Place.Of(cursor.Location(), Source), name);
        }
    }

    /// <summary>Of the declarations that libclang has no name for, C has two: assembly and the lone semicolon.</summary>
    private void CheckUnexposed(CXCursor cursor, DiagnosticBag diagnostics)
    {
        IEnumerable<SourceToken> tokens = Tokenizer.TokensOf(_unit, LibClang.getCursorExtent(cursor), _ => true);
        if (tokens.FirstOrDefault() is not { Spelling: ";" })
        {
            diagnostics.ReportFileScopeAssembly(Place.Of(cursor.Location(), Source));
        }
    }
}
