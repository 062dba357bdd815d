// The functions that a unit defines, by name, and the faults of the unit as a whole: those that act without being called.

using Nsc.Core.Diagnostics;
using Nsc.FrontEnd.Clang.Interop;

namespace Nsc.FrontEnd.Clang;

/// <param name="Extent">The definition's byte range in the main file.</param>
internal sealed record DefinedFunction(string Name, CXCursor Cursor, bool IsStatic, bool IsInMainFile, (int Start, int End) Extent);

internal sealed class UnitIndex
{
    private readonly Dictionary<string, DefinedFunction> _functions = new(StringComparer.Ordinal);

    private UnitIndex(SourceText source) => Source = source;

    public SourceText Source { get; }

    /// <summary>The main file's functions, in source order.</summary>
    public IEnumerable<DefinedFunction> InMainFile => _functions.Values.Where(f => f.IsInMainFile).OrderBy(f => f.Extent.Start);

    public bool Defines(string key) => _functions.ContainsKey(key);

    public DefinedFunction? Find(string key) => _functions.GetValueOrDefault(key);

    /// <summary>Names a function that the unit defines, null for another: by its name, in system headers by its type too,
    /// because clang's own headers overload functions.</summary>
    public static string? KeyOf(CXCursor function)
    {
        CXCursor definition = LibClang.getCursorDefinition(function);
        return definition.Kind == CXCursorKind.CXCursor_FunctionDecl ? KeyOfDefinition(definition) : null;
    }

    private static string KeyOfDefinition(CXCursor definition) => LibClang.Location_isInSystemHeader(definition.Location()) == 0
        ? definition.Spelling()
        : $"{definition.Spelling()}: {definition.Type().Spelling()}";

    public static UnitIndex Build(TranslationUnit unit, DiagnosticBag diagnostics)
    {
        var index = new UnitIndex(unit.Source);
        foreach (CXCursor cursor in unit.Root.Children())
        {
            index.Add(cursor, unit, diagnostics);
        }

        return index;
    }

    private void Add(CXCursor cursor, TranslationUnit unit, DiagnosticBag diagnostics)
    {
        if (cursor.Kind is not (CXCursorKind.CXCursor_FunctionDecl or CXCursorKind.CXCursor_VarDecl or CXCursorKind.CXCursor_UnexposedDecl))
        {
            return;
        }

        if (cursor.Kind == CXCursorKind.CXCursor_FunctionDecl && LibClang.isCursorDefinition(cursor) != 0)
        {
            AddFunction(cursor);
        }

        CXSourceLocation location = cursor.Location();
        if (LibClang.Location_isInSystemHeader(location) != 0)
        {
            return;
        }

        if (cursor.Kind == CXCursorKind.CXCursor_UnexposedDecl)
        {
            CheckUnexposed(cursor, unit, diagnostics);
            return;
        }

        Attributes.Check(cursor, cursor.Children(), Source, diagnostics);
        string name = cursor.Spelling();
        if (name is "_init" or "_fini" || name.StartsWith("nsc_", StringComparison.Ordinal))
        {
            diagnostics.ReportReservedName(Place.Of(location, Source), name);
        }
    }

    private void AddFunction(CXCursor cursor)
    {
        string key = KeyOfDefinition(cursor);
        _functions[key] = new DefinedFunction(
            key,
            cursor,
            LibClang.Cursor_getStorageClass(cursor) == CX_StorageClass.CX_SC_Static,
            LibClang.Location_isFromMainFile(cursor.Location()) != 0,
            cursor.Extent());
    }

    /// <summary>Of the declarations that libclang has no name for, C has two: assembly and the lone semicolon.</summary>
    private void CheckUnexposed(CXCursor cursor, TranslationUnit unit, DiagnosticBag diagnostics)
    {
        List<SourceToken> tokens = Tokenizer.TokensOf(unit, LibClang.getCursorExtent(cursor));
        if (tokens is not [{ Spelling: ";" }, ..])
        {
            diagnostics.ReportFileScopeAssembly(Place.Of(cursor.Location(), Source));
        }
    }
}
