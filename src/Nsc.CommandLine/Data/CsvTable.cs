// Tables of numbers from users as text: named columns, every cell that is asked for a finite number, or a message with the line.

using System.Globalization;
using System.Numerics;
using CsvHelper;

namespace Nsc.CommandLine.Data;

internal static class CsvTable
{
    // In bytes; thousands of columns fit.
    private const int LongestLine = 1 << 20;

    // A longer integer is not looked at: a hostile one takes long to convert.
    private const int LongestInteger = 64;

    /// <summary>The rows of the wanted columns, in that order, while they are read; <paramref name="name"/> is used in messages.</summary>
    /// <param name="order">The names that the columns have, from the first on, where there is no header.</param>
    /// <param name="wanted">Those columns, of the ones that there are.</param>
    /// <exception cref="CommandException">The text is no table of such columns.</exception>
    public static IEnumerable<double[]> Read(TableText text, string name, string[] order, Func<string[], string[]> wanted, TableReading reading)
    {
        CsvDialect dialect = CsvDialect.Of(text.Head, reading.Separator);
        var options = new CsvReaderOptions
        {
            Separator = dialect.Separator, HasHeader = false, TrimWhitespace = true, SkipEmptyLines = true, DetectSeparatorHint = false, TrackLineNumbers = true, MaxRecordSize = LongestLine,
        };
        using CsvReader reader = CsvReader.Create(text.Text, options, leaveOpen: true);
        for (int line = 0; line <= dialect.FirstLine; line++)
        {
            if (!IsRead(reader, name))
            {
                throw new CommandException(ExitCode.Refused, $"{name} is empty; a header line with column names is needed");
            }
        }

        string[] first = [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)];
        bool isHeader = !IsNumbers(reader, first, dialect);
        string[] columns = isHeader ? reading.InFunctionsNames(first, name) : InOrder(first.Length, order, name, reading);
        int[] indices = NumberTable.Indices(columns, wanted(columns), name);
        if (dialect.Unusual is { } separated)
        {
            reading.Found(separated);
        }

        for (bool isThere = !isHeader || IsRead(reader, name); isThere; isThere = IsRead(reader, name))
        {
            yield return Row(reader, columns, indices, name, dialect, reading);
        }

        if (dialect.HasDecimalCommas)
        {
            reading.Found("decimal commas");
        }
    }

    /// <summary>A text as a cell: in quotes where it would not be read back as one.</summary>
    public static string Cell(string text) => text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static bool IsRead(CsvReader reader, string name)
    {
        try
        {
            return reader.Read();
        }
        catch (Exception damage) when (damage is CsvFormatException or InvalidDataException)
        {
            throw new CommandException(ExitCode.Refused, $"{name}: {damage.Message}");
        }
    }

    // Whether the first line is one of numbers, not of names.
    private static bool IsNumbers(CsvReader reader, string[] cells, CsvDialect dialect)
    {
        bool[] numbers = [.. Enumerable.Range(0, cells.Length).Select(i => (dialect with { }).TryNumber(reader.GetSpan(i), out _))];
        return numbers.Contains(true) && cells.Zip(numbers).All(c => c.Second || TableReading.IsMissing(c.First));
    }

    private static string[] InOrder(int count, string[] order, string name, TableReading reading)
    {
        if (count > order.Length || reading.Renamed.Count > 0)
        {
            throw new CommandException(
                ExitCode.Refused, count > order.Length ? $"{name} has {count} columns and no header that names them; the function's are {string.Join(", ", order)}" : $"{name} has no header, and so no column for --rename",
                "write the names of its columns in a first line");
        }

        reading.Found($"no header, so its columns are {string.Join(", ", order.Take(count))}");
        return order[..count];
    }

    private static double[] Row(CsvReader reader, string[] columns, int[] indices, string name, CsvDialect dialect, TableReading reading)
    {
        // A separator that ends each line makes empty cells.
        if (reader.FieldCount != columns.Length && !(reader.FieldCount > columns.Length && Enumerable.Range(columns.Length, reader.FieldCount - columns.Length).All(reader.IsEmpty)))
        {
            throw new CommandException(ExitCode.Refused, $"{name}:{reader.LineNumber}: {reader.FieldCount} cells, but the header names {columns.Length} columns");
        }

        return Array.ConvertAll(indices, i => Number(reader, i, columns[i], name, dialect, reading));
    }

    private static double Number(CsvReader reader, int index, string column, string name, CsvDialect dialect, TableReading reading)
    {
        ReadOnlySpan<byte> cell = reader.GetSpan(index);
        if (!dialect.TryNumber(cell, out double value))
        {
            string text = reader.GetString(index);
            return reading.SkipsGaps && TableReading.IsMissing(text) ? double.NaN : throw new CommandException(
                ExitCode.Refused, $"{name}:{reader.LineNumber}: column '{column}': '{NumberTable.Shortened(text)}' is not a finite number{dialect.Objection(text)}",
                TableReading.IsMissing(text) ? "--missing skip leaves such rows out" : null);
        }

        if (cell.IndexOfAnyExcept("+-0123456789"u8) < 0 && cell.Length <= LongestInteger && NumberTable.IsRounded(value, () => BigInteger.Parse(reader.GetString(index), CultureInfo.InvariantCulture)))
        {
            reading.Rounded(reader.GetString(index), $"line {reader.LineNumber}");
        }

        return value;
    }
}
