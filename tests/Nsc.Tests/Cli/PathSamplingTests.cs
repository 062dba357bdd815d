using System.Text.Json;
using Nsc.CommandLine;

namespace Nsc.Tests.Cli;

/// <summary>Sampling and measuring along the paths through a program.</summary>
public sealed class PathSamplingTests : IDisposable
{
    private const string Rare = """
        #include <math.h>
        #pragma nsc inputs(0, 1)
        double rare(double x, double y)
        {
            if (x > 0.98)
                return 3 + y * y;
            return x * y + 0.1 * sin(3 * x);
        }
        """;

    private readonly Workplace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public void A_branch_that_is_seldom_taken_is_learned_better_from_spread_samples()
    {
        string surrogate = Compile("rare.c", Rare);
        (string uniform, string spread) = (_work["uniform"], _work["spread"]);
        Assert.Equal(0, Workplace.Run("finetune", surrogate, "--samples", "200", "-o", uniform).ExitCode);
        Outcome tuned = Workplace.Run("finetune", surrogate, "--samples", "200", "--sampling", "paths", "-o", spread, "--json");
        Assert.Equal(0, tuned.ExitCode);
        Assert.Equal(200, tuned.Json.GetProperty("samples").GetInt32());

        // What is said of the error is said of uniform inputs, new ones.
        double estimated = tuned.Json.GetProperty("estimatedNmse").GetDouble();
        Assert.Equal("fresh", tuned.Json.GetProperty("estimatedBy").GetString());
        Assert.True(RareError(spread) < RareError(uniform) / 1.5, $"{RareError(spread)} against {RareError(uniform)}");
        Assert.InRange(estimated, 1e-9, 1);
    }

    [Fact]
    public void Eval_shows_the_error_on_each_path_with_its_line()
    {
        string surrogate = Compile("rare.c", Rare);
        Outcome json = Workplace.Run("eval", surrogate, "--samples", "400", "--paths", "--json"), text = Workplace.Run("eval", surrogate, "--samples", "400", "--paths");
        JsonElement[] paths = [.. json.Json.GetProperty("paths").EnumerateArray()];
        Assert.Equal(2, paths.Length);
        Assert.InRange(paths[0].GetProperty("probability").GetDouble(), 0.97, 0.99);
        Assert.Equal(1, paths.Sum(p => p.GetProperty("probability").GetDouble()), 9);
        Assert.Equal([200, 200], paths.Select(p => p.GetProperty("samples").GetInt32()));
        JsonElement condition = Assert.Single(paths[1].GetProperty("conditions").EnumerateArray());
        Assert.Equal((5, "0.98 < x", true), (condition.GetProperty("line").GetInt32(), condition.GetProperty("condition").GetString(), condition.GetProperty("holds").GetBoolean()));
        Assert.Contains("rare.c:5: 0.98 < x", text.Output);
        Assert.Contains("1 yes", text.Output);
    }

    [Fact]
    public void The_rows_of_a_file_are_sorted_by_their_paths()
    {
        string surrogate = Compile("rare.c", Rare);
        string table = _work.Write("rows.csv", "x,y,return\n0.1,0.2,0.05\n0.5,0.5,0.35\n0.99,0.5,3.25\n0.2,0.9,0.24\n");
        JsonElement[] paths = [.. Workplace.Run("eval", surrogate, "--data", table, "--paths", "--json").Json.GetProperty("paths").EnumerateArray()];
        Assert.Equal([0.75, 0.25], paths.Select(p => p.GetProperty("probability").GetDouble()));
        Assert.Equal([3, 1], paths.Select(p => p.GetProperty("samples").GetInt32()));
    }

    [Fact]
    public void A_program_without_branches_has_one_path_and_can_be_sampled_all_the_same()
    {
        string surrogate = Compile("plain.c", "double plain(double x) { return x * x; }\n");
        Assert.Equal(0, Workplace.Run("finetune", surrogate, "--samples", "64", "--sampling", "paths").ExitCode);
        Assert.Contains("plain has one path: it does not branch", Workplace.Run("eval", surrogate, "--samples", "64", "--paths").Output);
    }

    [Fact]
    public void What_cannot_be_spread_is_refused_with_a_reason()
    {
        string surrogate = Compile("rare.c", Rare);
        Outcome rows = Workplace.Run("finetune", surrogate, "--sampling", "paths", "--data", _work.Write("rows.csv", "x,y,return\n0.1,0.2,0.05\n"));
        Assert.Equal((int)ExitCode.Usage, rows.ExitCode);
        Assert.Contains("--sampling paths", rows.Error);
        Assert.Equal((int)ExitCode.Usage, Workplace.Run("finetune", surrogate, "--sampling", "evenly").ExitCode);

        const string Long = "#include <math.h>\n#pragma nsc inputs(0, 1)\ndouble rare(double x, double y) { for (int i = 0; i < 100000; i++) x = sin(x + y * i); return x; }\n";
        Outcome tooLong = Workplace.Run("finetune", surrogate, "--sampling", "paths", "--program", _work.Write("long.c", Long));
        Assert.Equal((int)ExitCode.Refused, tooLong.ExitCode);
        Assert.Contains("needs more than", tooLong.Error);
    }

    private string Compile(string name, string source)
    {
        string surrogate = _work[name + ".surrogate"];
        Assert.Equal(0, Workplace.Run("compile", _work.Write(name, source), "-o", surrogate).ExitCode);
        return surrogate;
    }

    private static double RareError(string surrogate) =>
        Workplace.Run("eval", surrogate, "--samples", "1000", "--paths", "--json").Json.GetProperty("paths")[1].GetProperty("nmse").GetDouble();
}
