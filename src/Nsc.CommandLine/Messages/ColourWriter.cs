// Colour on a terminal, by Spectre.Console; nowhere else does a message have any. NO_COLOR turns it off (no-color.org).

using Microsoft.Extensions.Logging;
using Nsc.Core.Text;
using Spectre.Console;

namespace Nsc.CommandLine.Messages;

internal sealed class ColourWriter
{
    private readonly IAnsiConsole _console;

    private ColourWriter(TextWriter terminal)
    {
        _console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.Yes, ColorSystem = ColorSystemSupport.Standard, Out = new AnsiConsoleOutput(terminal) });
        _console.Profile.Width = int.MaxValue; // The terminal wraps lines, so that they can be copied whole.
    }

    /// <summary>A writer for a terminal, or null where no colour is wanted.</summary>
    public static ColourWriter? For(TextWriter error, bool isInteractive) =>
        isInteractive && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb")
            ? new ColourWriter(error) : null;

    /// <summary>Writes a message; the word that says how bad it is has the colour.</summary>
    public void Write(LogLevel level, string message)
    {
        string text = PrintableText.Lines(message);
        (string word, Color colour) = level switch
        {
            LogLevel.Error => ("error:", Color.Red),
            LogLevel.Warning => ("warning:", Color.Yellow),
            LogLevel.Debug => (text.Split(':')[0], Color.Grey),
            _ => ("note:", Color.Aqua),
        };
        int at = text.IndexOf(word, StringComparison.Ordinal);
        var line = new Paragraph();
        if (at >= 0)
        {
            line.Append(text[..at]).Append(word, new Style(colour, decoration: Decoration.Bold)).Append(text[(at + word.Length)..]);
        }
        else
        {
            line.Append(text);
        }

        _console.Write(line);
        _console.WriteLine();
    }
}
