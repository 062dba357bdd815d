// What tables of numbers from users have in common, whatever file they are in.

namespace Nsc.Cli.Data;

internal static class NumberTable
{
    public const int MaxRows = 10_000_000;

    /// <summary>Where the wanted columns are among a table's columns.</summary>
    /// <exception cref="CommandException">One is missing; the message lists those that there are.</exception>
    public static int[] Indices(string[] columns, string[] wanted, string name) =>
    [
        .. wanted.Select(column => Array.IndexOf(columns, column) is >= 0 and var index
            ? index
            : throw new CommandException(ExitCode.Refused, $"{name} has no column '{column}'; it has {string.Join(", ", columns)}")),
    ];
}
