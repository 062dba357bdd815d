// Where a function can be changed without changing what kind of program it is: no array index, no loop's bound, no bit
// operation is touched.

using System.Collections.Immutable;
using System.Globalization;
using Nsc.Corpus.SourceText;

namespace Nsc.Corpus.Mining.Variants;

internal enum EditKind
{
    Real,
    Integer,
    Operator,
    Sign,
    Call,
}

/// <summary>A token that may be changed.</summary>
/// <param name="Close">For a call, the index of the bracket that ends its arguments.</param>
internal readonly record struct EditSite(EditKind Kind, int Token, int Close = -1);

internal sealed class EditSiteFinder
{
    private static readonly HashSet<string> s_words =
    [
        "auto", "break", "case", "char", "const", "continue", "default", "do", "double", "else", "enum", "extern", "float", "for", "goto", "if",
        "inline", "int", "long", "register", "restrict", "return", "short", "signed", "sizeof", "static", "struct", "switch", "typedef", "union",
        "unsigned", "void", "volatile", "while", "_Bool", "__inline", "__extension__",
    ];

    private static readonly HashSet<string> s_bitOperators = ["&", "|", "^", "~", "<<", ">>", "%", "&=", "|=", "^=", "<<=", ">>=", "%=", "[", "]", ":", "case"];
    private static readonly HashSet<string> s_arithmetic = ["+", "-", "*", "/", "<", ">", "<=", ">=", "="];
    private readonly CDeclaration _item;
    private readonly TranslationUnit _unit;
    private readonly HashSet<string> _types;
    private readonly int[] _partner;
    private readonly bool[] _frozen;
    private readonly HashSet<string> _indices = [];

    private EditSiteFinder(TranslationUnit unit, CDeclaration item)
    {
        (_unit, _item, _types) = (unit, item, unit.TypeNames());
        _partner = CLexer.Partners(item.Tokens);
        _frozen = new bool[item.Tokens.Length];
    }

    private ImmutableArray<CToken> Tokens => _item.Tokens;

    /// <summary>The places of a function or of a variable's value.</summary>
    public static ImmutableArray<EditSite> Find(TranslationUnit unit, CDeclaration item)
    {
        if (item.Kind is not (CDeclarationKind.Function or CDeclarationKind.Variable))
        {
            return [];
        }

        var finder = new EditSiteFinder(unit, item);
        finder.FreezeBrackets();
        finder.FreezeIndexStatements();
        return [.. Enumerable.Range(item.Body, item.Tokens.Length - item.Body).Where(i => !finder._frozen[i]).SelectMany(finder.At)];
    }

    // Array indices and the heads of loops stay; what they mention is an index name.
    private void FreezeBrackets()
    {
        for (int i = 0; i < Tokens.Length; i++)
        {
            bool isHead = Tokens[i].Is("(") && i > 0 && Tokens[i - 1].Text is "for" or "while" or "switch" or "sizeof" or "__attribute__";
            if ((isHead || Tokens[i].Is("[")) && _partner[i] > i)
            {
                for (int k = i; k <= _partner[i]; k++)
                {
                    _frozen[k] = true;
                    if (Tokens[k].Kind == CTokenKind.Identifier && !s_words.Contains(Tokens[k].Text))
                    {
                        _indices.Add(Tokens[k].Text);
                    }
                }
            }
        }
    }

    private void FreezeIndexStatements()
    {
        int start = _item.Body;
        for (int i = _item.Body; i < Tokens.Length; i++)
        {
            if (Tokens[i].Text is ";" or "{" or "}")
            {
                if (Enumerable.Range(start, i - start).Any(AssignsIndex) || Tokens[start].Text is "case")
                {
                    Array.Fill(_frozen, true, start, i - start);
                }

                start = Math.Min(i + 1, Tokens.Length - 1);
            }
        }
    }

    private bool AssignsIndex(int i)
    {
        if (Tokens[i].Text is not ("=" or "+=" or "-=" or "*=" or "/="))
        {
            return false;
        }

        int name = i - 1;
        while (name > 0 && Tokens[name].Is("]"))
        {
            name = _partner[name] - 1;
        }

        return name >= 0 && _indices.Contains(Tokens[name].Text);
    }

    private IEnumerable<EditSite> At(int i)
    {
        CToken token = Tokens[i], before = Tokens[Math.Max(0, i - 1)], after = Tokens[Math.Min(i + 1, Tokens.Length - 1)];
        if (_indices.Contains(before.Text) || _indices.Contains(after.Text))
        {
            yield break;
        }

        if (token.Kind == CTokenKind.Number && !s_bitOperators.Contains(before.Text) && !s_bitOperators.Contains(after.Text))
        {
            if (IsReal(token.Text))
            {
                yield return new EditSite(EditKind.Real, i);
            }
            else if (_item.Kind == CDeclarationKind.Function && IsPlainInteger(token.Text) && (s_arithmetic.Contains(before.Text) || s_arithmetic.Contains(after.Text)))
            {
                yield return new EditSite(EditKind.Integer, i);
            }
        }
        else if (token.Kind == CTokenKind.Punctuation && Operators.Others(token.Text).Length > 0)
        {
            if (IsOperand(i - 1))
            {
                yield return new EditSite(EditKind.Operator, i);
            }
            else if (token.Is("-"))
            {
                yield return new EditSite(EditKind.Sign, i);
            }
        }
        else if (token.Kind == CTokenKind.Identifier && after.Is("(") && _partner[i + 1] > i && LibraryCalls.IsKnown(token.Text) && !_unit.Defines(token.Text))
        {
            yield return new EditSite(EditKind.Call, i, _partner[i + 1]);
        }
    }

    private static bool IsReal(string text) =>
        !text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) && text.AsSpan().IndexOfAny('.', 'e', 'E') >= 0
        && double.TryParse(text.TrimEnd('f', 'F', 'l', 'L'), NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
        && (value == 0 || Math.Abs(value) is > 1e-30 and < 1e30);

    private static bool IsPlainInteger(string text) => text.All(char.IsAsciiDigit) && text.Length < 7 && (text[0] != '0' || text.Length == 1);

    // Whether the token ends an operand, so that an operator after it has two.
    private bool IsOperand(int i) => i >= 0 && Tokens[i].Kind switch
    {
        CTokenKind.Number => true,
        CTokenKind.Identifier => !IsTypeWord(Tokens[i].Text) && !s_words.Contains(Tokens[i].Text),
        CTokenKind.Punctuation => Tokens[i].Is("]") || (Tokens[i].Is(")") && !IsCast(i)),
        _ => false,
    };

    private bool IsCast(int close) => _partner[close] >= 0 && Enumerable.Range(_partner[close] + 1, close - _partner[close] - 1)
        .All(k => Tokens[k].Is("*") || IsTypeWord(Tokens[k].Text));

    private bool IsTypeWord(string text) => _types.Contains(text) || text.EndsWith("_t", StringComparison.Ordinal)
        || text is "double" or "float" or "int" or "long" or "short" or "char" or "unsigned" or "signed" or "const" or "struct" or "void" or "_Bool" or "enum";
}
