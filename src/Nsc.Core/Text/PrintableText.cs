// Names and messages come from files that strangers made. What a terminal obeys, an editor reorders or a compiler takes for the end
// of a line is spelled out before a text is shown or written.

using System.Globalization;
using System.Text;

namespace Nsc.Core.Text;

/// <summary>
/// Text without control, formatting, private and unassigned characters and line separators: each is written as its code point, such
/// as <c>&lt;U+001B&gt;</c>. The text is returned as it is where it holds none.
/// </summary>
public static class PrintableText
{
    /// <summary>The text on one line.</summary>
    public static string OneLine(string text) => Spelled(text, keepsLayout: false);

    /// <summary>The text with its line feeds and tabs.</summary>
    public static string Lines(string text) => Spelled(text, keepsLayout: true);

    /// <summary>Whether <see cref="OneLine"/> leaves the text as it is.</summary>
    public static bool IsOneLine(string text) => IsPlain(text, keepsLayout: false);

    private static bool IsPlain(string text, bool keepsLayout)
    {
        for (int at = 0; at < text.Length;)
        {
            if (text[at] is >= ' ' and <= '~' || (keepsLayout && text[at] is '\n' or '\t'))
            {
                at++;
            }
            else if (Rune.TryGetRuneAt(text, at, out Rune rune) && IsShown(rune))
            {
                at += rune.Utf16SequenceLength;
            }
            else
            {
                return false;
            }
        }

        return true;
    }

    private static string Spelled(string text, bool keepsLayout)
    {
        if (IsPlain(text, keepsLayout))
        {
            return text;
        }

        var spelled = new StringBuilder(text.Length + 16);
        for (int at = 0; at < text.Length;)
        {
            bool isWhole = Rune.TryGetRuneAt(text, at, out Rune rune);
            int length = isWhole ? rune.Utf16SequenceLength : 1;
            if (isWhole && (IsShown(rune) || (keepsLayout && text[at] is '\n' or '\t')))
            {
                spelled.Append(text, at, length);
            }
            else
            {
                spelled.Append(CultureInfo.InvariantCulture, $"<U+{(isWhole ? rune.Value : text[at]):X4}>");
            }

            at += length;
        }

        return spelled.ToString();
    }

    private static bool IsShown(Rune rune) => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.OtherNotAssigned);
}
