// What was observed of a program: a table with columns for some of its inputs and outputs.

using Nsc.Compiler.Tuning;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;

namespace Nsc.CommandLine.Data;

internal static class ObservedFile
{
    /// <summary>Reads the columns that are there.</summary>
    /// <exception cref="CommandException">The file is no such table, or has no output.</exception>
    public static ObservedRows Read(FileInfo file, ProgramSignature signature, TableReading reading)
    {
        string[] names = [.. signature.Inputs.Select(i => i.Name), .. signature.Outputs.Select(o => o.Name)], columns = [];
        List<double[]> rows = SampleFile.ReadColumns(file.ToString(), signature, found => columns = [.. found.Intersect(names)], reading);
        int inputs = signature.Inputs.Length;
        int[] places = [.. names.Select(n => Array.IndexOf(columns, n))];
        int[] outputs = [.. Enumerable.Range(0, signature.Outputs.Length).Where(k => places[inputs + k] >= 0)];
        if (outputs.Length == 0 || rows.Count == 0)
        {
            throw new CommandException(ExitCode.Refused, rows.Count == 0 ? $"'{SampleFile.ShortName(file)}' has no rows" : $"'{SampleFile.ShortName(file)}' has no column of an output ({string.Join(", ", signature.Outputs.Select(o => o.Name))})");
        }

        double[] Of(Range part) => [.. rows.SelectMany(row => places[part].Select(p => p < 0 ? 0 : row[p]))];
        return new ObservedRows(new SampleSet(inputs, signature.Outputs.Length, Of(..inputs), Of(inputs..)), [.. places[..inputs].Select(p => p < 0)], [.. outputs]);
    }
}
