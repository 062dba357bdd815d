// Reads one C type as a shape: scalars, structures of them, arrays of constant extent.

using System.Collections.Immutable;
using Nsc.Core.Programs;
using Nsc.FrontEnd.Checking;
using Nsc.FrontEnd.Parsing;
using Nsc.FrontEnd.Parsing.Interop;
using Nsc.FrontEnd.Sources;

namespace Nsc.FrontEnd.Calls;

/// <summary>A shape, or the name of the part that has none and the reason, which completes "'x.y' ...".</summary>
internal readonly record struct ShapeResult(Shape? Shape, string Name = "", TypeFlaw? Flaw = null);

/// <param name="policy">Says which members are left out.</param>
internal sealed class ShapeReader(TypeCheck types, CallPolicy policy)
{
    /// <summary>No limit on inputs or outputs is near; it only keeps huge arrays from being spelled out.</summary>
    private const int MostScalars = 4096;

    private readonly HashSet<CXCursor> _around = []; // The structures that are being read.
    private Queue<long> _lengths = [];
    private bool _followsPointers, _isResult;
    private bool _isShared; // Whether other members of a union, which are used, have the same bytes.

    /// <summary>The pointers in a result and those that are set, which no output is.</summary>
    public List<string> LeftPointers { get; } = [];

    /// <param name="lengths">Those of arrays of variable length, the outermost one first.</param>
    /// <param name="followsPointers">Whether the caller can hand over what a structure points to.</param>
    public ShapeResult Read(CXType type, string name, IEnumerable<long>? lengths = null, bool followsPointers = false, bool isResult = false)
    {
        int budget = MostScalars;
        (_followsPointers, _isResult, _isShared) = (followsPointers, isResult, false);
        _around.Clear();
        _lengths = new Queue<long>(lengths ?? []);
        return Read(type.Canonical(), name, ref budget);
    }

    private ShapeResult Read(CXType type, string name, ref int budget) => type.Kind switch
    {
        _ when types.Find(type) is { } flaw => new(null, name, flaw),
        CXTypeKind.CXType_Record when LibClang.getTypeDeclaration(type).Kind == CXCursorKind.CXCursor_UnionDecl => ReadUnion(type, name, ref budget),
        CXTypeKind.CXType_Pointer when IsPointerToFunction(type) => new(null, name, TypeFlaw.CallbackMember(name)),
        CXTypeKind.CXType_VariableArray when _lengths.TryPeek(out long length) => ReadArray(LibClang.getArrayElementType(type), length, name, ref budget),
        CXTypeKind.CXType_VariableArray => new(null, name, TypeFlaw.VariableArray),
        CXTypeKind.CXType_Complex => ReadComplex(type, name, ref budget),
        CXTypeKind.CXType_ConstantArray => ReadArray(LibClang.getArrayElementType(type), LibClang.getArraySize(type), name, ref budget),
        CXTypeKind.CXType_IncompleteArray => Unsupported(name, "is an array without an extent"),
        CXTypeKind.CXType_Record => ReadStruct(type, name, ref budget),
        CXTypeKind.CXType_Pointer => ReadPointer(LibClang.getPointeeType(type).Canonical(), name, isUntyped: false, ref budget),
        CXTypeKind.CXType_Enum => ReadEnum(type, name, ref budget),
        _ => ReadScalar(type, name, ref budget),
    };

    /// <summary>The function that a pointer is; null for what is no pointer to a function, or nobody says which.</summary>
    public Shape.Function? FunctionOf(CXType type, string path) => IsPointerToFunction(type.Canonical()) && policy.FunctionOf(path) is { } function
        ? new Shape.Function(LibClang.getUnqualifiedType(type.Canonical()).Spelling(), function) : null;

    private static bool IsPointerToFunction(CXType type) => type.Kind == CXTypeKind.CXType_Pointer && LibClang.getPointeeType(type).Canonical().Kind.IsFunction();

    private static ShapeResult ReadScalar(CXType type, string name, ref int budget)
    {
        if (--budget < 0)
        {
            return TooLarge(name);
        }

        return KindOf(type.Kind) is { } kind
            ? new(new Shape.Scalar(kind, kind == ScalarKind.Bool ? "_Bool" : Unqualified(type), DefaultRangeOf(kind)))
            : Unsupported(name, $"has the type '{SourceMessages.Printable(type.Spelling())}', which is no number");
    }

    private static ShapeResult ReadComplex(CXType type, string name, ref int budget)
    {
        budget -= 2;
        return budget < 0 ? TooLarge(name)
            : KindOf(LibClang.getElementType(type).Kind) is { } kind and (ScalarKind.Float or ScalarKind.Double) ? new(new Shape.Complex(kind, Unqualified(type)))
            : Unsupported(name, $"has the type '{SourceMessages.Printable(type.Spelling())}', whose parts are whole numbers");
    }

    private static ShapeResult ReadEnum(CXType type, string name, ref int budget)
    {
        CXCursor declaration = LibClang.getTypeDeclaration(type);
        CXType integer = LibClang.getEnumDeclIntegerType(declaration).Canonical();
        string typeName = Unqualified(type);
        if (--budget < 0 || KindOf(integer.Kind) is not { } kind)
        {
            return TooLarge(name);
        }

        long[] values = [.. declaration.Children()
            .Where(c => c.Kind == CXCursorKind.CXCursor_EnumConstantDecl)
            .Select(LibClang.getEnumConstantDeclValue)];
        var range = values.Length == 0 || values.Min() == values.Max()
            ? DefaultRangeOf(ScalarKind.UInt32)
            : new Interval(values.Min(), values.Max());
        return new(new Shape.Scalar(kind, IsNamed(typeName) ? typeName : kind.Spelling(), range));
    }

    private ShapeResult ReadArray(CXType element, long extent, string name, ref int budget)
    {
        if (extent <= 0)
        {
            return Unsupported(name, "is an array without elements");
        }

        if (extent > MostScalars)
        {
            return TooLarge(name);
        }

        _lengths.TryDequeue(out _);
        int before = budget;
        ShapeResult first = Read(element.Canonical(), name + "[0]", ref budget);
        if (first.Shape is null)
        {
            return first;
        }

        budget = before - (int)Math.Min(extent * (before - budget), MostScalars + 1);
        return budget < 0 ? TooLarge(name) : new(new Shape.Array(first.Shape, (int)extent));
    }

    private ShapeResult ReadStruct(CXType type, string name, ref int budget)
    {
        if (--budget < 0)
        {
            return TooLarge(name);
        }

        CXCursor declaration = LibClang.getTypeDeclaration(type);
        _around.Add(declaration);
        ShapeResult result = ReadFields(type, name, ref budget);
        _around.Remove(declaration);
        return result;
    }

    private ShapeResult ReadFields(CXType type, string name, ref int budget)
    {
        var fields = ImmutableArray.CreateBuilder<Shape.Field>();
        foreach (CXCursor field in type.Fields())
        {
            string fieldName = field.Spelling() is var spelled && IsNamed(spelled) ? spelled : "";
            string path = fieldName.Length == 0 ? name : $"{name}.{fieldName}";
            if (policy.IsOnlySet(field))
            {
                LeftPointers.Add(path);
                fields.Add(new Shape.Field(fieldName, new Shape.LeftOut()));
                continue;
            }

            ShapeResult result = ReadField(field, path, ref budget);
            bool isKept = _isShared && result.Shape is not (null or Shape.Pointer);
            bool isLeftOut = (result.Shape is null && LeavesPointer(field, path)) || (!isKept && policy.LeavesOut(field, path, result.Shape is not null));
            if (result.Shape is null && !isLeftOut)
            {
                return result;
            }

            bool isPadding = fieldName.Length == 0 && LibClang.Cursor_isBitField(field) != 0;
            if (!isPadding)
            {
                fields.Add(new Shape.Field(fieldName, isLeftOut ? new Shape.LeftOut() : result.Shape!));
            }
        }

        return new(new Shape.Struct(Unqualified(type), fields.ToImmutable()));
    }

    private bool LeavesPointer(CXCursor field, string path)
    {
        bool isLeftOut = _isResult && policy.TakesPointers && field.Type().Canonical().Kind == CXTypeKind.CXType_Pointer;
        if (isLeftOut)
        {
            LeftPointers.Add(path);
        }

        return isLeftOut;
    }

    // The member that somebody speaks of, or the first of the largest ones: it holds the bytes of all others. Of these one that the function uses.
    private ShapeResult ReadUnion(CXType type, string name, ref int budget)
    {
        ShapeResult result = new(null, name, TypeFlaw.Union);
        bool isShared = _isShared;
        CXCursor[] used = [.. type.Fields().Where(policy.IsUsed)];
        foreach (CXCursor member in type.Fields().OrderByDescending(f => policy.IsNamed($"{name}.{f.Spelling()}")).ThenByDescending(f => LibClang.Type_getSizeOf(f.Type())).ThenByDescending(used.Contains))
        {
            string spelled = IsNamed(member.Spelling()) ? member.Spelling() : "";
            _isShared = isShared || used.Any(u => u != member);
            result = ReadField(member, spelled.Length == 0 ? name : $"{name}.{spelled}", ref budget);
            _isShared = isShared;
            if (result.Shape is { } shape && (spelled.Length > 0 || member == type.Fields()[0]))
            {
                return new(new Shape.Union(Unqualified(type), new Shape.Field(spelled, shape)));
            }
        }

        return new(null, name, result.Flaw ?? TypeFlaw.Union);
    }

    // One structure, or as many elements as somebody says.
    private ShapeResult ReadPointer(CXType pointee, string name, bool isUntyped, ref int budget)
    {
        CXCursor record = LibClang.getTypeDeclaration(pointee);
        bool isRecord = pointee.Kind == CXTypeKind.CXType_Record;
        bool isRow = pointee.Kind == CXTypeKind.CXType_Pointer && KindOf(LibClang.getPointeeType(pointee).Canonical().Kind) is not null;
        if (!_followsPointers || !policy.FollowsMember(name) || (pointee.Kind is CXTypeKind.CXType_Void or CXTypeKind.CXType_Pointer && !isRow) || pointee.Kind.IsFunction())
        {
            return Unsupported(name, "is a pointer: only parameters may be");
        }

        int? extent = policy.ExtentOfMember(name, isRecord);
        if (extent is null && !isRecord)
        {
            return new(null, name, new TypeFlaw(SignatureMessages.MissingExtent, "is a pointer, and nobody says how far it reaches", $"say it by --extent {UnitPragmas.WithoutIndices(name)}=N, or that it is null by --fix {name}=0"));
        }

        if (isRecord && _around.Contains(record))
        {
            return Unsupported(name, "points to a structure of the kind that it lies in", $"it may be null by --fix {name}=0");
        }

        ShapeResult target = extent is { } count ? ReadArray(pointee, count, name, ref budget) : Read(pointee, name, ref budget);
        return target.Shape is null ? target
            : target.Shape.HasNamedType ? new(new Shape.Pointer(target.Shape, pointee.HoldsConst()) { IsUntyped = isUntyped })
            : Unsupported(name, "points to a structure without a name");
    }

    private ShapeResult ReadField(CXCursor field, string path, ref int budget)
    {
        int before = budget;
        if (FunctionOf(field.Type(), path) is { } function)
        {
            return new(function);
        }

        if (IsPointerToFunction(field.Type().Canonical()) && policy.HandleOf(field, path) is { } handle)
        {
            return new(handle);
        }

        ShapeResult result = Meant(field) is { } meant ? ReadPointer(meant, path, isUntyped: true, ref budget) : Read(field.Type().Canonical(), path, ref budget);
        if (LibClang.Cursor_isBitField(field) != 0 && result.Shape is Shape.Scalar scalar)
        {
            result = new ShapeResult(scalar with { DefaultRange = RangeOfBits(scalar, LibClang.getFieldDeclBitWidth(field)) });
        }

        budget = result.Shape is null ? before : budget;
        return result;
    }

    // The structure that a pointer to void is taken for.
    private CXType? Meant(CXCursor field) => field.Type().Canonical() is { Kind: CXTypeKind.CXType_Pointer } type && LibClang.getPointeeType(type).Canonical() is { Kind: CXTypeKind.CXType_Void } pointee
        && policy.PointeeOf(field, pointee) is { Kind: CXTypeKind.CXType_Record } record ? record : null;

    // What so many bits hold.
    private static Interval RangeOfBits(Shape.Scalar scalar, int width) => RangeResolver.WidestOf(scalar.Kind).Low < 0
        ? new Interval(-Math.Pow(2, width - 1), Math.Pow(2, width - 1) - 1)
        : new Interval(0, Math.Pow(2, width) - 1);

    private static ShapeResult Unsupported(string name, string what, string? hint = null) => new(null, name, new TypeFlaw("unsupported-type", what, hint));

    private static ShapeResult TooLarge(string name) => Unsupported(name, $"holds more than {MostScalars} numbers");

    /// <summary>Whether generated code can say the type's name; clang describes a nameless one in parentheses.</summary>
    public static bool IsNamed(string typeName) => !typeName.Contains('(', StringComparison.Ordinal);

    private static string Unqualified(CXType type) => LibClang.getUnqualifiedType(type).Spelling();

    private static Interval DefaultRangeOf(ScalarKind kind) => kind is ScalarKind.Bool or ScalarKind.UInt8
        or ScalarKind.UInt16 or ScalarKind.UInt32 or ScalarKind.UInt64 ? new Interval(0, 1) : Interval.Default;

    private static ScalarKind? KindOf(CXTypeKind kind) => kind switch
    {
        CXTypeKind.CXType_Bool => ScalarKind.Bool,
        CXTypeKind.CXType_SChar or CXTypeKind.CXType_Char_S => ScalarKind.Int8,
        CXTypeKind.CXType_UChar or CXTypeKind.CXType_Char_U => ScalarKind.UInt8,
        CXTypeKind.CXType_Short => ScalarKind.Int16,
        CXTypeKind.CXType_UShort => ScalarKind.UInt16,
        CXTypeKind.CXType_Int => ScalarKind.Int32,
        CXTypeKind.CXType_UInt => ScalarKind.UInt32,
        CXTypeKind.CXType_Long or CXTypeKind.CXType_LongLong => ScalarKind.Int64,
        CXTypeKind.CXType_ULong or CXTypeKind.CXType_ULongLong => ScalarKind.UInt64,
        CXTypeKind.CXType_Float => ScalarKind.Float,
        CXTypeKind.CXType_Double or CXTypeKind.CXType_LongDouble or CXTypeKind.CXType_Float128 => ScalarKind.Double,
        _ => null,
    };
}
