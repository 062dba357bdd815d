// The rows of a user's table in memory: all of them, or so many drawn at random.

using Nsc.Compiler.Sampling;

namespace Nsc.CommandLine.Data;

/// <summary>How many rows of a table are taken.</summary>
/// <param name="Count">How many are drawn, or all where there are fewer.</param>
internal sealed record DrawnRows(int Count, ulong Seed)
{
    /// <summary>The rows, in the order of the table. Memory is that of the rows that are taken.</summary>
    /// <param name="draw">Null for all, of which there must not be too many.</param>
    public static List<double[]> Take(IEnumerable<double[]> rows, DrawnRows? draw, string name)
    {
        if (draw is null)
        {
            List<double[]> all = [.. rows.Take(NumberTable.MaxRows + 1)];
            return all.Count <= NumberTable.MaxRows ? all
                : throw new CommandException(ExitCode.Refused, $"{name} has more than {NumberTable.MaxRows} rows", "--samples N draws some of them");
        }

        var drawing = new RowDraw(draw.Count, draw.Seed);
        var drawn = new Dictionary<int, (long Row, double[] Cells)>();
        long at = 0;
        foreach (double[] row in rows)
        {
            if (drawing.Next() is { } place)
            {
                drawn[place] = (at, row);
            }

            at++;
        }

        return [.. drawn.Values.OrderBy(d => d.Row).Select(d => d.Cells)];
    }
}
