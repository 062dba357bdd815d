using System.Text.Json;
using Nsc.Corpus.Mining;
using Nsc.Corpus.Mining.Stack;
using Nsc.Corpus.Shards;
using Nsc.Tests.Cli;
using Parquet.Serialization;

namespace Nsc.Tests.Mining;

public sealed class StackTests : IDisposable
{
    private const string Good = "#include <math.h>\ndouble curve(double x) { return 2.0 * sin(x) + x; }\n";
    private readonly MiningFolder _folder = new();

    [Fact]
    public void Bad_rows_of_json_lines_are_counted_and_the_others_are_read()
    {
        string file = _folder.Write("rows.jsonl", string.Join('\n',
            JsonSerializer.Serialize(new { content = Good, path = "src/curve.c", repo = "someone/curves", license = "MIT" }),
            "{ not json", "[1, 2]", "{\"content\": 3}", "{\"path\": \"a.c\"}", "{\"content\": \"\\u0000\"}", "{\"content\": \"\\ud800\"}", "",
            JsonSerializer.Serialize(new { content = "int twice(int i) { return 2 * i; }", max_stars_repo_licenses = new[] { "BSD-3-Clause" } })));
        var reader = new StackReader();
        StackRow[] rows = [.. reader.Read(file)];
        Assert.Equal([new StackRow(Good, "src/curve.c", "someone/curves", "MIT")], rows[..1]);
        Assert.Equal("BSD-3-Clause", rows[^1].Licence);
        Assert.Equal(2, rows.Length);
        Assert.Equal(6, reader.BadRows);
    }

    [Fact]
    public void A_line_of_any_length_is_passed_over_without_being_held()
    {
        using var stream = new MemoryStream([.. Enumerable.Repeat((byte)'x', 200_000), (byte)'\n', (byte)'a', (byte)'\n', (byte)'b']);
        Assert.Equal([-1, 1, 1], BoundedLines.Of(stream, longest: 1000).Select(l => l?.Length ?? -1));
    }

    [Fact]
    public async Task Parquet_is_read_by_its_columns_and_rows_without_text_are_counted()
    {
        string file = _folder["rows.parquet"];
        await using (FileStream stream = File.Create(file))
        {
            await ParquetSerializer.SerializeAsync(
                [new Row { content = Good, path = "curve.c", license = "MIT" }, new Row(), new Row { content = "" }], stream,
                cancellationToken: TestContext.Current.CancellationToken);
        }

        var reader = new StackReader();
        StackRow row = Assert.Single(reader.Read(file));
        Assert.Equal(new StackRow(Good, "curve.c", "", "MIT"), row);
        Assert.Equal(2, reader.BadRows);
    }

    [Theory]
    [InlineData("rows.parquet", "PAR1 this is none PAR1")]
    [InlineData("rows.parquet", "")]
    [InlineData("rows.csv", "content\n1\n")]
    public void A_file_that_is_not_what_its_name_says_is_refused(string name, string text)
    {
        string file = _folder.Write(name, text);
        Outcome outcome = Workplace.Run("exestack", "build", "--stack", file, "-o", _folder.Corpus);
        Assert.Equal(3, outcome.ExitCode);
        Assert.Contains(name, outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_are_mined_one_by_one_with_their_licence_and_not_again()
    {
        string file = _folder.Write("rows.jsonl", string.Join('\n',
            JsonSerializer.Serialize(new { content = Good, path = "../../curve", license = "MIT" }),
            JsonSerializer.Serialize(new { content = "double curve(double);\ndouble other(double x) { return curve(x) + 1.0; }" })));
        Assert.Equal(0, Workplace.Run("exestack", "build", "--stack", file, "-o", _folder.Corpus).ExitCode);
        ExeStack corpus = ExeStack.Open(_folder.Corpus);
        PackageEntry package = Assert.Single(corpus.Packages);
        ShardRow row = Assert.Single(corpus.Load(package.Package));
        Assert.Equal(("curve", "MIT"), (row.Function, row.Licence));
        Assert.Contains("0 of them new", Workplace.Run("exestack", "build", "--stack", file, "-o", _folder.Corpus).Error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private sealed class Row
    {
        public string? content { get; set; }

        public string? path { get; set; }

        public string? license { get; set; }
    }
}
