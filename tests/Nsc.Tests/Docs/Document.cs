// A Markdown document as its commands: what is in fenced blocks of the languages `sh` and `console`.

using System.Text.RegularExpressions;
using Nsc.Tests.Structure;

namespace Nsc.Tests.Docs;

/// <summary>A command of a document and the lines that it is shown to print; null where none are shown.</summary>
internal sealed record DocumentedCommand(int Line, string Text, string[]? Output);

/// <summary>A fenced block. <see cref="NotRun"/> is the reason for not running it, from a comment in the line above it; null when it is run.</summary>
internal sealed record DocumentBlock(int Line, string Language, string? NotRun, string[] Lines)
{
    public bool IsShell => Language is "sh" or "console";

    /// <summary>In <c>sh</c>, each line is a command. In <c>console</c>, <c>$</c> begins a command, <c>&gt;</c> goes on with it, and all else is output.</summary>
    public IEnumerable<DocumentedCommand> Commands => Language == "sh"
        ? Lines.Select((line, i) => new DocumentedCommand(Line + 1 + i, line, null)).Where(c => c.Text.Length > 0)
        : Session();

    private IEnumerable<DocumentedCommand> Session()
    {
        for (int i = 0; i < Lines.Length;)
        {
            int start = i++;
            string text = Lines[start][2..];
            for (; i < Lines.Length && Lines[i].StartsWith('>'); i++)
            {
                text += "\n" + (Lines[i].Length > 2 ? Lines[i][2..] : "");
            }

            int output = i;
            for (; i < Lines.Length && !Lines[i].StartsWith("$ ", StringComparison.Ordinal); i++)
            {
            }

            yield return new DocumentedCommand(Line + 1 + start, text, Lines[output..i]);
        }
    }
}

/// <summary>A document of the repository, by its path from the root.</summary>
internal sealed partial record Document(string Path, string[] Lines)
{
    /// <summary>The documents whose commands are run; the README is the first.</summary>
    public static readonly string[] Paths =
    [
        "README.md", "src/README.md", "src/CONTRIBUTING.md", "tests/README.md", .. Directory.GetFiles(Repository.At("src/docs"), "*.md").Select(file => "src/docs/" + System.IO.Path.GetFileName(file)).Order(StringComparer.Ordinal),
    ];

    public IEnumerable<DocumentBlock> Blocks
    {
        get
        {
            for (int i = 0; i < Lines.Length; i++)
            {
                if (Fence().Match(Lines[i]) is { Success: true } fence)
                {
                    int end = Array.FindIndex(Lines, i + 1, line => line.Trim() == "```");
                    string? reason = i > 0 && NotRun().Match(Lines[i - 1]) is { Success: true } match ? match.Groups[1].Value : null;
                    yield return new DocumentBlock(i + 1, fence.Groups[1].Value, reason, Lines[(i + 1)..end]);
                    i = end;
                }
            }
        }
    }

    /// <summary>The lines outside of blocks.</summary>
    public IEnumerable<string> Prose
    {
        get
        {
            bool isInside = false;
            foreach (string line in Lines)
            {
                bool isFence = Fence().IsMatch(line);
                isInside ^= isFence;
                if (!isInside && !isFence)
                {
                    yield return line;
                }
            }
        }
    }

    public static Document Load(string path) => new(path, File.ReadAllLines(Repository.At(path)));

    [GeneratedRegex("^ *```(\\w*)$")]
    private static partial Regex Fence();

    [GeneratedRegex("^<!-- not run: *(.*?) *-->$")]
    private static partial Regex NotRun();
}
