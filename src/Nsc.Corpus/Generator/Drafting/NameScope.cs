// No two things of one function share a name, and none is called like a keyword or a libm function.

using Nsc.Core.Libm;

namespace Nsc.Corpus.Generator.Drafting;

internal sealed class NameScope
{
    private static readonly string[] Reserved =
    [
        "s", "in", "out", "result", "i", "j", "k", "real", "int", "do", "if", "for", "double", "float", "short", "long", "auto", "break", "case",
        "char", "const", "default", "else", "enum", "goto", "return", "signed", "sizeof", "static", "struct", "switch", "union", "void", "while",
        .. LibmTable.All.Select(f => f.Name), "gamma", "y0", "y1", "yn", "j0", "j1", "jn", "div", "abs", "signgam", "scalb",
        "significand", "drem", "nan",
    ];

    private readonly HashSet<string> _taken = [.. Reserved];

    /// <summary>The word itself, or the word and the lowest number that makes it new.</summary>
    public string Take(string word)
    {
        string name = word;
        for (int i = 2; !_taken.Add(name); i++)
        {
            name = word + (char.IsDigit(word[^1]) ? "_" : "") + i;
        }

        return name;
    }
}
