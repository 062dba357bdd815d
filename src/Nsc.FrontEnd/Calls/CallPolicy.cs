// What a declaration leaves open about a call: how far a pointer reaches, whether what it points to is read, and which numbers are no inputs.

using Nsc.Core.Diagnostics;
using Nsc.FrontEnd.Parsing;
using Nsc.FrontEnd.Parsing.Interop;
using Nsc.FrontEnd.Sources;

namespace Nsc.FrontEnd.Calls;

internal abstract class CallPolicy
{
    /// <summary>Whether members without a shape are left out, rather than being a reason to refuse their structure.</summary>
    public abstract bool LeavesOutMembers { get; }

    /// <summary>Which way an array goes whose elements the function may write.</summary>
    public abstract Direction Writable { get; }

    /// <summary>Whether a pointer is followed; reports why not.</summary>
    /// <param name="isArray">Whether it is written as an array without an extent.</param>
    public abstract bool Follows(string name, CXType pointee, bool isArray, SourcePlace place, DiagnosticBag diagnostics);

    /// <summary>How many elements a pointer that says nothing of it reaches; null for one value that is no array.</summary>
    public abstract int? ExtentOf(string name, Shape pointee);

    /// <summary>The one value that a scalar parameter has, or null for an input.</summary>
    /// <param name="hasOpenPointer">Whether some parameter is a pointer that does not say how far it reaches.</param>
    public abstract double? FixedValue(string name, Shape.Scalar scalar, bool hasOpenPointer);
}

/// <summary>Takes a declaration at its word: a pointer is one value, const says what is only read, arrays have constant extents.</summary>
internal sealed class DeclaredPolicy : CallPolicy
{
    public static readonly DeclaredPolicy Instance = new();

    public override bool LeavesOutMembers => false;

    public override Direction Writable => Direction.Out;

    public override bool Follows(string name, CXType pointee, bool isArray, SourcePlace place, DiagnosticBag diagnostics)
    {
        if (!isArray && pointee.Kind is (CXTypeKind.CXType_Pointer or CXTypeKind.CXType_Void))
        {
            diagnostics.ReportPointerParameter(place, name, pointee.Kind == CXTypeKind.CXType_Void);
            return false;
        }

        if (isArray || pointee.Kind.IsArray() || (pointee.HoldsConst() && pointee.Kind != CXTypeKind.CXType_Record))
        {
            diagnostics.ReportMissingExtent(place, name, pointee.ElementOfAll().Spelling());
            return false;
        }

        return true;
    }

    public override int? ExtentOf(string name, Shape pointee) => null;

    public override double? FixedValue(string name, Shape.Scalar scalar, bool hasOpenPointer) => null;
}
