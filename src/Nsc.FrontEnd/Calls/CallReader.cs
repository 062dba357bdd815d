// Reads from a function's declaration how it is called with numbers, and says which parts of it have none.

using System.Collections.Immutable;
using Nsc.Core.Diagnostics;
using Nsc.FrontEnd.Checking;
using Nsc.FrontEnd.Checking.Usage;
using Nsc.FrontEnd.Parsing;
using Nsc.FrontEnd.Parsing.Interop;
using Nsc.FrontEnd.Sources;

namespace Nsc.FrontEnd.Calls;

/// <summary>
/// Types that <see cref="TypeCheck"/> refuses are left to it, so that nothing is reported twice; they have no shape either.
/// </summary>
internal sealed class CallReader(SourceText source, TypeCheck types, CallPolicy policy, DiagnosticBag diagnostics)
{
    private readonly ShapeReader _shapes = new(types, policy);
    private readonly ImmutableDictionary<string, double>.Builder _fixed = ImmutableDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);

    /// <summary>The pointers in what was read that no output is.</summary>
    public IReadOnlyList<string> LeftPointers => _shapes.LeftPointers;

    /// <summary>The call as far as it has a shape, and whether that is all of it.</summary>
    public (FunctionCall Call, bool IsWhole) Read(CXCursor function)
    {
        CXType resultType = LibClang.getResultType(function.Type()).Canonical();
        string? returned = resultType.Kind == CXTypeKind.CXType_Pointer ? ReturnedParameter.Of(function) : null;
        bool givesPointer = resultType.Kind == CXTypeKind.CXType_Pointer && returned is null && policy.TakesPointers && types.Find(resultType) is null;
        bool isVoid = resultType.Kind == CXTypeKind.CXType_Void || returned is not null || givesPointer;
        Shape? result = isVoid ? null : ReadResult(function, resultType);
        CXCursor[] cursors = [.. function.Parameters()];
        bool hasOpenPointer = cursors.Any(c => IsOpen(c.Type().Canonical().Kind));
        ImmutableArray<Parameter> parameters = [.. cursors.Select((c, i) => ReadParameter(c, $"arg{i + 1}", hasOpenPointer)).OfType<Parameter>()];
        bool isWhole = parameters.Length == cursors.Length && (isVoid || result is not null);
        return (new FunctionCall(function.Spelling(), parameters, result) { Fixed = _fixed.ToImmutable(), Returned = returned, GivesPointer = givesPointer, Ignored = [.. givesPointer ? ["return"] : (string[])[]] }, isWhole);
    }

    /// <summary>A variable beyond the parameters, or null when it has no shape.</summary>
    public Parameter? ReadVariable(CXCursor variable) => _shapes.FunctionOf(variable.Type(), variable.Spelling()) is { } function
        ? new Parameter(variable.Spelling(), function, Passing.Variable, Direction.None)
        : ReadShape(variable.Type().Canonical(), variable.Spelling(), variable.Location().PlaceIn(source), isDeclared: true, isHandedOver: policy.TakesPointers) is { } shape
            ? new Parameter(variable.Spelling(), shape, Passing.Variable, policy.Writable) : null;

    private static bool IsOpen(CXTypeKind kind) => kind is CXTypeKind.CXType_Pointer or CXTypeKind.CXType_IncompleteArray or CXTypeKind.CXType_VariableArray;

    private Shape? ReadResult(CXCursor function, CXType type)
    {
        SourcePlace place = function.Location().PlaceIn(source);
        if (type.Kind == CXTypeKind.CXType_Pointer)
        {
            if (types.Find(type) is null)
            {
                diagnostics.ReportPointerResult(place, function.Spelling());
            }

            return null;
        }

        return ReadShape(type, "return", place, isResult: true);
    }

    private Parameter? ReadParameter(CXCursor cursor, string unnamed, bool hasOpenPointer)
    {
        string name = cursor.Spelling() is { Length: > 0 } spelled ? spelled : unnamed;
        SourcePlace place = cursor.Location().PlaceIn(source);
        CXType type = cursor.Type().Canonical();
        if (types.Find(type) is not null)
        {
            return null;
        }

        if (_shapes.FunctionOf(type, name) is { } function)
        {
            return new Parameter(name, function, Passing.Value, Direction.None);
        }

        if (policy.AroundOf(cursor) is var (whole, member))
        {
            return ReadShape(whole, name, place, isHandedOver: true) is { } around
                ? new Parameter(name, around, Passing.Address, policy.Writable) { Member = member } : null;
        }

        if (policy.IsUnused(cursor) && type.Kind == CXTypeKind.CXType_Pointer && LibClang.getPointeeType(type).Canonical().Kind is var kind
            && (kind is CXTypeKind.CXType_Void or CXTypeKind.CXType_Pointer || kind.IsFunction()))
        {
            return new Parameter(name, new Shape.LeftOut(), Passing.Value, Direction.None);
        }

        if (IsOpen(type.Kind))
        {
            return ReadPointer(cursor, name, type, Lengths(cursor), place);
        }

        bool isArray = type.Kind == CXTypeKind.CXType_ConstantArray;
        if (ReadShape(type, name, place, isHandedOver: true) is not { } shape)
        {
            return null;
        }

        if (shape is Shape.Scalar scalar && policy.FixedValue(name, scalar, hasOpenPointer) is { } value)
        {
            _fixed[name] = value;
        }

        return isArray ? new Parameter(name, shape, Passing.Elements, DirectionOf(type, shape))
            : new Parameter(name, shape, Passing.Value, shape.PointsToWritable ? policy.Writable : Direction.In);
    }

    // The lengths that a parameter's declarator has, the outermost one first; none where one is no number that is known.
    private long[] Lengths(CXCursor parameter)
    {
        double?[] lengths = [.. parameter.Children().Where(c => c.IsExpression()).Select(c => c.ConstantValue() ?? policy.LengthOf(LibClang.getCursorReferenced(c.WithoutWrappers()).Spelling())).Reverse()]; // Types are visited from the inside.
        return lengths.Any(l => l is not (>= 1 and <= int.MaxValue)) ? [] : [.. lengths.Select(l => (long)l!.Value)];
    }

    private Parameter? ReadPointer(CXCursor cursor, string name, CXType type, long[] lengths, SourcePlace place)
    {
        bool isArray = type.Kind != CXTypeKind.CXType_Pointer;
        CXType pointee = policy.PointeeOf(cursor, (isArray ? LibClang.getArrayElementType(type) : LibClang.getPointeeType(type)).Canonical());
        int open = lengths.Length - Dimensions(pointee);
        string first = pointee.Kind == CXTypeKind.CXType_Pointer ? name + "[0]" : name;
        if (!policy.Follows(name, pointee, isArray, isLengthKnown: open > 0 || policy.IsUnused(cursor), place, diagnostics) || ReadShape(pointee, first, place, lengths[Math.Max(0, open)..], isHandedOver: true) is not { } shape)
        {
            return null;
        }

        return (policy.ExtentOf(name, shape) ?? (open > 0 ? (int)lengths[0] : null)) is { } extent
            ? new Parameter(name, new Shape.Array(shape, extent), Passing.Elements, DirectionOf(pointee, shape))
            : new Parameter(name, shape, Passing.Address, DirectionOf(pointee, shape));
    }

    private static int Dimensions(CXType type)
    {
        int count = 0;
        for (; type.Kind is CXTypeKind.CXType_ConstantArray or CXTypeKind.CXType_VariableArray; type = LibClang.getArrayElementType(type).Canonical())
        {
            count++;
        }

        return count;
    }

    private Direction DirectionOf(CXType type, Shape shape) => type.HoldsConst() && !shape.PointsToWritable ? Direction.In : policy.Writable;

    // A variable that is declared needs no name of its type.
    private Shape? ReadShape(CXType type, string name, SourcePlace place, IEnumerable<long>? lengths = null, bool isDeclared = false, bool isHandedOver = false, bool isResult = false)
    {
        if (types.Find(type) is not null)
        {
            return null;
        }

        ShapeResult result = _shapes.Read(type, name, lengths, followsPointers: isHandedOver, isResult);
        if (result.Shape is null)
        {
            diagnostics.ReportTypeFlaw(place, result.Name, result.Flaw!);
        }
        else if (!isDeclared && !result.Shape.HasNamedType)
        {
            diagnostics.ReportNamelessType(place, name);
            return null;
        }

        return result.Shape;
    }
}
