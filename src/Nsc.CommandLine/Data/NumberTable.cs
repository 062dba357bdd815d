// What tables of numbers from users have in common, whatever file they are in.

namespace Nsc.CommandLine.Data;

internal static class NumberTable
{
    public const int MaxRows = 10_000_000;
    private const int LongestShown = 40, MostListed = 100;

    /// <summary>Where the wanted columns are among a table's columns.</summary>
    /// <exception cref="CommandException">One is missing; the message lists those that there are.</exception>
    public static int[] Indices(string[] columns, string[] wanted, string name) =>
    [
        .. wanted.Select(column => Array.IndexOf(columns, column) is >= 0 and var index
            ? index
            : throw new CommandException(ExitCode.Refused, $"{name} has no column '{column}'; it has {Listed(columns)}")),
    ];

    private static string Listed(string[] columns)
    {
        string list = string.Join(", ", columns.Take(MostListed).Select(Shortened));
        return columns.Length > MostListed ? $"{list} and {columns.Length - MostListed} more" : list;
    }

    /// <summary>A cell or a column's name for a message.</summary>
    public static string Shortened(string text) => text.Length <= LongestShown ? text : text[..LongestShown] + "...";
}
