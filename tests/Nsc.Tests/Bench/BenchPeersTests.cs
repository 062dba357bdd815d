using System.Text.Json;
using Nsc.CommandLine;
using Nsc.Core.Files;
using Nsc.Tests.Cli;
using Nsc.Tests.Training;

namespace Nsc.Tests.Bench;

/// <summary>The comparison with peers, from the command line, with a peer of our own that predicts the nearest sample.</summary>
[Collection(nameof(TorchCollection))]
public sealed class BenchPeersTests : IDisposable
{
    private const string Nearest = """
        import json, struct, sys
        if "--identify" in sys.argv:
            print("nearest 1")
            sys.exit()
        with open(sys.argv[1], "rb") as file, open(__file__ + ".asked", "a") as asked:
            while head := file.read(24):
                inputs, width, training, held_out, test, steps = struct.unpack("<6i", head)
                rows = [struct.unpack(f"<{inputs}d", file.read(8 * inputs)) for _ in range(training + held_out + test)]
                targets = struct.unpack(f"<{training + held_out}d", file.read(8 * (training + held_out)))
                known = rows[:training + held_out]
                nearest = [min(range(len(known)), key=lambda k: sum((a - b) ** 2 for a, b in zip(known[k], row))) for row in rows[training + held_out:]]
                print(json.dumps({"steps": 1, "seconds": 0.5, "predictions": [targets[k] for k in nearest], "rowSeconds": 1e-6, "bytes": 8 * len(known)}), flush=True)
                asked.write("x")
        """;

    private readonly Workplace _work = new();

    public BenchPeersTests()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/python3") || ExecutablePath.Find("python3") is not null, "there is no python3");
        Directory.CreateDirectory(_work["c"]);
        Directory.CreateDirectory(_work["peers"]);
        _work.Write("c/programs.c", "double plane(double x, double y) { return x + 2 * y; }\nvoid two(double x, double out[2]) { out[0] = x * x; out[1] = x - 1; }\n");
        _work.Write("peers/sklearn_regressors.py", Nearest);
    }

    private int Asked => File.Exists(_work["peers/sklearn_regressors.py.asked"]) ? File.ReadAllText(_work["peers/sklearn_regressors.py.asked"]).Length : 0;

    public void Dispose() => _work.Dispose();

    [Fact]
    public void Ours_and_each_peer_are_judged_on_the_same_points_and_kept_answers_are_not_asked_for_again()
    {
        string[] line = Line("--json", "--only", "gp-rbf,fann", "--peer-cache", _work["kept"]);
        Outcome first = Workplace.Run(line);
        Assert.Equal((int)ExitCode.Success, first.ExitCode);
        Assert.Contains("fann is left out", first.Error);
        Assert.Equal(2 * 3, Asked); // Counts, outputs of both programs.
        JsonElement[] rows = [.. first.Json.GetProperty("rows").EnumerateArray()];
        Assert.Equal(["gp-rbf", "nsc", "nsc-interpreted", "random"], rows.Select(r => Text(r, "method")).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(4 * 2 * 2, rows.Length);
        JsonElement[] peer = [.. rows.Where(r => Text(r, "method") == "gp-rbf" && Text(r, "program") == "programs:plane")];
        Assert.All(peer, r => Assert.InRange(Number(r, "nmse"), 1e-4, 1));
        Assert.True(Number(peer[1], "nmse") < Number(peer[0], "nmse"));
        Assert.Equal((0.5, 1000.0, 64.0), (Number(peer[0], "seconds"), Math.Round(Number(peer[0], "rowNanoseconds"), 6), Number(peer[0], "bytes")));

        Outcome second = Workplace.Run(line);
        Assert.Equal(2 * 3, Asked);
        Assert.Equal(
            rows.Select(r => (Text(r, "method"), Number(r, "nmse"))), second.Json.GetProperty("rows").EnumerateArray().Select(r => (Text(r, "method"), Number(r, "nmse"))));

        _work.Write("peers/sklearn_regressors.py", Nearest + "# another text");
        Workplace.Run(line);
        Assert.Equal(2 * 2 * 3, Asked);
    }

    [Fact]
    public void The_table_says_where_a_peer_wins()
    {
        Outcome outcome = Workplace.Run(Line("--only", "gp-rbf", "--details"));
        Assert.Equal((int)ExitCode.Success, outcome.ExitCode);
        Assert.All((string[])["best of peers", "8 samples: a peer wins on ", "32 samples: a peer wins on ", "gp-rbf: scikit-learn", "programs:two, 32 samples: nsc "], part => Assert.Contains(part, outcome.Output));
        Assert.DoesNotContain("fann", outcome.Error);
    }

    [Fact]
    public void A_peer_is_an_arm_of_bench_data_wherever_there_are_samples()
    {
        string report = _work["data.html"];
        Outcome outcome = Workplace.Run(
            "bench", "data", "--programs", _work["c"], "--model", _work.Model, "--peers", _work["peers"], "--arms", "gp-rbf,dataflow,chebyshev", "--samples", "0,8", "--seeds", "2",
            "--steps", "10", "--json", "--report", report);
        Assert.Equal((int)ExitCode.Success, outcome.ExitCode);
        JsonElement[] rows = [.. outcome.Json.EnumerateArray()];
        Assert.Equal(["random 0", "dataflow 0", "random 8", "dataflow 8", "gp-rbf 8", "chebyshev 8"], rows.Select(r => $"{Text(r, "arm")} {Number(r, "samples")}"));
        Assert.InRange(Number(rows[5], "nmseGeomean"), 0.9e-8, 1e-7); // Eight points give a plane and a parabola.
        Assert.Contains("<td>gp-rbf</td><td>8</td>", File.ReadAllText(report));
        Assert.Equal((int)ExitCode.Usage, Workplace.Run("bench", "data", "--programs", _work["c"], "--arms", "gp-rbf,gp-rbf").ExitCode);
    }

    private string[] Line(params string[] more) =>
        ["bench", "peers", "--programs", _work["c"], "--model", _work.Model, "--peers", _work["peers"], "--samples", "8,32", "--seeds", "1", .. more];

    private static string Text(JsonElement row, string name) => row.GetProperty(name).GetString()!;

    private static double Number(JsonElement row, string name) => row.GetProperty(name).GetDouble();
}
