// Compares what a document shows with what a command has printed. Words and whole numbers are the same; measured numbers are alike.

using System.Globalization;
using System.Text.RegularExpressions;

namespace Nsc.Tests.Docs;

internal static partial class Transcript
{
    // Another processor rounds in another order, and a training that stops elsewhere errs by another factor.
    private const double Alike = 3;

    /// <summary>Whether the lines printed are the lines shown. A line of three dots stands for any number of lines.</summary>
    public static bool Matches(ReadOnlySpan<string> shown, ReadOnlySpan<string> printed)
    {
        if (shown.IsEmpty)
        {
            return printed.IsEmpty;
        }

        if (shown[0] != "...")
        {
            return !printed.IsEmpty && IsAlike(shown[0], printed[0]) && Matches(shown[1..], printed[1..]);
        }

        for (int skipped = 0; skipped <= printed.Length; skipped++)
        {
            if (Matches(shown[1..], printed[skipped..]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether two lines are the same but for the width of columns, times, and decimal numbers within a factor of <see cref="Alike"/>.</summary>
    public static bool IsAlike(string shown, string printed)
    {
        MatchCollection expected = Number().Matches(shown), actual = Number().Matches(printed);
        return expected.Count == actual.Count && Words(shown) == Words(printed) && expected.Zip(actual).All(pair =>
            pair.First.Groups["time"].Success || IsAlikeNumber(pair.First.Groups["number"].Value, pair.Second.Groups["number"].Value));
    }

    private static string Words(string line) => Spaces().Replace(Number().Replace(line, "#${time}"), " ");

    private static bool IsAlikeNumber(string shown, string printed)
    {
        if (shown == printed)
        {
            return true;
        }

        double expected = double.Parse(shown, CultureInfo.InvariantCulture), actual = double.Parse(printed, CultureInfo.InvariantCulture);
        return (IsDecimal(shown) || IsDecimal(printed)) && actual / expected is > 1 / Alike and < Alike;
    }

    private static bool IsDecimal(string number) => number.AsSpan().ContainsAny('.', 'E');

    [GeneratedRegex(@"(?<number>(?<![\w.])-?\d[\d,]*(\.\d+)?(E[+-]?\d+)?)(?<time> (ns|ms|s|times)\b)?")]
    private static partial Regex Number();

    [GeneratedRegex(" +")]
    private static partial Regex Spaces();
}
