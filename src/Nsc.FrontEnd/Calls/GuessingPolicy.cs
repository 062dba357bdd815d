// What nobody says of a stranger's function is guessed: its pointers say neither how far they reach nor whether they are read or written. Everything
// that a pointer may reach is at first both an input and an output; the function's graph tells later what it is.

using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.FrontEnd.Checking;
using Nsc.FrontEnd.Parsing.Interop;
using Nsc.FrontEnd.Sources;

namespace Nsc.FrontEnd.Calls;

internal sealed partial class GuessingPolicy(CallBindings bindings, Func<CXCursor, bool, bool> leavesOut)
    : DeclaredPolicy(bindings, leavesOut, _ => PointerUses.None)
{
    /// <summary>The most scalars that variables beyond the parameters may have.</summary>
    public const int MostState = 128;

    /// <summary>What a pointer without an extent is made to point to: as many numbers, or rows of numbers.</summary>
    private const int Numbers = 16, Rows = 4;

    /// <summary>What a count of elements is, and a step between elements.</summary>
    private const int Count = 4, Step = 1;

    /// <summary>Integers decide about loops and tables: a graph holds for those within a range. This is the widest.</summary>
    private const int LargestInteger = 100;

    private readonly Dictionary<string, int?> _extents = new(StringComparer.Ordinal);

    /// <summary>The pointers that reach several elements, and how many are known; null for a guess.</summary>
    public IReadOnlyDictionary<string, int?> Extents => _extents;

    protected override bool NeedsExtents => false;

    public override bool TakesPointers => false;

    public override Direction Writable => Direction.InOut;

    protected override bool IsNull(string path) => true;

    /// <summary>The call's inputs with the widest ranges of their kinds that are tried.</summary>
    public static ImmutableArray<InputVariable> WidestInputs(FunctionCall call) => [.. call.Inputs.Select(l => new InputVariable(l.Name, l.Kind, WidestRange(l)))];

    public override bool Follows(string name, CXType pointee, bool isArray, bool isLengthKnown, SourcePlace place, DiagnosticBag diagnostics)
    {
        bool isText = pointee.Kind == CXTypeKind.CXType_Char_S;
        if (isText)
        {
            diagnostics.ReportTypeFlaw(place, name, new TypeFlaw("unsupported-type", "is text"));
        }

        return !isText && base.Follows(name, pointee, isArray, isLengthKnown, place, diagnostics);
    }

    public override int? ExtentOf(string name, Shape pointee)
    {
        int? known = base.ExtentOf(name, pointee), extent = known ?? pointee switch { Shape.Scalar or Shape.Complex => Numbers, Shape.Array => Rows, _ => null };
        if (extent is not null)
        {
            _extents[name] = known;
        }

        return extent;
    }

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

    // An enumeration, and a truth value, has a range of its own.
    private static Interval WidestRange(Leaf leaf) => leaf.Kind switch
    {
        ScalarKind.Bool or ScalarKind.Float or ScalarKind.Double => leaf.DefaultRange,
        _ when leaf.DefaultRange.Low < -1 || leaf.DefaultRange.High > 1 => leaf.DefaultRange,
        ScalarKind.UInt8 or ScalarKind.UInt16 or ScalarKind.UInt32 or ScalarKind.UInt64 => new Interval(0, LargestInteger),
        _ => new Interval(-LargestInteger, LargestInteger),
    };
}
