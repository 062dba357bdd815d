// How a user wants a table to be read, and what was found in it that the user should know.

using System.Collections.Immutable;
using System.Globalization;

namespace Nsc.CommandLine.Data;

/// <summary>The reading of one table.</summary>
internal sealed class TableReading
{
    // What tools write for no value.
    private static readonly string[] s_missing = ["", "NA", "N/A", "NaN", "null"];

    private readonly List<string> _found = [];
    private int _gaps, _rounded;
    private string? _firstRounded;

    /// <summary>What separates cells; null to find it.</summary>
    public char? Separator { get; init; }

    /// <summary>Under which name of the table a name of the function stands.</summary>
    public ImmutableDictionary<string, string> Renamed { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Whether rows with missing cells are left out; else they are refused.</summary>
    public bool SkipsGaps { get; init; }

    public static bool IsMissing(string cell) => s_missing.Contains(cell, StringComparer.OrdinalIgnoreCase);

    /// <summary>Makes sure that only names of a function are renamed.</summary>
    public void RequireNames(string[] names, string function)
    {
        if (Renamed.Keys.FirstOrDefault(own => !names.Contains(own)) is { } unknown)
        {
            throw new CommandException(
                ExitCode.Usage, $"--rename {unknown}={Renamed[unknown]}: '{function}' has no input or output '{unknown}'; it has {string.Join(", ", names)}",
                names.Contains(Renamed[unknown]) ? $"the function's name comes first: --rename {Renamed[unknown]}={unknown}" : null);
        }
    }

    /// <summary>The columns under the names that the function has for them; what another column stands for is a name of none.</summary>
    public string[] InFunctionsNames(string[] columns, string name)
    {
        string[] after = Array.ConvertAll(columns, c => Renamed.ContainsKey(c) ? "" : c);
        foreach ((string own, string theirs) in Renamed)
        {
            int index = NumberTable.Indices(columns, [theirs], name)[0];
            after[index] = own;
        }

        return after;
    }

    /// <summary>Something about the table that is to be said.</summary>
    public void Found(string what) => _found.Add(what);

    /// <summary>An integer that a double does not hold.</summary>
    /// <param name="place">Where it stands.</param>
    public void Rounded(string integer, string place)
    {
        _rounded++;
        _firstRounded ??= $"{integer} in {place}";
    }

    /// <summary>Whether a row has a gap, which is a NaN here; such a row is counted.</summary>
    public bool LeavesOut(double[] row)
    {
        bool hasGap = Array.Exists(row, double.IsNaN);
        _gaps += hasGap ? 1 : 0;
        return hasGap;
    }

    /// <summary>What is to be said.</summary>
    public ImmutableArray<string> Remarks(string name)
    {
        var remarks = ImmutableArray.CreateBuilder<string>();
        if (_found.Count > 0)
        {
            remarks.Add($"'{name}': {string.Join(", ", _found)}");
        }

        if (_gaps > 0)
        {
            remarks.Add(_gaps == 1 ? $"1 row of '{name}' has a missing cell and is left out" : $"{_gaps} rows of '{name}' have a missing cell and are left out");
        }

        if (_rounded > 0)
        {
            remarks.Add(string.Create(CultureInfo.InvariantCulture, $"warning: {_rounded} integers of '{name}' beyond 2^53 are rounded to what a double holds, first {_firstRounded}"));
        }

        return remarks.ToImmutable();
    }
}
