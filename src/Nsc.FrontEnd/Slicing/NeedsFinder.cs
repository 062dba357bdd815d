// What a function cannot do without: declarations of its file and of all headers.

using System.Text.RegularExpressions;
using Nsc.FrontEnd.Parsing;
using Nsc.FrontEnd.Parsing.Interop;
using Nsc.FrontEnd.Sources;

namespace Nsc.FrontEnd.Slicing;

/// <summary>What a function, or one chunk, needs.</summary>
/// <param name="Chunks">Declarations of the text, in its order.</param>
/// <param name="Calls">Functions that are declared here and defined in another file.</param>
/// <param name="Variables">Variables likewise.</param>
internal sealed record SliceNeeds(SortedSet<int> Chunks, SortedSet<string> Calls, SortedSet<string> Variables)
{
    public static SliceNeeds Nothing() => new([], new SortedSet<string>(StringComparer.Ordinal), new SortedSet<string>(StringComparer.Ordinal));
}

/// <summary>Finds what the functions of one file need. What a chunk names is looked up once, however many functions need it.</summary>
/// <param name="leavesEffectsOut">Whether functions are taken without what <see cref="Effects"/> takes out of them.</param>
internal sealed partial class NeedsFinder(List<Chunk> chunks, SourceText source, bool leavesEffectsOut)
{
    private readonly SliceNeeds?[] _direct = new SliceNeeds?[chunks.Count];
    private readonly string?[] _texts = new string?[chunks.Count];

    /// <summary>The chunk that a function is, or -1.</summary>
    public int IndexOf(CXCursor function) => Chunk.IndexOf(chunks, function.Location().Offset());

    /// <summary>What a function needs, directly or through others, itself among it.</summary>
    public SliceNeeds Of(CXCursor function)
    {
        var needs = SliceNeeds.Nothing();
        var pending = new Stack<int>([IndexOf(function)]);
        while (pending.TryPop(out int index))
        {
            if (index >= 0 && needs.Chunks.Add(index))
            {
                SliceNeeds direct = _direct[index] ??= DirectNeeds(chunks[index]);
                needs.Calls.UnionWith(direct.Calls);
                needs.Variables.UnionWith(direct.Variables);
                foreach (int chunk in direct.Chunks)
                {
                    pending.Push(chunk);
                }
            }
        }

        return needs;
    }

    /// <summary>A chunk's text without line markers, as a whole declaration.</summary>
    public string TextOf(int index)
    {
        Chunk chunk = chunks[index];
        return _texts[index] ??= LineMarker().Replace(source.Slice(chunk.Start, chunk.End), "") + (chunk.IsFunctionBody ? "" : ";");
    }

    private SliceNeeds DirectNeeds(Chunk chunk)
    {
        var needs = SliceNeeds.Nothing();
        IReadOnlySet<(int, int)> leftOut = leavesEffectsOut && chunk.IsFunctionBody ? Effects.LeftOutOf(chunk, source) : new HashSet<(int, int)>();
        var subtree = new Stack<CXCursor>(chunk.Declarations);
        while (subtree.TryPop(out CXCursor cursor))
        {
            if (leftOut.Count > 0 && leftOut.Contains(cursor.Extent()))
            {
                continue;
            }

            CXCursor referenced = LibClang.getCursorReferenced(cursor);
            Add(referenced, needs);
            Add(LibClang.getCursorDefinition(referenced), needs);
            cursor.Children().ForEach(subtree.Push);
        }

        return needs;
    }

    private void Add(CXCursor declaration, SliceNeeds needs)
    {
        if (declaration.Kind is >= CXCursorKind.CXCursor_FirstInvalid and <= CXCursorKind.CXCursor_LastInvalid)
        {
            return;
        }

        if (declaration.Kind == CXCursorKind.CXCursor_FunctionDecl
            && LibClang.Location_isInSystemHeader(declaration.Location()) == 0
            && LibClang.getCursorDefinition(declaration).Kind != CXCursorKind.CXCursor_FunctionDecl)
        {
            needs.Calls.Add(declaration.Spelling());
        }

        if (declaration.Kind == CXCursorKind.CXCursor_VarDecl && LibClang.Cursor_getStorageClass(declaration) == CX_StorageClass.CX_SC_Extern
            && LibClang.getCursorDefinition(declaration).Kind != CXCursorKind.CXCursor_VarDecl)
        {
            needs.Variables.Add(declaration.Spelling());
        }

        // A type's first declaration too: what is declared first within a prototype is another type.
        if (declaration.Kind is CXCursorKind.CXCursor_StructDecl or CXCursorKind.CXCursor_UnionDecl)
        {
            needs.Chunks.Add(IndexOf(LibClang.getCanonicalCursor(declaration)));
        }

        needs.Chunks.Add(IndexOf(declaration));
    }

    [GeneratedRegex("^#.*$", RegexOptions.Multiline)]
    private static partial Regex LineMarker();
}
