// Samples from a user's file, matched to a program's inputs and outputs by name.

using Nsc.Core.Programs;
using Nsc.Core.Sampling;

namespace Nsc.Cli.Data;

internal static class SampleFile
{
    /// <summary>Reads inputs and outputs; columns that the signature does not name are ignored.</summary>
    /// <exception cref="CommandException">The file is missing or is not such a table.</exception>
    public static SampleSet Read(string path, ProgramSignature signature)
    {
        CsvTable table = ReadTable(path, out string name);
        if (table.Rows.Count == 0)
        {
            throw new CommandException(ExitCode.Refused, $"{name} has no rows");
        }

        int[] inputs = [.. signature.Inputs.Select(i => table.Index(i.Name, name))];
        int[] outputs = [.. signature.Outputs.Select(o => table.Index(o.Name, name))];
        return new SampleSet(inputs.Length, outputs.Length, Gather(table, inputs), Gather(table, outputs));
    }

    /// <summary>Reads inputs only: (rows, inputs), row-major; <c>-</c> is standard input.</summary>
    public static double[] ReadInputs(string path, ProgramSignature signature)
    {
        CsvTable table = ReadTable(path, out string name);
        return Gather(table, [.. signature.Inputs.Select(i => table.Index(i.Name, name))]);
    }

    private static CsvTable ReadTable(string path, out string name)
    {
        name = path == "-" ? "standard input" : $"'{path}'";
        if (path == "-")
        {
            return CsvTable.Read(Console.In, name);
        }

        if (!File.Exists(path))
        {
            throw new CommandException(ExitCode.Refused, $"no such file: {name}");
        }

        using var reader = new StreamReader(path);
        return CsvTable.Read(reader, name);
    }

    private static double[] Gather(CsvTable table, int[] columns) => [.. table.Rows.SelectMany(row => columns.Select(c => row[c]))];
}
