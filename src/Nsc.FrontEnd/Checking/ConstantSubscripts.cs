// How far a pointer reaches, as far as its function's own text tells: where all its uses are elements with constant subscripts.

using Nsc.FrontEnd.Parsing;
using Nsc.FrontEnd.Parsing.Interop;

namespace Nsc.FrontEnd.Checking;

internal static class ConstantSubscripts
{
    private const int MostElements = 128;

    /// <summary>The extents of the pointer parameters of a function that it uses in no other way; *p is p[0].</summary>
    public static Dictionary<string, int> ExtentsOf(CXCursor function)
    {
        Dictionary<CXCursor, int> extents = function.Parameters().Where(p => p.Spelling().Length > 0 && IsPointerToNumber(p.Type().Canonical())).ToDictionary(p => p, _ => 0);
        if (extents.Count > 0)
        {
            Walk(function, extents);
        }

        return extents.Where(e => e.Value is > 0 and <= MostElements).ToDictionary(e => e.Key.Spelling(), e => e.Value, StringComparer.Ordinal);
    }

    private static bool IsPointerToNumber(CXType type) =>
        type.Kind is CXTypeKind.CXType_Pointer or CXTypeKind.CXType_IncompleteArray
        && (type.Kind == CXTypeKind.CXType_Pointer ? LibClang.getPointeeType(type) : LibClang.getArrayElementType(type)).Canonical().Kind
            is >= CXTypeKind.CXType_Bool and <= CXTypeKind.CXType_Double;

    // A use that is no element makes the extent that of none.
    private static void Walk(CXCursor function, Dictionary<CXCursor, int> extents)
    {
        var pending = new Stack<CXCursor>([function]);
        while (pending.TryPop(out CXCursor cursor))
        {
            List<CXCursor> children = cursor.Children();
            if (Element(cursor, children) is var (pointer, index) && extents.TryGetValue(pointer, out int extent))
            {
                extents[pointer] = index is >= 0 and < int.MaxValue ? Math.Max(extent, (int)index + 1) : int.MaxValue;
                children = children[1..];
            }
            else if (cursor.Kind == CXCursorKind.CXCursor_DeclRefExpr && extents.ContainsKey(LibClang.getCursorReferenced(cursor)))
            {
                extents[LibClang.getCursorReferenced(cursor)] = int.MaxValue;
            }

            children.ForEach(pending.Push);
        }
    }

    // The parameter and the subscript, -1 for one that is computed.
    private static (CXCursor Pointer, long Index)? Element(CXCursor cursor, List<CXCursor> children)
    {
        bool isElement = cursor.Kind == CXCursorKind.CXCursor_ArraySubscriptExpr && children.Count == 2;
        bool isFirst = cursor.Kind == CXCursorKind.CXCursor_UnaryOperator && children.Count == 1
            && LibClang.getCursorUnaryOperatorKind(cursor) == CXUnaryOperatorKind.CXUnaryOperator_Deref;
        return (isElement || isFirst) && children[0].WithoutWrappers() is { Kind: CXCursorKind.CXCursor_DeclRefExpr } reference
            ? (LibClang.getCursorReferenced(reference), isFirst ? 0 : children[1].ConstantValue() ?? -1) : null;
    }
}
