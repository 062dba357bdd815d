// Writes the same tokens with other blanks, line breaks and comments.

using System.Text;
using Nsc.Core.Sampling;
using Nsc.FrontEnd.Parsing;
using Nsc.FrontEnd.Sources;

namespace Nsc.FrontEnd.Rewriting;

internal static class Reformatting
{
    // What cannot grow together with a neighbour into another token.
    private const string Separators = "(){}[];,";

    public static SourceEdits Of(SyntaxTree unit, SplitMix64 random)
    {
        var edits = new SourceEdits(unit);
        edits.Replace(0, unit.Source.Utf8.Length, Text(unit, random));
        return edits;
    }

    private static string Text(SyntaxTree unit, SplitMix64 random)
    {
        var text = new StringBuilder();
        foreach (TokenExtent token in Tokenizer.ExtentsOf(unit.Unit).Where(t => t.End > t.Start))
        {
            string spelling = unit.Source.Slice(token.Start, token.End);
            text.Append(Gap(text.Length > 0 ? text[^1] : '\n', spelling[0], random)).Append(spelling);
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
