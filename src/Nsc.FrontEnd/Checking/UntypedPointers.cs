// What a function takes its pointers to void for: a context that is handed over as void * is one structure, to which the function converts it.

using Nsc.FrontEnd.Parsing;
using Nsc.FrontEnd.Parsing.Interop;

namespace Nsc.FrontEnd.Checking;

internal sealed class UntypedPointers
{
    private readonly Dictionary<CXCursor, CXType?> _meant = [];
    private readonly List<(CXCursor From, CXCursor To)> _passed = [];

    /// <summary>For parameters and members what they are taken for; null for several things.</summary>
    public IReadOnlyDictionary<CXCursor, CXType?> Meant => _meant;

    /// <summary>Parameters and members that are handed to a parameter of another function.</summary>
    public IReadOnlyList<(CXCursor From, CXCursor To)> Passed => _passed;

    /// <summary>What a pointer is taken for by the functions that it is handed to; null when that is unknown, or several things.</summary>
    public static CXType? MeaningOf(CXCursor pointer, IReadOnlyCollection<FunctionFacts> functions)
    {
        HashSet<CXCursor> same = [pointer];
        for (int count = 0; count != same.Count;)
        {
            count = same.Count;
            same.UnionWith(functions.SelectMany(f => f.Passed).Where(p => same.Contains(p.From)).Select(p => p.To));
        }

        CXType?[] meanings = [.. functions.SelectMany(f => f.Meant).Where(m => same.Contains(m.Key)).Select(m => m.Value)];
        return meanings is [{ } first, ..] && meanings.All(m => m is { } other && IsSame(first, other)) ? first : null;
    }

    public void VisitConversion(CXCursor value, CXType from, CXType to)
    {
        if (!IsToVoid(from) || to.Kind != CXTypeKind.CXType_Pointer || Pointer(value) is not { } pointer
            || LibClang.getPointeeType(to).Canonical() is not { Kind: CXTypeKind.CXType_Record or (>= CXTypeKind.CXType_Bool and <= CXTypeKind.CXType_Double) } pointee)
        {
            return;
        }

        _meant[pointer] = !_meant.TryGetValue(pointer, out CXType? known) || (known is { } one && IsSame(one, pointee)) ? pointee : null;
    }

    public void VisitCall(CXCursor call, List<CXCursor> children)
    {
        CXCursor[] parameters = [.. LibClang.getCursorDefinition(LibClang.getCursorReferenced(call)) is { Kind: CXCursorKind.CXCursor_FunctionDecl } callee ? callee.Parameters() : []];
        for (int i = 0; i < Math.Min(parameters.Length, children.Count - 1); i++)
        {
            if (IsToVoid(parameters[i].Type().Canonical()) && Pointer(children[i + 1]) is { } pointer)
            {
                _passed.Add((pointer, parameters[i]));
            }
        }
    }

    private static bool IsSame(CXType one, CXType other) => LibClang.equalTypes(LibClang.getUnqualifiedType(one), LibClang.getUnqualifiedType(other)) != 0;

    private static bool IsToVoid(CXType type) => type.Kind == CXTypeKind.CXType_Pointer && LibClang.getPointeeType(type).Canonical().Kind == CXTypeKind.CXType_Void;

    private static CXCursor? Pointer(CXCursor value)
    {
        CXCursor named = LibClang.getCursorReferenced(value.WithoutWrappers());
        return named.Kind is CXCursorKind.CXCursor_ParmDecl or CXCursorKind.CXCursor_FieldDecl && IsToVoid(named.Type().Canonical()) ? named : null;
    }
}
