// Tables as instruments, workbooks and other people write them: separators, decimal commas, encodings, no header.

using System.IO.Compression;
using System.Text;
using Nsc.CommandLine;
using Nsc.CommandLine.Data;

namespace Nsc.Tests.Cli;

public sealed class TableDialectTests
{
    private static readonly double[][] s_rows = [[1.5, 2, -3], [0.25, 4, 6e-3]];

    [Theory]
    [InlineData("x,n,out\n1.5,2,-3\n0.25,4,6e-3\n", "")]
    [InlineData("x,n,out\r\n1.5,2,-3\r\n\r\n0.25,4,6e-3", "")]
    [InlineData("\"x\",\"n\",\"out\"\n\"1.5\",\"2\",\"-3\"\n\"0.25\",\"4\",\"6e-3\"\n", "")]
    [InlineData(" x , n , out \n 1.5 , 2 , -3 \n 0.25 , 4 , 6e-3 \n", "")]
    [InlineData("note,x,note,n,,out,\na,1.5,b,2,,-3,\nc,0.25,d,4,,6e-3,\n", "")]
    [InlineData("x,n,out\n1.5,2,-3,\n0.25,4,6e-3,,\n", "")]
    [InlineData("x;n;out\n1.5;2;-3\n0.25;4;6e-3\n", "separated by semicolons")]
    [InlineData("x;n;out\n1,5;2;-3\n0,25;4;6e-3\n", "separated by semicolons, decimal commas")]
    [InlineData("x\tn\tout\n1,5\t2\t-3\n0,25\t4\t6e-3\n", "separated by tabs, decimal commas")]
    [InlineData("\tx\tn\tout\n7\t1.5\t2\t-3\n8\t0.25\t4\t6e-3\n", "separated by tabs")]
    [InlineData("x|n|out\n1.5|2|-3\n0.25|4|6e-3\n", "separated by bars")]
    [InlineData("sep=;\nx;n;out\n1,5;2;-3\n0,25;4;0,006\n", "separated by semicolons, decimal commas")]
    [InlineData("x;n;out;place\n1,5;2;-3;\"Ulm, Donau\"\n0,25;4;6e-3;Bonn\n", "separated by semicolons, decimal commas")]
    [InlineData("1.5,2,-3\n0.25,4,6e-3\n", "no header, so its columns are x, n, out")]
    [InlineData("1,5;2;-3\n0,25;4;6e-3\n", "no header, so its columns are x, n, out, separated by semicolons, decimal commas")]
    public void A_table_is_read_however_it_is_written_and_what_is_not_usual_is_said(string text, string said)
    {
        var reading = new TableReading();
        Assert.Equal(s_rows, Read(text, reading));
        Assert.Equal(said.Length == 0 ? [] : [$"'t': {said}"], reading.Remarks("t"));
    }

    [Fact]
    public void Any_encoding_with_a_mark_and_gzip_are_read()
    {
        const string Text = "x;n;out;Größe\n1,5;2;-3;ä\n0,25;4;6e-3;ö\n";
        foreach (Encoding encoding in (Encoding[])[new UTF8Encoding(true), new UTF8Encoding(false), new UnicodeEncoding(false, true), new UnicodeEncoding(true, true), new UnicodeEncoding(false, false), new UTF32Encoding(false, true)])
        {
            byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes(Text)];
            Assert.Equal(s_rows, Read(bytes, new TableReading()));
            Assert.Equal(s_rows, Read(Zipped(bytes), new TableReading()));
        }
    }

    [Theory]
    [InlineData("x,n,out\n1.5,2\n", "t:2: 2 cells, but the header names 3 columns")]
    [InlineData("x,n,out\n1.5,2,3,4\n", "t:2: 4 cells, but the header names 3 columns")]
    [InlineData("x,n\n1.5,2\n", "t has no column 'out'; it has x, n")]
    [InlineData("x,n,out,x\n1,2,3,4\n", "t: column 'x' appears twice")]
    [InlineData("1,2,3,4\n", "t has 4 columns and no header that names them; the function's are x, n, out")]
    [InlineData("1,2\n", "t has no column 'out'; it has x, n")]
    [InlineData("x,n,out\n1,\"2,5\",3\n", "t:2: column 'n': '2,5' is not a finite number")]
    [InlineData("x;n;out\n1,5;2;3\n1.5;2;3\n", "t:3: column 'x': '1.5' is not a finite number; numbers before it have decimal commas")]
    [InlineData("x;n;out\n1.5;2;3\n1;2,5;3\n", "t:3: column 'n': '2,5' is not a finite number; numbers before it have decimal points")]
    [InlineData("x;n;out\n1.000,5;2;3\n", "t:2: column 'x': '1.000,5' is not a finite number")]
    [InlineData("x;n;out\n1,000,000;2;3\n", "t:2: column 'x': '1,000,000' is not a finite number")]
    [InlineData("x,n,out\n1,inf,3\n", "t:2: column 'n': 'inf' is not a finite number")]
    [InlineData("\n\n", "t is empty")]
    [InlineData("x,n,out\0\n", "t is no text: it has NUL characters")]
    [InlineData("PK\u0003\u0004zip", "t is a ZIP archive, as workbooks are, not CSV")]
    [InlineData("PAR1 and so on", "t is a Parquet file, not CSV")]
    public void What_cannot_be_read_is_refused_with_the_place_and_the_reason(string text, string reason) =>
        Assert.StartsWith(reason, Refusal(Encoding.UTF8.GetBytes(text), new TableReading()), StringComparison.Ordinal);

    [Theory]
    [InlineData("x n out\n1.5 2 -3\n0.25 4 6e-3\n", ' ', "separated by ' '")]
    [InlineData("x:n:out\n1,5:2:-3\n0,25:4:6e-3\n", ':', "separated by ':', decimal commas")]
    [InlineData("x,n,out\n1.5,2,-3\n0.25,4,6e-3\n", ',', null)]
    public void A_separator_that_is_said_is_taken(string text, char separator, string? said)
    {
        var reading = new TableReading { Separator = separator };
        Assert.Equal(s_rows, Read(text, reading));
        Assert.Equal(said is null ? [] : [$"'t': {said}"], reading.Remarks("t"));
    }

    [Theory]
    [InlineData("tab", '\t')]
    [InlineData("\t", '\t')]
    [InlineData("semicolon", ';')]
    [InlineData(";", ';')]
    [InlineData("a", null)]
    [InlineData("1", null)]
    [InlineData(".", null)]
    [InlineData("\"", null)]
    [InlineData("\n", null)]
    [InlineData(";;", null)]
    [InlineData("", null)]
    public void A_separator_has_a_name_or_is_one_character(string text, char? separator) => Assert.Equal(separator, CsvDialect.Parse(text));

    [Fact]
    public void Columns_are_renamed_and_what_had_the_name_is_no_matter()
    {
        var reading = new TableReading { Renamed = System.Collections.Immutable.ImmutableDictionary<string, string>.Empty.Add("out", "heat") };
        Assert.Equal([[1, 2, 9]], Read("x,n,out,heat\n1,2,3,9\n", reading));
        Assert.StartsWith("t has no column 'heat'; it has x, n, out", Refusal("x,n,out\n1,2,3\n"u8.ToArray(), reading), StringComparison.Ordinal);
        Assert.StartsWith("t has no header, and so no column for --rename", Refusal("1,2,3\n"u8.ToArray(), reading), StringComparison.Ordinal);
        reading.RequireNames(["x", "out"], "f");
        CommandException unknown = Assert.Throws<CommandException>(() => reading.RequireNames(["x", "heat"], "f"));
        Assert.Equal((ExitCode.Usage, "the function's name comes first: --rename heat=out"), (unknown.Code, unknown.Hint));
    }

    [Fact]
    public void Integers_that_a_double_does_not_hold_are_said()
    {
        var reading = new TableReading();
        Assert.Equal([[9007199254740992, 9007199254740992, 1], [-9007199254740994, 1e300, 2]], Read("x,n,out\n9007199254740992,9007199254740993,1\n-9007199254740994,1e300,2\n", reading));
        Assert.Equal(["warning: 1 integers of 't' beyond 2^53 are rounded to what a double holds, first 9007199254740993 in line 2"], reading.Remarks("t"));
    }

    [Fact]
    public void A_damaged_archive_is_refused()
    {
        byte[] whole = Zipped(Encoding.UTF8.GetBytes("x,n,out\n" + string.Concat(Enumerable.Range(0, 50_000).Select(i => $"{i * 7919 % 10_007},{i * 104_729 % 7},{i}\n"))));
        Assert.Contains("t", Refusal(whole[..(whole.Length / 2)], new TableReading()), StringComparison.Ordinal);
        byte[] spoilt = [.. whole];
        spoilt[whole.Length / 2] ^= 0x55;
        Assert.Contains("t", Refusal(spoilt, new TableReading()), StringComparison.Ordinal);
    }

    private static double[][] Read(string text, TableReading reading) => Read(Encoding.UTF8.GetBytes(text), reading);

    private static double[][] Read(byte[] bytes, TableReading reading) => [.. SampleFile.OfText(new MemoryStream(bytes), "t", ["x", "n", "out"], _ => ["x", "n", "out"], reading)];

    private static string Refusal(byte[] bytes, TableReading reading)
    {
        CommandException refusal = Assert.Throws<CommandException>(() => Read(bytes, reading));
        Assert.Equal(ExitCode.Refused, refusal.Code);
        return refusal.Message;
    }

    private static byte[] Zipped(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionMode.Compress))
        {
            zip.Write(bytes);
        }

        return packed.ToArray();
    }
}
