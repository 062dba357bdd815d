// The support check of one function's body: walks its syntax tree once and collects every reason at once.

using Nsc.Core.Diagnostics;
using Nsc.FrontEnd.Parsing;
using Nsc.FrontEnd.Parsing.Interop;
using Nsc.FrontEnd.Sources;

namespace Nsc.FrontEnd.Checking;

internal sealed class BodyWalker
{
    /// <summary>One function needs no more messages than this to be rewritten.</summary>
    private const int MostFindings = 100;

    private readonly FunctionIndex _unit;
    private readonly TypeCheck _types;
    private readonly DiagnosticBag _findings = [];
    private readonly List<Call> _calls = [];
    private readonly List<PointerStep> _steps = [];
    private readonly HashSet<CXCursor> _named = [], _called = [], _tested = [], _assigned = [], _reached = [];
    private readonly HashSet<string> _callees = [];
    private readonly HashSet<string> _globals = [];
    private readonly List<CXCursor> _variables = [];
    private readonly UntypedPointers _untyped = new();
    private readonly Stack<(CXCursor Cursor, bool InGeneric)> _pending = new();
    private bool _inGeneric;

    private readonly bool _asksDataflow;
    private bool _callsPointers;

    private BodyWalker(FunctionIndex unit, TypeCheck types, bool asksDataflow) => (_unit, _types, _asksDataflow) = (unit, types, asksDataflow);

    /// <param name="asksDataflow">Whether the dataflow tells what comes of state, function pointers, unions and casts, rather than their being a reason to refuse the function.</param>
    public static FunctionFacts Walk(DefinedFunction function, FunctionIndex unit, TypeCheck types, bool asksDataflow) =>
        new BodyWalker(unit, types, asksDataflow).Walk(function.Cursor, function.Name);

    private FunctionFacts Walk(CXCursor function, string name)
    {
        if (LibClang.Cursor_isVariadic(function) != 0)
        {
            _findings.ReportVariadic(PlaceOf(function), name);
        }

        CheckType(LibClang.getResultType(function.Type()), function, "return");
        Push(function.Children());
        while (_pending.TryPop(out var next) && _findings.Count < MostFindings)
        {
            _inGeneric = next.InGeneric;
            Visit(next.Cursor);
        }

        return new FunctionFacts(name, _calls, _steps, [.. _findings.OrderBy(f => f.Location.Line).ThenBy(f => f.Location.Column)], _named, _variables, _callsPointers, _called, _tested, _assigned, _reached, _untyped.Meant, _untyped.Passed, _untyped.HandedOn, _untyped.Around);
    }

    private void Visit(CXCursor cursor)
    {
        switch (cursor.Kind)
        {
            case CXCursorKind.CXCursor_CStyleCastExpr when IsUnusedMark(cursor):
                return;
            case CXCursorKind.CXCursor_UnaryExpr:
                return; // sizeof and _Alignof do not evaluate their operand.
            case CXCursorKind.CXCursor_CallExpr:
                VisitCall(cursor);
                return;
            case CXCursorKind.CXCursor_DeclRefExpr:
                VisitReference(cursor);
                return;
            case CXCursorKind.CXCursor_ParmDecl:
                CheckType(cursor.Type(), cursor, cursor.Spelling());
                return;
            case CXCursorKind.CXCursor_VarDecl:
                VisitVariable(cursor);
                return;
            case CXCursorKind.CXCursor_FunctionDecl:
                Attributes.Check(cursor, cursor.Children(), _unit.Source, _findings);
                return;
            case CXCursorKind.CXCursor_BinaryOperator when AssignedPointer(cursor) is var (member, value):
                _named.Add(LibClang.getCursorReferenced(member));
                _assigned.Add(LibClang.getCursorReferenced(member));
                Push([.. member.Children(), value]);
                return;
            case CXCursorKind.CXCursor_UnaryOperator when AddressedNumber(cursor) is { } number:
                Reach(LibClang.getCursorSemanticParent(number));
                break;
            case CXCursorKind.CXCursor_MemberRefExpr:
                _named.Add(LibClang.getCursorReferenced(cursor));
                _tested.Add(LibClang.getCursorReferenced(cursor));
                Report(_types.FindInMember(cursor), cursor, cursor.Spelling());
                break;
            case CXCursorKind.CXCursor_GCCAsmStmt or CXCursorKind.CXCursor_MSAsmStmt:
                _findings.ReportAssembly(PlaceOf(cursor));
                return;
            case CXCursorKind.CXCursor_AddrLabelExpr or CXCursorKind.CXCursor_IndirectGotoStmt:
                _findings.ReportComputedGoto(PlaceOf(cursor));
                break;
            case CXCursorKind.CXCursor_FloatingLiteral or CXCursorKind.CXCursor_ImaginaryLiteral or CXCursorKind.CXCursor_CompoundLiteralExpr:
                CheckType(cursor.Type(), cursor, "");
                break;
            case CXCursorKind.CXCursor_GenericSelectionExpr:
                _inGeneric = true;
                break;
        }

        List<CXCursor> children = cursor.Children();
        CheckPointerCast(cursor, children);
        CheckPointerStep(cursor, children);

        // A conversion's other children belong to its type, as in (typeof(g(x)))y: they are not evaluated.
        bool isConversion = cursor.Kind is CXCursorKind.CXCursor_CStyleCastExpr or CXCursorKind.CXCursor_CompoundLiteralExpr;
        Push(isConversion ? children.TakeLast(1) : children);
    }

    // s->p = value, where p is a pointer to data.
    private static (CXCursor Member, CXCursor Value)? AssignedPointer(CXCursor cursor) => LibClang.getCursorBinaryOperatorKind(cursor) == CXBinaryOperatorKind.CXBinaryOperator_Assign
        && cursor.Children() is [var left, var right] && left.WithoutWrappers() is { Kind: CXCursorKind.CXCursor_MemberRefExpr } member
        && member.Type().Canonical() is { Kind: CXTypeKind.CXType_Pointer } type && !LibClang.getPointeeType(type).Canonical().Kind.IsFunction() ? (member, right) : null;

    // The member of &s->x where that is a number: the members after it may be reached from there.
    private static CXCursor? AddressedNumber(CXCursor cursor) => LibClang.getCursorUnaryOperatorKind(cursor) == CXUnaryOperatorKind.CXUnaryOperator_AddrOf && cursor.Children() is [var operand]
        && operand.WithoutWrappers() is { Kind: CXCursorKind.CXCursor_MemberRefExpr } member && IsNumber(member.Type().Canonical()) ? LibClang.getCursorReferenced(member) : null;

    private void Reach(CXCursor record)
    {
        if (record.Kind == CXCursorKind.CXCursor_StructDecl && _reached.Add(record))
        {
            LibClang.getCursorType(record).Canonical().Fields().ForEach(f => Reach(LibClang.getTypeDeclaration(f.Type().Canonical().ElementOfAll())));
        }
    }

    // (void)x, which says that x is not used.
    private static bool IsUnusedMark(CXCursor cast) => cast.Type().Canonical().Kind == CXTypeKind.CXType_Void && cast.Children() is [.., var marked]
        && marked.WithoutWrappers() is { Kind: CXCursorKind.CXCursor_DeclRefExpr } reference && LibClang.getCursorReferenced(reference).Kind == CXCursorKind.CXCursor_ParmDecl;

    private void VisitCall(CXCursor call)
    {
        List<CXCursor> children = call.Children();
        _untyped.VisitCall(call, children);
        List<CXCursor> callees = CalleesOf(call, children);
        foreach (CXCursor callee in callees)
        {
            VisitCallee(call, callee);
        }

        _callsPointers |= callees.Count == 0;
        if (callees.Count == 0 && !_asksDataflow)
        {
            _findings.ReportIndirectCall(PlaceOf(call));
        }

        if (callees.Count == 0 && CalledMember(children) is { } member)
        {
            _named.Add(LibClang.getCursorReferenced(member));
            _called.Add(LibClang.getCursorReferenced(member));
            Push(member.Children());
            Push(children.Skip(1));
            return;
        }

        Push(callees.Count == 0 ? children : children.Skip(1));
    }

    /// <summary>The function called, or those that a generic selection may have selected; none for a call through a value.</summary>
    private static List<CXCursor> CalleesOf(CXCursor call, List<CXCursor> children)
    {
        CXCursor direct = LibClang.getCursorReferenced(call);
        if (direct.Kind == CXCursorKind.CXCursor_FunctionDecl)
        {
            return [direct];
        }

        CXCursor generic = children.Count > 0 ? children[0].WithoutWrappers() : call;
        return generic.Kind != CXCursorKind.CXCursor_GenericSelectionExpr ? [] : [.. generic.Children()
            .Select(c => c.WithoutWrappers())
            .Where(c => c.Kind == CXCursorKind.CXCursor_DeclRefExpr && LibClang.equalTypes(c.Type().Canonical(), generic.Type().Canonical()) != 0)
            .Select(LibClang.getCursorReferenced)
            .Where(c => c.Kind == CXCursorKind.CXCursor_FunctionDecl)];
    }

    // The member of s->f(x) and of (*s->f)(x).
    private static CXCursor? CalledMember(List<CXCursor> children)
    {
        if (children.Count == 0)
        {
            return null;
        }

        CXCursor callee = children[0].WithoutWrappers();
        if (callee.Kind == CXCursorKind.CXCursor_UnaryOperator && callee.Children() is [var inside])
        {
            callee = inside.WithoutWrappers();
        }

        return callee.Kind == CXCursorKind.CXCursor_MemberRefExpr ? callee : null;
    }

    private void VisitCallee(CXCursor call, CXCursor callee)
    {
        string name = callee.Spelling();
        if (!AddCall(callee, call) && !LibraryFunctions.IsPure(name))
        {
            _findings.ReportUnresolvedCall(PlaceOf(call), name);
        }

        CheckType(call.Type(), call, "");
    }

    private bool AddCall(CXCursor callee, CXCursor at)
    {
        string? key = _unit.KeyOf(callee);
        if (key is not null && _callees.Add(key))
        {
            _calls.Add(new Call(key, at.Location().Offset()));
        }

        return key is not null;
    }

    private void VisitReference(CXCursor reference)
    {
        CXCursor target = LibClang.getCursorReferenced(reference);
        if (target.Kind == CXCursorKind.CXCursor_FunctionDecl)
        {
            if (!_inGeneric)
            {
                AddCall(target, reference);
                ReportAddress(target, reference);
            }
        }
        else if (target.Kind == CXCursorKind.CXCursor_ParmDecl)
        {
            _named.Add(target);
        }
        else if (target.Kind == CXCursorKind.CXCursor_VarDecl && LibClang.Cursor_hasVarDeclGlobalStorage(target) == 1)
        {
            VisitGlobal(reference, target);
        }
    }

    private void ReportAddress(CXCursor function, CXCursor reference)
    {
        string name = function.Spelling();
        if (!_asksDataflow)
        {
            _findings.ReportFunctionAddress(PlaceOf(reference), name);
        }
        else if (_unit.KeyOf(function) is null && !LibraryFunctions.IsPure(name))
        {
            _findings.ReportUnresolvedCall(PlaceOf(reference), name);
        }
    }

    private void VisitGlobal(CXCursor reference, CXCursor variable)
    {
        string name = variable.Spelling();
        if (!_globals.Add(name))
        {
            return;
        }

        CheckType(variable.Type(), reference, name);
        if (IsMutable(variable.Type()))
        {
            _variables.Add(variable);
            if (!_asksDataflow)
            {
                _findings.ReportMutableGlobal(PlaceOf(reference), name);
            }
        }

        if ((_asksDataflow || !IsMutable(variable.Type())) && LibClang.Cursor_getStorageClass(variable) == CX_StorageClass.CX_SC_Extern && !IsDefined(variable, name))
        {
            _findings.ReportUndefinedGlobal(PlaceOf(reference), name);
        }
    }

    // Also by a declaration without extern and without a value, which C calls a tentative definition, and libclang none.
    private bool IsDefined(CXCursor variable, string name) => LibClang.getCursorDefinition(variable).Kind == CXCursorKind.CXCursor_VarDecl
        || _unit.Declarations.Any(d => d.Kind == CXCursorKind.CXCursor_VarDecl && LibClang.Cursor_getStorageClass(d) != CX_StorageClass.CX_SC_Extern && d.Spelling() == name);

    private void VisitVariable(CXCursor variable)
    {
        string name = variable.Spelling();
        List<CXCursor> children = variable.Children();
        CheckType(variable.Type(), variable, name);
        Attributes.Check(variable, children, _unit.Source, _findings);
        if (LibClang.Cursor_getStorageClass(variable) == CX_StorageClass.CX_SC_Static && _globals.Add(name) && IsMutable(variable.Type()))
        {
            _variables.Add(variable);
            if (!_asksDataflow)
            {
                _findings.ReportStaticLocal(PlaceOf(variable), name);
            }
        }

        CXCursor initialiser = LibClang.Cursor_getVarDeclInitializer(variable);
        Push(initialiser.Kind >= CXCursorKind.CXCursor_UnexposedExpr ? [initialiser] : []);
    }

    /// <summary>Whether a variable, or what it points to, can be written.</summary>
    private static bool IsMutable(CXType type)
    {
        CXType element = type.Canonical().ElementOfAll();
        bool pointsToMutable = element.Kind == CXTypeKind.CXType_Pointer && !LibClang.getPointeeType(element).HoldsConst();
        return !type.HoldsConst() || pointsToMutable;
    }

    /// <summary>Refuses conversions between pointers to different types, except to void and from a null constant.</summary>
    private void CheckPointerCast(CXCursor cursor, List<CXCursor> children)
    {
        bool isExplicit = cursor.Kind == CXCursorKind.CXCursor_CStyleCastExpr;
        if (children.Count == 0 || !(isExplicit || cursor.Kind == CXCursorKind.CXCursor_UnexposedExpr))
        {
            return;
        }

        CXType to = cursor.Type().Canonical();
        CXType from = children[^1].Type().Canonical();
        _untyped.VisitConversion(children[^1], from, to);
        if (from.Kind == CXTypeKind.CXType_Pointer && to.Kind == CXTypeKind.CXType_Pointer && LibClang.getPointeeType(to).Canonical().Kind != CXTypeKind.CXType_Record)
        {
            Reach(LibClang.getTypeDeclaration(LibClang.getPointeeType(from).Canonical()));
        }

        bool isHarmless = (to.Kind, from.Kind) switch
        {
            (CXTypeKind.CXType_Pointer, CXTypeKind.CXType_Pointer) =>
                PointsToSame(from, to) || (!isExplicit && children[^1].Kind == CXCursorKind.CXCursor_CallExpr),
            (CXTypeKind.CXType_Pointer, _) => !isExplicit || !IsNumber(from),
            (_, CXTypeKind.CXType_Pointer) => !isExplicit || !IsNumber(to),
            _ => true,
        };
        if (isExplicit)
        {
            CheckType(cursor.Type(), cursor, "");
        }

        if (!isHarmless && !_asksDataflow && !IsNull(children[^1]))
        {
            _findings.ReportPointerCast(PlaceOf(cursor), from.Spelling(), to.Spelling());
        }
    }

    private static bool IsNull(CXCursor expression)
    {
        expression = expression.WithoutWrappers();
        return expression.IsZero()
            || (expression.Kind == CXCursorKind.CXCursor_CStyleCastExpr && expression.Children() is [.., var inside] && inside.IsZero());
    }

    private static bool IsNumber(CXType type) =>
        type.Kind is CXTypeKind.CXType_Enum or (> CXTypeKind.CXType_Bool and <= CXTypeKind.CXType_LongDouble);

    private static bool PointsToSame(CXType from, CXType to)
    {
        CXType pointee = LibClang.getUnqualifiedType(LibClang.getPointeeType(to).Canonical());
        return pointee.Kind == CXTypeKind.CXType_Void
            || LibClang.equalTypes(pointee, LibClang.getUnqualifiedType(LibClang.getPointeeType(from).Canonical())) != 0;
    }

    private void CheckPointerStep(CXCursor cursor, List<CXCursor> children)
    {
        bool steps = cursor.Kind switch
        {
            CXCursorKind.CXCursor_ArraySubscriptExpr => children.Count == 2 && !children[1].IsZero(),
            CXCursorKind.CXCursor_BinaryOperator or CXCursorKind.CXCursor_CompoundAssignOperator =>
                LibClang.getCursorBinaryOperatorKind(cursor) is CXBinaryOperatorKind.CXBinaryOperator_Add or CXBinaryOperatorKind.CXBinaryOperator_Sub
                    or CXBinaryOperatorKind.CXBinaryOperator_AddAssign or CXBinaryOperatorKind.CXBinaryOperator_SubAssign,
            CXCursorKind.CXCursor_UnaryOperator =>
                LibClang.getCursorUnaryOperatorKind(cursor) is >= CXUnaryOperatorKind.CXUnaryOperator_PostInc and <= CXUnaryOperatorKind.CXUnaryOperator_PreDec,
            _ => false,
        };
        if (!steps)
        {
            return;
        }

        foreach (CXCursor child in children.Where(c => c.Type().Canonical().Kind == CXTypeKind.CXType_Pointer))
        {
            CXCursor operand = child.WithoutWrappers();
            CXCursor target = operand.Kind == CXCursorKind.CXCursor_DeclRefExpr ? LibClang.getCursorReferenced(operand) : operand;
            if (target.Kind == CXCursorKind.CXCursor_ParmDecl)
            {
                _steps.Add(new PointerStep(target.Spelling(), cursor.Location().Offset()));
            }
        }
    }

    private void CheckType(CXType type, CXCursor at, string name) => Report(_types.Find(type), at, name);

    private void Report(TypeFlaw? flaw, CXCursor at, string name)
    {
        if (flaw is not null)
        {
            _findings.ReportTypeFlaw(PlaceOf(at), name, flaw);
        }
    }

    private void Push(IEnumerable<CXCursor> children)
    {
        foreach (CXCursor child in children.Reverse())
        {
            _pending.Push((child, _inGeneric));
        }
    }

    private SourcePlace PlaceOf(CXCursor cursor) => cursor.Location().PlaceIn(_unit.Source);
}
