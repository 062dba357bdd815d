using System.CommandLine;
using System.Text.Json;
using Nsc.Cli;
using Nsc.Tests.Cli;
using Nsc.Tests.Neural;

namespace Nsc.Tests.Bench;

[Collection(nameof(TorchCollection))]
public sealed class BenchVerbTests : IDisposable
{
    private const string Programs = """
        double plane(double x, double y) { return x + 2 * y; }
        double bowl(double x) { return x * x; }
        """;

    private readonly Workplace _work = new();

    public BenchVerbTests() => _work.Write("programs.c", Programs);

    public void Dispose() => _work.Dispose();

    [Fact]
    public void Every_row_of_bench_data_is_the_geometric_mean_of_its_programs()
    {
        Outcome plain = Workplace.Run(Line("data", "--json")), detailed = Workplace.Run(Line("data", "--json", "--details"));
        Assert.Equal((int)ExitCode.Success, detailed.ExitCode);
        Assert.Equal(JsonValueKind.Array, plain.Json.ValueKind);
        Assert.True(JsonElement.DeepEquals(plain.Json, detailed.Json.GetProperty("rows")));
        JsonElement[] rows = [.. plain.Json.EnumerateArray()], programs = [.. detailed.Json.GetProperty("perProgram").EnumerateArray()];
        Assert.Equal(6, rows.Length);
        foreach (JsonElement row in rows)
        {
            JsonElement[] own = [.. programs.Where(p => Text(p, "arm") == Text(row, "arm") && Number(p, "samples") == Number(row, "samples"))];
            Assert.Equal(["programs:plane", "programs:bowl"], own.Select(p => Text(p, "program")));
            Assert.Equal(GeometricMean(own.Select(p => Number(p, "nmse"))), Number(row, "nmseGeomean"), 1e-9 * Number(row, "nmseGeomean"));
            Assert.All(own, p => Assert.Equal(
                GeometricMean(p.GetProperty("nmseBySeed").EnumerateArray().Select(e => e.GetDouble())), Number(p, "nmse"), 1e-9 * Number(p, "nmse")));
        }
    }

    [Theory]
    [InlineData("data")]
    [InlineData("axbench")]
    [InlineData("epochs")]
    public void An_interrupted_bench_resumes_and_prints_the_same_bytes(string bench)
    {
        string[] line = Line(bench, "--json"), resumed = [.. line, "--resume", _work["results.json"]];
        string expected = Workplace.Run(line).Output;
        Outcome interrupted = RunAndCancelAt("results.json: ", resumed);
        Assert.Equal(((int)ExitCode.Cancelled, ""), (interrupted.ExitCode, interrupted.Output));

        Outcome second = Workplace.Run(resumed);
        Assert.Equal(((int)ExitCode.Success, expected), (second.ExitCode, second.Output));
        Assert.Contains("1 of the results are known", second.Error);
    }

    [Fact]
    public void Results_of_another_run_are_refused_and_left_alone()
    {
        string file = _work["results.json"];
        Assert.Equal(0, Workplace.Run(Line("data", "--resume", file)).ExitCode);
        byte[] before = File.ReadAllBytes(file);
        _work.Write("programs.c", Programs.Replace("2 * y", "3 * y", StringComparison.Ordinal));
        Outcome outcome = Workplace.Run(Line("data", "--resume", file));
        Assert.Equal(((int)ExitCode.Refused, ""), (outcome.ExitCode, outcome.Output));
        Assert.Contains("with programs '", outcome.Error);
        Assert.Equal(before, File.ReadAllBytes(file));
    }

    [Fact]
    public void All_benches_give_what_each_gives_alone_and_one_report_that_fetches_nothing()
    {
        string report = _work["all.html"];
        Outcome all = Workplace.Run(Line("all", "--json", "--report", report)), data = Workplace.Run(Line("data", "--json", "--details"));
        Assert.Equal((int)ExitCode.Success, all.ExitCode);
        Assert.True(JsonElement.DeepEquals(data.Json, all.Json.GetProperty("data")));
        Assert.True(JsonElement.DeepEquals(Workplace.Run(Line("axbench", "--json")).Json, all.Json.GetProperty("axBench")));
        Assert.True(JsonElement.DeepEquals(Workplace.Run(Line("epochs", "--json", "--details")).Json, all.Json.GetProperty("epochs")));
        Assert.Empty(all.Json.GetProperty("images").EnumerateArray());

        string html = File.ReadAllText(report);
        Assert.DoesNotMatch("(src|href)=\"(?!data:)", html);
        Assert.All((string[])["Error against samples", "Error against epochs", "AxBench&#39;s own metrics", "Left out", "trained on", "seconds"], part => Assert.Contains(part, html));
    }

    private string[] Line(string bench, params string[] more)
    {
        string samples = bench == "epochs" ? "8" : "0,4,8";
        string[] given = ["--programs", Path.GetDirectoryName(_work.Model)!, "--model", _work.Model, "--seeds", "2"];
        return ["bench", bench, .. given, "--samples", samples, "--steps", "30", .. more];
    }

    // Ctrl-C, at the moment at which a message is written.
    private static Outcome RunAndCancelAt(string message, string[] line)
    {
        using var cancellation = new CancellationTokenSource();
        using StringWriter output = new();
        using var error = new WatchedWriter(message, cancellation.Cancel);
        var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = output, Error = error };
        return new Outcome(Nsc.Cli.Program.Run(line, configuration, cancellation.Token), output.ToString(), error.ToString());
    }

    private static string Text(JsonElement row, string name) => row.GetProperty(name).GetString()!;

    private static double Number(JsonElement row, string name) => row.GetProperty(name).GetDouble();

    private static double GeometricMean(IEnumerable<double> values) => Math.Exp(values.Average(Math.Log));

    private sealed class WatchedWriter(string message, Action seen) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (value!.Contains(message, StringComparison.Ordinal))
            {
                seen();
            }
        }
    }
}
