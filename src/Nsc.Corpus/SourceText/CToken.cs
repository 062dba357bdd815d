// C text as tokens that can be put together again: variants are made by replacing some of them.

using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Nsc.Corpus.SourceText;

internal enum CTokenKind
{
    Identifier,
    Number,
    Text,
    Punctuation,
    Directive,
}

/// <summary>A token with the blanks and comments before it.</summary>
internal readonly record struct CToken(CTokenKind Kind, string Before, string Text)
{
    public bool Is(string text) => Kind != CTokenKind.Text && Text == text;
}

internal static partial class CLexer
{
    /// <summary>The tokens of a text without macros; what follows the last one is dropped.</summary>
    public static ImmutableArray<CToken> Tokens(string source)
    {
        var tokens = ImmutableArray.CreateBuilder<CToken>();
        foreach (Match match in Token().Matches(source))
        {
            tokens.Add(new CToken(KindOf(match), match.Groups["before"].Value, match.Value[match.Groups["before"].Length..]));
        }

        return tokens.ToImmutable();
    }

    /// <summary>For each bracket the index of the other one of its pair, else -1.</summary>
    public static int[] Partners(ImmutableArray<CToken> tokens)
    {
        int[] partner = [.. Enumerable.Repeat(-1, tokens.Length)];
        var open = new Stack<int>();
        for (int i = 0; i < tokens.Length; i++)
        {
            if (tokens[i].Text is "(" or "[" or "{")
            {
                open.Push(i);
            }
            else if (tokens[i].Text is ")" or "]" or "}" && open.TryPop(out int start))
            {
                (partner[start], partner[i]) = (i, start);
            }
        }

        return partner;
    }

    private static CTokenKind KindOf(Match match) =>
        match.Groups["directive"].Success ? CTokenKind.Directive
        : match.Groups["identifier"].Success ? CTokenKind.Identifier
        : match.Groups["number"].Success ? CTokenKind.Number
        : match.Groups["text"].Success ? CTokenKind.Text
        : CTokenKind.Punctuation;

    // The groups before the token are atomic: no text makes the expression try twice.
    [GeneratedRegex("""
        (?<before>(?>(?:\s|//[^\n]*|/\*.*?\*/)*))
        (?:(?<directive>\#[^\n]*)
        |(?<identifier>[A-Za-z_]\w*)
        |(?<number>\.?\d(?:[eEpP][+-]|[\w.])*)
        |(?<text>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')
        |(?<punctuation><<=|>>=|\.\.\.|->|\+\+|--|&&|\|\||[-+*/%&|^<>=!]=|<<|>>|\S))
        """, RegexOptions.Singleline | RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture)]
    private static partial Regex Token();
}
