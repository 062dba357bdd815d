// A file as the declarations that it consists of, from which units are cut.

using Nsc.FrontEnd.Checking;
using Nsc.FrontEnd.Parsing;
using Nsc.FrontEnd.Parsing.Interop;
using Nsc.FrontEnd.Preprocessing;

namespace Nsc.FrontEnd.Slicing;

internal sealed class SourceParts
{
    private readonly SyntaxTree _tree;
    private readonly NeedsFinder _finder;
    private List<CXCursor>? _written;

    public SourceParts(ExpandedText text, SyntaxTree tree)
    {
        (Text, _tree) = (text, tree);
        Chunks = Chunk.OfAll(tree.Unit);
        _finder = new NeedsFinder(Chunks, text.Source, leavesEffectsOut: !text.IsUnit);
    }

    public ExpandedText Text { get; }

    public List<Chunk> Chunks { get; }

    /// <summary>What a function or a variable needs, itself among it.</summary>
    public SliceNeeds NeedsOf(CXCursor definition) => _finder.Of(definition);

    /// <summary>The text of one of the declarations.</summary>
    public string TextOf(int chunk) => _finder.TextOf(chunk);

    /// <summary>The definition of a function of a name, also of one that only this file may use; null when there is none.</summary>
    public CXCursor? Function(string name) => _tree.Index.Find(name)?.Cursor;

    /// <summary>A function or variable of a name that other files may use; null when this file defines none.</summary>
    public CXCursor? Exported(string name)
    {
        foreach (CXCursor declaration in _tree.Index.Declarations)
        {
            bool isDefinition = declaration.Kind switch
            {
                CXCursorKind.CXCursor_FunctionDecl => LibClang.isCursorDefinition(declaration) != 0,
                CXCursorKind.CXCursor_VarDecl => LibClang.Cursor_getStorageClass(declaration) != CX_StorageClass.CX_SC_Extern
                    || LibClang.Cursor_getVarDeclInitializer(declaration).Kind >= CXCursorKind.CXCursor_UnexposedExpr,
                _ => false,
            };
            if (isDefinition && LibClang.Cursor_getStorageClass(declaration) != CX_StorageClass.CX_SC_Static && declaration.Spelling() == name)
            {
                return declaration;
            }
        }

        return null;
    }

    /// <summary>The variables of the file that something in it writes.</summary>
    /// <param name="elsewhere">Finds the definition of a function that another file has.</param>
    public IReadOnlyList<CXCursor> WrittenVariables(Func<string, CXCursor?> elsewhere) => _written ??= FindWritten(elsewhere);

    /// <summary>Whether other files may name a variable.</summary>
    public static bool IsShared(CXCursor variable) => LibClang.Cursor_getStorageClass(variable) != CX_StorageClass.CX_SC_Static;

    private List<CXCursor> FindWritten(Func<string, CXCursor?> elsewhere)
    {
        VariableWrites writes = VariableWrites.Of(_tree.Index.Functions.Select(f => f.Cursor), elsewhere);
        return [.. _tree.Index.Declarations.Where(d => d.Kind == CXCursorKind.CXCursor_VarDecl && writes.Contains(d))];
    }
}
