// What a declaration does not say of its pointers is tried: they reach many elements, and the function's dataflow tells which of them it uses.

using Nsc.Core.Diagnostics;
using Nsc.FrontEnd.Parsing.Interop;
using Nsc.FrontEnd.Sources;

namespace Nsc.FrontEnd.Calls;

internal sealed class TryingPolicy(
    CallBindings bindings, Func<CXCursor, bool, bool> leavesOut, Func<CXCursor, PointerUses> usesOf, Func<CXCursor, CXType?> meant, Func<CXCursor, bool> isUnused,
    Func<CXCursor, (CXType Whole, string Member)?> around) : DeclaredPolicy(bindings, leavesOut, usesOf, meant, isUnused, around)
{
    private const int Numbers = 64, Rows = 16;

    private readonly Dictionary<string, int?> _tried = new(StringComparer.Ordinal);

    /// <summary>The pointers that nobody speaks of, and how many elements they are given.</summary>
    public IReadOnlyDictionary<string, int?> Tried => _tried;

    public override bool Follows(string name, CXType pointee, bool isArray, bool isLengthKnown, SourcePlace place, DiagnosticBag diagnostics) =>
        base.Follows(name, pointee, isArray, isLengthKnown: true, place, diagnostics);

    public override int? ExtentOf(string name, Shape pointee) =>
        HasOneValue(name) ? null : base.ExtentOf(name, pointee) ?? pointee switch { Shape.Scalar or Shape.Complex => Try(name, Numbers), Shape.Array => Try(name, Rows), _ => null };

    public override int? ExtentOfMember(string path, bool isRecord) => base.ExtentOfMember(path, isRecord) ?? (isRecord ? null : Try(path, Numbers));

    private int? Try(string name, int extent) => _tried[name] = extent;
}
