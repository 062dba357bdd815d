// An expression that a helper function can compute: arithmetic and calls on plain numbers, without effects.

using Nsc.FrontEnd.Parsing;
using Nsc.FrontEnd.Parsing.Interop;

namespace Nsc.FrontEnd.Rewriting;

/// <param name="Leaves">The variables, members and elements that it is computed from, in the order of the text.</param>
internal sealed record SplitExpression(CXCursor Root, IReadOnlyList<CXCursor> Leaves)
{
    private const int FewestLeaves = 2;

    /// <summary>The expression under a cursor, or null when it cannot be moved.</summary>
    public static SplitExpression? Of(CXCursor root, SyntaxTree unit)
    {
        var leaves = new List<CXCursor>();
        var (start, end) = root.Extent();
        return CanMove(root, leaves, unit) && leaves.Count >= FewestLeaves && AreApart(leaves, start, end)
            ? new SplitExpression(root, leaves)
            : null;
    }

    private static bool CanMove(CXCursor cursor, List<CXCursor> leaves, SyntaxTree unit)
    {
        if (!IsNumber(cursor))
        {
            return false;
        }

        List<CXCursor> children = cursor.Children();
        switch (cursor.Kind)
        {
            case CXCursorKind.CXCursor_IntegerLiteral or CXCursorKind.CXCursor_FloatingLiteral or CXCursorKind.CXCursor_CharacterLiteral:
                return true;
            case CXCursorKind.CXCursor_DeclRefExpr or CXCursorKind.CXCursor_MemberRefExpr or CXCursorKind.CXCursor_ArraySubscriptExpr:
                leaves.Add(cursor);
                return IsLeaf(cursor, unit);
            case CXCursorKind.CXCursor_BinaryOperator:
                return IsArithmetic(LibClang.getCursorBinaryOperatorKind(cursor)) && children.TrueForAll(c => CanMove(c, leaves, unit));
            case CXCursorKind.CXCursor_UnaryOperator:
                return LibClang.getCursorUnaryOperatorKind(cursor) is >= CXUnaryOperatorKind.CXUnaryOperator_Plus and <= CXUnaryOperatorKind.CXUnaryOperator_LNot
                    && CanMove(children[0], leaves, unit);
            case CXCursorKind.CXCursor_ParenExpr or CXCursorKind.CXCursor_UnexposedExpr or CXCursorKind.CXCursor_CStyleCastExpr:
                return children.Count == 1 && CanMove(children[0], leaves, unit);
            case CXCursorKind.CXCursor_CallExpr:
                return IsDirectCall(cursor, children, unit) && children.Skip(1).All(c => CanMove(c, leaves, unit));
            default:
                return false;
        }
    }

    // Macros have positions, not texts, of their own: what is not written here as it reads is left alone.
    private static bool IsLeaf(CXCursor cursor, SyntaxTree unit)
    {
        string text = unit.Source.Slice(cursor.Extent().Start, cursor.Extent().End);
        return cursor.Kind switch
        {
            CXCursorKind.CXCursor_DeclRefExpr => text == cursor.Spelling(),
            CXCursorKind.CXCursor_MemberRefExpr => text.EndsWith(cursor.Spelling(), StringComparison.Ordinal)
                && LibClang.Cursor_isBitField(LibClang.getCursorReferenced(cursor)) == 0 && IsPath(cursor, unit),
            _ => text.EndsWith(']') && IsPath(cursor, unit),
        };
    }

    // Whether evaluating an lvalue changes nothing.
    private static bool IsPath(CXCursor cursor, SyntaxTree unit) => cursor.Children().TrueForAll(child => child.Kind switch
    {
        CXCursorKind.CXCursor_IntegerLiteral => true,
        CXCursorKind.CXCursor_DeclRefExpr => unit.Source.Slice(child.Extent().Start, child.Extent().End) == child.Spelling(),
        CXCursorKind.CXCursor_BinaryOperator => IsArithmetic(LibClang.getCursorBinaryOperatorKind(child)) && IsPath(child, unit),
        CXCursorKind.CXCursor_MemberRefExpr or CXCursorKind.CXCursor_ArraySubscriptExpr or CXCursorKind.CXCursor_ParenExpr
            or CXCursorKind.CXCursor_UnexposedExpr => IsPath(child, unit),
        _ => false,
    });

    private static bool IsDirectCall(CXCursor call, List<CXCursor> children, SyntaxTree unit)
    {
        CXCursor callee = LibClang.getCursorReferenced(call);
        return callee.Kind == CXCursorKind.CXCursor_FunctionDecl && children.Count > 0
            && unit.Source.Slice(children[0].Extent().Start, children[0].Extent().End) == callee.Spelling();
    }

    private static bool IsArithmetic(CXBinaryOperatorKind kind) => kind
        is (>= CXBinaryOperatorKind.CXBinaryOperator_Mul and <= CXBinaryOperatorKind.CXBinaryOperator_Shr)
        or (>= CXBinaryOperatorKind.CXBinaryOperator_And and <= CXBinaryOperatorKind.CXBinaryOperator_Or);

    private static bool IsNumber(CXCursor expression) => expression.Type().Canonical().Kind
        is CXTypeKind.CXType_Float or CXTypeKind.CXType_Double
        or (>= CXTypeKind.CXType_Bool and <= CXTypeKind.CXType_ULongLong) or (>= CXTypeKind.CXType_Char_S and <= CXTypeKind.CXType_LongLong);

    private static bool AreApart(List<CXCursor> leaves, int start, int end)
    {
        foreach (var leaf in leaves.Select(l => l.Extent()))
        {
            if (leaf.Start < start || leaf.End > end)
            {
                return false;
            }

            start = leaf.End;
        }

        return true;
    }
}
