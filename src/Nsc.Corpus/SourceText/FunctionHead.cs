// A function's result and parameters as text, which is all that a function around it needs to know of their types.

using System.Collections.Immutable;

namespace Nsc.Corpus.SourceText;

/// <summary>A parameter as it is declared.</summary>
internal readonly record struct HeadParameter(ImmutableArray<CToken> Tokens, int NameToken)
{
    public string Name => Tokens[NameToken].Text;

    public string Text => string.Concat(Tokens.Select(t => (t.Before.Length > 0 ? " " : "") + t.Text)).Trim();

    public HeadParameter Renamed(string name) => this with { Tokens = Tokens.SetItem(NameToken, Tokens[NameToken] with { Text = name }) };
}

/// <summary>A function's head.</summary>
/// <param name="Result">The type of the result.</param>
internal sealed record FunctionHead(string Result, ImmutableArray<HeadParameter> Parameters)
{
    public bool IsVoid => Result == "void";

    /// <summary>Whether the result is a real number.</summary>
    public bool IsReal => Result is "double" or "float";

    /// <summary>The head of a function definition, or null for one of unusual form.</summary>
    public static FunctionHead? Of(CDeclaration function)
    {
        int name = Enumerable.Range(0, function.Body).FirstOrDefault(i => function.Tokens[i].Is(function.Names[0]), -1);
        int open = name + 1, close = name < 0 ? -1 : CLexer.Partners(function.Tokens)[open];
        if (close < 0 || function.Tokens[..name].Any(t => t.Is("__attribute__")))
        {
            return null;
        }

        string result = string.Join(' ', function.Tokens[..name]
            .Where(t => t.Text is not ("static" or "inline" or "extern" or "__inline" or "__inline__" or "__extension__")).Select(t => t.Text));
        var parameters = Split(function.Tokens[(open + 1)..close]).Select(ParameterOf).ToImmutableArray();
        return parameters.Any(p => p is null) ? null : new FunctionHead(result, [.. parameters.Select(p => p!.Value)]);
    }

    private static HeadParameter? ParameterOf(ImmutableArray<CToken> tokens)
    {
        int end = Enumerable.Range(0, tokens.Length).FirstOrDefault(i => tokens[i].Is("["), tokens.Length);
        return end > 1 && tokens[end - 1].Kind == CTokenKind.Identifier && !tokens.Any(t => t.Is("("))
            ? new HeadParameter(tokens, end - 1)
            : null;
    }

    private static IEnumerable<ImmutableArray<CToken>> Split(ImmutableArray<CToken> tokens)
    {
        int start = 0, depth = 0;
        for (int i = 0; i < tokens.Length; i++)
        {
            depth += tokens[i].Text is "(" or "[" ? 1 : tokens[i].Text is ")" or "]" ? -1 : 0;
            if (depth == 0 && tokens[i].Is(","))
            {
                yield return tokens[start..i];
                start = i + 1;
            }
        }

        yield return tokens[start..];
    }
}
