// Samples as a table for others, such as finetune --data reads again: a column for each input and output, by their names.

using System.Globalization;
using System.IO.Compression;
using System.Text;
using Nsc.Compiler.Sampling;
using Nsc.Core.Files;
using Parquet;
using Parquet.Schema;

namespace Nsc.CommandLine.Data;

internal static class SampleTables
{
    /// <summary>Writes Parquet where the name ends in <c>.parquet</c>, else CSV, compressed where it ends in <c>.gz</c>. The file appears whole or not at all.</summary>
    public static void Write(string path, Sampled sampled) => AtomicFile.Write(path, stream =>
    {
        if (SampleFile.IsParquet(path))
        {
            WriteParquetAsync(stream, sampled).GetAwaiter().GetResult();
            return;
        }

        using Stream? compressed = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true) : null;
        using var writer = new StreamWriter(compressed ?? stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        WriteCsv(writer, sampled);
    });

    /// <summary>Numbers are written so that reading gives the same bits.</summary>
    public static void WriteCsv(TextWriter writer, Sampled sampled)
    {
        writer.WriteLine(string.Join(',', Names(sampled).Select(CsvTable.Cell)));
        for (int row = 0; row < sampled.Rows.Count; row++)
        {
            double[] cells = [.. sampled.Rows.Inputs(row), .. sampled.Rows.Outputs(row)];
            writer.WriteLine(string.Join(',', cells.Select(v => v.ToString("R", CultureInfo.InvariantCulture))));
        }
    }

    // The library asks a stream where it is, which one that is written in place need not know.
    private static async Task WriteParquetAsync(Stream stream, Sampled sampled)
    {
        DataField[] fields = [.. Names(sampled).Select(name => new DataField<double>(name))];
        using var content = new MemoryStream();
        await using (ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), content).ConfigureAwait(false))
        {
            using ParquetRowGroupWriter group = writer.CreateRowGroup();
            for (int column = 0; column < fields.Length; column++)
            {
                await group.WriteAsync<double>(fields[column], Column(sampled, column).AsMemory()).ConfigureAwait(false);
            }
        }

        content.Position = 0;
        await content.CopyToAsync(stream).ConfigureAwait(false);
    }

    private static double[] Column(Sampled sampled, int column)
    {
        int inputs = sampled.Rows.InputCount;
        return column >= inputs ? sampled.Rows.Output(column - inputs) : [.. Enumerable.Range(0, sampled.Rows.Count).Select(row => sampled.Rows.Inputs(row)[column])];
    }

    private static string[] Names(Sampled sampled) => [.. sampled.Signature.Inputs.Select(i => i.Name), .. sampled.Signature.Outputs.Select(o => o.Name)];
}
