// Which variables that outlive a call some functions write. What nothing writes keeps its first value.

using Nsc.FrontEnd.Parsing;
using Nsc.FrontEnd.Parsing.Interop;

namespace Nsc.FrontEnd.Checking;

internal sealed class VariableWrites
{
    private readonly HashSet<CXCursor> _written = [], _records = [];
    private readonly ReadOnlyParameters _readers;

    private VariableWrites(ReadOnlyParameters readers) => _readers = readers;

    /// <summary>Looks at the bodies of functions. A variable whose address goes elsewhere may be written there, unless it is known to be read only.</summary>
    /// <param name="elsewhere">Finds the definition of a function that another file has; null when none is known.</param>
    public static VariableWrites Of(IEnumerable<CXCursor> functions, Func<string, CXCursor?>? elsewhere = null)
    {
        var writes = new VariableWrites(new ReadOnlyParameters(elsewhere));
        foreach (CXCursor function in functions)
        {
            writes.Walk(function);
        }

        return writes;
    }

    public bool Contains(CXCursor variable) => _written.Contains(Whole(variable));

    /// <summary>Whether something writes a member of a structure of a variable's type that a pointer leads to.</summary>
    public bool WritesThrough(CXCursor variable) => _records.Contains(LibClang.getTypeDeclaration(variable.Type().Canonical()));

    /// <summary>Whether an expression writes its first operand.</summary>
    public static bool IsWrite(CXCursor cursor) => cursor.Kind switch
    {
        CXCursorKind.CXCursor_CompoundAssignOperator => true,
        CXCursorKind.CXCursor_BinaryOperator => LibClang.getCursorBinaryOperatorKind(cursor) == CXBinaryOperatorKind.CXBinaryOperator_Assign,
        CXCursorKind.CXCursor_UnaryOperator => LibClang.getCursorUnaryOperatorKind(cursor)
            is >= CXUnaryOperatorKind.CXUnaryOperator_PostInc and <= CXUnaryOperatorKind.CXUnaryOperator_PreDec,
        _ => false,
    };

    /// <summary>Whether an expression is the address of its operand.</summary>
    public static bool TakesAddress(CXCursor cursor) => cursor.Kind == CXCursorKind.CXCursor_UnaryOperator
        && LibClang.getCursorUnaryOperatorKind(cursor) == CXUnaryOperatorKind.CXUnaryOperator_AddrOf;

    /// <summary>The variable that an element or a member belongs to; what a pointer points to belongs to none, and null is returned.</summary>
    public static CXCursor? Target(CXCursor expression)
    {
        expression = expression.WithoutWrappers();
        while (expression.Kind is CXCursorKind.CXCursor_ArraySubscriptExpr or CXCursorKind.CXCursor_MemberRefExpr
            && expression.Children() is [var inside, ..])
        {
            expression = inside.WithoutWrappers();
            if (expression.Type().Canonical().Kind == CXTypeKind.CXType_Pointer)
            {
                return null;
            }
        }

        return expression.Kind == CXCursorKind.CXCursor_DeclRefExpr ? LibClang.getCursorReferenced(expression) : null;
    }

    private void Walk(CXCursor function)
    {
        var pending = new Stack<(CXCursor Cursor, bool IsElement)>([(function, false)]);
        while (pending.TryPop(out var next))
        {
            (CXCursor cursor, bool isElement) = next;
            List<CXCursor> children = cursor.Children();
            if ((IsWrite(cursor) || (TakesAddress(cursor) && !isElement)) && children.Count > 0 && Target(children[0]) is { } target)
            {
                Add(target);
            }
            else if (IsWrite(cursor) && children.Count > 0)
            {
                AddRecords(children[0].WithoutWrappers());
            }

            // An array that is no element's base becomes an address.
            if (cursor.Kind == CXCursorKind.CXCursor_DeclRefExpr && !isElement && cursor.Type().Canonical() is { } type && type.Kind.IsArray() && !type.HoldsConst())
            {
                Add(LibClang.getCursorReferenced(cursor));
            }

            bool isBase = cursor.Kind == CXCursorKind.CXCursor_ArraySubscriptExpr
                || (isElement && (cursor.Kind is CXCursorKind.CXCursor_UnexposedExpr or CXCursorKind.CXCursor_ParenExpr || TakesAddress(cursor)));
            for (int i = 0; i < children.Count && cursor.Kind != CXCursorKind.CXCursor_UnaryExpr; i++)
            {
                pending.Push((children[i], (isBase && i == 0) || _readers.IsOnlyRead(cursor, i - 1)));
            }
        }
    }

    private void AddRecords(CXCursor expression)
    {
        while (expression.Kind is CXCursorKind.CXCursor_ArraySubscriptExpr or CXCursorKind.CXCursor_MemberRefExpr && expression.Children() is [var inside, ..])
        {
            expression = inside.WithoutWrappers();
            CXType type = expression.Type().Canonical();
            _records.Add(LibClang.getTypeDeclaration(type.Kind == CXTypeKind.CXType_Pointer ? LibClang.getPointeeType(type).Canonical() : type));
        }
    }

    // All declarations of a variable are one.
    private static CXCursor Whole(CXCursor variable) => LibClang.getCanonicalCursor(variable);

    private void Add(CXCursor variable)
    {
        if (variable.Kind == CXCursorKind.CXCursor_VarDecl)
        {
            _written.Add(Whole(variable));
        }
    }
}
