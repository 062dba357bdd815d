// C tokens as written, through libclang's lexer.

using Nsc.Core.Diagnostics;
using Nsc.FrontEnd.Clang.Interop;

namespace Nsc.FrontEnd.Clang;

internal static class Tokenizer
{
    /// <summary>The tokens of some functions' definitions in the main file, one after the other.</summary>
    public static IEnumerable<SourceToken> TokensOf(ParsedUnit unit, IEnumerable<string> functions) => functions
        .Select(name => unit.Index.Find(name)!)
        .Where(f => f.IsInMainFile)
        .SelectMany(f => TokensOf(unit.Unit, LibClang.getCursorExtent(f.Cursor)));

    /// <summary>The tokens of a range of the main file, without comments.</summary>
    public static unsafe List<SourceToken> TokensOf(TranslationUnit unit, CXSourceRange range)
    {
        LibClang.tokenize(unit.Handle, range, out CXToken* tokens, out uint count);
        var result = new List<SourceToken>((int)count);
        for (uint i = 0; i < count; i++)
        {
            CXTokenKind kind = LibClang.getTokenKind(tokens[i]);
            if (kind == CXTokenKind.CXToken_Comment)
            {
                continue;
            }

            string spelling = LibClang.getTokenSpelling(unit.Handle, tokens[i]).Text();
            SourceLocation at = unit.Source.LocationAt(LibClang.getTokenLocation(unit.Handle, tokens[i]).Offset());
            result.Add(new SourceToken((SourceTokenKind)kind, spelling, at.Line, at.Column));
        }

        if (tokens != null)
        {
            LibClang.disposeTokens(unit.Handle, tokens, count);
        }

        return result;
    }
}
