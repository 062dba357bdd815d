// Tables of numbers from users: named columns, every cell a finite number, or a message with the line.

using System.Globalization;
using CsvHelper;

namespace Nsc.Cli.Data;

/// <summary>A CSV table of numbers with a header line.</summary>
internal sealed record CsvTable(string[] Columns, List<double[]> Rows)
{
    private const int MaxRows = 10_000_000;

    /// <summary>Reads a table; <paramref name="name"/> is used in messages.</summary>
    /// <exception cref="CommandException">The text is not such a table.</exception>
    public static CsvTable Read(TextReader text, string name)
    {
        var options = new CsvReaderOptions { Separator = ',', HasHeader = false, TrimWhitespace = true, SkipEmptyLines = true, TrackLineNumbers = true };
        using CsvReader reader = CsvReader.Create(text, options, leaveOpen: true);
        try
        {
            return Read(reader, name);
        }
        catch (CsvFormatException malformed)
        {
            throw new CommandException(ExitCode.Refused, $"{name}: {malformed.Message}");
        }
    }

    private static CsvTable Read(CsvReader reader, string name)
    {
        if (!reader.Read())
        {
            throw new CommandException(ExitCode.Refused, $"{name} is empty; a header line with column names is needed");
        }

        string[] columns = [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)];
        if (columns.GroupBy(c => c).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw new CommandException(ExitCode.Refused, $"{name}: column '{twice.Key}' appears twice");
        }

        var rows = new List<double[]>();
        while (reader.Read())
        {
            rows.Add(ReadRow(reader, columns, name));
            if (rows.Count > MaxRows)
            {
                throw new CommandException(ExitCode.Refused, $"{name} has more than {MaxRows} rows");
            }
        }

        return new CsvTable(columns, rows);
    }

    /// <summary>The index of a column.</summary>
    /// <exception cref="CommandException">There is no such column.</exception>
    public int Index(string column, string name)
    {
        int index = Array.IndexOf(Columns, column);
        return index >= 0
            ? index
            : throw new CommandException(ExitCode.Refused, $"{name} has no column '{column}'; it has {string.Join(", ", Columns)}");
    }

    private static double[] ReadRow(CsvReader reader, string[] columns, string name)
    {
        long line = reader.LineNumber;
        if (reader.FieldCount != columns.Length)
        {
            throw new CommandException(ExitCode.Refused, $"{name}:{line}: {reader.FieldCount} cells, but the header names {columns.Length} columns");
        }

        var row = new double[columns.Length];
        for (int i = 0; i < row.Length; i++)
        {
            string cell = reader.GetString(i);
            if (!double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out row[i]) || !double.IsFinite(row[i]))
            {
                throw new CommandException(ExitCode.Refused, $"{name}:{line}: column '{columns[i]}': '{Shorten(cell)}' is not a finite number");
            }
        }

        return row;
    }

    private static string Shorten(string cell) => cell.Length <= 40 ? cell : cell[..40] + "...";
}
