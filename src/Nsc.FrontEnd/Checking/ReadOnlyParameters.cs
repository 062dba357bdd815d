// Which parameters a function only reads through: what is handed to them stays as it is. So says const, or the function's body.

using Nsc.FrontEnd.Parsing;
using Nsc.FrontEnd.Parsing.Interop;

namespace Nsc.FrontEnd.Checking;

/// <param name="elsewhere">Finds the definition of a function that another file has; null when none is known.</param>
internal sealed class ReadOnlyParameters(Func<string, CXCursor?>? elsewhere)
{
    private const int MostCalls = 64;

    private readonly Dictionary<CXCursor, bool> _readers = []; // Functions that write nothing but variables of their own.

    /// <summary>Whether an expression is a call that only reads what an argument points to.</summary>
    /// <param name="argument">Its number; -1 for the callee itself.</param>
    public bool IsOnlyRead(CXCursor call, int argument)
    {
        if (argument < 0 || call.Kind != CXCursorKind.CXCursor_CallExpr || LibClang.getCursorReferenced(call) is not { Kind: CXCursorKind.CXCursor_FunctionDecl } callee)
        {
            return false;
        }

        if (LibraryFunctions.IsOfFortran(callee.Spelling()))
        {
            return true;
        }

        CXType type = callee.Parameters().ElementAtOrDefault(argument).Type().Canonical();
        return (type.Kind == CXTypeKind.CXType_Pointer && LibClang.getPointeeType(type).HoldsConst()) || (Definition(callee) is { } definition && IsReader(definition));
    }

    private CXCursor? Definition(CXCursor callee) =>
        LibClang.getCursorDefinition(callee) is { Kind: CXCursorKind.CXCursor_FunctionDecl } own ? own : elsewhere?.Invoke(callee.Spelling());

    // One that calls itself, or too many others, is none.
    private bool IsReader(CXCursor function)
    {
        if (!_readers.TryGetValue(function, out bool isReader))
        {
            _readers[function] = false;
            _readers[function] = isReader = _readers.Count < MostCalls && WritesOnlyItsOwn(function);
        }

        return isReader;
    }

    private bool WritesOnlyItsOwn(CXCursor function)
    {
        var pending = new Stack<CXCursor>([function]);
        while (pending.TryPop(out CXCursor cursor))
        {
            List<CXCursor> children = cursor.Children();
            bool isWrite = VariableWrites.IsWrite(cursor) && children.Count > 0 && VariableWrites.Target(children[0]) is null;
            bool isOpen = cursor.Kind is CXCursorKind.CXCursor_GCCAsmStmt or CXCursorKind.CXCursor_MSAsmStmt || (cursor.Kind == CXCursorKind.CXCursor_ReturnStmt && ReturnsPointer(children));
            if (isWrite || isOpen || (cursor.Kind == CXCursorKind.CXCursor_CallExpr && !CallsReader(cursor)))
            {
                return false;
            }

            children.ForEach(pending.Push);
        }

        return true;
    }

    // A pointer that is given back may be written through by whoever takes it.
    private static bool ReturnsPointer(List<CXCursor> value) => value.Exists(v => v.Type().Canonical().Kind == CXTypeKind.CXType_Pointer);

    private bool CallsReader(CXCursor call) => LibClang.getCursorReferenced(call) is { Kind: CXCursorKind.CXCursor_FunctionDecl } callee
        && (Definition(callee) is { } definition ? IsReader(definition) : LibraryFunctions.IsPure(callee.Spelling()) && !callee.Spelling().Contains("mem", StringComparison.Ordinal));
}
