// Columns of numbers from a Parquet file, which is as hostile as any: its own counts are not believed.

using System.Numerics;
using Nsc.Core.Files;
using Parquet;
using Parquet.Schema;

namespace Nsc.CommandLine.Data;

internal static class ParquetTable
{
    private const long LargestColumn = 1L << 30;

    /// <summary>The rows of the wanted columns, in that order, while they are read; <paramref name="name"/> is used in messages.</summary>
    /// <param name="wanted">Those columns, of the ones that there are.</param>
    /// <exception cref="CommandException">The file is damaged, or a column is missing, holds no numbers, or has a gap.</exception>
    public static IEnumerable<double[]> Read(string path, string name, Func<string[], string[]> wanted, TableReading reading)
    {
        using FileStream stream = Guarded(name, () => ParquetFile.Open(path));
        ParquetReader reader = Guarded(name, () => ParquetReader.CreateAsync(stream).GetAwaiter().GetResult());
        try
        {
            DataField[] fields = Guarded(name, () => reader.Schema.GetDataFields().Where(f => f.Path.Length == 1 && f.MaxRepetitionLevel == 0).ToArray()); // It is read when it is asked for.
            string[] names = reading.InFunctionsNames([.. fields.Select(f => f.Name)], name);
            DataField[] columns = [.. NumberTable.Indices(names, wanted(names), name).Select(c => fields[c])];
            int groups = Guarded(name, () => reader.RowGroupCount);
            long first = 0;
            for (int group = 0; group < groups; group++)
            {
                double[][] values = Guarded(name, () => GroupAsync(reader, group, columns, first, name, reading).GetAwaiter().GetResult());
                for (int row = 0; row < values[0].Length; row++)
                {
                    yield return Array.ConvertAll(values, v => v[row]);
                }

                first += values[0].Length;
            }
        }
        finally
        {
            reader.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    // What the library says of damage.
    private static T Guarded<T>(string name, Func<T> read)
    {
        try
        {
            return read();
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

    private static async Task<double[][]> GroupAsync(ParquetReader reader, int group, DataField[] columns, long firstRow, string name, TableReading reading)
    {
        using ParquetRowGroupReader part = reader.OpenRowGroupReader(group);
        if (part.RowCount is < 0 or > NumberTable.MaxRows)
        {
            throw new CommandException(ExitCode.Refused, $"{name} has more than {NumberTable.MaxRows} rows in one group");
        }

        var values = new double[columns.Length][];
        for (int c = 0; c < columns.Length; c++)
        {
            values[c] = await ColumnAsync(part, columns[c], firstRow, name, reading).ConfigureAwait(false);
        }

        return values;
    }

    private static async Task<double[]> ColumnAsync(ParquetRowGroupReader part, DataField field, long firstRow, string name, TableReading reading)
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
            TypeCode.Int64 => NumbersAsync<long>(part, field, Rounding<long>(firstRow, reading)),
            TypeCode.UInt64 => NumbersAsync<ulong>(part, field, Rounding<ulong>(firstRow, reading)),
            TypeCode.Boolean => NumbersAsync<bool>(part, field),
            _ => throw new CommandException(ExitCode.Refused, $"{name}: column '{field.Name}' holds {InWords(field.ClrType)}"),
        }).ConfigureAwait(false);
        if (reading.SkipsGaps)
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

    private static string InWords(Type type) =>
        type == typeof(string) || type == typeof(ReadOnlyMemory<char>) ? "text, not numbers"
        : type == typeof(DateTime) || type == typeof(DateOnly) || type == typeof(TimeOnly) || type == typeof(TimeSpan) ? "dates or times, not numbers"
        : type == typeof(byte[]) || type == typeof(ReadOnlyMemory<byte>) ? "bytes, not numbers" : "no numbers";

    // Tells of integers that a double does not hold.
    private static Action<T, int> Rounding<T>(long firstRow, TableReading reading)
        where T : IBinaryInteger<T> => (value, row) =>
    {
        if (NumberTable.IsRounded(double.CreateChecked(value), () => BigInteger.CreateChecked(value)))
        {
            reading.Rounded($"{value}", $"row {firstRow + row + 1}");
        }
    };

    private static async Task<double?[]> NumbersAsync<T>(ParquetRowGroupReader part, DataField field, Action<T, int>? look = null)
        where T : struct, IConvertible
    {
        double InDouble(T value, int row)
        {
            look?.Invoke(value, row);
            return value.ToDouble(null);
        }

        if (field.IsNullable)
        {
            var values = new T?[part.RowCount];
            await part.ReadAsync<T>(field, values.AsMemory()).ConfigureAwait(false);
            return [.. values.Select((v, row) => v is { } number ? InDouble(number, row) : (double?)null)];
        }

        // The library takes some numbers of a required column for nulls when it is read as one that may have them.
        var numbers = new T[part.RowCount];
        await part.ReadAsync(field, numbers.AsMemory()).ConfigureAwait(false);
        return [.. numbers.Select((v, row) => (double?)InDouble(v, row))];
    }
}
