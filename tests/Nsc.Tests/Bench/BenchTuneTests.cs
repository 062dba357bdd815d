using System.Text.Json;
using Nsc.CommandLine;
using Nsc.Core.Files;
using Nsc.Tests.Cli;
using Nsc.Tests.Training;

namespace Nsc.Tests.Bench;

/// <summary>The comparison of optimisers, with one of our own in place of theirs.</summary>
[Collection(nameof(TorchCollection))]
public sealed class BenchTuneTests : IDisposable
{
    // Walks along the diagonal, from one corner to the other; "bobyqa" says nonsense instead.
    private const string Walker = """
        import json, sys
        while line := sys.stdin.readline():
            asked, said, at = json.loads(line), "", 0
            while said != "stop":
                u = -1 + 2 * (at % 11) / 10
                print("nonsense" if sys.argv[1] == "bobyqa" else " ".join([repr(u)] * asked["inputs"]), flush=True)
                said, at = sys.stdin.readline().strip(), at + 1
            assert at == asked["calls"] + 1, at
            print("done", flush=True)
        """;

    private readonly Workplace _work = new();

    public BenchTuneTests()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/python3") || ExecutablePath.Find("python3") is not null, "there is no python3");
        Directory.CreateDirectory(_work["c"]);
        Directory.CreateDirectory(_work["peers"]);
        _work.Write("c/bowl.c", "#pragma nsc inputs(-1, 1)\ndouble bowl(double x, double y) { return (x - 0.2) * (x - 0.2) + (y - 0.2) * (y - 0.2) + 3; }\n"
            + "#pragma nsc inputs(0, 10)\ndouble steps(int n) { return n > 6 ? n - 6 : 6 - n; }\n");
        _work.Write("peers/tuners.py", Walker);
    }

    public void Dispose() => _work.Dispose();

    [Fact]
    public void Calls_are_counted_here_and_the_best_answer_of_the_program_counts()
    {
        Outcome outcome = Workplace.Run(
            "bench", "tune", "--programs", _work["c"], "--model", _work.Model, "--peers", _work["peers"], "--calls", "8,60", "--seeds", "1", "--minima", _work.Write("minima.txt", "bowl 3 \n# nothing\nsteps 0\n"), "--json");
        Assert.Equal((int)ExitCode.Success, outcome.ExitCode);
        Assert.Contains("bobyqa ends after 0 of 2 searches", outcome.Error);
        JsonElement[] rows = [.. outcome.Json.GetProperty("rows").EnumerateArray()];
        Assert.Equal(["annealing", "crs2", "evolution", "gp-ei", "nsc", "nsc-calls"], rows.Select(r => Text(r, "method")).Distinct().Order(StringComparer.Ordinal));
        JsonElement walked = rows.Single(r => Text(r, "method") == "crs2" && Text(r, "function") == "bowl:bowl" && Number(r, "calls") == 8);
        Assert.Equal(3, Number(walked, "value"), 1e-12);
        Assert.Equal(1e-6, Number(walked, "regret"));
        JsonElement[] whole = [.. rows.Where(r => Text(r, "function") == "bowl:steps" && Text(r, "method") == "crs2")];
        Assert.Equal([0.0, 0.0], whole.Select(r => Number(r, "value")));
        Assert.All(rows.Where(r => Text(r, "method") is "nsc" or "nsc-calls" && Number(r, "calls") == 60), r => Assert.InRange(Number(r, "regret"), 0, Text(r, "method") == "nsc" ? 1e-6 : 1e-3));
    }

    [Fact]
    public void A_least_value_that_is_no_number_is_refused() => Assert.Equal(
        (int)ExitCode.Refused, Workplace.Run("bench", "tune", "--programs", _work["c"], "--minima", _work.Write("minima.txt", "bowl least\n")).ExitCode);

    private static string Text(JsonElement row, string name) => row.GetProperty(name).GetString()!;

    private static double Number(JsonElement row, string name) => row.GetProperty(name).GetDouble();
}
