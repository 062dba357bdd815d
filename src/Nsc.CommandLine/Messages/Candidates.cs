// Which words a command line can go on with, and which were meant where one is unknown.

using System.CommandLine;
using Nsc.Core.Text;

namespace Nsc.CommandLine.Messages;

internal static class Candidates
{
    /// <summary>The word before those that a shell asks about. What comes after it is no command line yet.</summary>
    public const string Asking = "complete";

    /// <summary>What the last word can become, in order: verbs, options and their values; none for the name of a file.</summary>
    /// <param name="words">Those after the program's name; the last one may be empty.</param>
    public static IEnumerable<string> For(RootCommand root, IReadOnlyList<string> words)
    {
        string line = string.Join(' ', words), last = words.LastOrDefault("");
        return root.Parse(line).GetCompletions(line.Length).Select(c => c.Label).Where(l => l.StartsWith(last, StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal);
    }

    /// <summary>What may have been meant by a verb or an option that there is not, as a question; null where nothing is near.</summary>
    public static string? Meant(ParseResult parse)
    {
        Command command = parse.CommandResult.Command;
        IEnumerable<Option> options = command.Options.Concat(parse.RootCommandResult.Command.Options).Where(o => !o.Hidden);
        string[] closest = [.. parse.UnmatchedTokens.SelectMany(token => Names.Closest(
            token.Split('=')[0], token.StartsWith('-') ? options.SelectMany(o => o.Aliases.Prepend(o.Name)) : command.Subcommands.Select(c => c.Name))).Distinct()];
        return closest.Length > 0 ? $"did you mean {Names.List(closest, "or")}?" : null;
    }
}
