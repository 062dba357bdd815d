// What a loop reads for a row, where that is all that its expressions do: then many rows can be read at a time, as long as no row writes what a
// later one reads.

using Nsc.FrontEnd.Parsing;
using Nsc.FrontEnd.Parsing.Interop;

namespace Nsc.FrontEnd.Rewriting;

/// <summary>An lvalue that the loop may change by what it writes.</summary>
/// <param name="Steps">Whether it is the next element with each row; else it is the same one for all rows.</param>
internal readonly record struct RowPlace(string Text, bool Steps);

/// <param name="counter">The loop's, which grows by one with each row.</param>
/// <param name="pointedTo">Variables of the function that pointers may lead to.</param>
internal sealed class RowReads(SyntaxTree unit, CXCursor counter, IReadOnlySet<string> pointedTo)
{
    private readonly List<RowPlace> _places = [];

    /// <summary>What was read, but for the function's own variables that no pointer leads to.</summary>
    public IEnumerable<RowPlace> Places => _places.Distinct();

    /// <summary>Adds what an expression reads; false where it does more, or reads what does not step along with the rows.</summary>
    public bool Add(CXCursor expression)
    {
        List<CXCursor> parts = expression.Children().FindAll(c => c.IsExpression());
        return !IsVolatile(expression) && expression.Kind switch
        {
            CXCursorKind.CXCursor_IntegerLiteral or CXCursorKind.CXCursor_FloatingLiteral or CXCursorKind.CXCursor_CharacterLiteral => true,
            CXCursorKind.CXCursor_UnaryExpr => true, // sizeof
            CXCursorKind.CXCursor_UnexposedExpr => parts is [var converted] && converted.Extent() == expression.Extent() && Add(converted),
            CXCursorKind.CXCursor_ParenExpr or CXCursorKind.CXCursor_CStyleCastExpr => parts is [var inner] && Add(inner),
            CXCursorKind.CXCursor_BinaryOperator => LibClang.getCursorBinaryOperatorKind(expression) < CXBinaryOperatorKind.CXBinaryOperator_Assign && parts.TrueForAll(Add),
            CXCursorKind.CXCursor_UnaryOperator => AddUnary(expression, parts[0]),
            CXCursorKind.CXCursor_DeclRefExpr => AddVariable(expression),
            CXCursorKind.CXCursor_ArraySubscriptExpr => parts.TrueForAll(Add) && AddPlace(expression),
            CXCursorKind.CXCursor_MemberRefExpr => parts.TrueForAll(Add) && LibClang.Cursor_isBitField(LibClang.getCursorReferenced(expression)) == 0 && AddPlace(expression),
            _ => false,
        };
    }

    /// <summary>The next element with each row, as an lvalue that the loop writes: its text, or null for what is none.</summary>
    public string? Written(CXCursor expression)
    {
        expression = expression.WithoutWrappers();
        CXType type = expression.Type();
        return Steps(expression) && IsNumber(type) && !type.HoldsConst() && !IsVolatile(expression) && expression.Children().TrueForAll(Add) ? TextOf(expression) : null;
    }

    /// <summary>Whether a text that was asked for has a line marker between its lines, where conditions or macros were.</summary>
    public bool HasCuts { get; private set; }

    /// <summary>An expression's text on one line.</summary>
    public string TextOf(CXCursor expression) => TextOf(expression.Extent().Start, expression.Extent().End);

    public string TextOf(int start, int end)
    {
        string text = unit.Source.Slice(start, end);
        HasCuts |= text.Contains('#', StringComparison.Ordinal);
        return string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>Whether a variable is one of the function's own that no pointer leads to.</summary>
    public static bool IsPrivate(CXCursor variable, IReadOnlySet<string> pointedTo) =>
        variable.Kind is CXCursorKind.CXCursor_VarDecl or CXCursorKind.CXCursor_ParmDecl
        && LibClang.Cursor_hasVarDeclGlobalStorage(variable) == 0 && !pointedTo.Contains(variable.Spelling());

    private bool AddUnary(CXCursor expression, CXCursor operand) => LibClang.getCursorUnaryOperatorKind(expression) switch
    {
        >= CXUnaryOperatorKind.CXUnaryOperator_Plus and <= CXUnaryOperatorKind.CXUnaryOperator_LNot => Add(operand),
        CXUnaryOperatorKind.CXUnaryOperator_Deref => Add(operand) && AddPlace(expression),
        _ => false,
    };

    private bool AddVariable(CXCursor reference)
    {
        CXCursor variable = LibClang.getCursorReferenced(reference);
        return variable.Kind == CXCursorKind.CXCursor_EnumConstantDecl || IsPrivate(variable, pointedTo)
            || (variable.Kind is CXCursorKind.CXCursor_VarDecl or CXCursorKind.CXCursor_ParmDecl && AddPlace(reference));
    }

    // Of an array only the address is asked for.
    private bool AddPlace(CXCursor lvalue)
    {
        bool steps = Steps(lvalue);
        if (!steps && DependsOnCounter(lvalue))
        {
            return false;
        }

        if (!lvalue.Type().Canonical().Kind.IsArray())
        {
            _places.Add(new RowPlace(TextOf(lvalue), steps));
        }

        return true;
    }

    // Whether it is an element of the same array in each row, one further on each time.
    private bool Steps(CXCursor lvalue) => lvalue.Kind == CXCursorKind.CXCursor_ArraySubscriptExpr && lvalue.Children() is [var array, var index]
        && !DependsOnCounter(array) && Counts(index) && !lvalue.Type().Canonical().Kind.IsArray();

    // The counter, or what is always as far from it.
    private bool Counts(CXCursor index)
    {
        index = index.WithoutWrappers();
        return index.Kind switch
        {
            CXCursorKind.CXCursor_DeclRefExpr => LibClang.getCursorReferenced(index) == counter,
            CXCursorKind.CXCursor_BinaryOperator when index.Children() is [var left, var right] => LibClang.getCursorBinaryOperatorKind(index) switch
            {
                CXBinaryOperatorKind.CXBinaryOperator_Add => (Counts(left) && !DependsOnCounter(right)) || (!DependsOnCounter(left) && Counts(right)),
                CXBinaryOperatorKind.CXBinaryOperator_Sub => Counts(left) && !DependsOnCounter(right),
                _ => false,
            },
            _ => false,
        };
    }

    private bool DependsOnCounter(CXCursor expression) =>
        (expression.Kind == CXCursorKind.CXCursor_DeclRefExpr && LibClang.getCursorReferenced(expression) == counter) || expression.Children().Exists(DependsOnCounter);

    private static bool IsVolatile(CXCursor expression) => LibClang.isVolatileQualifiedType(expression.Type().Canonical().ElementOfAll()) != 0;

    private static bool IsNumber(CXType type) => type.Canonical().Kind is >= CXTypeKind.CXType_Bool and <= CXTypeKind.CXType_LongDouble;
}
