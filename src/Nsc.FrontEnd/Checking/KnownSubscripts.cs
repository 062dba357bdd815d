// How far a pointer reaches, as far as its function's own text tells: where all its uses are elements, and all their subscripts are constants or
// are counted by loops between constants.

using Nsc.FrontEnd.Parsing;
using Nsc.FrontEnd.Parsing.Interop;

namespace Nsc.FrontEnd.Checking;

internal sealed class KnownSubscripts
{
    private const int MostElements = 128;

    private readonly LoopCounters _counters;
    private readonly Dictionary<string, int> _extents = new(StringComparer.Ordinal);
    private readonly HashSet<string> _handedOn = new(StringComparer.Ordinal); // Parameters that others may use, too.

    private KnownSubscripts(LoopCounters counters) => _counters = counters;

    /// <summary>
    /// The extents of the pointers that a function uses in no other way, parameters and members of those, such as <c>s.coefficients</c>; *p is p[0].
    /// </summary>
    /// <param name="values">Of parameters that have one value.</param>
    public static Dictionary<string, int> ExtentsOf(CXCursor function, IReadOnlyDictionary<string, double> values)
    {
        if (!function.Parameters().Any(p => p.Type().Canonical().Kind is CXTypeKind.CXType_Pointer or CXTypeKind.CXType_IncompleteArray or CXTypeKind.CXType_Record))
        {
            return [];
        }

        var subscripts = new KnownSubscripts(LoopCounters.Of(function, values));
        subscripts.Walk(function);
        return subscripts._extents
            .Where(e => e.Value is > 0 and <= MostElements && !(e.Key.Contains('.', StringComparison.Ordinal) && subscripts._handedOn.Contains(e.Key.Split('.')[0])))
            .ToDictionary(e => e.Key, e => e.Value, StringComparer.Ordinal);
    }

    private static bool IsPointerToNumber(CXType type) =>
        type.Kind is CXTypeKind.CXType_Pointer or CXTypeKind.CXType_IncompleteArray
        && (type.Kind == CXTypeKind.CXType_Pointer ? LibClang.getPointeeType(type) : LibClang.getArrayElementType(type)).Canonical().Kind
            is >= CXTypeKind.CXType_Bool and <= CXTypeKind.CXType_LongDouble;

    private void Walk(CXCursor function)
    {
        var pending = new Stack<CXCursor>([function]);
        while (pending.TryPop(out CXCursor cursor))
        {
            List<CXCursor> children = cursor.Children();
            if (Element(cursor, children) is var (element, last))
            {
                Add(element, last is >= 0 and < int.MaxValue ? (int)last + 1 : int.MaxValue);
                children = children[1..];
            }
            else if (PathOf(cursor) is { } path)
            {
                VisitWhole(cursor, path);
                children = [];
            }

            children.ForEach(pending.Push);
        }
    }

    // A use that is no element makes the extent that of none.
    private void VisitWhole(CXCursor cursor, string path)
    {
        if (IsPointerToNumber(cursor.Type().Canonical()))
        {
            Add(path, int.MaxValue);
        }
        else if (!path.Contains('.', StringComparison.Ordinal))
        {
            _handedOn.Add(path);
        }
    }

    private void Add(string path, int extent) => _extents[path] = Math.Max(extent, _extents.GetValueOrDefault(path));

    // The pointer and the largest subscript, -1 for one that is not known.
    private (string Pointer, long Last)? Element(CXCursor cursor, List<CXCursor> children)
    {
        bool isElement = cursor.Kind == CXCursorKind.CXCursor_ArraySubscriptExpr && children.Count == 2;
        bool isFirst = cursor.Kind == CXCursorKind.CXCursor_UnaryOperator && children.Count == 1
            && LibClang.getCursorUnaryOperatorKind(cursor) == CXUnaryOperatorKind.CXUnaryOperator_Deref;
        return (isElement || isFirst) && IsPointerToNumber(children[0].WithoutWrappers().Type().Canonical()) && PathOf(children[0].WithoutWrappers()) is { } path
            ? (path, isFirst ? 0 : _counters.RangeOf(children[1]) is (>= 0, var last) ? last : -1) : null;
    }

    // The name of a parameter, or of a member of what it is or points to; null for all else.
    private static string? PathOf(CXCursor expression)
    {
        var members = new Stack<string>();
        while (expression.Kind == CXCursorKind.CXCursor_MemberRefExpr && expression.Children() is [var inside])
        {
            members.Push(expression.Spelling());
            expression = inside.WithoutWrappers();
        }

        return expression.Kind == CXCursorKind.CXCursor_DeclRefExpr && LibClang.getCursorReferenced(expression) is { Kind: CXCursorKind.CXCursor_ParmDecl } parameter
            ? string.Join('.', members.Prepend(parameter.Spelling())) : null;
    }
}
