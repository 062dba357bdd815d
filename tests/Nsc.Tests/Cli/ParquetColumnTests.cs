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

    [Fact]
    public async Task Integers_that_a_double_does_not_hold_are_said()
    {
        await Write(new DataField<long>("x"), [1L << 53, (1L << 53) + 1, -(1L << 53) - 1, long.MaxValue], null);
        var reading = new TableReading();
        Assert.Equal([9007199254740992, 9007199254740992, -9007199254740992, 9223372036854775808], ParquetTable.Read(Table, "t", _ => ["x"], reading).Select(row => row[0]));
        Assert.Equal(["warning: 3 integers of 't' beyond 2^53 are rounded to what a double holds, first 9007199254740993 in row 2"], reading.Remarks("t"));
    }

    [Fact]
    public async Task Dates_are_refused_as_such_and_decimals_are_numbers()
    {
        await Write(new DataField<DateTime>("x"), [new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc)], null);
        Assert.Contains("column 'x' holds dates or times, not numbers", Assert.Throws<CommandException>(() => Read()).Message, StringComparison.Ordinal);
        await Write(new DecimalDataField("x", 18, 3), [-12.375m, 4m], null);
        Assert.Equal([-12.375, 4], Read().Select(row => row[0]));
    }

    [Fact]
    public async Task A_required_integer_column_that_another_writer_would_call_empty_has_no_gaps()
    {
        int[] values = [.. Enumerable.Range(0, Rows).Select(i => i % 3 == 0 ? 0 : i)];
        await Write(new DataField<int>("x", false), values, null);
        Assert.Equal(values.Select(v => (double)v), Read().Select(row => row[0]));
    }

    private async Task ReadsBack<T>()
        where T : struct, IConvertible
    {
        T[] values = [.. Enumerable.Range(0, Rows).Select(i => (T)Convert.ChangeType(i % (typeof(T) == typeof(bool) ? 2 : 100), typeof(T), null))];
        double[] expected = [.. values.Select(v => v.ToDouble(null))];
        foreach (bool isNullable in (bool[])[false, true])
        {
            await Write(new DataField("x", typeof(T), isNullable), values, isNullable ? Array.ConvertAll(values, v => (T?)v) : null);
            Assert.Equal(expected, ParquetTable.Read(Table, "t", _ => ["x"], new TableReading()).Select(row => row[0]));
        }

        await Write(new DataField("x", typeof(T), true), values, [.. values.Select((v, i) => i == 7 ? (T?)null : v)]);
        Assert.Contains("row 8: column 'x' is empty", Assert.Throws<CommandException>(() => Read()).Message, StringComparison.Ordinal);
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

    private double[][] Read() => [.. ParquetTable.Read(Table, "t", _ => ["x"], new TableReading())];

    private void AssertRefused() =>
        Assert.Equal(ExitCode.Refused, Assert.Throws<CommandException>(() => Read()).Code);
}
