// What the counters of a function's for loops count through, where the loops' ends are known.

using Nsc.FrontEnd.Parsing;
using Nsc.FrontEnd.Parsing.Interop;

namespace Nsc.FrontEnd.Checking.Usage;

internal sealed class LoopCounters
{
    /// <param name="Body">Its extent: the counter is within the range only there.</param>
    private readonly record struct Loop(CXCursor Counter, (int Start, int End) Body, long Low, long High);

    private const int MostInitialisers = 16;

    private readonly IReadOnlyDictionary<string, double> _values;
    private readonly Lazy<VariableWrites> _writes;
    private readonly List<Loop> _loops = [];
    private int _initialisers;

    private LoopCounters(CXCursor function, IReadOnlyDictionary<string, double> values) => (_values, _writes) = (values, new Lazy<VariableWrites>(() => VariableWrites.Of([function])));

    /// <param name="values">Of parameters, and of their members, that have one value.</param>
    public static LoopCounters Of(CXCursor function, IReadOnlyDictionary<string, double> values)
    {
        var counters = new LoopCounters(function, values);
        var pending = new Stack<CXCursor>([function]);
        while (pending.TryPop(out CXCursor cursor))
        {
            List<CXCursor> children = cursor.Children();
            if (cursor.Kind == CXCursorKind.CXCursor_ForStmt && counters.Read(children) is { } loop)
            {
                counters._loops.Add(loop);
            }

            children.ForEach(pending.Push); // Inner loops, which may end at an outer one's counter, come later.
        }

        return counters;
    }

    /// <summary>The least and the largest value of a whole expression, both included; null when they are not known.</summary>
    public (long Low, long High)? RangeOf(CXCursor expression)
    {
        expression = expression.WithoutWrappers();
        if (expression.ConstantValue() is { } constant)
        {
            return (constant, constant);
        }

        return expression.Kind switch
        {
            CXCursorKind.CXCursor_DeclRefExpr => RangeOfVariable(expression),
            CXCursorKind.CXCursor_MemberRefExpr => KnownSubscripts.PathOf(expression) is { } path ? ValueOf(path) : null,
            CXCursorKind.CXCursor_BinaryOperator when expression.Children() is [var left, var right] && RangeOf(left) is { } a && RangeOf(right) is { } b =>
                Combine(LibClang.getCursorBinaryOperatorKind(expression), a, b),
            _ => null,
        };
    }

    private static (long Low, long High)? Combine(CXBinaryOperatorKind operation, (long Low, long High) a, (long Low, long High) b) => operation switch
    {
        _ when Math.Max(Math.Max(Math.Abs((decimal)a.Low), Math.Abs((decimal)a.High)), Math.Max(Math.Abs((decimal)b.Low), Math.Abs((decimal)b.High))) > int.MaxValue => null,
        CXBinaryOperatorKind.CXBinaryOperator_Add => (a.Low + b.Low, a.High + b.High),
        CXBinaryOperatorKind.CXBinaryOperator_Sub => (a.Low - b.High, a.High - b.Low),
        CXBinaryOperatorKind.CXBinaryOperator_Mul when a.Low >= 0 && b.Low >= 0 => (a.Low * b.Low, a.High * b.High),
        _ => null,
    };

    private (long Low, long High)? RangeOfVariable(CXCursor reference)
    {
        CXCursor variable = LibClang.getCursorReferenced(reference);
        if (variable.Kind == CXCursorKind.CXCursor_ParmDecl)
        {
            return ValueOf(variable.Spelling());
        }

        int at = reference.Location().Offset();
        int found = _loops.FindLastIndex(l => l.Counter == variable && l.Body.Start <= at && at < l.Body.End);
        return found >= 0 ? (_loops[found].Low, _loops[found].High) : RangeOfInitialiser(variable);
    }

    private (long Low, long High)? ValueOf(string name) =>
        _values.TryGetValue(name, out double value) && value == Math.Floor(value) && Math.Abs(value) < int.MaxValue ? ((long)value, (long)value) : null;

    // Of a variable of the function that keeps its first value.
    private (long Low, long High)? RangeOfInitialiser(CXCursor variable)
    {
        if (variable.Kind != CXCursorKind.CXCursor_VarDecl || LibClang.Cursor_hasVarDeclGlobalStorage(variable) == 1 || _initialisers == MostInitialisers
            || LibClang.Cursor_getVarDeclInitializer(variable) is not { Kind: >= CXCursorKind.CXCursor_UnexposedExpr } value || _writes.Value.Contains(variable))
        {
            return null;
        }

        _initialisers++;
        (long Low, long High)? range = RangeOf(value);
        _initialisers--;
        return range;
    }

    // for (i = 0; i < 4; i++) and the like, upwards or downwards, whose body leaves the counter alone.
    private Loop? Read(List<CXCursor> parts)
    {
        if (parts is not [var first, var condition, var step, var body] || condition.Children() is not [var counted, var end]
            || counted.WithoutWrappers() is not { Kind: CXCursorKind.CXCursor_DeclRefExpr } reference || RangeOf(end) is not { } bound
            || LibClang.getCursorReferenced(reference) is not { Kind: CXCursorKind.CXCursor_VarDecl } counter
            || Parts(first).Select(p => Begin(p, counter)).FirstOrDefault(b => b is not null) is not { } begin || Parts(step).Select(p => Direction(p, counter)).FirstOrDefault(d => d is not null) is not { } direction || VariableWrites.Of([body]).Contains(counter))
        {
            return null;
        }

        return (condition.Kind, LibClang.getCursorBinaryOperatorKind(condition), direction) switch
        {
            (CXCursorKind.CXCursor_BinaryOperator, CXBinaryOperatorKind.CXBinaryOperator_LT or CXBinaryOperatorKind.CXBinaryOperator_NE, 1) => new Loop(counter, body.Extent(), begin.Low, bound.High - 1),
            (CXCursorKind.CXCursor_BinaryOperator, CXBinaryOperatorKind.CXBinaryOperator_LE, 1) => new Loop(counter, body.Extent(), begin.Low, bound.High),
            (CXCursorKind.CXCursor_BinaryOperator, CXBinaryOperatorKind.CXBinaryOperator_GT, -1) => new Loop(counter, body.Extent(), bound.Low + 1, begin.High),
            (CXCursorKind.CXCursor_BinaryOperator, CXBinaryOperatorKind.CXBinaryOperator_GE, -1) => new Loop(counter, body.Extent(), bound.Low, begin.High),
            _ => null,
        };
    }

    // Of i = 0, s = 0.
    private static IEnumerable<CXCursor> Parts(CXCursor expression) => expression.Kind == CXCursorKind.CXCursor_BinaryOperator
        && LibClang.getCursorBinaryOperatorKind(expression) == CXBinaryOperatorKind.CXBinaryOperator_Comma ? expression.Children().SelectMany(Parts) : [expression];

    private (long Low, long High)? Begin(CXCursor statement, CXCursor counter)
    {
        CXCursor? value = statement.Kind switch
        {
            CXCursorKind.CXCursor_DeclStmt when statement.Children() is [var variable] && variable == counter => LibClang.Cursor_getVarDeclInitializer(variable),
            CXCursorKind.CXCursor_BinaryOperator when LibClang.getCursorBinaryOperatorKind(statement) == CXBinaryOperatorKind.CXBinaryOperator_Assign
                && statement.Children() is [var left, var right] && LibClang.getCursorReferenced(left.WithoutWrappers()) == counter => right,
            _ => null,
        };
        return value is { Kind: >= CXCursorKind.CXCursor_UnexposedExpr } begin ? RangeOf(begin) : null;
    }

    // 1 for a step upwards, -1 for one downwards.
    private static int? Direction(CXCursor step, CXCursor counter)
    {
        if (step.Children() is not [var stepped, ..] || LibClang.getCursorReferenced(stepped.WithoutWrappers()) != counter)
        {
            return null;
        }

        return step.Kind == CXCursorKind.CXCursor_UnaryOperator
            ? LibClang.getCursorUnaryOperatorKind(step) switch
            {
                CXUnaryOperatorKind.CXUnaryOperator_PostInc or CXUnaryOperatorKind.CXUnaryOperator_PreInc => 1,
                CXUnaryOperatorKind.CXUnaryOperator_PostDec or CXUnaryOperatorKind.CXUnaryOperator_PreDec => -1,
                _ => null,
            }
            : null;
    }
}
