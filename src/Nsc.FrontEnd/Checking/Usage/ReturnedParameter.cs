// Functions that give back a pointer that they were given, so that calls can be nested: the result tells the caller nothing new.

using Nsc.FrontEnd.Parsing;
using Nsc.FrontEnd.Parsing.Interop;

namespace Nsc.FrontEnd.Checking.Usage;

internal static class ReturnedParameter
{
    /// <summary>The name of the parameter that all return statements give back and that nothing writes; null when there is none.</summary>
    public static string? Of(CXCursor function)
    {
        var returned = new HashSet<CXCursor>();
        var written = new HashSet<CXCursor>();
        var pending = new Stack<CXCursor>([function]);
        while (pending.TryPop(out CXCursor cursor))
        {
            List<CXCursor> children = cursor.Children();
            if (cursor.Kind == CXCursorKind.CXCursor_ReturnStmt)
            {
                returned.Add(children.Count == 0 ? cursor : Variable(children[0]));
            }
            else if (children.Count > 0 && (VariableWrites.IsWrite(cursor) || VariableWrites.TakesAddress(cursor)))
            {
                written.Add(Variable(children[0]));
            }

            children.ForEach(pending.Push);
        }

        return returned.Count == 1 && returned.Single() is { Kind: CXCursorKind.CXCursor_ParmDecl } parameter && !written.Contains(parameter) ? parameter.Spelling() : null;
    }

    private static CXCursor Variable(CXCursor expression) =>
        expression.WithoutWrappers() is { Kind: CXCursorKind.CXCursor_DeclRefExpr } reference ? LibClang.getCursorReferenced(reference) : expression;
}
