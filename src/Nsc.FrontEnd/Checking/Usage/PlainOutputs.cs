// Which outputs are surely written and never read first, by the look of the function: then its dataflow need not be asked.

using System.Globalization;
using Nsc.FrontEnd.Parsing;
using Nsc.FrontEnd.Parsing.Interop;

namespace Nsc.FrontEnd.Checking.Usage;

/// <summary>Looks for statements of the body itself, not of a branch or a loop in it, such as <c>*y = 1;</c>, and for nothing else about the parameter.</summary>
internal sealed class PlainOutputs
{
    private readonly Dictionary<CXCursor, HashSet<string>> _assigned = [];
    private readonly HashSet<CXCursor> _used = [];
    private bool _leavesEarly;

    /// <summary>For a function's parameters the scalars that are plainly assigned, by their names; none where the parameter is used otherwise.</summary>
    public static IReadOnlySet<string> Of(CXCursor function)
    {
        var outputs = new PlainOutputs();
        CXCursor body = function.Children().Find(c => c.Kind == CXCursorKind.CXCursor_CompoundStmt);
        foreach (CXCursor statement in body.Children())
        {
            outputs.VisitStatement(statement);
        }

        return outputs._leavesEarly ? new HashSet<string>() : outputs._assigned.Where(a => !outputs._used.Contains(a.Key)).SelectMany(a => a.Value).ToHashSet(StringComparer.Ordinal);
    }

    private void VisitStatement(CXCursor statement)
    {
        bool isAssignment = statement.Kind == CXCursorKind.CXCursor_BinaryOperator
            && LibClang.getCursorBinaryOperatorKind(statement) == CXBinaryOperatorKind.CXBinaryOperator_Assign;
        if (isAssignment && statement.Children() is [var left, var right] && PathOf(left, out CXCursor parameter) is { } path)
        {
            if (!_assigned.TryGetValue(parameter, out HashSet<string>? paths))
            {
                _assigned.Add(parameter, paths = new HashSet<string>(StringComparer.Ordinal));
            }

            paths.Add(path);
            AddUses(right, isNested: true);
            return;
        }

        AddUses(statement, isNested: statement.Kind != CXCursorKind.CXCursor_ReturnStmt);
    }

    private void AddUses(CXCursor root, bool isNested)
    {
        var pending = new Stack<CXCursor>([root]);
        while (pending.TryPop(out CXCursor cursor))
        {
            _leavesEarly |= isNested && cursor.Kind is CXCursorKind.CXCursor_ReturnStmt or CXCursorKind.CXCursor_GotoStmt;
            if (cursor.Kind == CXCursorKind.CXCursor_DeclRefExpr)
            {
                _used.Add(LibClang.getCursorReferenced(cursor));
            }

            cursor.Children().ForEach(pending.Push);
        }
    }

    // The name of the scalar that *p, p[2] or p->a.b means, as signatures have it; null for other expressions.
    private static string? PathOf(CXCursor expression, out CXCursor parameter)
    {
        expression = expression.WithoutWrappers();
        parameter = LibClang.getCursorReferenced(expression);
        List<CXCursor> children = expression.Children();
        switch (expression.Kind)
        {
            case CXCursorKind.CXCursor_DeclRefExpr when parameter.Kind == CXCursorKind.CXCursor_ParmDecl:
                return parameter.Spelling();
            case CXCursorKind.CXCursor_UnaryOperator when LibClang.getCursorUnaryOperatorKind(expression) == CXUnaryOperatorKind.CXUnaryOperator_Deref:
                return PathOf(children[0], out parameter);
            case CXCursorKind.CXCursor_MemberRefExpr when children.Count > 0:
                return PathOf(children[0], out parameter) is { } of ? $"{of}.{expression.Spelling()}" : null;
            case CXCursorKind.CXCursor_ArraySubscriptExpr when children.Count == 2 && children[1].ConstantValue() is { } index:
                return PathOf(children[0], out parameter) is { } array ? string.Create(CultureInfo.InvariantCulture, $"{array}[{index}]") : null;
            default:
                return null;
        }
    }
}
