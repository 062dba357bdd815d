// Which functions only tell somebody what happened: what a function computes does not depend on them.

using System.Text.RegularExpressions;
using Nsc.FrontEnd.Checking;
using Nsc.FrontEnd.Parsing;
using Nsc.FrontEnd.Parsing.Interop;
using Nsc.FrontEnd.Sources;

namespace Nsc.FrontEnd.Slicing;

internal static partial class Reports
{
    private static readonly HashSet<string> s_names =
    [
        "abort", "exit", "printf", "fprintf", "vfprintf", "puts", "fputs", "putchar", "fputc", "fflush", "perror", "warn", "warnx", "syslog",
    ];

    private static readonly HashSet<string> s_ends = ["abort", "exit", "_exit", "_Exit", "quick_exit", "__assert_fail", "__assert"];

    // Of one thread, locks and time change nothing that it computes.
    private static readonly HashSet<string> s_locks =
    [
        "pthread_mutex_lock", "pthread_mutex_unlock", "pthread_spin_lock", "pthread_spin_unlock", "pthread_rwlock_rdlock", "pthread_rwlock_wrlock", "pthread_rwlock_unlock",
        "mtx_lock", "mtx_unlock", "__disable_irq", "__enable_irq", "noInterrupts", "interrupts", "__sync_synchronize", "__builtin_ia32_emms", "__builtin_ia32_mfence", "__builtin_ia32_lfence", "__builtin_ia32_sfence", "__builtin_ia32_pause", "taskENTER_CRITICAL", "taskEXIT_CRITICAL", "portENTER_CRITICAL", "portEXIT_CRITICAL",
    ];

    private static readonly HashSet<string> s_delays =
        ["sleep", "usleep", "delay", "delayMicroseconds", "_delay_ms", "_delay_us", "HAL_Delay", "vTaskDelay", "osDelay", "k_sleep", "k_msleep", "msleep", "udelay", "mdelay"];

    /// <summary>Whether a call, whose result nobody takes, locks or waits, by a function that the file does not define.</summary>
    public static bool IsWait(CXCursor callee, CXCursor call) =>
        LibClang.getCursorDefinition(callee).Kind != CXCursorKind.CXCursor_FunctionDecl
        && (s_locks.Contains(callee.Spelling()) || LockName().IsMatch(callee.Spelling())
            || (s_delays.Contains(callee.Spelling()) && call.Children().Skip(1).All(a => a.Type().Canonical().Kind is >= CXTypeKind.CXType_Bool and <= CXTypeKind.CXType_LongDouble)));

    /// <summary>Whether a function never comes back: those of the C library, and those of a project that say so, end with one of these, or have a telling name and no body here.</summary>
    public static bool EndsProcess(CXCursor callee, SourceText source)
    {
        if (s_ends.Contains(callee.Spelling()) || LibClang.Location_isInSystemHeader(callee.Location()) != 0)
        {
            return s_ends.Contains(callee.Spelling());
        }

        CXCursor definition = LibClang.getCursorDefinition(callee);
        return definition.Kind == CXCursorKind.CXCursor_FunctionDecl ? EndsProcess(definition)
            : EndName().IsMatch(callee.Spelling()) || source.Slice(callee.Extent().Start, callee.Extent().End).Contains("noreturn", StringComparison.OrdinalIgnoreCase);
    }

    // Whether the body leads nowhere else.
    private static bool EndsProcess(CXCursor definition) => definition.Children() is [.., { Kind: CXCursorKind.CXCursor_CompoundStmt } body]
        && body.Children() is [.., { Kind: CXCursorKind.CXCursor_CallExpr } last] && s_ends.Contains(LibClang.getCursorReferenced(last).Spelling()) && !Returns(body);

    private static bool Returns(CXCursor statement) => statement.Kind == CXCursorKind.CXCursor_ReturnStmt || statement.Children().Exists(Returns);

    /// <summary>Whether a function only reports: those of the C library, and those of a project that take a message and give nothing, or format it.</summary>
    public static bool IsReport(CXCursor callee)
    {
        if (callee.Kind != CXCursorKind.CXCursor_FunctionDecl || s_names.Contains(callee.Spelling()))
        {
            return callee.Kind == CXCursorKind.CXCursor_FunctionDecl;
        }

        bool givesNothing = LibClang.getResultType(callee.Type()).Canonical().Kind == CXTypeKind.CXType_Void;
        CXType[] texts = [.. callee.Parameters().Select(p => p.Type().Canonical()).Where(t => t.Kind == CXTypeKind.CXType_Pointer)
            .Select(t => LibClang.getPointeeType(t).Canonical()).Where(t => t.Kind == CXTypeKind.CXType_Char_S)];
        return LibClang.Location_isInSystemHeader(callee.Location()) == 0
            && (SetsError(callee) || (givesNothing ? texts.Any(t => t.HoldsConst()) : LibClang.Cursor_isVariadic(callee) != 0 && texts.Length > 0 && texts.All(t => t.HoldsConst())));
    }

    // By its name, and by parameters that it cannot write through.
    private static bool SetsError(CXCursor callee) => ErrorSetterName().IsMatch(callee.Spelling()) && LibClang.getCursorDefinition(callee).Kind != CXCursorKind.CXCursor_FunctionDecl
        && callee.Parameters().Select(p => p.Type().Canonical()).All(t => t.Kind is CXTypeKind.CXType_Enum or (>= CXTypeKind.CXType_Bool and <= CXTypeKind.CXType_LongDouble)
            || (t.Kind == CXTypeKind.CXType_Pointer && LibClang.getPointeeType(t).HoldsConst()));

    /// <summary>
    /// Whether a call is of a function that nothing declares, with a text among its arguments or nothing but numbers that it cannot change: most likely a
    /// report, or a device's registers, of a header that is missing.
    /// </summary>
    public static bool IsUndeclared(CXCursor callee, CXCursor call) => callee.Type().Canonical().Kind == CXTypeKind.CXType_FunctionNoProto
        && LibClang.getCursorDefinition(callee).Kind != CXCursorKind.CXCursor_FunctionDecl
        && (call.Children().Skip(1).Any(a => a.WithoutWrappers().Kind == CXCursorKind.CXCursor_StringLiteral)
            || call.Children().Skip(1).All(a => IsNumber(a) && (!MayChange(a.WithoutWrappers()) || OutputName().IsMatch(callee.Spelling()))));

    private static bool IsNumber(CXCursor argument) => argument.Type().Canonical().Kind is CXTypeKind.CXType_Enum or (>= CXTypeKind.CXType_Bool and <= CXTypeKind.CXType_LongDouble);

    // A macro may write to a variable that it is handed. What is declared in no file of the project is a constant of a header that is missing.
    private static bool MayChange(CXCursor argument) => argument.Kind switch
    {
        CXCursorKind.CXCursor_DeclRefExpr => LibClang.getCursorReferenced(argument) is { Kind: CXCursorKind.CXCursor_VarDecl or CXCursorKind.CXCursor_ParmDecl } variable
            && LibClang.Location_isInSystemHeader(variable.Location()) == 0,
        CXCursorKind.CXCursor_MemberRefExpr or CXCursorKind.CXCursor_ArraySubscriptExpr or CXCursorKind.CXCursor_UnaryOperator => true,
        _ => false,
    };

    [GeneratedRegex(@"(?i)^(?:\w*_)?(?:die|fatal|panic|nrerror|xerbla)_?$|^fatal_?error$|^(?:Rf_error|mexErrMsg\w*)$")]
    private static partial Regex EndName();

    [GeneratedRegex("(?i)(?:write|send|toggle|notify|emit|publish|post|raise|signal|trace|debug|print|log)")]
    private static partial Regex OutputName();

    [GeneratedRegex("(?i)(?:^|_)(?:set_?(?:last_?)?(?:errno|error)|(?:errno|error)_?set)(?:_|$)")]
    private static partial Regex ErrorSetterName();

    [GeneratedRegex("(?i)(?:mutex|spin|sem|semaphore|critical(?:_?section)?)_?(?:un)?(?:lock|take|give|acquire|release|enter|exit|leave)(?:_(?:ir[qr]|irqsave|irqrestore|bh))?$|^(?:Enter|Leave)CriticalSection$")]
    private static partial Regex LockName();
}
