// Samples from a user's file, matched to a program's inputs and outputs by name.

using System.Globalization;
using Nsc.Compiler.Sampling;
using Nsc.Core.Files;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;

namespace Nsc.CommandLine.Data;

/// <summary>Files are CSV text, or Parquet where their name ends in <c>.parquet</c>; columns that the signature does not name are ignored.</summary>
internal static class SampleFile
{
    /// <summary>Reads inputs and outputs.</summary>
    /// <param name="weights">The column that says how much each row counts; null where all count alike. What counts nothing is left out.</param>
    /// <exception cref="CommandException">The file is missing or is not such a table.</exception>
    public static SampleSet Read(string path, ProgramSignature signature, RowsWithGaps? gaps = null, string? weights = null)
    {
        string[] inputs = [.. signature.Inputs.Select(i => i.Name)], outputs = [.. signature.Outputs.Select(o => o.Name)];
        List<double[]> rows = ReadColumns(path, _ => [.. inputs, .. outputs, .. weights is null ? (string[])[] : [weights]], gaps);
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

    /// <summary>Reads inputs only: (rows, inputs), row-major; <c>-</c> is standard input.</summary>
    public static double[] ReadInputs(string path, ProgramSignature signature, RowsWithGaps? gaps = null) =>
        [.. ReadColumns(path, _ => [.. signature.Inputs.Select(i => i.Name)], gaps).SelectMany(row => row)];

    /// <summary>Reads a user's own inputs.</summary>
    public static InputProfile ReadProfile(FileInfo file, ProgramSignature signature, RowsWithGaps? gaps = null) =>
        new(ReadInputs(file.ToString(), signature, gaps), file.Name) { Remark = gaps?.Remark(file.Name) };

    /// <summary>Whether a file is Parquet, by its name.</summary>
    public static bool IsParquet(string path) => Path.GetExtension(path).Equals(".parquet", StringComparison.OrdinalIgnoreCase);

    private static string NameOf(string path) => path == "-" ? "standard input" : $"'{path}'";

    /// <summary>Rows of some columns.</summary>
    /// <param name="wanted">The columns that are taken of those that there are.</param>
    public static List<double[]> ReadColumns(string path, Func<string[], string[]> wanted, RowsWithGaps? gaps = null)
    {
        string name = NameOf(path);
        if (path == "-")
        {
            return CsvTable.Read(Console.In, name, wanted, gaps);
        }

        if (FileIdentity.ReadingObjection(path) is { } objection)
        {
            throw new CommandException(ExitCode.Refused, $"{name} cannot be read: {objection}");
        }

        if (!Path.Exists(path))
        {
            throw new CommandException(ExitCode.Refused, $"no such file: {name}");
        }

        if (IsParquet(path))
        {
            return ParquetTable.Read(path, name, wanted, gaps);
        }

        using var reader = new StreamReader(path);
        return CsvTable.Read(reader, name, wanted, gaps);
    }
}
