// How functions of strangers are tried, whose pointers say neither how far they reach nor whether they are read or written. Everything that a
// pointer may reach is at first both an input and an output; the function's graph tells later what it is.

using System.Text.RegularExpressions;
using Nsc.Core.Diagnostics;
using Nsc.FrontEnd.Parsing.Interop;
using Nsc.FrontEnd.Sources;

namespace Nsc.FrontEnd.Calls;

internal sealed partial class TryingPolicy : CallPolicy
{
    /// <summary>What a pointer without an extent is made to point to: as many numbers, rows or structures.</summary>
    private const int Numbers = 16, Rows = 4, Structures = 1;

    /// <summary>What a count of elements is, and a step between elements.</summary>
    private const int Count = 4, Step = 1;

    public static readonly TryingPolicy Instance = new();

    public override bool LeavesOut(CXCursor member, bool hasShape) => !hasShape;

    public override Direction Writable => Direction.InOut;

    public override bool Follows(string name, CXType pointee, bool isArray, bool isLengthKnown, SourcePlace place, DiagnosticBag diagnostics) => pointee.Kind != CXTypeKind.CXType_Char_S;

    public override int? ExtentOf(string name, Shape pointee) => pointee switch { Shape.Scalar => Numbers, Shape.Array => Rows, _ => Structures };

    // A function of arrays and their length is as many functions as there are lengths; one stands for them. A flag that says
    // which of two scales a probability is on decides about the ranges of the other inputs.
    public override double? FixedValue(string name, Shape.Scalar scalar, bool hasOpenPointer) => scalar.TypeName is "double" or "float" ? null
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
