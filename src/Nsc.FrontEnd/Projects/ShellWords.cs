// The words of a command line as a POSIX shell reads it, which is how compile_commands.json writes its commands. Nothing is expanded.

using System.Text;

namespace Nsc.FrontEnd.Projects;

internal static class ShellWords
{
    /// <summary>The words without their quotes; what an open quote has no end for reaches to the end.</summary>
    public static List<string> Split(string command)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        bool isOpen = false; // Whether a word has begun, be it empty as in ''.
        char quote = '\0';
        for (int i = 0; i < command.Length; i++)
        {
            char c = command[i];
            if (quote == '\0' && char.IsWhiteSpace(c))
            {
                if (isOpen)
                {
                    words.Add(word.ToString());
                    word.Clear();
                }

                isOpen = false;
                continue;
            }

            isOpen = true;
            if (c == quote)
            {
                quote = '\0';
            }
            else if (quote == '\0' && c is '"' or '\'')
            {
                quote = c;
            }
            else if (c == '\\' && quote != '\'' && i + 1 < command.Length && (quote == '\0' || command[i + 1] is '"' or '\\' or '$' or '`'))
            {
                word.Append(command[++i]);
            }
            else
            {
                word.Append(c);
            }
        }

        if (isOpen)
        {
            words.Add(word.ToString());
        }

        return words;
    }
}
