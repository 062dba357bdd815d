// Reads a function's parameters and result as shapes over scalars, and says which ones have none.

using System.Collections.Immutable;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.FrontEnd.Checking;
using Nsc.FrontEnd.Parsing;
using Nsc.FrontEnd.Parsing.Interop;
using Nsc.FrontEnd.Sources;

namespace Nsc.FrontEnd.Calls;

/// <summary>
/// Types that <see cref="TypeCheck"/> refuses are left to it, so that nothing is reported twice; they have no shape either.
/// </summary>
internal sealed class SignatureReader(SourceText source, TypeCheck types, int mostInputs, int mostOutputs, DiagnosticBag diagnostics)
{
    private readonly ShapeReader _shapes = new(types);

    /// <summary>The function's shape, or null when any part of it was refused.</summary>
    public FunctionShape? Read(CXCursor function)
    {
        string name = function.Spelling();
        CXType resultType = LibClang.getResultType(function.Type()).Canonical();
        bool isVoid = resultType.Kind == CXTypeKind.CXType_Void;
        Shape? result = isVoid ? null : ReadResult(function, resultType);
        var parameters = ImmutableArray.CreateBuilder<Parameter>();
        int count = LibClang.Cursor_getNumArguments(function);
        for (int i = 0; i < count; i++)
        {
            if (ReadParameter(LibClang.Cursor_getArgument(function, (uint)i), i) is { } parameter)
            {
                parameters.Add(parameter);
            }
        }

        bool isWhole = parameters.Count == count && (isVoid || result is not null);
        var shape = new FunctionShape(name, function.Declaration(), parameters.ToImmutable(), result);
        return CheckCounts(shape, isWhole, function.Location().PlaceIn(source)) && isWhole ? shape : null;
    }

    private bool CheckCounts(FunctionShape shape, bool isWhole, SourcePlace place)
    {
        int inputs = shape.Inputs.Count();
        int outputs = shape.Outputs.Count();
        if (isWhole && inputs == 0)
        {
            diagnostics.ReportNoInputs(place, shape.Name);
        }

        if (isWhole && outputs == 0)
        {
            diagnostics.ReportNoOutputs(place, shape.Name);
        }

        if (inputs > mostInputs)
        {
            diagnostics.ReportTooMany(place, shape.Name, "inputs", inputs, mostInputs);
        }

        if (outputs > mostOutputs)
        {
            diagnostics.ReportTooMany(place, shape.Name, "outputs", outputs, mostOutputs);
        }

        return inputs is > 0 && inputs <= mostInputs && outputs is > 0 && outputs <= mostOutputs;
    }

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

        return ReadShape(type, "return", place);
    }

    private Parameter? ReadParameter(CXCursor cursor, int index)
    {
        string name = cursor.Spelling() is { Length: > 0 } spelled ? spelled : $"arg{index + 1}";
        SourcePlace place = cursor.Location().PlaceIn(source);
        CXType type = cursor.Type().Canonical();
        if (types.Find(type) is not null)
        {
            return null;
        }

        switch (type.Kind)
        {
            case CXTypeKind.CXType_Pointer:
                return ReadPointer(name, LibClang.getPointeeType(type).Canonical(), place);
            case CXTypeKind.CXType_IncompleteArray:
                diagnostics.ReportMissingExtent(place, name, type.ElementOfAll().Spelling());
                return null;
            case CXTypeKind.CXType_ConstantArray:
                bool isOutput = !type.HoldsConst();
                return ReadShape(type, name, place) is { } array ? new Parameter(name, array, Passing.Elements, isOutput) : null;
            default:
                return ReadShape(type, name, place) is { } shape ? new Parameter(name, shape, Passing.Value, IsOutput: false) : null;
        }
    }

    private Parameter? ReadPointer(string name, CXType pointee, SourcePlace place)
    {
        bool isConst = pointee.HoldsConst();
        if (pointee.Kind is CXTypeKind.CXType_Pointer or CXTypeKind.CXType_Void)
        {
            diagnostics.ReportPointerParameter(place, name, pointee.Kind == CXTypeKind.CXType_Void);
            return null;
        }

        if (pointee.Kind.IsArray() || (isConst && pointee.Kind != CXTypeKind.CXType_Record))
        {
            diagnostics.ReportMissingExtent(place, name, pointee.ElementOfAll().Spelling());
            return null;
        }

        return ReadShape(pointee, name, place) is { } shape ? new Parameter(name, shape, Passing.Address, !isConst) : null;
    }

    private Shape? ReadShape(CXType type, string name, SourcePlace place)
    {
        if (types.Find(type) is not null)
        {
            return null;
        }

        ShapeResult result = _shapes.Read(type, name);
        if (result.Shape is null)
        {
            diagnostics.ReportTypeFlaw(place, result.Name, result.Flaw!);
        }

        else if (!result.Shape.HasNamedType)
        {
            diagnostics.ReportNamelessType(place, name);
            return null;
        }

        return result.Shape;
    }
}
