// Moves a scalar expression of each function into a helper function of its own. The helper is declared right before the
// function, after its pragmas, and defined at the end of the file, where all that the expression names is known.

using Nsc.Core.Sampling;
using Nsc.FrontEnd.Parsing;
using Nsc.FrontEnd.Parsing.Interop;

namespace Nsc.FrontEnd.Rewriting;

internal sealed class Splitting
{
    private readonly SyntaxTree _unit;
    private readonly SplitMix64 _random;
    private readonly SourceEdits _edits;
    private readonly FreshNames _names;
    private string _helpers = "";

    private Splitting(SyntaxTree unit, SplitMix64 random)
    {
        _unit = unit;
        _random = random;
        _edits = new SourceEdits(unit);
        _names = new FreshNames(unit, random);
    }

    public static SourceEdits Of(SyntaxTree unit, SplitMix64 random)
    {
        var splitting = new Splitting(unit, random);
        foreach (DefinedFunction function in unit.Index.Functions)
        {
            splitting.Split(function);
        }

        int end = unit.Source.Utf8.Length;
        splitting._edits.Replace(end, end, splitting._helpers);
        return splitting._edits;
    }

    private void Split(DefinedFunction function)
    {
        CXCursor body = function.Cursor.Children().Find(c => c.Kind == CXCursorKind.CXCursor_CompoundStmt);
        var candidates = new List<SplitExpression>();
        Collect(body, candidates);
        if (candidates.Count == 0)
        {
            return;
        }

        SplitExpression chosen = candidates[_random.NextInt(candidates.Count)];
        string name = _names.Next();
        string[] texts = [.. chosen.Leaves.Select(l => TextOf(l.Extent())).Distinct()];
        var parameters = texts.ToDictionary(text => text, _ => _names.Next());
        IEnumerable<string> declared = texts.Select(text => $"{TypeOf(chosen.Leaves.First(l => TextOf(l.Extent()) == text))} {parameters[text]}");
        string prototype = $"static {TypeOf(chosen.Root)} {name}({string.Join(", ", declared)})";
        _helpers += $"\n{prototype}\n{{\n    return {Inside(chosen, parameters)};\n}}\n";
        _edits.Replace(function.Extent.Start, function.Extent.Start, prototype + ";\n");
        var (start, end) = chosen.Root.Extent();
        _edits.Replace(start, end, $"{name}({string.Join(", ", texts)})");
    }

    private void Collect(CXCursor cursor, List<SplitExpression> candidates)
    {
        if (cursor.Kind == CXCursorKind.CXCursor_BinaryOperator && SplitExpression.Of(cursor, _unit) is { } expression)
        {
            candidates.Add(expression);
        }

        switch (cursor.Kind)
        {
            case CXCursorKind.CXCursor_UnaryExpr or CXCursorKind.CXCursor_GenericSelectionExpr:
                return; // Not evaluated.
            case CXCursorKind.CXCursor_VarDecl:
                CXCursor initialiser = LibClang.Cursor_getVarDeclInitializer(cursor);
                if (LibClang.Cursor_hasVarDeclGlobalStorage(cursor) != 1 && initialiser.Kind >= CXCursorKind.CXCursor_UnexposedExpr)
                {
                    Collect(initialiser, candidates);
                }

                return; // Extents of arrays and initialisers of constants are for the compiler.
            case < CXCursorKind.CXCursor_LastDecl:
                return;
            default:
                cursor.Children().ForEach(child => Collect(child, candidates));
                return;
        }
    }

    // The expression with parameters in the place of its leaves.
    private string Inside(SplitExpression expression, Dictionary<string, string> parameters)
    {
        var (position, end) = expression.Root.Extent();
        string text = "";
        foreach (var leaf in expression.Leaves.Select(l => l.Extent()))
        {
            text += _unit.Source.Slice(position, leaf.Start) + parameters[TextOf(leaf)];
            position = leaf.End;
        }

        return text + _unit.Source.Slice(position, end);
    }

    private string TextOf((int Start, int End) extent) => _unit.Source.Slice(extent.Start, extent.End);

    private static string TypeOf(CXCursor expression) => LibClang.getUnqualifiedType(expression.Type().Canonical()).Spelling();
}
