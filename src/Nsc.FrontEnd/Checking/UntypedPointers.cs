// What a function takes its pointers for that say less: a context that is handed over as void * is one structure, to which the function converts it,
// and around a structure it may find the larger one whose member that is (container_of).

using Nsc.FrontEnd.Parsing;
using Nsc.FrontEnd.Parsing.Interop;

namespace Nsc.FrontEnd.Checking;

internal sealed class UntypedPointers
{
    private readonly Dictionary<CXCursor, CXType?> _meant = [];
    private readonly List<(CXCursor From, CXCursor To)> _passed = [];
    private readonly List<(CXCursor From, int Argument)> _handedOn = [];
    private readonly Dictionary<CXCursor, (CXType Whole, long Offset)> _around = [];

    /// <summary>For parameters the structure around what they point to, and at which of its bytes that lies.</summary>
    public IReadOnlyDictionary<CXCursor, (CXType Whole, long Offset)> Around => _around;

    /// <summary>For parameters and members what they are taken for; null for several things.</summary>
    public IReadOnlyDictionary<CXCursor, CXType?> Meant => _meant;

    /// <summary>Parameters and members that are handed to a parameter of another function.</summary>
    public IReadOnlyList<(CXCursor From, CXCursor To)> Passed => _passed;

    /// <summary>Those that pointers to functions are called with, and as which argument.</summary>
    public IReadOnlyList<(CXCursor From, int Argument)> HandedOn => _handedOn;

    /// <summary>What a pointer is taken for by the functions that it is handed to; null when that is unknown, or several things.</summary>
    /// <param name="bound">The functions that pointers to functions are.</param>
    public static CXType? MeaningOf(CXCursor pointer, IReadOnlyCollection<FunctionFacts> functions, IReadOnlyCollection<CXCursor> bound)
    {
        HashSet<CXCursor> same = [pointer];
        for (int count = 0; count != same.Count;)
        {
            count = same.Count;
            same.UnionWith(functions.SelectMany(f => f.Passed).Where(p => same.Contains(p.From)).Select(p => p.To));
            same.UnionWith(functions.SelectMany(f => f.HandedOn).Where(p => same.Contains(p.From)).SelectMany(p => bound.SelectMany(b => b.Parameters().Skip(p.Argument).Take(1))));
        }

        CXType?[] meanings = [.. functions.SelectMany(f => f.Meant).Where(m => same.Contains(m.Key)).Select(m => m.Value)];
        return meanings is [{ } first, ..] && meanings.All(m => m is { } other && IsSame(first, other)) ? first : null;
    }

    /// <summary>The structure that functions find around what a parameter points to, and the member's name with a point before it; null when there is none.</summary>
    public static (CXType Whole, string Member)? AroundOf(CXCursor parameter, IReadOnlyCollection<FunctionFacts> functions)
    {
        (CXType Whole, long Offset)[] found = [.. functions.SelectMany(f => f.Around).Where(a => a.Key == parameter).Select(a => a.Value)];
        return found.Length > 0 && found[0].Whole.Fields().Find(f => LibClang.Cursor_getOffsetOfField(f) == 8 * found[0].Offset) is { Kind: CXCursorKind.CXCursor_FieldDecl } member
            && IsSame(member.Type().Canonical(), LibClang.getPointeeType(parameter.Type().Canonical()).Canonical()) ? (found[0].Whole, "." + member.Spelling()) : null;
    }

    public void VisitConversion(CXCursor value, CXType from, CXType to)
    {
        FindAround(value, to);
        if (!IsToVoid(from) || to.Kind != CXTypeKind.CXType_Pointer || Pointer(value) is not { } pointer
            || LibClang.getPointeeType(to).Canonical() is not { Kind: CXTypeKind.CXType_Record or (>= CXTypeKind.CXType_Bool and <= CXTypeKind.CXType_Double) } pointee)
        {
            return;
        }

        _meant[pointer] = !_meant.TryGetValue(pointer, out CXType? known) || (known is { } one && IsSame(one, pointee)) ? pointee : null;
    }

    // (T *)p, where T begins with what p points to, or (T *)((char *)p - offset), where p is a parameter or a variable that begins as one.
    private void FindAround(CXCursor value, CXType to)
    {
        if (to.Kind != CXTypeKind.CXType_Pointer || LibClang.getPointeeType(to).Canonical() is not { Kind: CXTypeKind.CXType_Record } whole)
        {
            return;
        }

        if (LibClang.getCursorReferenced(value.WithoutWrappers()) is { Kind: CXCursorKind.CXCursor_ParmDecl } itself && whole.Fields() is [var first, ..]
            && LibClang.getPointeeType(itself.Type().Canonical()).Canonical() is { Kind: CXTypeKind.CXType_Record } part && IsSame(first.Type().Canonical(), part))
        {
            _around[itself] = (LibClang.getUnqualifiedType(whole), 0);
        }
        else if (value.WithoutWrappers() is { Kind: CXCursorKind.CXCursor_BinaryOperator } difference && LibClang.getCursorBinaryOperatorKind(difference) == CXBinaryOperatorKind.CXBinaryOperator_Sub
            && difference.Children() is [var left, var right] && right.ConstantValue() is { } offset
            && left.WithoutWrappers() is { Kind: CXCursorKind.CXCursor_CStyleCastExpr } bytes && bytes.Children() is [.., var pointer])
        {
            CXCursor named = LibClang.getCursorReferenced(pointer.WithoutWrappers());
            named = named.Kind == CXCursorKind.CXCursor_VarDecl ? LibClang.getCursorReferenced(LibClang.Cursor_getVarDeclInitializer(named).WithoutWrappers()) : named;
            if (named.Kind == CXCursorKind.CXCursor_ParmDecl)
            {
                _around[named] = (LibClang.getUnqualifiedType(whole), offset);
            }
        }
    }

    public void VisitCall(CXCursor call, List<CXCursor> children)
    {
        if (LibClang.getCursorReferenced(call).Kind != CXCursorKind.CXCursor_FunctionDecl)
        {
            _handedOn.AddRange(children.Skip(1).Select((c, i) => (Pointer(c), i)).Where(p => p.Item1 is not null).Select(p => (p.Item1!.Value, p.i)));
        }

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
