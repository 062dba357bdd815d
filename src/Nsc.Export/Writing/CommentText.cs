// Names in the comments of generated code. They are checked where a surrogate is read, and once more here: no text can end its comment.

using System.Text;
using Nsc.Core.Text;

namespace Nsc.Export.Writing;

internal static class CommentText
{
    /// <summary>
    /// A text for one line of a C or C# comment: nothing in it ends the line, goes on with it (a backslash, or the trigraph of one), or
    /// opens or closes a comment.
    /// </summary>
    public static string Of(string text)
    {
        var comment = new StringBuilder(text.Length);
        foreach (char c in PrintableText.OneLine(text))
        {
            if (comment.Length > 0 && (comment[^1], c) is ('?', '?') or ('*', '/') or ('/', '*'))
            {
                comment.Append(' ');
            }

            _ = c == '\\' ? comment.Append("<U+005C>") : comment.Append(c);
        }

        return comment.ToString();
    }

    /// <summary>A name as an identifier: what cannot be in one becomes an underscore.</summary>
    public static string Identifier(string name)
    {
        string identifier = string.Concat(name.EnumerateRunes().Select(c => TextRules.IsIdentifier($"_{c}") ? c.ToString() : "_"));
        return TextRules.IsIdentifier(identifier) ? identifier : $"_{identifier}"[..Math.Min(identifier.Length + 1, TextRules.MaxName)];
    }

    /// <summary>The first digits of a hash, or as many as there are.</summary>
    public static string Short(string hash) => Of(hash[..Math.Min(hash.Length, 16)]);
}
