// A loop over arrays whose body is one call of a function, such as
//     for (int i = 0; i < n; i++)
//         out[i] = f(a[i], b[i], k);

using System.Collections.Immutable;
using Nsc.FrontEnd.Calls;
using Nsc.FrontEnd.Parsing;
using Nsc.FrontEnd.Parsing.Interop;

namespace Nsc.FrontEnd.Rewriting;

/// <param name="Loop">The whole statement's offset, and its body's extent: offsets in the parsed text.</param>
/// <param name="Counter">The name of what grows by one with each row.</param>
/// <param name="Statement">The body: an expression.</param>
/// <param name="Arguments">What is handed over, by parameter; in place of a pointer to an output the element that it leads to.</param>
/// <param name="Result">What the body has around the call; null where it drops the result.</param>
/// <param name="Writes">The elements that a row writes.</param>
/// <param name="Reads">What it reads.</param>
internal sealed record MappedLoop(
    int Loop, (int Start, int End) Body, string Counter, string Condition, string Statement, ImmutableArray<string> Arguments, (string Before, string After)? Result,
    ImmutableArray<string> Writes, ImmutableArray<RowPlace> Reads)
{
    /// <summary>Whether a call is of numbers alone, which go in by value and come out as the result or through a pointer each.</summary>
    public static bool Takes(FunctionCall call) =>
        call is { GivesPointer: false, Returned: null, Result: null or Shape.Scalar, Fixed.IsEmpty: true, Ignored.IsEmpty: true, Nulls.IsEmpty: true, Bound.IsEmpty: true }
        && call.Scalars.Length == call.Parameters.Length
        && call.Scalars.All(s => s.Parameter.Shape is Shape.Scalar && (s.Parameter.Passing, s.Direction) is (Passing.Value, not Direction.Out) or (Passing.Address, Direction.Out));

    /// <summary>A for statement as a mapped loop, or null for another one.</summary>
    /// <param name="pointedTo">Variables of the function around it that pointers may lead to.</param>
    public static MappedLoop? Of(CXCursor statement, SyntaxTree unit, DefinedFunction function, FunctionCall call, IReadOnlySet<string> pointedTo)
    {
        if (statement.Children() is not [.., var condition, var step, var body] || CounterOf(step) is not { } counter || !RowReads.IsPrivate(counter, pointedTo))
        {
            return null;
        }

        CXCursor row = body.Kind == CXCursorKind.CXCursor_CompoundStmt && body.Children() is [var only] ? only : body, called = CallIn(row);
        var reads = new RowReads(unit, counter, pointedTo);
        if (called.Kind != CXCursorKind.CXCursor_CallExpr || unit.Index.KeyOf(LibClang.getCursorReferenced(called)) != function.Name || !reads.Add(condition))
        {
            return null;
        }

        bool isAssigned = row != called;
        string?[] arguments = [.. call.Parameters.Select((parameter, i) => Argument(parameter, LibClang.Cursor_getArgument(called, (uint)i), reads))];
        string? target = isAssigned ? reads.Written(row.Children()[0]) : null;
        ImmutableArray<string> writes = [.. arguments.Where((_, i) => call.Scalars[i].IsOutput).Append(target).OfType<string>()];
        if (arguments.Contains(null) || (isAssigned && target is null) || writes.IsEmpty)
        {
            return null;
        }

        (string, string)? result = isAssigned ? (reads.TextOf(row.Extent().Start, called.Extent().Start), reads.TextOf(called.Extent().End, row.Extent().End)) : null;
        var loop = new MappedLoop(
            statement.Extent().Start, body.Extent(), counter.Spelling(), reads.TextOf(condition), reads.TextOf(row), [.. arguments.OfType<string>()], result, writes, [.. reads.Places]);
        return reads.HasCuts ? null : loop;
    }

    // i++, ++i or i += 1, of a variable that does not wrap around before an int does.
    private static CXCursor? CounterOf(CXCursor step)
    {
        bool isStep = step.Kind switch
        {
            CXCursorKind.CXCursor_UnaryOperator => LibClang.getCursorUnaryOperatorKind(step) is CXUnaryOperatorKind.CXUnaryOperator_PostInc or CXUnaryOperatorKind.CXUnaryOperator_PreInc,
            CXCursorKind.CXCursor_CompoundAssignOperator => LibClang.getCursorBinaryOperatorKind(step) == CXBinaryOperatorKind.CXBinaryOperator_AddAssign && step.Children()[1].ConstantValue() == 1,
            _ => false,
        };
        return isStep && step.Type().Canonical() is var type && LibClang.isVolatileQualifiedType(type) == 0 && type.Kind is CXTypeKind.CXType_Int or CXTypeKind.CXType_UInt
                or CXTypeKind.CXType_Long or CXTypeKind.CXType_ULong or CXTypeKind.CXType_LongLong or CXTypeKind.CXType_ULongLong
            && step.Children()[0].WithoutWrappers() is { Kind: CXCursorKind.CXCursor_DeclRefExpr } counter ? LibClang.getCursorReferenced(counter) : null;
    }

    // Of an assignment the value, without conversions.
    private static CXCursor CallIn(CXCursor statement)
    {
        if (statement.Kind != CXCursorKind.CXCursor_BinaryOperator || LibClang.getCursorBinaryOperatorKind(statement) != CXBinaryOperatorKind.CXBinaryOperator_Assign)
        {
            return statement;
        }

        CXCursor value = statement.Children()[1].WithoutWrappers();
        while (value.Kind == CXCursorKind.CXCursor_CStyleCastExpr)
        {
            value = value.Children()[^1].WithoutWrappers();
        }

        return value;
    }

    // Of an output the element whose address is handed over.
    private static string? Argument(Parameter parameter, CXCursor argument, RowReads reads)
    {
        if (parameter.Passing == Passing.Value)
        {
            return reads.Add(argument) ? reads.TextOf(argument) : null;
        }

        argument = argument.WithoutWrappers();
        return argument.Kind == CXCursorKind.CXCursor_UnaryOperator && LibClang.getCursorUnaryOperatorKind(argument) == CXUnaryOperatorKind.CXUnaryOperator_AddrOf
            ? reads.Written(argument.Children()[0]) : null;
    }
}
