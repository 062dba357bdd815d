// The declarations of a parsed file as stretches of its text.

using Nsc.FrontEnd.Parsing;
using Nsc.FrontEnd.Parsing.Interop;

namespace Nsc.FrontEnd.Slicing;

/// <summary>Declarations that share text, such as a structure and the typedef around it, or the variables of one declaration.</summary>
internal sealed record Chunk(int Start, int End, List<CXCursor> Declarations)
{
    /// <summary>The declarations of a text, those of system headers among them, in order.</summary>
    public static List<Chunk> OfAll(TranslationUnit unit)
    {
        ReadOnlyMemory<byte> text = unit.Source.Utf8;
        var chunks = new List<Chunk>();
        foreach ((CXCursor cursor, int start, int end) in unit.Root.Children().Select(c => Extent(c, text.Span)).OrderBy(c => c.Start))
        {
            if (chunks.Count > 0 && start < chunks[^1].End)
            {
                chunks[^1].Declarations.Add(cursor);
                chunks[^1] = chunks[^1] with { End = Math.Max(end, chunks[^1].End) };
            }
            else
            {
                chunks.Add(new Chunk(start, end, [cursor]));
            }
        }

        return chunks;
    }

    // Up to the semicolon: libclang leaves out attributes at the end, and lets a declaration's second variable begin at its own name.
    private static (CXCursor Cursor, int Start, int End) Extent(CXCursor declaration, ReadOnlySpan<byte> text)
    {
        var (start, end) = declaration.Extent();
        bool isWhole = IsFunctionDefinition(declaration) || end <= start || text[end - 1] == ';';
        return (declaration, start, isWhole ? end : EndOfDeclaration(text, end));
    }

    private static int EndOfDeclaration(ReadOnlySpan<byte> text, int from)
    {
        int depth = 0;
        for (int i = from; i < text.Length; i++)
        {
            switch ((char)text[i])
            {
                case '(' or '[' or '{':
                    depth++;
                    break;
                case ')' or ']' or '}':
                    depth--;
                    break;
                case '"' or '\'':
                    i = ParseGuard.EndOfOpaque(text, i);
                    break;
                case ';' when depth == 0:
                    return i;
            }
        }

        return from;
    }

    public static bool IsFunctionDefinition(CXCursor cursor) =>
        cursor.Kind == CXCursorKind.CXCursor_FunctionDecl && LibClang.isCursorDefinition(cursor) != 0;

    public bool IsFunctionBody => Declarations.Count == 1 && IsFunctionDefinition(Declarations[0]);

    /// <summary>The index of the chunk around an offset, or -1.</summary>
    public static int IndexOf(List<Chunk> chunks, int offset)
    {
        (int low, int high) = (0, chunks.Count - 1);
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            (low, high) = chunks[middle].Start <= offset ? (middle, high) : (low, middle - 1);
        }

        return chunks.Count > 0 && chunks[low].Start <= offset && offset < chunks[low].End ? low : -1;
    }
}
