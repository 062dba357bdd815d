// nsc tune from the command line: bounds, several targets, calibration, and a program whose dataflow is approximate.

using System.Text.Json;
using Nsc.CommandLine;

namespace Nsc.Tests.Cli;

public sealed class TuneTests : IDisposable
{
    private const string Beam = """
        #include <math.h>
        #pragma nsc input(width, 1, 5)
        #pragma nsc input(height, 1, 10)
        #pragma nsc input(load, 0, 4)
        typedef struct { double weight, sag; } Beam;
        Beam beam(double width, double height, double load) { Beam b = { width * height, load / (width * height * height * height) * 100 }; return b; }
        """;

    private readonly Workplace _work = new();

    public void Dispose() => _work.Dispose();

    private string Compiled(string text)
    {
        Outcome compiled = Workplace.Run("compile", _work.Write("f.c", text), "-o", _work["f.surrogate"], "--model", _work.Model);
        Assert.True(compiled.ExitCode == 0, compiled.Error);
        return _work["f.surrogate"];
    }

    private static double Number(JsonElement json, params string[] path) => path.Aggregate(json, (j, name) => j.GetProperty(name)).GetDouble();

    [Fact]
    public void A_bound_on_another_output_holds_at_the_least_one()
    {
        string path = Compiled(Beam);
        JsonElement found = Workplace.Run("tune", path, "--minimize", "return.weight", "--subject-to", "return.sag<=0.5", "--fix", "load=2", "--json", "--report", _work["r.html"]).Json;
        Assert.Equal("dataflow", found.GetProperty("proposer").GetString());
        Assert.True(found.GetProperty("agrees").GetBoolean());
        Assert.InRange(Number(found, "outputs", "return.sag"), 0.49, 0.5);
        Assert.Equal(Math.Cbrt(400), Number(found, "outputs", "return.weight"), 1e-3); // Of height^3 >= 400 / width the narrowest one is the lightest.
        Assert.Equal((1, 2), (Math.Round(Number(found, "inputs", "width"), 4), Number(found, "inputs", "load")));
        Assert.Contains("Least merit", File.ReadAllText(_work["r.html"]), StringComparison.Ordinal);

        Outcome impossible = Workplace.Run("tune", path, "--minimize", "return.weight", "--subject-to", "return.sag>=1e6", "--calls", "20");
        Assert.Equal((int)ExitCode.QualityMissed, impossible.ExitCode);
        Assert.Contains("not reached: return.sag is ", impossible.Error);
    }

    [Fact]
    public void Two_outputs_give_their_front()
    {
        string path = Compiled(Beam);
        Outcome outcome = Workplace.Run("tune", path, "--minimize", "return.weight", "--minimize", "return.sag", "--fix", "load=2", "--json", "--report", _work["r.html"]);
        JsonElement[] points = [.. outcome.Json.GetProperty("front").EnumerateArray()];
        double[] weights = [.. points.Select(p => Number(p, "outputs", "return.weight"))], sags = [.. points.Select(p => Number(p, "outputs", "return.sag"))];
        Assert.InRange(points.Length, 6, 12);
        Assert.Equal((1, 50), (Math.Round(weights[0], 6), Math.Round(weights[^1], 6)));
        Assert.Equal(weights.Order(), weights);
        Assert.Equal(sags.OrderDescending(), sags);

        // Up to a height of 10 the narrowest beam is the best; then it grows wider.
        Assert.All(weights.Zip(sags), p => Assert.Equal(200 / (p.First <= 10 ? p.First * p.First * p.First : p.First * 100), p.Second, 0.01 * p.Second));
        Assert.Contains("Front", File.ReadAllText(_work["r.html"]), StringComparison.Ordinal);
        Assert.StartsWith("width,height,load,return.weight,return.sag", Workplace.Run("tune", path, "--minimize", "return.weight", "--maximize", "return.sag").Output);
    }

    [Fact]
    public void Several_targets_are_met_together()
    {
        JsonElement found = Workplace.Run("tune", Compiled(Beam), "--target", "return.weight=12", "--target", "return.sag=0.3", "--json").Json;
        Assert.True(found.GetProperty("reached").GetBoolean());
        Assert.Equal(12, Number(found, "outputs", "return.weight"), 1e-3);
        Assert.Equal(0.3, Number(found, "outputs", "return.sag"), 1e-3);
    }

    [Fact]
    public void What_was_observed_gives_back_the_inputs_that_were_not()
    {
        string path = Compiled(Beam), rows = string.Concat(Enumerable.Range(1, 6).Select(i => FormattableString.Invariant($"{0.5 * i},{0.5 * i / (2 * 27.0) * 100}\n")));
        JsonElement found = Workplace.Run("tune", path, "--data", _work.Write("seen.csv", "load,return.sag\n" + rows), "--fix", "height=3", "--json").Json;
        Assert.Equal(2, Number(found, "inputs", "width"), 1e-4);
        Assert.InRange(Number(found, "rootMeanSquare"), 0, 1e-4);
        Assert.False(found.GetProperty("inputs").TryGetProperty("load", out _));

        string gaps = _work.Write("gaps.csv", "load,return.sag\n,7\n" + rows);
        Assert.Contains("not a finite number", Workplace.Run("tune", path, "--data", gaps, "--fix", "height=3").Error);
        Outcome skipped = Workplace.Run("tune", path, "--data", gaps, "--missing", "skip", "--fix", "height=3", "--json");
        Assert.Equal(2, Number(skipped.Json, "inputs", "width"), 1e-4);
        Assert.Contains("1 row of 'gaps.csv' has a missing cell", skipped.Error);

        Assert.Equal((int)ExitCode.Refused, Workplace.Run("tune", path, "--data", _work.Write("no.csv", "load\n1\n")).ExitCode);
        Assert.Contains("nothing to look for", Workplace.Run("tune", path, "--data", _work["seen.csv"], "--fix", "height=3", "--fix", "width=2").Error);
    }

    [Fact]
    public void An_approximate_dataflow_and_samples_that_are_there_need_few_calls()
    {
        // The loop goes on for as long as the data say, and the graph is cut.
        string path = Compiled("#pragma nsc input(x, 0.5, 3)\ndouble root(double x) { double r = x; while (r * r - x > 1e-9 || x - r * r > 1e-9) r = (r + x / r) / 2; return (r - 1.2) * (r - 1.2); }\n");
        JsonElement found = Workplace.Run("tune", path, "--minimize", "return", "--calls", "20", "--json").Json;
        Assert.NotEqual("dataflow", found.GetProperty("proposer").GetString());
        Assert.InRange(found.GetProperty("programCalls").GetInt32(), 1, 20);
        Assert.Equal(1.44, Number(found, "inputs", "x"), 0.02);

        Workplace.Run("sample", _work["f.c"], "-n", "16", "-o", _work["rows.csv"]);
        Assert.Equal(1.44, Number(Workplace.Run("tune", path, "--minimize", "return", "--calls", "8", "--data", _work["rows.csv"], "--json").Json, "inputs", "x"), 0.05);
    }

    [Theory]
    [InlineData("--minimize", "return.sag", "--maximize", "return.sag")]
    [InlineData("--minimize", "return.sag", "--target", "return.weight=3")]
    [InlineData("--subject-to", "return.sag<=1")]
    [InlineData("--minimize", "return.sag", "--subject-to", "return.weight=1")]
    [InlineData("--minimize", "return.sag", "--subject-to", "nothing<=1")]
    [InlineData("--target", "return.sag=1", "--target", "return.sag=2")]
    public void Goals_that_make_no_sense_are_refused(params string[] goal) =>
        Assert.Equal((int)ExitCode.Usage, Workplace.Run(["tune", Compiled(Beam), .. goal]).ExitCode);
}
