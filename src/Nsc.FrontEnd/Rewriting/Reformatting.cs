// Writes the same tokens with other blanks, line breaks and comments. Directives keep their lines, which are part of the language.

using System.Text;
using Nsc.Core.Sampling;
using Nsc.FrontEnd.Clang;

namespace Nsc.FrontEnd.Rewriting;

internal static class Reformatting
{
    // What cannot grow together with a neighbour into another token.
    private const string Separators = "(){}[];,";

    public static SourceEdits Of(ParsedUnit unit, SplitMix64 random)
    {
        var edits = new SourceEdits(unit);
        string[] tokens = [.. Tokenizer.ExtentsOf(unit.Unit).Select(t => unit.Source.Slice(t.Start, t.End))];
        if (!tokens.Contains("__LINE__"))
        {
            edits.Replace(0, unit.Source.Utf8.Length, Text(unit, random));
        }

        return edits;
    }

    private static string Text(ParsedUnit unit, SplitMix64 random)
    {
        var text = new StringBuilder();
        var directives = new Queue<Directive>(unit.Directives.OrderBy(d => d.Offset));
        int written = 0;
        foreach (TokenExtent token in Tokenizer.ExtentsOf(unit.Unit).Where(t => t.End > t.Start))
        {
            while (directives.TryPeek(out Directive? directive) && directive.Offset <= token.Start)
            {
                written = directives.Dequeue().Offsets[^1];
                text.Append('\n').Append(unit.Source.Slice(directive.Offset, written)).Append('\n');
            }

            if (token.Start >= written)
            {
                string spelling = unit.Source.Slice(token.Start, token.End);
                text.Append(Gap(text.Length > 0 ? text[^1] : '\n', spelling[0], random)).Append(spelling);
            }
        }

        foreach (Directive directive in directives)
        {
            text.Append('\n').Append(unit.Source.Slice(directive.Offset, directive.Offsets[^1]));
        }

        return text.Append('\n').ToString();
    }

    private static string Gap(char before, char after, SplitMix64 random) => random.NextInt(12) switch
    {
        0 => "\n",
        1 => "\t",
        2 => "    ",
        3 => $" /* {random.NextInt(1000)} */ ",
        4 => $" // {random.NextInt(1000)};\n  ",
        5 => "\n\n\t",
        >= 8 when char.IsWhiteSpace(before) || Separators.Contains(before) || Separators.Contains(after) => "",
        _ => " ",
    };
}
