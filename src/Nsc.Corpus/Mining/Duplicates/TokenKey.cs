// Clones of type 2: functions whose tokens are equal after names and layout are normalised.

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Nsc.Core.Libm;
using Nsc.Corpus.SourceText;

namespace Nsc.Corpus.Mining.Duplicates;

internal static class TokenKey
{
    private static readonly HashSet<string> s_ignored = ["static", "inline", "extern", "const", "register", "volatile", "restrict", "__inline", "__extension__"];

    private static readonly HashSet<string> s_fixed =
    [
        "break", "case", "char", "continue", "default", "do", "double", "else", "enum", "float", "for", "goto", "if", "int", "long", "return",
        "short", "signed", "sizeof", "struct", "switch", "typedef", "union", "unsigned", "void", "while", "_Bool", "bool",
    ];

    /// <summary>Equal for units that differ in names, layout, storage classes and the spelling of numbers only.</summary>
    public static string Of(string source)
    {
        var names = new Dictionary<string, string>();
        var text = new StringBuilder();
        foreach (CToken token in CLexer.Tokens(source).Where(t => t.Kind != CTokenKind.Directive && !s_ignored.Contains(t.Text)))
        {
            text.Append(Normal(token, names)).Append(' ');
        }

        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static string Normal(CToken token, Dictionary<string, string> names)
    {
        switch (token.Kind)
        {
            case CTokenKind.Identifier when !s_fixed.Contains(token.Text) && LibmTable.FindVariant(token.Text) is null:
                names.TryAdd(token.Text, string.Create(CultureInfo.InvariantCulture, $"n{names.Count}"));
                return names[token.Text];
            case CTokenKind.Number when double.TryParse(token.Text.TrimEnd('f', 'F', 'l', 'L', 'u', 'U'), NumberStyles.Float, CultureInfo.InvariantCulture, out double value):
                return value.ToString("R", CultureInfo.InvariantCulture);
            default:
                return token.Text;
        }
    }
}
