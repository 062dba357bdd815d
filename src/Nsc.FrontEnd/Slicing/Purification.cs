// Real code talks about its errors, and leaves const away. Where that is all that keeps a function from being one of its
// inputs, it is taken away: what is left computes the same numbers.

using System.Text;
using System.Text.RegularExpressions;
using Nsc.FrontEnd.Checking;
using Nsc.FrontEnd.Parsing;
using Nsc.FrontEnd.Parsing.Interop;

namespace Nsc.FrontEnd.Slicing;

/// <summary>
/// Replaces calls that only report (printf to a terminal, abort after an assertion, functions of the package that take a message and give nothing) and
/// assignments to errno by 0, and makes initialised variables, of the file or static, const that no statement of it writes. A report may
/// have ended the program; the function then goes on, so that its values where it used to report are the unit's, not the package's.
/// </summary>
internal sealed partial class Purification
{
    private static readonly HashSet<string> s_reports =
    [
        "abort", "exit", "printf", "fprintf", "vfprintf", "puts", "fputs", "putchar", "fputc", "fflush", "perror", "warn", "warnx", "syslog",
    ];

    private readonly TextEdits _edits = new();
    private readonly HashSet<CXCursor> _written = [];

    private readonly SortedSet<string> _substitutes = new(StringComparer.Ordinal);

    // Declarations in functions of variables that keep their value.
    private readonly List<CXCursor> _statics = [];

    /// <summary>The text without these; the text itself when there is nothing to do.</summary>
    public static string Apply(List<Chunk> chunks, byte[] text)
    {
        var purification = new Purification();
        foreach (Chunk chunk in chunks.Where(c => c.IsFunctionBody))
        {
            purification.Walk(chunk.Declarations[0]);
        }

        foreach (Chunk chunk in chunks)
        {
            purification.AddConst(chunk.Start, chunk.Declarations.Where(IsVariable));
        }

        foreach (CXCursor declaration in purification._statics)
        {
            purification.AddConst(LibClang.getRangeStart(LibClang.getCursorExtent(declaration)).Offset(), declaration.Children().Where(IsVariable));
        }

        return PureSubstitutes.Define(purification._substitutes) + ErrnoAssignment().Replace(purification.Edit(text), "0");
    }

    private string Edit(byte[] text) =>
        string.Concat(_edits.Pieces(0, text.Length).Select(piece => piece.Text ?? Encoding.UTF8.GetString(text, piece.Start, piece.End - piece.Start)));

    private void Walk(CXCursor function)
    {
        var pending = new Stack<CXCursor>([function]);
        while (pending.TryPop(out CXCursor cursor))
        {
            if (cursor.Kind == CXCursorKind.CXCursor_CallExpr && VisitCall(cursor, LibClang.getCursorReferenced(cursor)))
            {
                continue;
            }

            List<CXCursor> children = cursor.Children();
            if (children.Exists(c => IsVariable(c) && LibClang.Cursor_getStorageClass(c) == CX_StorageClass.CX_SC_Static))
            {
                _statics.Add(cursor);
            }

            if (VariableWrites.IsWrite(cursor) && children.Count > 0)
            {
                CXCursor target = VariableWrites.Target(children[0]);
                _written.UnionWith([target, LibClang.getCursorDefinition(target)]);
            }

            children.ForEach(pending.Push);
        }
    }

    // True when nothing of the call is left.
    private bool VisitCall(CXCursor call, CXCursor callee)
    {
        CXSourceRange extent = LibClang.getCursorExtent(call);
        int start = LibClang.getRangeStart(extent).Offset();
        bool isReport = IsReport(callee);
        if (isReport)
        {
            _edits.Replace(start, LibClang.getRangeEnd(extent).Offset(), "0");
        }
        else if (LibClang.Location_isInSystemHeader(callee.Location()) != 0 && PureSubstitutes.NameFor(callee.Spelling()) is { } name)
        {
            _edits.Replace(start, start + callee.Spelling().Length, name);
            _substitutes.Add(callee.Spelling());
        }

        return isReport;
    }

    /// <summary>Whether a function only reports what happened.</summary>
    public static bool IsReport(CXCursor callee)
    {
        if (callee.Kind != CXCursorKind.CXCursor_FunctionDecl || s_reports.Contains(callee.Spelling()))
        {
            return callee.Kind == CXCursorKind.CXCursor_FunctionDecl;
        }

        bool givesNothing = LibClang.getResultType(callee.Type()).Canonical().Kind == CXTypeKind.CXType_Void;
        return givesNothing && LibClang.Location_isInSystemHeader(callee.Location()) == 0
            && callee.Parameters().Any(p => IsMessage(p.Type().Canonical()));
    }

    private static bool IsMessage(CXType type) => type.Kind == CXTypeKind.CXType_Pointer
        && LibClang.getPointeeType(type).Canonical() is { Kind: CXTypeKind.CXType_Char_S } pointee && pointee.HoldsConst();

    private static bool IsVariable(CXCursor cursor) => cursor.Kind == CXCursorKind.CXCursor_VarDecl;

    private void AddConst(int start, IEnumerable<CXCursor> variables)
    {
        CXCursor[] declared = [.. variables];
        if (declared.Length > 0 && declared.All(IsForgottenConstant))
        {
            _edits.Replace(start, start, "const ");
        }
    }

    private bool IsForgottenConstant(CXCursor variable) => !variable.Type().HoldsConst() && !_written.Contains(variable)
        && variable.Type().Canonical().ElementOfAll().Kind != CXTypeKind.CXType_Pointer
        && LibClang.Cursor_getVarDeclInitializer(variable).Kind >= CXCursorKind.CXCursor_UnexposedExpr;

    [GeneratedRegex(@"\(\*__errno_location \(\)\)\s*=\s*\(?\w+\)?")]
    private static partial Regex ErrnoAssignment();
}
