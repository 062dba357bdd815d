// Gives every name that a unit declares another one. Names are replaced by spelling, everywhere in the unit at once, so that
// scopes and name spaces need no thought: two things with one name still share one afterwards.

using System.Text.RegularExpressions;
using Nsc.Core.Diagnostics;
using Nsc.Core.Sampling;
using Nsc.FrontEnd.Checking;
using Nsc.FrontEnd.Parsing;
using Nsc.FrontEnd.Parsing.Interop;
using Nsc.FrontEnd.Sources;

namespace Nsc.FrontEnd.Rewriting;

internal static partial class Renaming
{
    public static SourceEdits Of(SyntaxTree unit, SplitMix64 random)
    {
        var edits = new SourceEdits(unit);
        var fresh = new FreshNames(unit, random);
        var newNames = Renamable(unit).Order(StringComparer.Ordinal).ToDictionary(name => name, _ => fresh.Next());
        foreach (TokenExtent token in Tokenizer.ExtentsOf(unit.Unit).Where(t => t.Kind == SourceTokenKind.Identifier))
        {
            if (newNames.TryGetValue(unit.Source.Slice(token.Start, token.End), out string? name))
            {
                edits.Replace(token.Start, token.End, name);
            }
        }

        foreach (DefinedFunction function in unit.Index.Functions.Where(f => newNames.ContainsKey(f.Name)))
        {
            edits.Rename(function.Name, newNames[function.Name]);
        }

        return edits;
    }

    private static HashSet<string> Renamable(SyntaxTree unit)
    {
        HashSet<string> declared = [], foreign = [];
        var pending = new Stack<CXCursor>(unit.Unit.Root.Children());
        while (pending.TryPop(out CXCursor cursor))
        {
            if (Declares(cursor))
            {
                declared.Add(cursor.Spelling());
            }

            CXCursor referenced = LibClang.getCursorReferenced(cursor);
            if (referenced.Kind is < CXCursorKind.CXCursor_FirstInvalid or > CXCursorKind.CXCursor_LastInvalid && !Declares(referenced))
            {
                foreign.Add(referenced.Spelling());
            }

            cursor.Children().ForEach(pending.Push);
        }

        declared.ExceptWith(foreign);
        declared.RemoveWhere(name => !Identifier().IsMatch(name) || LibraryFunctions.IsPure(name));
        return declared;
    }

    // A function that is declared only is somebody else's, such as libm's.
    private static bool Declares(CXCursor cursor) => cursor.Kind switch
    {
        CXCursorKind.CXCursor_FunctionDecl => LibClang.getCursorDefinition(cursor).Kind == CXCursorKind.CXCursor_FunctionDecl,
        CXCursorKind.CXCursor_LabelStmt => true,
        _ => cursor.Kind is >= CXCursorKind.CXCursor_StructDecl and < CXCursorKind.CXCursor_LastDecl,
    };

    [GeneratedRegex(@"\b[A-Za-z_]\w*\b")]
    private static partial Regex Identifier();
}
