// How far a pointer reaches, as far as its function's own text tells: where all its uses are elements, and all their subscripts are constants or
// are counted by loops between constants.

using Nsc.FrontEnd.Parsing;
using Nsc.FrontEnd.Parsing.Interop;

namespace Nsc.FrontEnd.Checking.Usage;

internal sealed class KnownSubscripts
{
    private const int MostElements = 128, MostDepth = 4;

    private readonly LoopCounters _counters;
    private readonly int _depth;
    private readonly Dictionary<string, int> _shifts = new(StringComparer.Ordinal); // Of pointers that the function moves back first, as a translator from Fortran writes it.
    private readonly Dictionary<string, int> _extents = new(StringComparer.Ordinal);
    private readonly HashSet<string> _handedOn = new(StringComparer.Ordinal); // Parameters that others may use, too.
    private readonly HashSet<string> _records = new(StringComparer.Ordinal); // Pointers to structures: one, as far as nothing tells more.

    private KnownSubscripts(LoopCounters counters, int depth) => (_counters, _depth) = (counters, depth);

    /// <summary>
    /// The extents of the pointers that a function uses in no other way, parameters and members of those, such as <c>s.coefficients</c>; *p is p[0].
    /// Those of the rows of <c>double **m</c> are <c>m[]</c>.
    /// </summary>
    /// <param name="values">Of parameters that have one value.</param>
    public static Dictionary<string, int> ExtentsOf(CXCursor function, IReadOnlyDictionary<string, double> values) => ExtentsOf(function, values, 0);

    private static Dictionary<string, int> ExtentsOf(CXCursor function, IReadOnlyDictionary<string, double> values, int depth)
    {
        var subscripts = new KnownSubscripts(LoopCounters.Of(function, values), depth);
        subscripts.Walk(function);
        return subscripts._extents
            .Select(e => KeyValuePair.Create(e.Key, e.Value == int.MaxValue ? e.Value : e.Value - subscripts._shifts.GetValueOrDefault(e.Key)))
            .Where(e => e.Value is > 0 and <= MostElements && !(e.Key.Contains('.', StringComparison.Ordinal) && subscripts._handedOn.Contains(e.Key.Split('.')[0])))
            .Where(e => !subscripts._records.Contains(e.Key) || (e.Value > 1 && !subscripts._handedOn.Contains(e.Key)))
            .ToDictionary(e => e.Key, e => e.Value, StringComparer.Ordinal);
    }

    private static CXType? Pointee(CXType type) => type.Kind switch
    {
        CXTypeKind.CXType_Pointer => LibClang.getPointeeType(type).Canonical(),
        CXTypeKind.CXType_IncompleteArray => LibClang.getArrayElementType(type).Canonical(),
        _ => null,
    };

    private static bool IsNumber(CXType type) => type.Kind is >= CXTypeKind.CXType_Bool and <= CXTypeKind.CXType_LongDouble;

    private static bool IsPointerToRow(CXType type) => Pointee(type) is { Kind: CXTypeKind.CXType_Pointer } row && IsNumber(LibClang.getPointeeType(row).Canonical());

    private static bool IsPointerToNumbers(CXType type) => Pointee(type) is { } pointee && (IsNumber(pointee.ElementOfAll()) || IsPointerToRow(type));

    private void Walk(CXCursor function)
    {
        HashSet<CXCursor> passedOver = [.. Shifts(function)];
        var pending = new Stack<(CXCursor Cursor, bool IsRow)>([(function, false)]);
        while (pending.TryPop(out var next))
        {
            CXCursor cursor = next.Cursor;
            if (passedOver.Contains(cursor))
            {
                continue;
            }

            List<CXCursor> children = cursor.Children();
            bool isRowOfNext = false;
            if (cursor.Kind == CXCursorKind.CXCursor_CallExpr && children.Count > 0)
            {
                children = [children[0], .. children.Skip(1).Where((a, i) => !IsKnownArgument(cursor, children, i + 1))];
            }

            if (Element(cursor, children) is var (element, last))
            {
                CXCursor pointer = children[0].WithoutWrappers();
                Add(element, last is >= 0 and < int.MaxValue ? (int)last + 1 : int.MaxValue);
                if (IsPointerToRow(pointer.Type().Canonical()) && !next.IsRow)
                {
                    Add(element + "[]", int.MaxValue); // A row as a whole.
                }

                isRowOfNext = pointer.Kind is CXCursorKind.CXCursor_ArraySubscriptExpr or CXCursorKind.CXCursor_UnaryOperator;
                children = isRowOfNext ? [pointer, .. children[1..]] : children[1..];
            }
            else if (PathOf(cursor) is { } path)
            {
                VisitWhole(cursor, path);
                children = [];
            }

            for (int i = 0; i < children.Count; i++)
            {
                pending.Push((children[i], i == 0 && isRowOfNext));
            }
        }
    }

    // Statements like `--x;` before anything else: from there on, x[1] is the first element.
    private IEnumerable<CXCursor> Shifts(CXCursor function)
    {
        foreach (CXCursor statement in function.Children().Find(c => c.Kind == CXCursorKind.CXCursor_CompoundStmt).Children().Where(s => !SetsUp(s)))
        {
            if (statement.Kind != CXCursorKind.CXCursor_UnaryOperator || LibClang.getCursorUnaryOperatorKind(statement) != CXUnaryOperatorKind.CXUnaryOperator_PreDec
                || PathOf(statement.Children()[0].WithoutWrappers()) is not { } path)
            {
                yield break;
            }

            _shifts[path] = 1;
            yield return statement;
        }
    }

    // Declarations, and assignments that use no element, such as `a -= 1 + a_dim1`.
    private static bool SetsUp(CXCursor statement) => statement.Kind is CXCursorKind.CXCursor_DeclStmt or CXCursorKind.CXCursor_NullStmt
        || (statement.Kind is CXCursorKind.CXCursor_BinaryOperator or CXCursorKind.CXCursor_CompoundAssignOperator && !UsesElement(statement));

    private static bool UsesElement(CXCursor expression) => expression.Kind is CXCursorKind.CXCursor_ArraySubscriptExpr or CXCursorKind.CXCursor_CallExpr || expression.Children().Exists(UsesElement);

    // What a call does with a pointer that it is handed: a number of bytes is copied, or the callee's own subscripts tell.
    private bool IsKnownArgument(CXCursor call, List<CXCursor> children, int argument)
    {
        CXCursor pointer = children[argument].WithoutWrappers();
        if (PathOf(pointer) is not { } path || Pointee(pointer.Type().Canonical()) is not { } pointee || !IsNumber(pointee) || LibClang.getCursorReferenced(call) is not { Kind: CXCursorKind.CXCursor_FunctionDecl } callee)
        {
            return false;
        }

        int? extent = callee.Spelling() is "memcpy" or "memmove" or "memset" or "__builtin_memcpy" or "__builtin_memmove" or "__builtin_memset"
            ? (int?)(_counters.RangeOf(children[^1])?.High / LibClang.Type_getSizeOf(pointee)) : ExtentIn(LibClang.getCursorDefinition(callee), children, argument, pointee);
        if (extent is > 0 and <= MostElements)
        {
            Add(path, extent.Value);
        }

        return extent is > 0 and <= MostElements;
    }

    private int? ExtentIn(CXCursor callee, List<CXCursor> children, int argument, CXType pointee)
    {
        CXCursor[] parameters = [.. callee.Kind == CXCursorKind.CXCursor_FunctionDecl ? callee.Parameters() : []];
        if (_depth == MostDepth || argument > parameters.Length || Pointee(parameters[argument - 1].Type().Canonical()) is not { } taken || LibClang.equalTypes(LibClang.getUnqualifiedType(taken), LibClang.getUnqualifiedType(pointee)) == 0)
        {
            return null;
        }

        Dictionary<string, double> values = parameters.Zip(children.Skip(1)).Select(p => (Name: p.First.Spelling(), Range: _counters.RangeOf(p.Second)))
            .Where(p => p.Range is { } range && range.Low == range.High).DistinctBy(p => p.Name).ToDictionary(p => p.Name, p => (double)p.Range!.Value.Low, StringComparer.Ordinal);
        return ExtentsOf(callee, values, _depth + 1).TryGetValue(parameters[argument - 1].Spelling(), out int extent) ? extent : null;
    }

    // A use that is no element makes the extent that of none.
    private void VisitWhole(CXCursor cursor, string path)
    {
        if (IsPointerToNumbers(cursor.Type().Canonical()))
        {
            Add(path, int.MaxValue);
        }
        else if (!path.Contains('.', StringComparison.Ordinal))
        {
            _handedOn.Add(path);
        }
    }

    // Parameters, and variables beyond them that point to something.
    private static bool IsHandedOver(CXCursor variable) => variable.Kind == CXCursorKind.CXCursor_ParmDecl
        || (variable.Kind == CXCursorKind.CXCursor_VarDecl && LibClang.Cursor_hasVarDeclGlobalStorage(variable) == 1
            && variable.Type().Canonical() is { Kind: CXTypeKind.CXType_Pointer or CXTypeKind.CXType_Record });

    private void Add(string path, int extent) => _extents[path] = Math.Max(extent, _extents.GetValueOrDefault(path));

    // The pointer and the largest subscript, -1 for one that is not known.
    private (string Pointer, long Last)? Element(CXCursor cursor, List<CXCursor> children)
    {
        bool isElement = cursor.Kind == CXCursorKind.CXCursor_ArraySubscriptExpr && children.Count == 2;
        bool isFirst = cursor.Kind == CXCursorKind.CXCursor_UnaryOperator && children.Count == 1
            && LibClang.getCursorUnaryOperatorKind(cursor) == CXUnaryOperatorKind.CXUnaryOperator_Deref;
        if (!isElement && !isFirst)
        {
            return null;
        }

        CXCursor pointer = children[0].WithoutWrappers();
        if (PathOf(pointer) is not { } path || Pointee(pointer.Type().Canonical()) is not { } pointee)
        {
            return null;
        }

        bool isRecord = pointee.Kind == CXTypeKind.CXType_Record && !path.Contains('.', StringComparison.Ordinal);
        if (isRecord)
        {
            _records.Add(path);
        }

        return isRecord || IsPointerToNumbers(pointer.Type().Canonical()) ? (path, isFirst ? 0 : _counters.RangeOf(children[1]) is (>= 0, var last) ? last : -1) : null;
    }

    /// <summary>The name of a parameter, of a member of what it is or points to, or of a row of it; null for all else.</summary>
    public static string? PathOf(CXCursor expression)
    {
        bool isStep = expression.Kind == CXCursorKind.CXCursor_ArraySubscriptExpr || (expression.Kind == CXCursorKind.CXCursor_UnaryOperator
            && LibClang.getCursorUnaryOperatorKind(expression) == CXUnaryOperatorKind.CXUnaryOperator_Deref);
        if (isStep && expression.Children() is [var stepped, ..] && IsPointerToRow(stepped.WithoutWrappers().Type().Canonical()))
        {
            return PathOf(stepped.WithoutWrappers()) is { } rows ? rows + "[]" : null;
        }

        var members = new Stack<string>();
        while (expression.Kind == CXCursorKind.CXCursor_MemberRefExpr && expression.Children() is [var inside])
        {
            members.Push(expression.Spelling());
            expression = inside.WithoutWrappers();
        }

        return expression.Kind == CXCursorKind.CXCursor_DeclRefExpr && LibClang.getCursorReferenced(expression) is var variable && IsHandedOver(variable)
            ? string.Join('.', members.Prepend(variable.Spelling())) : null;
    }
}
