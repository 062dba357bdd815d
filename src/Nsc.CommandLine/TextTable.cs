// A table of results. On a terminal Spectre.Console draws it; in a pipe or a file it is plain aligned text, which scripts can rely on.

using System.Globalization;
using Spectre.Console;

namespace Nsc.CommandLine;

/// <summary>A column. Numbers are aligned to the right, texts to the left.</summary>
/// <param name="Width">The least number of characters that it takes in plain text.</param>
/// <param name="Gap">Blanks before a text.</param>
internal sealed record TextColumn(string Title, int Width, bool IsText = false, int Gap = 0)
{
    /// <summary>A column of texts that is as wide as the widest of them.</summary>
    public static TextColumn Fitting(string title, IEnumerable<string> cells) => new(title, cells.Append(title).Max(c => c.Length), IsText: true);

    public string Padded(string cell) => IsText ? new string(' ', Gap) + cell.PadRight(Width) : cell.PadLeft(Width);
}

/// <param name="indent">Blanks before each line of plain text.</param>
internal sealed class TextTable(int indent, params TextColumn[] columns)
{
    private readonly List<string[]> _rows = [];

    /// <summary>Adds a row: one cell for each column, formatted without regard to the culture.</summary>
    public void Add(params FormattableString[] cells) => _rows.Add([.. cells.Select(c => c.ToString(CultureInfo.InvariantCulture))]);

    public void Write(Terminal terminal)
    {
        if (terminal.Canvas is { } canvas)
        {
            canvas.Write(Drawn());
            return;
        }

        foreach (string[] row in _rows.Prepend([.. columns.Select(c => c.Title)]))
        {
            terminal.Output.WriteLine((new string(' ', indent) + string.Concat(columns.Zip(row).Select(c => c.First.Padded(c.Second)))).TrimEnd());
        }
    }

    // Cells are texts, never markup: a name in a file may hold brackets.
    private Table Drawn()
    {
        Table table = new Table().Border(TableBorder.Rounded);
        foreach (TextColumn column in columns)
        {
            var drawn = new TableColumn(new Text(column.Title.Trim(), new Style(decoration: Decoration.Bold))) { Alignment = column.IsText ? Justify.Left : Justify.Right, NoWrap = true };
            table.AddColumn(drawn);
        }

        _rows.ForEach(row => table.AddRow(row.Select(cell => new Text(Core.Text.PrintableText.OneLine(cell)))));
        return table;
    }
}
