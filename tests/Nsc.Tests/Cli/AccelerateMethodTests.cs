using System.Text.Json;
using Nsc.CommandLine;

namespace Nsc.Tests.Cli;

/// <summary>What takes the function's place: a net, an interpolant, a polynomial, a table, or what measurement says.</summary>
[Trait("speed", "slow")]
public sealed class AccelerateMethodTests : IDisposable
{
    private const string Series = """
        #include <math.h>
        #pragma nsc input(x, 0.1, 2)
        #pragma nsc input(y, 1, 100, log)
        double series(double x, double y)
        {
            double sum = 0;
            for (int i = 1; i < 200; i++)
                sum += exp(-x * i) * cos(log(y)) / i;
            return sum;
        }
        """;

    private readonly Workplace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public void Measurement_chooses_the_fastest_method_that_keeps_the_bound()
    {
        string output = _work["series.nn.c"];
        Outcome outcome = Accelerate(Series, output, "auto", "--max-error", "0.02", "--json");
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        JsonElement[] front = [.. outcome.Json.GetProperty("front").EnumerateArray()];
        Assert.Equal(["net", "chebyshev", "polynomial", "table"], front.Select(f => f.GetProperty("method").GetString()).Distinct());
        JsonElement taken = front.Single(f => f.GetProperty("isTaken").GetBoolean());
        Assert.True(taken.GetProperty("isOk").GetBoolean());
        Assert.Equal(front.Where(f => f.GetProperty("isOk").GetBoolean()).Min(f => f.GetProperty("ns").GetDouble()), taken.GetProperty("ns").GetDouble());
        Assert.NotEqual("net", taken.GetProperty("method").GetString());
        Assert.Equal(taken.GetProperty("method").GetString(), outcome.Json.GetProperty("method").GetString());
        Assert.InRange(outcome.Json.GetProperty("error").GetProperty("bounds")[0].GetProperty("maxError").GetDouble(), 1e-9, 0.02);
        Assert.Contains("series_original", File.ReadAllText(output), StringComparison.Ordinal);
    }

    [Fact]
    public void A_method_can_be_asked_for()
    {
        string output = _work["series.nn.c"];
        Outcome outcome = Accelerate(Series, output, "chebyshev", "--max-error", "0.05");
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        Assert.StartsWith("// A Chebyshev interpolant of series: degrees ", File.ReadAllText(output), StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_method_cannot_do_is_said()
    {
        const string Whole = "double whole(double x, int n) { return x * n; }\n", Many = "double many(const double p[6]) { return p[0] + p[1] * p[2] + p[3] * p[4] + p[5]; }\n";
        Outcome chebyshev = Accelerate(Whole, _work["o.c"], "chebyshev"), table = Accelerate(Many, _work["o.c"], "table"), size = Accelerate(Series, _work["o.c"], "table", "--topology", "8-8");
        Assert.Equal((int)ExitCode.Usage, chebyshev.ExitCode);
        Assert.Contains("'whole': a Chebyshev interpolant has no inputs that are whole numbers", chebyshev.Error, StringComparison.Ordinal);
        Assert.Contains("'many': a table has at most 5 inputs, not 6", table.Error, StringComparison.Ordinal);
        Assert.Equal((int)ExitCode.Usage, size.ExitCode);
        Assert.Contains("--topology is the size of a net; --method table makes none", size.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_work["o.c"]));
    }

    [Fact]
    public void A_grid_on_which_the_program_fails_gives_no_table()
    {
        Outcome outcome = Accelerate("#include <math.h>\n#pragma nsc input(x, -1, 1)\ndouble root(double x) { return sqrt(x + 0.9); }\n", _work["o.c"], "table");
        Assert.Equal((int)ExitCode.Refused, outcome.ExitCode);
        Assert.Contains("no table: the program fails at ", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_net_answers_blocks_of_a_loop_s_rows_unless_it_is_to_stay()
    {
        const string Mapped = Series + "\nvoid all(int n, double *out, const double *x)\n{\n    for (int i = 0; i < n; i++)\n        out[i] = series(x[i], 10);\n}\n";
        string output = _work["series.nn.c"];
        string[] options = ["--function", "series", "--force"];
        Outcome blocks = Accelerate(Mapped, output, "net", options);
        Assert.True(blocks.ExitCode == 0, blocks.Error);
        Assert.Contains("  by blocks of rows: the loop in line 13\n", blocks.Output, StringComparison.Ordinal);
        Assert.Contains("series_answers_block(nsc_in", File.ReadAllText(output), StringComparison.Ordinal);
        foreach (string[] other in (string[][])[["net", "--keep-loops"], ["chebyshev"]])
        {
            Outcome kept = Accelerate(Mapped, output, other[0], [.. options, .. other[1..], "--json"]);
            Assert.Empty(kept.Json.GetProperty("loops").EnumerateArray());
            Assert.DoesNotContain("series_answers_block", File.ReadAllText(output), StringComparison.Ordinal);
        }
    }

    private Outcome Accelerate(string source, string output, string method, params string[] options) => Workplace.Run(
        ["accelerate", _work.Write("f.c", source), "-o", output, "--method", method, "--model", _work.Model, "--samples", "256", "--steps", "20", "--held-out", "2048", .. options]);
}
