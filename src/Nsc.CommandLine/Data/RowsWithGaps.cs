// Rows of a user's table that lack a number, when they are to be left out.

namespace Nsc.CommandLine.Data;

/// <summary>Counts the rows that are left out while a table is read.</summary>
internal sealed class RowsWithGaps
{
    // What tools write for no value.
    private static readonly string[] s_missing = ["", "NA", "N/A", "NaN", "null"];

    private int _count;

    public static bool IsMissing(string cell) => s_missing.Contains(cell, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a row has a gap, which is a NaN here; such a row is counted.</summary>
    public bool LeavesOut(double[] row)
    {
        bool hasGap = Array.Exists(row, double.IsNaN);
        _count += hasGap ? 1 : 0;
        return hasGap;
    }

    /// <summary>What is to be said of them, or null where there are none.</summary>
    public string? Remark(string name) => _count switch
    {
        0 => null,
        1 => $"1 row of '{name}' has a missing cell and is left out",
        _ => $"{_count} rows of '{name}' have a missing cell and are left out",
    };
}
