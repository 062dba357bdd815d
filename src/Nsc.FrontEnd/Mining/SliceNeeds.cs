// What a function cannot do without: declarations of its file and headers of the system.

using System.Text.RegularExpressions;
using Nsc.FrontEnd.Clang;
using Nsc.FrontEnd.Clang.Interop;

namespace Nsc.FrontEnd.Mining;

/// <summary>The chunks and system headers that a function needs, directly or through others.</summary>
internal sealed partial class SliceNeeds
{
    private readonly List<Chunk> _all;

    private SliceNeeds(List<Chunk> all) => _all = all;

    public SortedSet<int> Chunks { get; } = [];

    public SortedSet<string> Headers { get; } = new(StringComparer.Ordinal);

    /// <summary>Functions that are declared here and defined in another file.</summary>
    public SortedSet<string> Calls { get; } = new(StringComparer.Ordinal);

    /// <summary>The chunk of the function itself.</summary>
    public int Own { get; private init; }

    public static SliceNeeds Of(CXCursor function, List<Chunk> chunks)
    {
        var needs = new SliceNeeds(chunks) { Own = Chunk.IndexOf(chunks, function.Location().Offset()) };
        var pending = new Stack<int>([needs.Own]);
        while (pending.TryPop(out int index))
        {
            if (index >= 0 && needs.Chunks.Add(index))
            {
                needs.Follow(chunks[index], pending);
            }
        }

        return needs;
    }

    public static string TextOf(Chunk chunk, byte[] text) =>
        LineMarker().Replace(System.Text.Encoding.UTF8.GetString(text, chunk.Start, chunk.End - chunk.Start), "") + (chunk.IsFunctionBody ? "" : ";");

    private void Follow(Chunk chunk, Stack<int> pending)
    {
        var subtree = new Stack<CXCursor>(chunk.Declarations);
        while (subtree.TryPop(out CXCursor cursor))
        {
            CXCursor referenced = LibClang.getCursorReferenced(cursor);
            Need(referenced, pending);
            Need(LibClang.getCursorDefinition(referenced), pending);
            cursor.Children().ForEach(subtree.Push);
        }
    }

    private void Need(CXCursor declaration, Stack<int> pending)
    {
        if (declaration.Kind is >= CXCursorKind.CXCursor_FirstInvalid and <= CXCursorKind.CXCursor_LastInvalid)
        {
            return;
        }

        if (LibClang.Location_isInSystemHeader(declaration.Location()) == 0)
        {
            if (declaration.Kind == CXCursorKind.CXCursor_FunctionDecl
                && LibClang.getCursorDefinition(declaration).Kind != CXCursorKind.CXCursor_FunctionDecl)
            {
                Calls.Add(declaration.Spelling());
            }

            pending.Push(Chunk.IndexOf(_all, declaration.Location().Offset()));
        }
        else if (declaration.Kind == CXCursorKind.CXCursor_FunctionDecl)
        {
            Headers.Add(HeaderOf(declaration.Spelling()));
        }
        else if (declaration.Kind == CXCursorKind.CXCursor_TypedefDecl)
        {
            Headers.UnionWith(["stddef.h", "stdint.h"]);
        }
    }

    private static string HeaderOf(string function) => function switch
    {
        "abs" or "labs" or "llabs" => "stdlib.h",
        "memcpy" or "memmove" or "memset" => "string.h",
        _ => "math.h",
    };

    [GeneratedRegex("^#.*$", RegexOptions.Multiline)]
    private static partial Regex LineMarker();
}
