// A token of C text as the token CompNet and the tokens verb see it.

namespace Nsc.FrontEnd.Sources;

/// <summary>The lexical classes of C; comments are no tokens.</summary>
public enum SourceTokenKind
{
    Punctuation,
    Keyword,
    Identifier,
    Literal,
}

/// <summary>One token as it is written. Line and column count from 1.</summary>
public sealed record SourceToken(SourceTokenKind Kind, string Spelling, int Line, int Column);

/// <summary>Where in the text a token is, in bytes.</summary>
internal readonly record struct TokenExtent(SourceTokenKind Kind, int Start, int End);
