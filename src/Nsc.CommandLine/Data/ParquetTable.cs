// Columns of numbers from a Parquet file, which is as hostile as any: its own counts are not believed.

using Nsc.Core.Files;
using Parquet;
using Parquet.Schema;

namespace Nsc.CommandLine.Data;

internal static class ParquetTable
{
    private const long LargestColumn = 1L << 30;

    /// <summary>The rows of the wanted columns, in that order; <paramref name="name"/> is used in messages.</summary>
    /// <param name="wanted">Those columns, of the ones that there are.</param>
    /// <param name="gaps">Counts rows with missing cells, which are left out; null to refuse such a table.</param>
    /// <exception cref="CommandException">The file is damaged, or a column is missing, holds no numbers, or has a gap.</exception>
    public static List<double[]> Read(string path, string name, Func<string[], string[]> wanted, RowsWithGaps? gaps = null)
    {
        try
        {
            using FileStream stream = ParquetFile.Open(path);
            return ReadAsync(stream, name, wanted, gaps).GetAwaiter().GetResult();
        }
        catch (OutOfMemoryException)
        {
            throw new CommandException(ExitCode.Refused, $"{name} is not a usable Parquet file: it claims more than there is memory for");
        }
        catch (Exception damage) when (damage is not CommandException)
        {
            throw new CommandException(ExitCode.Refused, $"{name} is not a usable Parquet file: {damage.Message}");
        }
    }

    private static async Task<List<double[]>> ReadAsync(FileStream stream, string name, Func<string[], string[]> wanted, RowsWithGaps? gaps)
    {
        await using ParquetReader reader = await ParquetReader.CreateAsync(stream).ConfigureAwait(false);
        DataField[] fields = [.. reader.Schema.GetDataFields().Where(f => f.Path.Length == 1 && f.MaxRepetitionLevel == 0)];
        string[] names = [.. fields.Select(f => f.Name)];
        int[] columns = NumberTable.Indices(names, wanted(names), name);
        var rows = new List<double[]>();
        for (int group = 0; group < reader.RowGroupCount; group++)
        {
            using ParquetRowGroupReader part = reader.OpenRowGroupReader(group);
            if (part.RowCount < 0 || part.RowCount > NumberTable.MaxRows - rows.Count)
            {
                throw new CommandException(ExitCode.Refused, $"{name} has more than {NumberTable.MaxRows} rows");
            }

            var values = new double[columns.Length][];
            for (int c = 0; c < columns.Length; c++)
            {
                values[c] = await ColumnAsync(part, fields[columns[c]], rows.Count, name, gaps is not null).ConfigureAwait(false);
            }

            rows.AddRange(Enumerable.Range(0, (int)part.RowCount).Select(row => Array.ConvertAll(values, v => v[row])).Where(row => gaps?.LeavesOut(row) != true));
        }

        return rows;
    }

    private static async Task<double[]> ColumnAsync(ParquetRowGroupReader part, DataField field, int firstRow, string name, bool hasGaps)
    {
        if (part.GetMetadata(field)?.MetaData?.TotalUncompressedSize is not (>= 0 and <= LargestColumn))
        {
            throw new InvalidDataException($"column '{field.Name}' is damaged or too large");
        }

        double?[] values = await (Type.GetTypeCode(field.ClrType) switch
        {
            TypeCode.Double => NumbersAsync<double>(part, field),
            TypeCode.Single => NumbersAsync<float>(part, field),
            TypeCode.Decimal => NumbersAsync<decimal>(part, field),
            TypeCode.SByte => NumbersAsync<sbyte>(part, field),
            TypeCode.Byte => NumbersAsync<byte>(part, field),
            TypeCode.Int16 => NumbersAsync<short>(part, field),
            TypeCode.UInt16 => NumbersAsync<ushort>(part, field),
            TypeCode.Int32 => NumbersAsync<int>(part, field),
            TypeCode.UInt32 => NumbersAsync<uint>(part, field),
            TypeCode.Int64 => NumbersAsync<long>(part, field),
            TypeCode.UInt64 => NumbersAsync<ulong>(part, field),
            TypeCode.Boolean => NumbersAsync<bool>(part, field),
            _ => throw new CommandException(ExitCode.Refused, $"{name}: column '{field.Name}' holds no numbers"),
        }).ConfigureAwait(false);
        if (hasGaps)
        {
            double[] numbers = Array.ConvertAll(values, v => v ?? double.NaN); // A column without nulls says NaN.
            return Array.Exists(numbers, double.IsInfinity)
                ? throw new CommandException(ExitCode.Refused, $"{name}: column '{field.Name}' has an infinite number")
                : numbers;
        }

        int gap = Array.FindIndex(values, v => v is not { } number || !double.IsFinite(number));
        return gap < 0 ? Array.ConvertAll(values, v => v!.Value) : throw new CommandException(
            ExitCode.Refused, $"{name}: row {firstRow + gap + 1}: column '{field.Name}' is {(values[gap] is null ? "empty" : "not a finite number")}");
    }

    private static async Task<double?[]> NumbersAsync<T>(ParquetRowGroupReader part, DataField field)
        where T : struct, IConvertible
    {
        if (field.IsNullable)
        {
            var values = new T?[part.RowCount];
            await part.ReadAsync<T>(field, values.AsMemory()).ConfigureAwait(false);
            return Array.ConvertAll(values, v => v?.ToDouble(null));
        }

        // The library takes some numbers of a required column for nulls when it is read as one that may have them.
        var numbers = new T[part.RowCount];
        await part.ReadAsync(field, numbers.AsMemory()).ConfigureAwait(false);
        return Array.ConvertAll<T, double?>(numbers, v => v.ToDouble(null));
    }
}
