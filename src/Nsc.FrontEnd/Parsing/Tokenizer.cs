// C tokens, through libclang's lexer.

using Nsc.Core.Diagnostics;
using Nsc.FrontEnd.Parsing.Interop;
using Nsc.FrontEnd.Sources;

namespace Nsc.FrontEnd.Parsing;

internal static class Tokenizer
{
    /// <summary>The spellings of the tokens of some functions' definitions, one after the other.</summary>
    public static IEnumerable<string> SpellingsOf(SyntaxTree unit, IEnumerable<string> functions) =>
        ExtentsOf(unit, functions).SelectMany(e => Lex(unit.Unit, e, (_, token) => LibClang.getTokenSpelling(unit.Unit.Handle, token).Text()));

    /// <summary>The tokens of some functions' definitions, one after the other.</summary>
    public static IEnumerable<SourceToken> TokensOf(SyntaxTree unit, IEnumerable<string> functions) =>
        ExtentsOf(unit, functions).SelectMany(e => TokensOf(unit.Unit, e, _ => true));

    /// <summary>The tokens of a range that begin at offsets that are asked for, without comments.</summary>
    public static IEnumerable<SourceToken> TokensOf(TranslationUnit unit, CXSourceRange range, Func<int, bool> isAsked) => Lex(unit, range, (kind, token) =>
    {
        int offset = LibClang.getTokenLocation(unit.Handle, token).Offset();
        if (!isAsked(offset))
        {
            return null;
        }

        SourceLocation at = unit.Source.PlaceAt(offset).Location;
        return new SourceToken(kind, LibClang.getTokenSpelling(unit.Handle, token).Text(), at.Line, at.Column);
    }).OfType<SourceToken>();

    /// <summary>Where the tokens of the text are, without comments.</summary>
    public static List<TokenExtent> ExtentsOf(TranslationUnit unit) => Lex(unit, LibClang.getCursorExtent(unit.Root), (kind, token) =>
    {
        var (start, end) = LibClang.getTokenExtent(unit.Handle, token).Offsets();
        return new TokenExtent(kind, start, end);
    });

    private static IEnumerable<CXSourceRange> ExtentsOf(SyntaxTree unit, IEnumerable<string> functions) =>
        functions.Select(name => LibClang.getCursorExtent(unit.Index.Find(name)!.Cursor));

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
