// What a statement reads and writes, by name. Whatever goes through a pointer, or concerns a variable that a pointer may
// lead to, counts as one more name, Memory; whatever is not understood counts as everything.

using Nsc.FrontEnd.Parsing;
using Nsc.FrontEnd.Parsing.Interop;

namespace Nsc.FrontEnd.Rewriting;

/// <summary>The names that a statement reads and writes.</summary>
internal sealed class StatementEffects
{
    private const string Memory = "*";
    private readonly IReadOnlySet<string> _pointedTo;
    private readonly HashSet<string> _reads = new(StringComparer.Ordinal);
    private readonly HashSet<string> _writes = new(StringComparer.Ordinal);
    private bool _isAnything;

    private StatementEffects(IReadOnlySet<string> pointedTo) => _pointedTo = pointedTo;

    /// <param name="pointedTo">Variables of the function that pointers may lead to.</param>
    public static StatementEffects Of(CXCursor statement, IReadOnlySet<string> pointedTo)
    {
        var effects = new StatementEffects(pointedTo);
        effects.Visit(statement);
        return effects;
    }

    /// <summary>Whether two neighbouring statements may change places.</summary>
    public bool IsIndependentOf(StatementEffects other) => !_isAnything && !other._isAnything
        && !_writes.Overlaps(other._writes) && !_writes.Overlaps(other._reads) && !_reads.Overlaps(other._writes);

    /// <summary>The variables of a function whose address it takes, or whose elements it hands on.</summary>
    public static HashSet<string> PointedTo(CXCursor function)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        Collect(function, isSubscripted: false);
        return names;

        void Collect(CXCursor cursor, bool isSubscripted)
        {
            List<CXCursor> children = cursor.Children();
            bool isAddress = cursor.Kind == CXCursorKind.CXCursor_UnaryOperator
                && LibClang.getCursorUnaryOperatorKind(cursor) == CXUnaryOperatorKind.CXUnaryOperator_AddrOf;
            CXCursor whole = isAddress ? children[0] : cursor;
            if ((isAddress || (IsArray(cursor) && !isSubscripted)) && Root(whole) is { Kind: CXCursorKind.CXCursor_DeclRefExpr } root)
            {
                names.Add(root.Spelling());
            }

            for (int i = 0; i < children.Count; i++)
            {
                // Conversions and parentheses between a subscript and its array are no use of their own.
                bool isBase = cursor.Kind == CXCursorKind.CXCursor_ArraySubscriptExpr && i == 0;
                Collect(isBase ? children[i].WithoutWrappers() : children[i], isBase);
            }
        }
    }

    private static bool IsArray(CXCursor cursor) =>
        cursor.Kind is CXCursorKind.CXCursor_DeclRefExpr or CXCursorKind.CXCursor_MemberRefExpr or CXCursorKind.CXCursor_ArraySubscriptExpr
        && cursor.Type().Canonical().Kind.IsArray();

    // The variable that an lvalue is part of, or the expression that leads elsewhere.
    private static CXCursor Root(CXCursor lvalue)
    {
        lvalue = lvalue.WithoutWrappers();
        return Container(lvalue) is { } container && !IsPointer(container) ? Root(container) : lvalue;
    }

    private static CXCursor? Container(CXCursor lvalue)
    {
        bool isPart = lvalue.Kind is CXCursorKind.CXCursor_MemberRefExpr or CXCursorKind.CXCursor_ArraySubscriptExpr;
        return isPart && lvalue.Children() is [var first, ..] ? first.WithoutWrappers() : null;
    }

    private static bool IsPointer(CXCursor expression) => expression.Type().Canonical().Kind == CXTypeKind.CXType_Pointer;

    private void Visit(CXCursor cursor)
    {
        List<CXCursor> children = cursor.Children();
        switch (cursor.Kind)
        {
            case CXCursorKind.CXCursor_DeclRefExpr:
                Add(_reads, cursor.Spelling());
                break;
            case CXCursorKind.CXCursor_VarDecl:
                Add(_writes, cursor.Spelling());
                break;
            case CXCursorKind.CXCursor_CompoundAssignOperator:
                Write(children[0]);
                break;
            case CXCursorKind.CXCursor_BinaryOperator:
                if (LibClang.getCursorBinaryOperatorKind(cursor) == CXBinaryOperatorKind.CXBinaryOperator_Assign)
                {
                    Write(children[0]);
                }

                break;
            case CXCursorKind.CXCursor_UnaryOperator:
                VisitUnary(cursor, children);
                break;
            case CXCursorKind.CXCursor_MemberRefExpr or CXCursorKind.CXCursor_ArraySubscriptExpr:
                if (Container(cursor) is not { } container || IsPointer(container))
                {
                    _reads.Add(Memory);
                }

                break;
            case CXCursorKind.CXCursor_CallExpr:
                VisitCall(children);
                break;
            default:
                _isAnything |= !IsUnderstood(cursor.Kind);
                break;
        }

        children.ForEach(Visit);
    }

    private void VisitUnary(CXCursor cursor, List<CXCursor> children)
    {
        switch (LibClang.getCursorUnaryOperatorKind(cursor))
        {
            case >= CXUnaryOperatorKind.CXUnaryOperator_PostInc and <= CXUnaryOperatorKind.CXUnaryOperator_PreDec:
                Write(children[0]);
                break;
            case CXUnaryOperatorKind.CXUnaryOperator_Deref:
                _reads.Add(Memory);
                break;
            default:
                break;
        }
    }

    // A supported function changes nothing but what it is handed pointers to.
    private void VisitCall(List<CXCursor> children)
    {
        foreach (CXCursor argument in children.Skip(1).Where(IsPointer))
        {
            _reads.Add(Memory);
            _writes.Add(Memory);
        }
    }

    private void Write(CXCursor lvalue)
    {
        CXCursor root = Root(lvalue);
        Add(_writes, root.Kind == CXCursorKind.CXCursor_DeclRefExpr ? root.Spelling() : Memory);
    }

    private void Add(HashSet<string> names, string name)
    {
        names.Add(name);
        if (_pointedTo.Contains(name))
        {
            names.Add(Memory);
        }
    }

    // Of the statements, those that let control through; of the declarations, parameters of prototypes at most.
    private static bool IsUnderstood(CXCursorKind kind) => kind switch
    {
        CXCursorKind.CXCursor_CompoundStmt or CXCursorKind.CXCursor_IfStmt or CXCursorKind.CXCursor_WhileStmt or CXCursorKind.CXCursor_DoStmt
            or CXCursorKind.CXCursor_ForStmt or CXCursorKind.CXCursor_NullStmt or CXCursorKind.CXCursor_DeclStmt => true,
        CXCursorKind.CXCursor_StmtExpr or CXCursorKind.CXCursor_AddrLabelExpr => false,
        _ => kind is (> CXCursorKind.CXCursor_LastDecl and < CXCursorKind.CXCursor_FirstStmt) or > CXCursorKind.CXCursor_LastStmt,
    };
}
