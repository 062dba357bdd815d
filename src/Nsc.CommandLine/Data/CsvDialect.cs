// How a table of text is written: what separates its cells, and whether its numbers have decimal points or commas. It is found by looking.

using System.Collections.Immutable;
using System.Globalization;

namespace Nsc.CommandLine.Data;

/// <summary>The dialect of one table, which reads its numbers.</summary>
/// <param name="Separator">What separates cells.</param>
/// <param name="FirstLine">The first line that belongs to the table, counted from 0: a line such as <c>sep=;</c>, as workbooks write it, does not.</param>
internal sealed record CsvDialect(char Separator, int FirstLine)
{
    private const char Usual = ',';
    private const int LinesLookedAt = 50;

    // Which is taken where several would do: decimal commas separate alike too.
    private static readonly ImmutableArray<(char Separator, string Name)> s_known = [('\t', "tabs"), (';', "semicolons"), ('|', "bars"), (Usual, "commas")];

    private char _mark;

    /// <summary>Whether a number with a decimal comma was read.</summary>
    public bool HasDecimalCommas => _mark == ',';

    /// <summary>What separates cells, in words, where it is not what is usual.</summary>
    public string? Unusual => Separator == Usual ? null : s_known.FirstOrDefault(k => k.Separator == Separator).Name is { } name ? $"separated by {name}" : $"separated by '{Separator}'";

    /// <param name="head">How the text begins.</param>
    /// <param name="said">What the user says that separates cells, or null.</param>
    public static CsvDialect Of(string head, char? said)
    {
        string[] lines = [.. head.ReplaceLineEndings("\n").Split('\n').Take(LinesLookedAt + 1)];
        bool hasHint = lines[0] is ['s', 'e', 'p', '=', _];
        if (said is not null || hasHint)
        {
            return new CsvDialect(said ?? lines[0][^1], hasHint ? 1 : 0);
        }

        // The last line may be cut off.
        string[] whole = [.. lines[..Math.Max(1, lines.Length - 1)].Where(line => !string.IsNullOrWhiteSpace(line))];
        char found = s_known.Select(k => k.Separator).FirstOrDefault(s => IsAlike(whole, s));
        return new CsvDialect(found != 0 ? found : whole.Length == 0 ? Usual : s_known.Select(k => k.Separator).Reverse().MaxBy(s => Count(whole[0], s)), 0);
    }

    /// <summary>The option <c>--separator</c>: a character, or its name.</summary>
    public static char? Parse(string text) => text switch
    {
        "comma" => ',',
        "semicolon" => ';',
        "tab" or "\\t" or "\t" => '\t',
        "bar" => '|',
        "space" => ' ',
        [var one] when char.IsAscii(one) && !char.IsLetterOrDigit(one) && !char.IsControl(one) && !"\"'+-.".Contains(one, StringComparison.Ordinal) => one,
        _ => null,
    };

    /// <summary>Reads a cell. Numbers with decimal points and with decimal commas are not in one table.</summary>
    public bool TryNumber(ReadOnlySpan<byte> cell, out double value)
    {
        int mark = cell.IndexOfAny((byte)'.', (byte)',');
        if (mark < 0)
        {
            return TryInvariant(cell, out value);
        }

        char sign = (char)cell[mark];
        value = 0;
        if ((_mark != 0 && _mark != sign) || (sign == ',' && Separator == Usual) || !TryInvariant(sign == '.' ? cell : Pointed(cell), out value))
        {
            return false;
        }

        _mark = sign;
        return true;
    }

    /// <summary>Why a cell that is like a number is none here, or null.</summary>
    public string? Objection(string cell) => _mark switch
    {
        ',' when cell.Contains('.', StringComparison.Ordinal) => "; numbers before it have decimal commas",
        '.' when cell.Contains(',', StringComparison.Ordinal) => "; numbers before it have decimal points",
        _ => null,
    };

    private static bool TryInvariant(ReadOnlySpan<byte> cell, out double value) =>
        double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    // One comma is a decimal comma; with two the text is no number.
    private static ReadOnlySpan<byte> Pointed(ReadOnlySpan<byte> cell)
    {
        byte[] text = cell.ToArray();
        text[cell.IndexOf((byte)',')] = (byte)'.';
        return text;
    }

    // Whether all lines have as many of a separator, and some.
    private static bool IsAlike(string[] lines, char separator) =>
        lines.Length > 0 && Count(lines[0], separator) is > 0 and var first && Array.TrueForAll(lines, line => Count(line, separator) == first);

    // Outside of quotes.
    private static int Count(string line, char separator)
    {
        int count = 0;
        bool isQuoted = false;
        foreach (char c in line)
        {
            isQuoted ^= c == '"';
            count += !isQuoted && c == separator ? 1 : 0;
        }

        return count;
    }
}
