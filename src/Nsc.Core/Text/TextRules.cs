// One set of rules for the strings that our files hold. A string that keeps its rule is harmless wherever it is written; writers
// escape all the same.

using System.Globalization;
using System.Text;

namespace Nsc.Core.Text;

/// <summary>What the strings of a surrogate or checkpoint may be.</summary>
public static class TextRules
{
    public const int MaxName = 256;
    public const int MaxPath = 4096;
    public const int MaxPrototype = 1 << 14;
    private const int MaxVersion = 64;
    private const int HashLength = 64;

    /// <summary>A C identifier of letters of any script, digits, <c>_</c> and <c>$</c>.</summary>
    public static bool IsIdentifier(string text) =>
        text.Length is > 0 and <= MaxName && text.EnumerateRunes().First() is var first && !Rune.IsDigit(first) && !IsMark(first) && text.EnumerateRunes().All(IsIdentifierPart);

    /// <summary>An input or output: identifiers with subscripts, joined by dots, such as <c>ray.origin[2]</c>.</summary>
    public static bool IsVariable(string text) => text.Length <= MaxName && text.Split('.').All(part =>
    {
        int end = part.IndexOf('[', StringComparison.Ordinal);
        return end < 0 ? IsIdentifier(part) : IsIdentifier(part[..end]) && part.EndsWith(']') && part[(end + 1)..^1].Split("][").All(IsIndex);
    });

    /// <summary>A number such as <c>1.4.0-beta+3</c>.</summary>
    public static bool IsVersion(string text) =>
        text.Length is > 0 and <= MaxVersion && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '+');

    /// <summary>SHA-256 in lower-case hexadecimal.</summary>
    public static bool IsHash(string text) => text.Length == HashLength && text.All(char.IsAsciiHexDigitLower);

    /// <summary>A file's name without its folder.</summary>
    public static bool IsFileName(string text) => text.Length is > 0 and <= MaxName && !text.Contains('/', StringComparison.Ordinal) && PrintableText.IsOneLine(text);

    /// <summary>A path, which may be empty.</summary>
    public static bool IsPath(string text) => IsPrintable(text, MaxPath);

    /// <summary>A line of at most so many characters.</summary>
    public static bool IsPrintable(string text, int longest) => text.Length <= longest && PrintableText.IsOneLine(text);

    private static bool IsIdentifierPart(Rune c) => c.IsAscii ? char.IsAsciiLetterOrDigit((char)c.Value) || c.Value is '_' or '$' : Rune.IsLetter(c) || IsMark(c) || Rune.IsDigit(c);

    private static bool IsIndex(string text) => text.Length > 0 && text.All(char.IsAsciiDigit);

    // Combining characters, which go on with a letter.
    private static bool IsMark(Rune c) => Rune.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
