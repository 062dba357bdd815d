// What tables of numbers from users have in common, whatever file they are in.

using System.Numerics;

namespace Nsc.CommandLine.Data;

internal static class NumberTable
{
    public const int MaxRows = 10_000_000;
    private const double LargestExact = 1L << 53;
    private const int LongestShown = 40, MostListed = 100;

    /// <summary>Where the wanted columns are among a table's columns.</summary>
    /// <exception cref="CommandException">One is missing, or there are several of its name; the message lists those that there are.</exception>
    public static int[] Indices(string[] columns, string[] wanted, string name) => Array.ConvertAll(wanted, column =>
    {
        int index = Array.IndexOf(columns, column);
        return index < 0 ? throw new CommandException(ExitCode.Refused, $"{name} has no column '{column}'; it has {Listed(columns)}", "--rename INPUT=COLUMN takes a column of another name")
            : Array.LastIndexOf(columns, column) != index ? throw new CommandException(ExitCode.Refused, $"{name}: column '{Shortened(column)}' appears twice")
            : index;
    });

    /// <summary>Whether an integer is another one as a double, which holds all up to 2^53.</summary>
    public static bool IsRounded(double value, Func<BigInteger> integer) => Math.Abs(value) >= LargestExact && integer() != new BigInteger(value);

    private static string Listed(string[] columns)
    {
        string list = string.Join(", ", columns.Where(c => c.Length > 0).Take(MostListed).Select(Shortened));
        return columns.Length > MostListed ? $"{list} and {columns.Length - MostListed} more" : list;
    }

    /// <summary>A cell or a column's name for a message.</summary>
    public static string Shortened(string text) => text.Length <= LongestShown ? text : text[..LongestShown] + "...";
}
