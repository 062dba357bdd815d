// Every type of number that a Parquet column can hold, with and without gaps, and files whose ends lie.

using System.Buffers.Binary;
using System.Reflection;
using Nsc.CommandLine;
using Nsc.CommandLine.Data;
using Parquet;
using Parquet.Schema;

namespace Nsc.Tests.Cli;

public sealed class ParquetColumnTests : IDisposable
{
    private const int Rows = 2000;
    private readonly string _folder = Directory.CreateTempSubdirectory("nsc-test-").FullName;

    private string Table => Path.Combine(_folder, "t.parquet");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(typeof(sbyte))]
    [InlineData(typeof(byte))]
    [InlineData(typeof(short))]
    [InlineData(typeof(ushort))]
    [InlineData(typeof(int))]
    [InlineData(typeof(uint))]
    [InlineData(typeof(long))]
    [InlineData(typeof(ulong))]
    [InlineData(typeof(float))]
    [InlineData(typeof(double))]
    [InlineData(typeof(decimal))]
    [InlineData(typeof(bool))]
    public async Task A_column_of_any_numbers_is_read_whether_or_not_it_may_have_gaps(Type type)
    {
        Task reading = (Task)typeof(ParquetColumnTests).GetMethod(nameof(ReadsBack), BindingFlags.Instance | BindingFlags.NonPublic)!.MakeGenericMethod(type).Invoke(this, [])!;
        await reading;
    }

    [Theory]
    [InlineData(0x7fffffffu)]
    [InlineData(0xffffffffu)]
    [InlineData(0x80000000u)]
    [InlineData(1u << 20)]
    [InlineData(0u)]
    public async Task A_footer_of_a_length_that_it_does_not_have_is_refused(uint length)
    {
        await Write<int>(new DataField<int>("x"), [1, 2, 3], null);
        byte[] bytes = await File.ReadAllBytesAsync(Table, TestContext.Current.CancellationToken);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(bytes.Length - 8), length);
        await File.WriteAllBytesAsync(Table, bytes, TestContext.Current.CancellationToken);
        AssertRefused();
    }

    [Theory]
    [InlineData("")]
    [InlineData("PAR1")]
    [InlineData("PAR1PAR1")]
    [InlineData("PAR1\0\0\0\0PAR1")]
    [InlineData("PAR1\0\0\0\0PAR2")]
    public void A_file_without_a_footer_is_refused(string text)
    {
        File.WriteAllText(Table, text);
        AssertRefused();
    }

    private async Task ReadsBack<T>()
        where T : struct, IConvertible
    {
        T[] values = [.. Enumerable.Range(0, Rows).Select(i => (T)Convert.ChangeType(i % (typeof(T) == typeof(bool) ? 2 : 100), typeof(T), null))];
        double[] expected = [.. values.Select(v => v.ToDouble(null))];
        foreach (bool isNullable in (bool[])[false, true])
        {
            await Write(new DataField("x", typeof(T), isNullable), values, isNullable ? Array.ConvertAll(values, v => (T?)v) : null);
            Assert.Equal(expected, ParquetTable.Read(Table, "t", _ => ["x"]).Select(row => row[0]));
        }

        await Write(new DataField("x", typeof(T), true), values, [.. values.Select((v, i) => i == 7 ? (T?)null : v)]);
        Assert.Contains("row 8: column 'x' is empty", Assert.Throws<CommandException>(() => ParquetTable.Read(Table, "t", _ => ["x"])).Message, StringComparison.Ordinal);
    }

    private async Task Write<T>(DataField field, T[] values, T?[]? gaps)
        where T : struct
    {
        await using FileStream stream = File.Create(Table);
        await using ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema(field), stream);
        using ParquetRowGroupWriter group = writer.CreateRowGroup();
        if (gaps is null)
        {
            await group.WriteAsync<T>(field, values.AsMemory());
        }
        else
        {
            await group.WriteAsync<T>(field, gaps.AsMemory());
        }
    }

    private void AssertRefused() =>
        Assert.Equal(ExitCode.Refused, Assert.Throws<CommandException>(() => ParquetTable.Read(Table, "t", _ => ["x"])).Code);
}
