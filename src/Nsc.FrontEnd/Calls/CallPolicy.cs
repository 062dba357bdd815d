// What a declaration leaves open about a call: how far a pointer reaches, whether what it points to is read, and which numbers are no inputs.

using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.FrontEnd.Checking;
using Nsc.FrontEnd.Parsing;
using Nsc.FrontEnd.Parsing.Interop;
using Nsc.FrontEnd.Sources;

namespace Nsc.FrontEnd.Calls;

internal abstract class CallPolicy
{
    /// <summary>Whether a structure's member is neither input nor output, rather than a reason to refuse the structure when it has no shape.</summary>
    /// <param name="path">Its name, as in <c>s.next</c>.</param>
    public abstract bool LeavesOut(CXCursor member, string path, bool hasShape);

    /// <summary>Which way an array goes whose elements the function may write.</summary>
    public abstract Direction Writable { get; }

    /// <summary>Whether a pointer is followed; reports why not.</summary>
    /// <param name="isArray">Whether it is written as an array without an extent.</param>
    /// <param name="isLengthKnown">Whether its declarator has a length whose value is known.</param>
    public abstract bool Follows(string name, CXType pointee, bool isArray, bool isLengthKnown, SourcePlace place, DiagnosticBag diagnostics);

    /// <summary>How many elements a pointer that says nothing of it reaches; null for one value that is no array.</summary>
    public abstract int? ExtentOf(string name, Shape pointee);

    /// <summary>The function that a pointer to a function is; null when nobody says.</summary>
    public virtual string? FunctionOf(string path) => null;

    /// <summary>Whether somebody speaks of a part, or of something in it.</summary>
    /// <param name="path">Its name, as in <c>s.u.raw</c>.</param>
    public virtual bool IsNamed(string path) => false;

    /// <summary>Whether a function names a structure's or a union's member.</summary>
    public virtual bool IsUsed(CXCursor member) => true;

    /// <summary>What a pointer to void, a parameter or a member, points to, by what the function takes it for; else what it says itself.</summary>
    public virtual CXType PointeeOf(CXCursor pointer, CXType pointee) => pointee;

    /// <summary>The structure that a function finds around what a parameter points to, and which member that is; null for what is no part of one.</summary>
    public virtual (CXType Whole, string Member)? AroundOf(CXCursor parameter) => null;

    /// <summary>Whether a function has no use for a parameter.</summary>
    public virtual bool IsUnused(CXCursor parameter) => false;

    /// <summary>Whether pointers are taken that no parameter leads to: those of variables are followed, those of a result are left out.</summary>
    public virtual bool TakesPointers => true;

    /// <summary>Whether a pointer in a structure is followed.</summary>
    /// <param name="path">Its name, as in <c>s.coefficients</c>.</param>
    public abstract bool FollowsMember(string path);

    /// <summary>Whether a structure's pointer is set and never looked at.</summary>
    public virtual bool IsOnlySet(CXCursor member) => false;

    /// <summary>How many elements such a pointer reaches; null when nobody says.</summary>
    /// <param name="isRecord">Whether they are structures.</param>
    public abstract int? ExtentOfMember(string path, bool isRecord);

    /// <summary>What a structure's pointer to a function is made to point to; null where which code runs must be known.</summary>
    public abstract Shape? HandleOf(CXCursor member, string path);

    /// <summary>The value of a parameter that other parameters' lengths name, or null.</summary>
    public virtual double? LengthOf(string parameter) => null;

    /// <summary>The one value that a scalar parameter has, or null for an input.</summary>
    /// <param name="hasOpenPointer">Whether some parameter is a pointer that does not say how far it reaches.</param>
    public abstract double? FixedValue(string name, Shape.Scalar scalar, bool hasOpenPointer);
}

/// <summary>What a function does with a pointer that is a structure's member.</summary>
[Flags]
internal enum PointerUses
{
    None = 0,
    Tested = 1,
    Called = 2,

    /// <summary>Set, where it is a pointer to data.</summary>
    Assigned = 4,
}

/// <summary>
/// Takes a declaration at its word: a pointer is one value, const says what is only read, arrays have constant extents; unless the user says how far
/// a pointer reaches.
/// </summary>
/// <param name="leavesOut">Whether a member is left out, which may have a shape or not.</param>
/// <param name="usesOf">What becomes of a member that is a pointer to a function.</param>
/// <param name="meant">What a pointer to void is taken for.</param>
/// <param name="isUnused">Whether nothing names a parameter.</param>
/// <param name="around">The structure around what a parameter points to.</param>
internal class DeclaredPolicy(
    CallBindings bindings, Func<CXCursor, bool, bool> leavesOut, Func<CXCursor, PointerUses> usesOf, Func<CXCursor, CXType?>? meant = null, Func<CXCursor, bool>? isUnused = null,
    Func<CXCursor, (CXType Whole, string Member)?>? around = null) : CallPolicy
{
    private readonly SortedSet<string> _nulls = new(StringComparer.Ordinal), _handles = new(StringComparer.Ordinal), _untold = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> _bound = new(StringComparer.Ordinal);
    private readonly HashSet<string> _uncalled = new(StringComparer.Ordinal);

    /// <summary>Whether somebody has to say how far an array reaches.</summary>
    protected virtual bool NeedsExtents => true;

    /// <summary>Whether somebody gives what a pointer points to one value, which is a number therefore.</summary>
    protected bool HasOneValue(string pointer) => bindings.Fixed.ContainsKey(pointer);

    /// <summary>The pointers in structures that are null.</summary>
    public IReadOnlyCollection<string> Nulls => _nulls;

    public override bool LeavesOut(CXCursor member, string path, bool hasShape)
    {
        bool isNull = !hasShape && !leavesOut(member, hasShape) && member.Type().Canonical().Kind == CXTypeKind.CXType_Pointer;
        bool isUntold = isNull && !IsNull(path) && IsUntold(member);
        isNull &= IsNull(path) || isUntold;
        if (isNull)
        {
            _nulls.Add(path);
        }

        if (isUntold)
        {
            _untold.Add(path);
        }

        return isNull || leavesOut(member, hasShape);
    }

    /// <summary>Pointers to void that the function only hands on, and that are null therefore.</summary>
    public IReadOnlyCollection<string> Untold => _untold;

    private bool IsUntold(CXCursor member) => NeedsExtents
        && LibClang.getPointeeType(member.Type().Canonical()).Canonical().Kind == CXTypeKind.CXType_Void && meant?.Invoke(member) is null;

    /// <summary>The pointers to functions that are tested only, and those that are taken for null because they are tested before they are called.</summary>
    public (IReadOnlyCollection<string> Tested, IReadOnlyCollection<string> Null) Handles => (_handles, _uncalled);

    /// <summary>Whether a pointer in a structure is null, which is its one value.</summary>
    protected virtual bool IsNull(string path) => _uncalled.Contains(path) || bindings.Fixed.Any(f => f.Value == 0 && RangeResolver.Means(f.Key, path));

    // What is called without a test is not null, and nobody says what it is.
    public override Shape? HandleOf(CXCursor member, string path)
    {
        PointerUses uses = IsNull(path) || leavesOut(member, arg2: false) ? PointerUses.None : usesOf(member);
        CXType type = LibClang.getUnqualifiedType(member.Type().Canonical());
        if (uses == PointerUses.Tested && ShapeReader.IsNamed(type.Spelling().Replace("(*)(", "", StringComparison.Ordinal)))
        {
            _handles.Add(path);
            return new Shape.Handle(type.Spelling());
        }

        if (uses == (PointerUses.Tested | PointerUses.Called))
        {
            _uncalled.Add(path);
        }

        return null;
    }

    public override Direction Writable => Direction.Out;

    public override bool Follows(string name, CXType pointee, bool isArray, bool isLengthKnown, SourcePlace place, DiagnosticBag diagnostics)
    {
        if (pointee.Kind.IsFunction())
        {
            diagnostics.ReportTypeFlaw(place, name, TypeFlaw.FunctionPointer);
            return false;
        }

        bool isRow = NeedsExtents && pointee.Kind == CXTypeKind.CXType_Pointer
            && LibClang.getPointeeType(pointee).Canonical().Kind is >= CXTypeKind.CXType_Bool and <= CXTypeKind.CXType_LongDouble;
        if (!isArray && !isRow && pointee.Kind is (CXTypeKind.CXType_Pointer or CXTypeKind.CXType_Void))
        {
            diagnostics.ReportPointerParameter(place, name, pointee.Kind == CXTypeKind.CXType_Void);
            return false;
        }

        if (NeedsExtents && !bindings.Extents.ContainsKey(name) && !isLengthKnown
            && (isArray || isRow || pointee.Kind.IsArray() || (pointee.HoldsConst() && pointee.Kind != CXTypeKind.CXType_Record)))
        {
            diagnostics.ReportMissingExtent(place, name, pointee.ElementOfAll().Spelling(), isRow);
            return false;
        }

        return true;
    }

    public override string? FunctionOf(string path)
    {
        if (bindings.Bound.TryGetValue(path, out string? function))
        {
            _bound[path] = function;
        }

        return function;
    }

    /// <summary>The pointers that are functions.</summary>
    public IEnumerable<FixedVariable> Bound => _bound.Select(b => new FixedVariable(b.Key, 0) { Function = b.Value });

    public override bool IsNamed(string path) => bindings.Names.Any(n => n == path || RangeResolver.Means(path, n));

    public override bool IsUsed(CXCursor member) => !leavesOut(member, arg2: false);

    public override CXType PointeeOf(CXCursor pointer, CXType pointee) => pointee.Kind == CXTypeKind.CXType_Void && meant?.Invoke(pointer) is { } type ? type : pointee;

    public override (CXType Whole, string Member)? AroundOf(CXCursor parameter) => around?.Invoke(parameter);

    public override bool IsUnused(CXCursor parameter) => isUnused?.Invoke(parameter) == true;

    public override int? ExtentOf(string name, Shape pointee) => bindings.Extents.TryGetValue(name, out int extent) ? extent : null;

    public override bool FollowsMember(string path) => !IsNull(path);

    public override bool IsOnlySet(CXCursor member) => usesOf(member) == PointerUses.Assigned;

    // What a[0] points to is a row of a; rows that nobody speaks of are as long as there are rows.
    public override int? ExtentOfMember(string path, bool isRecord) =>
        bindings.Extents.TryGetValue(path, out int extent) || (path.EndsWith(']') && bindings.Extents.TryGetValue(UnitPragmas.WithoutIndices(path) + "[]", out extent))
        || bindings.Extents.TryGetValue(UnitPragmas.WithoutIndices(path), out extent) ? extent : null;

    public override double? LengthOf(string parameter) => bindings.Fixed.TryGetValue(parameter, out double value) ? value : null;

    public override double? FixedValue(string name, Shape.Scalar scalar, bool hasOpenPointer) => null;
}
