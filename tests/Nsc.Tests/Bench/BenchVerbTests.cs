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

    private string[] Line(string bench, params string[] more)
    {
        string samples = bench == "epochs" ? "8" : "0,4,8";
        string[] given = ["--programs", Path.GetDirectoryName(_work.Model)!, "--model", _work.Model, "--seeds", "2"];
        return ["bench", bench, .. given, "--samples", samples, "--steps", "30", .. more];
    }

    private static string Text(JsonElement row, string name) => row.GetProperty(name).GetString()!;

    private static double Number(JsonElement row, string name) => row.GetProperty(name).GetDouble();

    private static double GeometricMean(IEnumerable<double> values) => Math.Exp(values.Average(Math.Log));
}
