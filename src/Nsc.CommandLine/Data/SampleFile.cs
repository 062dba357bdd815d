// Samples from a user's file, matched to a program's inputs and outputs by name.

using System.Globalization;
using Nsc.Compiler.Sampling;
using Nsc.Core.Files;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;

namespace Nsc.CommandLine.Data;

/// <summary>Files are text (<see cref="CsvTable"/>), or Parquet where their name ends in <c>.parquet</c>; columns that the signature does not name are ignored.</summary>
internal static class SampleFile
{
    private const string StandardInput = "-";

    /// <summary>Reads inputs and outputs.</summary>
    /// <param name="weights">The column that says how much each row counts; null where all count alike. What counts nothing is left out.</param>
    /// <param name="draw">How many rows are drawn; null for all.</param>
    /// <exception cref="CommandException">The file is missing or is not such a table.</exception>
    public static SampleSet Read(string path, ProgramSignature signature, TableReading reading, string? weights = null, DrawnRows? draw = null)
    {
        string[] inputs = InputsOf(signature), outputs = OutputsOf(signature);
        List<double[]> rows = ReadColumns(path, signature, _ => [.. inputs, .. outputs, .. weights is null ? (string[])[] : [weights]], reading, draw);
        rows = weights is null ? rows : Counting(rows, weights, NameOf(path));
        int columns = inputs.Length + outputs.Length;
        return rows.Count > 0
            ? new SampleSet(inputs.Length, outputs.Length, [.. rows.SelectMany(r => r[..inputs.Length])], [.. rows.SelectMany(r => r[inputs.Length..columns])])
            {
                Weights = weights is null ? null : [.. rows.Select(r => r[^1])],
            }
            : throw new CommandException(ExitCode.Refused, $"{NameOf(path)} has no rows");
    }

    // The rows with a weight, which comes last.
    private static List<double[]> Counting(List<double[]> rows, string column, string name)
    {
        int wrong = rows.FindIndex(r => r[^1] < 0);
        return wrong >= 0 ? throw new CommandException(ExitCode.Refused, string.Create(CultureInfo.InvariantCulture, $"{name}: row {wrong + 1}: '{column}' is {rows[wrong][^1]:R}; a weight must not be negative"))
            : rows.Count > 0 && rows.All(r => r[^1] == 0) ? throw new CommandException(ExitCode.Refused, $"{name}: all weights in '{column}' are 0")
            : [.. rows.Where(r => r[^1] > 0)];
    }

    /// <summary>Reads inputs only: (rows, inputs), row-major.</summary>
    public static double[] ReadInputs(string path, ProgramSignature signature, TableReading reading) =>
        [.. ReadColumns(path, signature, _ => InputsOf(signature), reading).SelectMany(row => row)];

    /// <summary>Reads a user's own inputs.</summary>
    public static InputProfile ReadProfile(FileInfo file, ProgramSignature signature, TableReading reading)
    {
        double[] inputs = ReadInputs(file.ToString(), signature, reading);
        return new InputProfile(inputs, ShortName(file)) { Remarks = reading.Remarks(ShortName(file)) };
    }

    /// <summary>What messages call a file.</summary>
    public static string ShortName(FileInfo file) => file.ToString() == StandardInput ? "standard input" : file.Name;

    /// <summary>Whether a file is Parquet, by its name.</summary>
    public static bool IsParquet(string path) => Path.GetExtension(path).Equals(".parquet", StringComparison.OrdinalIgnoreCase);

    /// <summary>Rows of some columns, those of a function under its names.</summary>
    /// <param name="path">A file, or <c>-</c> for standard input.</param>
    /// <param name="wanted">The columns that are taken of those that there are.</param>
    /// <param name="draw">How many rows are drawn; null for all.</param>
    public static List<double[]> ReadColumns(string path, ProgramSignature signature, Func<string[], string[]> wanted, TableReading reading, DrawnRows? draw = null)
    {
        string name = NameOf(path);
        string[] order = [.. InputsOf(signature), .. OutputsOf(signature)];
        reading.RequireNames(order, signature.Function);
        return DrawnRows.Take(Rows(path, name, order, wanted, reading).Where(row => !(reading.SkipsGaps && reading.LeavesOut(row))), draw, name);
    }

    private static IEnumerable<double[]> Rows(string path, string name, string[] order, Func<string[], string[]> wanted, TableReading reading)
    {
        if (path != StandardInput && (FileIdentity.ReadingObjection(path) ?? (Path.Exists(path) ? null : "")) is { } objection)
        {
            throw new CommandException(ExitCode.Refused, objection.Length == 0 ? $"no such file: {name}" : $"{name} cannot be read: {objection}");
        }

        if (IsParquet(path))
        {
            return ParquetTable.Read(path, name, wanted, reading);
        }

        return OfText(path == StandardInput ? Console.OpenStandardInput() : File.OpenRead(path), name, order, wanted, reading);
    }

    /// <summary>Rows of a text.</summary>
    public static IEnumerable<double[]> OfText(Stream stream, string name, string[] order, Func<string[], string[]> wanted, TableReading reading)
    {
        using TableText text = TableText.Open(stream, name);
        foreach (double[] row in CsvTable.Read(text, name, order, wanted, reading))
        {
            yield return row;
        }
    }

    private static string NameOf(string path) => path == StandardInput ? "standard input" : $"'{path}'";

    private static string[] InputsOf(ProgramSignature signature) => [.. signature.Inputs.Select(i => i.Name)];

    private static string[] OutputsOf(ProgramSignature signature) => [.. signature.Outputs.Select(o => o.Name)];
}
