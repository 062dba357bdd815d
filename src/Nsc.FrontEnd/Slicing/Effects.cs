// What a unit leaves out of its functions: reports to people, and ways to end the process. A path that would end it traps instead, so that its
// samples are reported, not learned. Memory that a function allocates for itself comes from its stack.

using System.Text.RegularExpressions;
using Nsc.Core.Diagnostics;
using Nsc.FrontEnd.Checking;
using Nsc.FrontEnd.Parsing;
using Nsc.FrontEnd.Parsing.Interop;
using Nsc.FrontEnd.Slicing.Library;
using Nsc.FrontEnd.Sources;

namespace Nsc.FrontEnd.Slicing;

internal sealed partial class Effects(TextEdits edits, SourceText source, DiagnosticBag notes)
{
    private const string Trap = "__builtin_trap()", Nothing = "((void)0)";

    private readonly HashSet<string> _named = new(StringComparer.Ordinal);
    private readonly HashSet<(int Start, int End)> _leftOut = [];
    private IReadOnlySet<CXCursor> _texts = new HashSet<CXCursor>();

    /// <summary>Whether a function's text has anything that could be taken out or moved: most have not, and walks cost time.</summary>
    public static bool MayBeIn(string function) => Suspicious().IsMatch(function) || Kept().IsMatch(function, Math.Max(0, function.IndexOf('{', StringComparison.Ordinal)));

    /// <summary>The stretches of a function of which nothing is left, so that it needs nothing that they name.</summary>
    public static IReadOnlySet<(int Start, int End)> LeftOutOf(Chunk function, SourceText source)
    {
        var effects = new Effects(new TextEdits(), source, []);
        if (MayBeIn(source.Slice(function.Start, function.End)))
        {
            effects.TakeOutOf(function.Declarations[0]);
        }

        return effects._leftOut;
    }

    /// <summary>Takes the effects of a function's body out.</summary>
    public void TakeOutOf(CXCursor function)
    {
        _texts = UnreadTexts.Of(function);
        bool mayReturnMemory = LibClang.getResultType(function.Type()).Canonical().Kind == CXTypeKind.CXType_Pointer;
        var pending = new Stack<(CXCursor Cursor, bool IsStatement)>([(function, false)]);
        while (pending.TryPop(out var next))
        {
            (CXCursor cursor, bool isStatement) = next;
            if (TakeOut(cursor, isStatement) || (!mayReturnMemory && KeepMemory(cursor)) || LendMemory(cursor))
            {
                continue;
            }

            NarrowPun(cursor);
            List<CXCursor> children = cursor.Children();
            for (int i = 0; i < children.Count; i++)
            {
                pending.Push((children[i], HoldsStatement(cursor, i, children.Count, isStatement)));
            }
        }
    }

    // Whether nothing asks for the value of a child.
    private static bool HoldsStatement(CXCursor parent, int child, int count, bool isStatement) => parent.Kind switch
    {
        CXCursorKind.CXCursor_CompoundStmt or CXCursorKind.CXCursor_LabelStmt or CXCursorKind.CXCursor_DefaultStmt => true,
        CXCursorKind.CXCursor_IfStmt or CXCursorKind.CXCursor_CaseStmt or CXCursorKind.CXCursor_WhileStmt or CXCursorKind.CXCursor_SwitchStmt => child > 0,
        CXCursorKind.CXCursor_ForStmt => child == count - 1,
        CXCursorKind.CXCursor_DoStmt => child == 0,
        CXCursorKind.CXCursor_ParenExpr or CXCursorKind.CXCursor_UnexposedExpr => isStatement,
        CXCursorKind.CXCursor_CStyleCastExpr => parent.Type().Canonical().Kind == CXTypeKind.CXType_Void,
        CXCursorKind.CXCursor_ConditionalOperator => child > 0 && isStatement,
        CXCursorKind.CXCursor_BinaryOperator => LibClang.getCursorBinaryOperatorKind(parent) == CXBinaryOperatorKind.CXBinaryOperator_Comma && (child == 0 || isStatement),
        _ => false,
    };

    // True when nothing of it is left.
    private bool TakeOut(CXCursor cursor, bool isStatement)
    {
        (string Name, string Text)? effect = cursor.Kind switch
        {
            CXCursorKind.CXCursor_CallExpr when LibClang.getCursorReferenced(cursor) is { Kind: CXCursorKind.CXCursor_FunctionDecl } callee =>
                Reports.EndsProcess(callee, source) ? (callee.Spelling(), Trap)
                : isStatement && (callee.Spelling() == "free" || Reports.IsReport(callee) || Reports.IsUndeclared(callee, cursor) || Reports.IsWait(callee, cursor)
                    || (UnreadTexts.Target(cursor) is { } buffer && _texts.Contains(buffer))) ? (callee.Spelling(), Nothing)
                : null,
            CXCursorKind.CXCursor_BinaryOperator when isStatement && IsErrnoAssignment(cursor) => ("errno", Nothing),
            CXCursorKind.CXCursor_GCCAsmStmt when Barrier().IsMatch(source.Slice(cursor.Extent().Start, cursor.Extent().End)) => ("asm", Nothing),
            _ => null,
        };
        if (effect is not var (name, text))
        {
            return false;
        }

        (int start, int end) = cursor.Extent();
        string left = text == Nothing && cursor.Kind == CXCursorKind.CXCursor_CallExpr ? WhatArgumentsDo(cursor) : text;
        edits.Replace(start, end, left);
        if (left == text)
        {
            _leftOut.Add((start, end));
        }

        if (_named.Add(name))
        {
            notes.ReportEffectLeftOut(source.PlaceAt(start), name, text == Trap);
        }

        return true;
    }

    // An argument may count, or call what does.
    private string WhatArgumentsDo(CXCursor call)
    {
        string[] done = [.. call.Children().Skip(1).Where(DoesSomething).Select(a => $"(void)({source.Slice(a.Extent().Start, a.Extent().End)})")];
        return done.Length == 0 ? Nothing : $"({string.Join(", ", done)})";
    }

    private static bool DoesSomething(CXCursor argument)
    {
        var pending = new Stack<CXCursor>([argument]);
        while (pending.TryPop(out CXCursor cursor))
        {
            if (VariableWrites.IsWrite(cursor) || (cursor.Kind == CXCursorKind.CXCursor_CallExpr && !GivesText(cursor)
                && LibClang.getCursorDefinition(LibClang.getCursorReferenced(cursor)).Kind == CXCursorKind.CXCursor_FunctionDecl))
            {
                return true;
            }

            cursor.Children().ForEach(pending.Push);
        }

        return false;
    }

    // What formats a text for a report.
    private static bool GivesText(CXCursor call) =>
        call.Type().Canonical() is { Kind: CXTypeKind.CXType_Pointer } type && LibClang.getPointeeType(type).Canonical().Kind is CXTypeKind.CXType_Char_S or CXTypeKind.CXType_Char_U;

    // `*(long *)&x` of 32 bits was written for machines whose long has as many: it is read as an int there, and here.
    private void NarrowPun(CXCursor cursor)
    {
        if (cursor.Kind != CXCursorKind.CXCursor_UnaryOperator || LibClang.getCursorUnaryOperatorKind(cursor) != CXUnaryOperatorKind.CXUnaryOperator_Deref
            || cursor.Children() is not [var operand] || operand.WithoutWrappers() is not { Kind: CXCursorKind.CXCursor_CStyleCastExpr } cast || cast.Children() is not [.., var pointer]
            || LibClang.getPointeeType(cast.Type()).Canonical() is not { Kind: CXTypeKind.CXType_Long or CXTypeKind.CXType_ULong } wide
            || !VariableWrites.TakesAddress(pointer.WithoutWrappers())
            || LibClang.Type_getSizeOf(pointer.WithoutWrappers().Children()[0].Type().Canonical()) != sizeof(int))
        {
            return;
        }

        string narrow = wide.Kind == CXTypeKind.CXType_Long ? "int" : "unsigned int";
        edits.Replace(cast.Extent().Start, pointer.Extent().Start, $"({narrow} *)");
        if (_named.Add("long *"))
        {
            notes.ReportNarrowPun(source.PlaceAt(cast.Extent().Start), narrow);
        }
    }

    // What is allocated for a local variable of a function that returns no pointer ends with its call, at the latest.
    private bool KeepMemory(CXCursor cursor)
    {
        CXCursor? memory = cursor.Kind switch
        {
            CXCursorKind.CXCursor_VarDecl when LibClang.Cursor_hasVarDeclGlobalStorage(cursor) == 0 => LibClang.Cursor_getVarDeclInitializer(cursor),
            CXCursorKind.CXCursor_BinaryOperator when LibClang.getCursorBinaryOperatorKind(cursor) == CXBinaryOperatorKind.CXBinaryOperator_Assign
                && cursor.Children() is [var left, var right] && LibClang.getCursorReferenced(left.WithoutWrappers()) is { Kind: CXCursorKind.CXCursor_VarDecl } variable
                && left.WithoutWrappers().Kind == CXCursorKind.CXCursor_DeclRefExpr && LibClang.Cursor_hasVarDeclGlobalStorage(variable) == 0 => right,
            _ => null,
        };
        if (memory is not { } value || Allocation(value) is not { } call)
        {
            return false;
        }

        ReplaceAllocation(call, "__builtin_alloca");
        return true;
    }

    // What a helper allocates for its caller comes from memory of the unit's, which each call of the program has anew.
    private bool LendMemory(CXCursor cursor)
    {
        bool isAllocation = cursor.Kind == CXCursorKind.CXCursor_CallExpr && Allocation(cursor) is not null;
        if (isAllocation)
        {
            ReplaceAllocation(cursor, UnitMemory.Allocator);
        }

        return isAllocation;
    }

    private void ReplaceAllocation(CXCursor call, string allocator)
    {
        string name = LibClang.getCursorReferenced(call).Spelling();
        string size = string.Join(" * ", call.Children().Skip(1).Select(a => $"({source.Slice(a.Extent().Start, a.Extent().End)})"));
        (int start, int end) = call.Extent();
        edits.Replace(start, end, name == "malloc" ? $"{allocator}({size})" : $"__builtin_memset({allocator}({size}), 0, {size})");
        if (_named.Add(name))
        {
            notes.ReportLocalMemory(source.PlaceAt(start), name, isLent: allocator == UnitMemory.Allocator);
        }
    }

    private static CXCursor? Allocation(CXCursor value)
    {
        value = value.WithoutWrappers();
        while (value.Kind == CXCursorKind.CXCursor_CStyleCastExpr && value.Children() is [.., var inside])
        {
            value = inside.WithoutWrappers();
        }

        return value.Kind == CXCursorKind.CXCursor_CallExpr && LibClang.getCursorReferenced(value).Spelling() is ("malloc" or "calloc") ? value : null;
    }

    [GeneratedRegex(@"""|\blong\b[\w\s]*\*\s*\)|\basm\b|__asm|\b(?:\w*(?:exit|Exit|assert|assert_fail|errno_location|die|fatal|panic)|abort|free|[mc]alloc|f?puts|f?putc(?:har)?|putchar|fflush|perror|v?(?:f|sn?)?printf|strn?(?:cpy|cat)|syslog|warnx?)\b|[;{})]\s*\w+\s*\([^;{}=]*\)\s*;|__sync_synchronize|__builtin_ia32|(?i:lock|critical|delay|sleep|irq|interrupts)")]
    private static partial Regex Suspicious();

    // Assembly that computes nothing: it orders accesses to memory, waits, or lets interrupts through.
    [GeneratedRegex(@"^\w+\s*(?:\w+\s*)*\(\s*""(?:\s*(?:nop|[di][sm]b|dmb|(?:[dm]s?[bf]|isb|dmb)\s+\w+|[ml]fence|sfence|pause|yield|cli|sei|wfi|cpsi[de]\s+i)?[\s;]*|\\[nt])*""\s*(?::[\s:]*(?:""[^""]*""[\s,]*)*)?\)$")]
    private static partial Regex Barrier();

    [GeneratedRegex(@"\bstatic\b")]
    private static partial Regex Kept();

    private static bool IsErrnoAssignment(CXCursor cursor)
    {
        if (LibClang.getCursorBinaryOperatorKind(cursor) != CXBinaryOperatorKind.CXBinaryOperator_Assign || cursor.Children() is not [var left, var right])
        {
            return false;
        }

        CXCursor target = left.WithoutWrappers();
        return target.Kind == CXCursorKind.CXCursor_UnaryOperator && target.Children() is [var call]
            && LibClang.getCursorReferenced(call.WithoutWrappers()).Spelling() == "__errno_location" && !DoesSomething(right);
    }
}
