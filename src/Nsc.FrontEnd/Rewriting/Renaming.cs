// Gives every name that a file declares another one. Names are replaced by spelling, everywhere in the file at once, so that
// scopes and name spaces need no thought: two things with one name still share one afterwards.

using System.Text.RegularExpressions;
using Nsc.Core.Diagnostics;
using Nsc.Core.Sampling;
using Nsc.FrontEnd.Clang;
using Nsc.FrontEnd.Clang.Interop;

namespace Nsc.FrontEnd.Rewriting;

internal static partial class Renaming
{
    public static SourceEdits Of(ParsedUnit unit, SplitMix64 random)
    {
        var edits = new SourceEdits(unit);
        var fresh = new FreshNames(unit, random);
        var newNames = Renamable(unit).Order(StringComparer.Ordinal).ToDictionary(name => name, _ => fresh.Next());
        foreach (TokenExtent token in Tokenizer.ExtentsOf(unit.Unit).Where(t => t.Kind == SourceTokenKind.Identifier))
        {
            if (newNames.TryGetValue(unit.Source.Slice(token.Start, token.End), out string? name) && IsName(token, unit))
            {
                edits.Replace(token.Start, token.End, name);
            }
        }

        foreach (DefinedFunction function in unit.Index.InMainFile.Where(f => newNames.ContainsKey(f.Name)))
        {
            edits.Rename(function.Name, newNames[function.Name]);
        }

        return edits;
    }

    private static HashSet<string> Renamable(ParsedUnit unit)
    {
        // A text that pastes names together decides itself what its names are.
        if (unit.Directives.Any(d => d.Name == "define" && d.Text.Contains("##", StringComparison.Ordinal)))
        {
            return [];
        }

        HashSet<string> declared = [], foreign = [];
        var pending = new Stack<CXCursor>(unit.Unit.Root.Children().Where(IsInMainFile));
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

        declared.UnionWith(Macros(unit));
        declared.ExceptWith(foreign);
        declared.RemoveWhere(name => !Identifier().IsMatch(name) || LibraryFunctions.IsPure(name));
        return declared;
    }

    // A function that is declared only is somebody else's, such as libm's.
    private static bool Declares(CXCursor cursor) => IsInMainFile(cursor) && cursor.Kind switch
    {
        CXCursorKind.CXCursor_FunctionDecl => LibClang.getCursorDefinition(cursor).Kind == CXCursorKind.CXCursor_FunctionDecl,
        CXCursorKind.CXCursor_LabelStmt => true,
        _ => cursor.Kind is >= CXCursorKind.CXCursor_StructDecl and < CXCursorKind.CXCursor_LastDecl,
    };

    private static bool IsInMainFile(CXCursor cursor) => LibClang.Location_isFromMainFile(cursor.Location()) != 0;

    // Macros that conditions ask for may come from elsewhere, or speak to the system's headers as _GNU_SOURCE does.
    private static IEnumerable<string> Macros(ParsedUnit unit)
    {
        string asked = string.Join(' ', unit.Directives.Where(d => d.Name is not ("define" or "include" or "pragma")).Select(d => d.Text));
        var isAsked = Identifier().Matches(asked).Select(m => m.Value).ToHashSet();
        return unit.Directives.Where(d => d.Name == "define")
            .Select(d => Identifier().Match(d.Text).Value)
            .Where(name => !name.StartsWith('_') && !isAsked.Contains(name));
    }

    // In directives, only macros and the inputs of nsc pragmas are names of the program's.
    private static bool IsName(TokenExtent token, ParsedUnit unit)
    {
        Directive? directive = unit.Directives.LastOrDefault(d => d.Offset <= token.Start && token.Start < d.Offsets[^1]);
        if (directive is null)
        {
            return true;
        }

        return RangePragma.IsNsc(directive)
            ? RangePragma.Parse(directive, unit.Source, []) is { Input: not null } range && token.Start >= range.InputOffset && token.Start < range.RangeOffset
            : directive.Name == "define" && token.Start >= directive.Offsets[0];
    }

    [GeneratedRegex(@"\b[A-Za-z_]\w*\b")]
    private static partial Regex Identifier();
}
