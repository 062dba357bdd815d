// Tables of numbers from users as text: named columns, every cell that is asked for a finite number, or a message with the line.

using System.Globalization;
using CsvHelper;

namespace Nsc.CommandLine.Data;

internal static class CsvTable
{
    // In bytes; thousands of columns fit.
    private const int LongestLine = 1 << 20;

    /// <summary>The rows of the wanted columns, in that order; <paramref name="name"/> is used in messages.</summary>
    /// <param name="wanted">Those columns, of the ones that there are.</param>
    /// <param name="gaps">Counts rows with missing cells, which are left out; null to refuse such a table.</param>
    /// <exception cref="CommandException">The text is no table with a header line and such columns.</exception>
    public static List<double[]> Read(TextReader text, string name, Func<string[], string[]> wanted, RowsWithGaps? gaps = null)
    {
        var options = new CsvReaderOptions
        {
            Separator = ',', HasHeader = false, TrimWhitespace = true, SkipEmptyLines = true, TrackLineNumbers = true, MaxRecordSize = LongestLine,
        };
        using CsvReader reader = CsvReader.Create(text, options, leaveOpen: true);
        try
        {
            return Read(reader, name, wanted, gaps);
        }
        catch (CsvFormatException malformed)
        {
            throw new CommandException(ExitCode.Refused, $"{name}: {malformed.Message}");
        }
    }

    /// <summary>A text as a cell: in quotes where it would not be read back as one.</summary>
    public static string Cell(string text) => text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static List<double[]> Read(CsvReader reader, string name, Func<string[], string[]> wanted, RowsWithGaps? gaps)
    {
        if (!reader.Read())
        {
            throw new CommandException(ExitCode.Refused, $"{name} is empty; a header line with column names is needed");
        }

        string[] columns = [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)];
        if (columns.GroupBy(c => c).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw new CommandException(ExitCode.Refused, $"{name}: column '{NumberTable.Shortened(twice.Key)}' appears twice");
        }

        int[] indices = NumberTable.Indices(columns, wanted(columns), name);
        var rows = new List<double[]>();
        while (reader.Read())
        {
            double[] row = ReadRow(reader, columns, indices, name, gaps is not null);
            if (gaps?.LeavesOut(row) != true)
            {
                rows.Add(row);
            }

            if (rows.Count > NumberTable.MaxRows)
            {
                throw new CommandException(ExitCode.Refused, $"{name} has more than {NumberTable.MaxRows} rows");
            }
        }

        return rows;
    }

    private static double[] ReadRow(CsvReader reader, string[] columns, int[] indices, string name, bool hasGaps)
    {
        long line = reader.LineNumber;
        if (reader.FieldCount != columns.Length)
        {
            throw new CommandException(ExitCode.Refused, $"{name}:{line}: {reader.FieldCount} cells, but the header names {columns.Length} columns");
        }

        return Array.ConvertAll(indices, i =>
            hasGaps && RowsWithGaps.IsMissing(reader.GetString(i)) ? double.NaN
            : double.TryParse(reader.GetString(i), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
                ? value
                : throw new CommandException(ExitCode.Refused, $"{name}:{line}: column '{columns[i]}': '{NumberTable.Shortened(reader.GetString(i))}' is not a finite number"));
    }
}
