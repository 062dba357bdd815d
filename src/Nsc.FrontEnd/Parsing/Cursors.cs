// What the front end asks of a libclang cursor, type or location, in C#'s terms.

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nsc.FrontEnd.Parsing.Interop;
using Nsc.FrontEnd.Sources;

namespace Nsc.FrontEnd.Parsing;

internal static unsafe class Cursors
{
    public static string Text(this CXString text)
    {
        string result = Marshal.PtrToStringUTF8(LibClang.getCString(text)) ?? "";
        LibClang.disposeString(text);
        return result;
    }

    public static string Spelling(this CXCursor cursor) => LibClang.getCursorSpelling(cursor).Text();

    public static string Spelling(this CXType type) => LibClang.getTypeSpelling(type).Text();

    /// <summary>The direct children, in source order. Never recursive, so that a deep tree cannot exhaust the stack.</summary>
    public static List<CXCursor> Children(this CXCursor cursor)
    {
        var children = new List<CXCursor>();
        var handle = GCHandle.Alloc(children);
        LibClang.visitChildren(cursor, &Collect, GCHandle.ToIntPtr(handle));
        handle.Free();
        return children;
    }

    /// <summary>A function's parameters in order; none for one that is declared without a prototype.</summary>
    public static IEnumerable<CXCursor> Parameters(this CXCursor function) =>
        Enumerable.Range(0, Math.Max(0, LibClang.Cursor_getNumArguments(function))).Select(i => LibClang.Cursor_getArgument(function, (uint)i));

    /// <summary>A structure's fields in order, unnamed ones included.</summary>
    public static List<CXCursor> Fields(this CXType type)
    {
        var fields = new List<CXCursor>();
        var handle = GCHandle.Alloc(fields);
        LibClang.Type_visitFields(type, &CollectField, GCHandle.ToIntPtr(handle));
        handle.Free();
        return fields;
    }

    /// <summary>Whether a cursor is an expression, by libclang's numbering of kinds.</summary>
    public static bool IsExpression(this CXCursor cursor) => (int)cursor.Kind is >= 100 and < 200;

    /// <summary>Whether an expression is the constant zero.</summary>
    public static bool IsZero(this CXCursor expression) => expression.ConstantValue() == 0;

    /// <summary>The value of a constant integer expression, or null.</summary>
    public static long? ConstantValue(this CXCursor expression)
    {
        CXEvalResult result = LibClang.Cursor_Evaluate(expression);
        if (result.Handle == 0)
        {
            return null;
        }

        long? value = LibClang.EvalResult_getKind(result) == CXEvalResultKind.CXEval_Int ? LibClang.EvalResult_getAsLongLong(result) : null;
        LibClang.EvalResult_dispose(result);
        return value;
    }

    /// <summary>A declaration as clang prints it: attributes and all, without a body.</summary>
    public static string Declaration(this CXCursor cursor)
    {
        CXPrintingPolicy policy = LibClang.getCursorPrintingPolicy(cursor);
        LibClang.PrintingPolicy_setProperty(policy, CXPrintingPolicyProperty.CXPrintingPolicy_TerseOutput, 1);
        string text = LibClang.getCursorPrettyPrinted(cursor, policy).Text();
        LibClang.PrintingPolicy_dispose(policy);
        return text.Trim();
    }

    /// <summary>The byte offset in the file where the location's text, or the macro that makes it, is written.</summary>
    public static int Offset(this CXSourceLocation location)
    {
        LibClang.getExpansionLocation(location, out _, out _, out _, out uint offset);
        return (int)offset;
    }

    /// <summary>A place in a parsed text, which is one text whatever files it was made of.</summary>
    public static SourcePlace PlaceIn(this CXSourceLocation location, SourceText source) => source.PlaceAt(location.Offset());

    /// <summary>The byte offsets in the file of a range's start and end.</summary>
    public static (int Start, int End) Offsets(this CXSourceRange range) =>
        (LibClang.getRangeStart(range).Offset(), LibClang.getRangeEnd(range).Offset());

    /// <summary>Where in the file a declaration, statement or expression is written.</summary>
    public static (int Start, int End) Extent(this CXCursor cursor) => LibClang.getCursorExtent(cursor).Offsets();

    public static CXSourceLocation Location(this CXCursor cursor) => LibClang.getCursorLocation(cursor);

    public static CXType Type(this CXCursor cursor) => LibClang.getCursorType(cursor);

    public static CXType Canonical(this CXType type) => LibClang.getCanonicalType(type);

    public static bool IsArray(this CXTypeKind kind) => kind is CXTypeKind.CXType_ConstantArray
        or CXTypeKind.CXType_IncompleteArray or CXTypeKind.CXType_VariableArray;

    public static bool IsFunction(this CXTypeKind kind) =>
        kind is CXTypeKind.CXType_FunctionProto or CXTypeKind.CXType_FunctionNoProto;

    public static bool IsAttribute(this CXCursorKind kind) =>
        kind is >= CXCursorKind.CXCursor_FirstAttr and <= CXCursorKind.CXCursor_LastAttr;

    /// <summary>The type inside all array dimensions of a canonical type.</summary>
    public static CXType ElementOfAll(this CXType type)
    {
        while (type.Kind.IsArray())
        {
            type = LibClang.getArrayElementType(type).Canonical();
        }

        return type;
    }

    /// <summary>Whether a type, or what its array dimensions hold, is const: clang may put the qualifier on either.</summary>
    public static bool HoldsConst(this CXType type) => Holds(type, t => LibClang.isConstQualifiedType(t) != 0);

    /// <summary>Whether a type, or what its array dimensions hold, is volatile.</summary>
    public static bool HoldsVolatile(this CXType type) => Holds(type, t => LibClang.isVolatileQualifiedType(t) != 0);

    private static bool Holds(CXType type, Func<CXType, bool> isQualified)
    {
        type = type.Canonical();
        while (type.Kind.IsArray() && !isQualified(type))
        {
            type = LibClang.getArrayElementType(type);
        }

        return isQualified(type);
    }

    /// <summary>Skips implicit conversions and parentheses around an expression.</summary>
    public static CXCursor WithoutWrappers(this CXCursor expression)
    {
        while (expression.Kind is CXCursorKind.CXCursor_UnexposedExpr or CXCursorKind.CXCursor_ParenExpr)
        {
            List<CXCursor> children = expression.Children();
            if (children.Count != 1)
            {
                break;
            }

            expression = children[0];
        }

        return expression;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static CXChildVisitResult CollectField(CXCursor cursor, nint clientData)
    {
        ((List<CXCursor>)GCHandle.FromIntPtr(clientData).Target!).Add(cursor);
        return CXChildVisitResult.CXChildVisit_Continue;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static CXChildVisitResult Collect(CXCursor cursor, CXCursor parent, nint clientData)
    {
        ((List<CXCursor>)GCHandle.FromIntPtr(clientData).Target!).Add(cursor);
        return CXChildVisitResult.CXChildVisit_Continue;
    }
}
