// The C types that no supported program may use anywhere, and why. Found at any depth: behind pointers and in arrays. What a
// structure holds besides is no fault of those who leave it alone.

using Nsc.FrontEnd.Parsing;
using Nsc.FrontEnd.Parsing.Interop;

namespace Nsc.FrontEnd.Checking;

/// <summary>What is wrong with a type; <paramref name="What"/> completes "'x' ...".</summary>
internal sealed record TypeFlaw(string Id, string What, string? Hint = null)
{
    public static readonly TypeFlaw Atomic = new("atomic", "is atomic: a surrogate has no threads to share it with", "drop _Atomic");
    public static readonly TypeFlaw Complex = new("complex", "is complex", "use a struct of two numbers");
    public static readonly TypeFlaw Vector = new("vector", "is a vector of a compiler extension", "use an array");
    public static readonly TypeFlaw WideInteger = new("wide-integer", "has an integer type of a width that is not supported", "use at most 64 bits");
    public static readonly TypeFlaw Half = new("half-float", "has a floating type of 16 bits", "use float");
    public static readonly TypeFlaw Union = new("union", "is a union, or part of one: the same bytes would mean two values", "use a struct");
    public static readonly TypeFlaw FunctionPointer = new("function-pointer", "is a function pointer: which code runs must be known", "call the function by its name, or say which one it is by --fix NAME=FUNCTION");
    public static readonly TypeFlaw VariableArray = new("variable-array", "is an array of variable length", "give it a constant extent");
    /// <summary>The same of a structure's member, which may be null.</summary>
    public static TypeFlaw CallbackMember(string name) => FunctionPointer with { Hint = $"say which function it is by --fix {name}=FUNCTION, or that it is null by --fix {name}=0" };

    public static readonly TypeFlaw TooDeep = new("deep-type", "has a type that nests too deeply");
}

/// <param name="asksDataflow">Whether the dataflow tells what comes of unions, function pointers, vectors, wide integers and arrays of variable length.</param>
internal sealed class TypeCheck(bool asksDataflow = false)
{
    private const int Deepest = 64;

    private readonly Dictionary<CXType, TypeFlaw?> _known = [];

    /// <summary>The first flaw of a type, or null. A structure's members are not looked at.</summary>
    public TypeFlaw? Find(CXType type) => Find(type.Canonical(), 0);

    /// <summary>The flaw of a member that is read or written, or null: that of its type, or that it lies in an anonymous union.</summary>
    public TypeFlaw? FindInMember(CXCursor member)
    {
        CXCursor around = LibClang.getCursorSemanticParent(LibClang.getCursorReferenced(member));
        while (LibClang.Cursor_isAnonymousRecordDecl(around) != 0 && around.Kind != CXCursorKind.CXCursor_UnionDecl)
        {
            around = LibClang.getCursorSemanticParent(around);
        }

        return LibClang.Cursor_isAnonymousRecordDecl(around) != 0 && !asksDataflow ? TypeFlaw.Union : Find(member.Type());
    }

    private TypeFlaw? Find(CXType type, int depth)
    {
        if (depth > Deepest)
        {
            return TypeFlaw.TooDeep;
        }

        if (_known.TryGetValue(type, out TypeFlaw? flaw))
        {
            return flaw;
        }

        _known[type] = null; // A structure may point to itself.
        return _known[type] = ByKind(type, depth);
    }

    private TypeFlaw? ByKind(CXType type, int depth)
    {
        switch (type.Kind)
        {
            case CXTypeKind.CXType_Int128 or CXTypeKind.CXType_UInt128:
                return asksDataflow ? null : TypeFlaw.WideInteger;
            case CXTypeKind.CXType_Half or CXTypeKind.CXType_Float16 or CXTypeKind.CXType_BFloat16:
                return TypeFlaw.Half;
            case CXTypeKind.CXType_Complex:
                return asksDataflow ? null : TypeFlaw.Complex;
            case CXTypeKind.CXType_Vector or CXTypeKind.CXType_ExtVector:
                return asksDataflow ? null : TypeFlaw.Vector;
            case CXTypeKind.CXType_Atomic:
                return TypeFlaw.Atomic;
            case CXTypeKind.CXType_VariableArray:
                return asksDataflow ? Find(LibClang.getArrayElementType(type).Canonical(), depth + 1) : TypeFlaw.VariableArray;
            case CXTypeKind.CXType_Pointer:
                CXType pointee = LibClang.getPointeeType(type).Canonical();
                return !pointee.Kind.IsFunction() ? Find(pointee, depth + 1) : asksDataflow ? null : TypeFlaw.FunctionPointer;
            case CXTypeKind.CXType_ConstantArray or CXTypeKind.CXType_IncompleteArray:
                return Find(LibClang.getArrayElementType(type).Canonical(), depth + 1);
            case CXTypeKind.CXType_Record:
                return LibClang.getTypeDeclaration(type).Kind == CXCursorKind.CXCursor_UnionDecl && !asksDataflow ? TypeFlaw.Union : null;
            case CXTypeKind.CXType_Unexposed when type.Spelling().Contains("_BitInt", StringComparison.Ordinal):
                return TypeFlaw.WideInteger;
            default:
                return null;
        }
    }
}
