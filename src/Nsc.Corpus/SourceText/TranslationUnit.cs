// A self-contained C unit as its declarations, so that some of them can be changed and written several times under new names.

using System.Collections.Immutable;
using System.Text;

namespace Nsc.Corpus.SourceText;

internal enum CDeclarationKind
{
    /// <summary>A type, a directive, or what is not understood; shared by all variants.</summary>
    Other,
    Function,

    /// <summary>A variable with its value.</summary>
    Variable,

    /// <summary>A function or variable without a body or value.</summary>
    Declaration,
}

/// <summary>One declaration.</summary>
/// <param name="Names">The names that it declares; none for <see cref="CItemKind.Other"/>.</param>
/// <param name="Body">The index of the token where a function's body or a variable's value begins.</param>
internal sealed record CDeclaration(CDeclarationKind Kind, ImmutableArray<string> Names, ImmutableArray<CToken> Tokens, int Body)
{
    /// <summary>Whether the token at an index is a name that means a declaration of the unit, as members of structures do not.</summary>
    public bool IsName(int index) => Tokens[index].Kind == CTokenKind.Identifier
        && (index == 0 || !(Tokens[index - 1].Is(".") || Tokens[index - 1].Is("->")));

    /// <summary>The text with some tokens replaced and with some names given a suffix.</summary>
    public void Write(StringBuilder text, IReadOnlyDictionary<int, string>? edits, IReadOnlySet<string> renamed, string suffix)
    {
        for (int i = 0; i < Tokens.Length; i++)
        {
            string spelling = edits is not null && edits.TryGetValue(i, out string? edited) ? edited : Tokens[i].Text;
            text.Append(Tokens[i].Before).Append(spelling).Append(IsName(i) && renamed.Contains(Tokens[i].Text) ? suffix : "");
        }

        text.Append('\n');
    }
}

internal sealed class TranslationUnit
{
    private TranslationUnit(ImmutableArray<CDeclaration> items, ImmutableArray<string> bindings) => (Items, Bindings) = (items, bindings);

    public ImmutableArray<CDeclaration> Items { get; }

    /// <summary>Its pragmas.</summary>
    public ImmutableArray<string> Bindings { get; }

    /// <summary>Reads a unit; its pragmas are no declarations, since every variant has its own.</summary>
    public static TranslationUnit Parse(string source)
    {
        var items = ImmutableArray.CreateBuilder<CDeclaration>();
        var pending = ImmutableArray.CreateBuilder<CToken>();
        var bindings = ImmutableArray.CreateBuilder<string>();
        var brackets = 0;
        bool isFunction = false;
        foreach (CToken token in CLexer.Tokens(source))
        {
            if (token.Kind == CTokenKind.Directive)
            {
                if (token.Text.Contains("pragma nsc", StringComparison.Ordinal))
                {
                    bindings.Add(token.Text);
                }
                else if (pending.Count == 0)
                {
                    items.Add(new CDeclaration(CDeclarationKind.Other, [], [token], 0));
                }

                continue;
            }

            isFunction |= brackets == 0 && token.Is("{") && pending.Count > 0 && pending[^1].Is(")") && !pending.Any(t => t.Is("="));
            pending.Add(token);
            brackets += token.Text is "(" or "[" or "{" ? 1 : token.Text is ")" or "]" or "}" ? -1 : 0;
            if (brackets == 0 && (token.Is(";") || (isFunction && token.Is("}"))))
            {
                items.Add(ItemOf(pending.ToImmutable(), isFunction));
                pending.Clear();
                isFunction = false;
            }
        }

        return new TranslationUnit(items.ToImmutable(), bindings.ToImmutable());
    }

    /// <summary>The index of a function's definition, or -1.</summary>
    public int IndexOfFunction(string name) => Items.Select((item, i) => (item, i)).FirstOrDefault(
        p => p.item.Kind == CDeclarationKind.Function && p.item.Names[0] == name, (null!, -1)).i;

    /// <summary>Whether a function or variable of this name has a body or value.</summary>
    public bool Defines(string name) => Items.Any(i => i.Kind is CDeclarationKind.Function or CDeclarationKind.Variable && i.Names.Contains(name));

    /// <summary>The names of types that the unit defines.</summary>
    public HashSet<string> TypeNames() => [.. Items
        .Where(i => i.Kind == CDeclarationKind.Other && i.Tokens[0].Is("typedef") && i.Tokens.Length > 2)
        .Select(i => i.Tokens[..^1].Last(t => t.Kind == CTokenKind.Identifier).Text)];

    /// <summary>The items whose names are given and all that mention them, directly or not.</summary>
    public HashSet<string> WithUsers(IEnumerable<int> items)
    {
        var names = items.SelectMany(i => Items[i].Names).ToHashSet();
        for (int before = -1; before != names.Count;)
        {
            before = names.Count;
            foreach (CDeclaration item in Items.Where(i => i.Kind is CDeclarationKind.Function or CDeclarationKind.Variable && !names.Contains(i.Names[0])))
            {
                if (Enumerable.Range(0, item.Tokens.Length).Any(t => item.IsName(t) && names.Contains(item.Tokens[t].Text)))
                {
                    names.UnionWith(item.Names);
                }
            }
        }

        return names;
    }

    private static CDeclaration ItemOf(ImmutableArray<CToken> tokens, bool isFunction)
    {
        int equals = IndexAtTop(tokens, "="), brace = IndexAtTop(tokens, "{"), call = IndexAtTop(tokens, "(");
        bool isNamed = call > 0 && tokens[call - 1].Kind == CTokenKind.Identifier;
        if (isFunction)
        {
            return isNamed ? new CDeclaration(CDeclarationKind.Function, [tokens[call - 1].Text], tokens, brace) : new CDeclaration(CDeclarationKind.Other, [], tokens, 0);
        }

        // A structure that is declared together with a variable would be declared twice with it.
        bool isType = tokens[0].Is("typedef") || (brace >= 0 && (equals < 0 || brace < equals));
        if (isType)
        {
            return new CDeclaration(CDeclarationKind.Other, [], tokens, 0);
        }

        ImmutableArray<string> names = equals >= 0 || !isNamed ? Declarators(tokens) : [tokens[call - 1].Text];
        return names.IsEmpty
            ? new CDeclaration(CDeclarationKind.Other, [], tokens, 0)
            : new CDeclaration(equals >= 0 ? CDeclarationKind.Variable : CDeclarationKind.Declaration, names, tokens, Math.Max(0, equals));
    }

    private static ImmutableArray<string> Declarators(ImmutableArray<CToken> tokens)
    {
        var names = ImmutableArray.CreateBuilder<string>();
        int depth = 0;
        for (int i = 1; i < tokens.Length; i++)
        {
            if (depth == 0 && tokens[i].Text is "=" or "[" or "," or ";" && tokens[i - 1].Kind == CTokenKind.Identifier && i > 1)
            {
                names.Add(tokens[i - 1].Text);
            }

            depth += tokens[i].Text is "(" or "[" or "{" ? 1 : tokens[i].Text is ")" or "]" or "}" ? -1 : 0;
        }

        return names.ToImmutable();
    }

    private static int IndexAtTop(ImmutableArray<CToken> tokens, string text)
    {
        int depth = 0;
        for (int i = 0; i < tokens.Length; i++)
        {
            if (depth == 0 && tokens[i].Is(text))
            {
                return i;
            }

            depth += tokens[i].Text is "(" or "[" or "{" ? 1 : tokens[i].Text is ")" or "]" or "}" ? -1 : 0;
        }

        return -1;
    }
}
