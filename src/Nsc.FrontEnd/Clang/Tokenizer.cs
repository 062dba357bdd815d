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
    public static List<SourceToken> TokensOf(TranslationUnit unit, CXSourceRange range) => Lex(unit, range, (kind, token) =>
    {
        SourceLocation at = unit.Source.LocationAt(LibClang.getTokenLocation(unit.Handle, token).Offset());
        return new SourceToken(kind, LibClang.getTokenSpelling(unit.Handle, token).Text(), at.Line, at.Column);
    });

    /// <summary>Where the tokens of the main file are, those of directives among them, without comments.</summary>
    public static List<TokenExtent> ExtentsOf(TranslationUnit unit) => Lex(unit, LibClang.getCursorExtent(unit.Root), (kind, token) =>
    {
        var (start, end) = LibClang.getTokenExtent(unit.Handle, token).Offsets();
        return new TokenExtent(kind, start, end);
    });

    private static unsafe List<T> Lex<T>(TranslationUnit unit, CXSourceRange range, Func<SourceTokenKind, CXToken, T> read)
    {
        LibClang.tokenize(unit.Handle, range, out CXToken* tokens, out uint count);
        var result = new List<T>((int)count);
        for (uint i = 0; i < count; i++)
        {
            CXTokenKind kind = LibClang.getTokenKind(tokens[i]);
            if (kind != CXTokenKind.CXToken_Comment)
            {
                result.Add(read((SourceTokenKind)kind, tokens[i]));
            }
        }

        if (tokens != null)
        {
            LibClang.disposeTokens(unit.Handle, tokens, count);
        }

        return result;
    }
}
