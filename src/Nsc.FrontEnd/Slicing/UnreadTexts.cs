// Texts that a function writes into buffers of its own and hands to reports at most: no number depends on them.

using Nsc.FrontEnd.Parsing;
using Nsc.FrontEnd.Parsing.Interop;

namespace Nsc.FrontEnd.Slicing;

internal static class UnreadTexts
{
    private static readonly HashSet<string> s_writers =
    [
        "sprintf", "snprintf", "strcpy", "strncpy", "strcat", "strncat", "strlcpy", "strlcat",
        .. from name in (string[])["sprintf", "snprintf", "strcpy", "strncpy", "strcat", "strncat"] select $"__builtin___{name}_chk",
    ];

    /// <summary>The local arrays of char that calls write a text to, and that nothing but such calls and reports name.</summary>
    public static IReadOnlySet<CXCursor> Of(CXCursor function)
    {
        HashSet<CXCursor> written = [], read = [];
        var pending = new Stack<(CXCursor Cursor, bool IsUnread)>([(function, false)]);
        while (pending.TryPop(out var next))
        {
            (CXCursor cursor, bool isUnread) = next;
            if (cursor.Kind == CXCursorKind.CXCursor_DeclRefExpr && !isUnread)
            {
                read.Add(LibClang.getCursorReferenced(cursor));
            }

            if (Target(cursor) is { } target)
            {
                written.Add(target);
            }

            bool isReport = cursor.Kind == CXCursorKind.CXCursor_CallExpr && LibClang.getCursorReferenced(cursor) is { Kind: CXCursorKind.CXCursor_FunctionDecl } callee
                && (s_writers.Contains(callee.Spelling()) || Reports.IsReport(callee) || Reports.IsUndeclared(callee, cursor));
            cursor.Children().ForEach(c => pending.Push((c, (isUnread && cursor.Kind != CXCursorKind.CXCursor_CallExpr) || isReport || cursor.Kind == CXCursorKind.CXCursor_UnaryExpr)));
        }

        written.ExceptWith(read);
        return written;
    }

    /// <summary>The local array that a call writes a text to; null for all else.</summary>
    public static CXCursor? Target(CXCursor call)
    {
        if (call.Kind != CXCursorKind.CXCursor_CallExpr || !s_writers.Contains(call.Spelling()) || call.Children() is not [_, var first, ..])
        {
            return null;
        }

        CXCursor variable = LibClang.getCursorReferenced(first.WithoutWrappers());
        return variable.Kind == CXCursorKind.CXCursor_VarDecl && LibClang.Cursor_hasVarDeclGlobalStorage(variable) == 0 && variable.Type().Canonical().Kind.IsArray() ? variable : null;
    }
}
