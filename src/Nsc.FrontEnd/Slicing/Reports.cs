// Which functions only tell somebody what happened: what a function computes does not depend on them.

using Nsc.FrontEnd.Checking;
using Nsc.FrontEnd.Parsing;
using Nsc.FrontEnd.Parsing.Interop;

namespace Nsc.FrontEnd.Slicing;

internal static class Reports
{
    private static readonly HashSet<string> s_names =
    [
        "abort", "exit", "printf", "fprintf", "vfprintf", "puts", "fputs", "putchar", "fputc", "fflush", "perror", "warn", "warnx", "syslog",
    ];

    /// <summary>Whether a function only reports: those of the C library, and those of a project that take a message and give nothing.</summary>
    public static bool IsReport(CXCursor callee)
    {
        if (callee.Kind != CXCursorKind.CXCursor_FunctionDecl || s_names.Contains(callee.Spelling()))
        {
            return callee.Kind == CXCursorKind.CXCursor_FunctionDecl;
        }

        bool givesNothing = LibClang.getResultType(callee.Type()).Canonical().Kind == CXTypeKind.CXType_Void;
        return givesNothing && LibClang.Location_isInSystemHeader(callee.Location()) == 0
            && callee.Parameters().Any(p => IsMessage(p.Type().Canonical()));
    }

    private static bool IsMessage(CXType type) => type.Kind == CXTypeKind.CXType_Pointer
        && LibClang.getPointeeType(type).Canonical() is { Kind: CXTypeKind.CXType_Char_S } pointee && pointee.HoldsConst();
}
