// Reads from a function's declaration how it can be called with numbers.

using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Nsc.FrontEnd.Checking;
using Nsc.FrontEnd.Parsing;
using Nsc.FrontEnd.Parsing.Interop;

namespace Nsc.FrontEnd.Calls;

internal static partial class CallPlanReader
{
    /// <summary>What a pointer without an extent is made to point to: as many numbers, rows or structures.</summary>
    private const int Numbers = 16, Rows = 4, Structures = 1;

    /// <summary>The most scalars on either side of a call, most of which prove to be unused.</summary>
    private const int MostScalars = 512;

    /// <summary>What a count of elements is, and a step between elements.</summary>
    private const int Count = 4, Step = 1;

    public static CallPlan Read(CXCursor function)
    {
        var shapes = new ShapeReader(new TypeCheck(), leavesOut: true);
        CXType resultType = LibClang.getResultType(function.Type()).Canonical();
        Shape? result = resultType.Kind == CXTypeKind.CXType_Void ? null : shapes.Read(resultType, "").Shape;
        if (result is null != (resultType.Kind == CXTypeKind.CXType_Void))
        {
            return CallPlan.Refused("unsupported-type");
        }

        int count = LibClang.Cursor_getNumArguments(function);
        CXCursor[] parameters = [.. Enumerable.Range(0, count).Select(i => LibClang.Cursor_getArgument(function, (uint)i))];
        bool hasOpenPointer = parameters.Any(p => p.Type().Canonical().Kind is CXTypeKind.CXType_Pointer or CXTypeKind.CXType_IncompleteArray);
        var arguments = ImmutableArray.CreateBuilder<Argument>();
        foreach (CXCursor parameter in parameters)
        {
            if (ReadArgument(parameter, $"arg{arguments.Count + 1}", hasOpenPointer, shapes) is not { Shape.HasNamedType: true } argument)
            {
                return CallPlan.Refused("unsupported-type");
            }

            arguments.Add(argument);
        }

        var plan = new CallPlan(function.Spelling(), arguments.ToImmutable(), result, null);
        return result is { HasNamedType: false } ? CallPlan.Refused("unsupported-type")
            : plan.Inputs.Length > MostScalars || plan.Outputs.Length > MostScalars ? CallPlan.Refused("too-many-inputs")
            : plan.Outputs.IsEmpty ? CallPlan.Refused("no-outputs")
            : plan;
    }

    private static Argument? ReadArgument(CXCursor parameter, string unnamed, bool hasOpenPointer, ShapeReader shapes)
    {
        string name = parameter.Spelling() is { Length: > 0 } spelled ? spelled : unnamed;
        CXType type = parameter.Type().Canonical();
        if (type.Kind is CXTypeKind.CXType_Pointer or CXTypeKind.CXType_IncompleteArray)
        {
            CXType element = (type.Kind == CXTypeKind.CXType_Pointer ? LibClang.getPointeeType(type) : LibClang.getArrayElementType(type)).Canonical();
            bool isText = element.Kind == CXTypeKind.CXType_Char_S;
            return !isText && shapes.Read(element, name).Shape is { } shape
                ? new Argument(name, new Shape.Array(shape, ExtentOf(shape)), IsPointer: true, !element.HoldsConst(), Fixed: null)
                : null;
        }

        bool isArray = type.Kind == CXTypeKind.CXType_ConstantArray;
        return shapes.Read(type, name).Shape is { } value
            ? new Argument(name, value, isArray, isArray && !type.HoldsConst(), FixedValue(name, value, hasOpenPointer))
            : null;
    }

    private static int ExtentOf(Shape shape) => shape switch { Shape.Scalar => Numbers, Shape.Array => Rows, _ => Structures };

    // A function of arrays and their length is as many functions as there are lengths; one stands for them. A flag that says
    // which of two scales a probability is on decides about the ranges of the other inputs.
    private static int? FixedValue(string name, Shape shape, bool hasOpenPointer) => shape is not Shape.Scalar scalar || scalar.TypeName is "double" or "float" ? null
        : LogarithmName().IsMatch(name) ? 0
        : LowerTailName().IsMatch(name) ? 1
        : !hasOpenPointer ? null
        : StepName().IsMatch(name) ? Step
        : CountName().IsMatch(name) ? Count
        : null;

    [GeneratedRegex("^_?(give_?log|log_?p|log)$")]
    private static partial Regex LogarithmName();

    [GeneratedRegex("^_?lower_?(tail)?$")]
    private static partial Regex LowerTailName();

    [GeneratedRegex(@"^(inc\w?|inc_?\w|\w?strides?\w?|stride_?\w+|step|ld\w|tda\w?|\w*_stride)$", RegexOptions.IgnoreCase)]
    private static partial Regex StepName();

    [GeneratedRegex(@"^_?(n\d?|n[a-z]|nn|nr\w?|len|length|l|size\d?|count|cnt|num|num_?\w+|n_\w+|\w*_n|\w*_len|\w*len|\w*_size|\w*size|dim\w?|ndim|nelem|npts?|nobs|order|degree|deg|samples|nsamples|frames|N\w?|M|K|m|k|w|h|width|height|rows?|cols?|nrows?|ncols?|taps|channels|points|npoints|max)$")]
    private static partial Regex CountName();
}
