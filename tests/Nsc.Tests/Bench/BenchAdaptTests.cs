// The comparison on programs that have changed: ours with and without the program, and constants that are found.

using System.Text.Json;
using Nsc.CommandLine;
using Nsc.Tests.Cli;
using Nsc.Tests.Training;

namespace Nsc.Tests.Bench;

[Collection(nameof(TorchCollection))]
public sealed class BenchAdaptTests : IDisposable
{
    private readonly Workplace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public void The_program_makes_few_rows_enough_and_a_changed_constant_is_found()
    {
        Directory.CreateDirectory(_work["c"]);
        _work.Write("c/programs.c", """
            #include <math.h>
            #pragma nsc inputs(0, 2)
            double swing(double x, double y) { return sin(3 * x) * exp(0.7 * y) + 0.4 * x * y; }
            #pragma nsc inputs(0, 2)
            double glide(double x, double y) { return sqrt(1.5 + x) * cos(2.5 * y) - 0.2 * x; }
            """);
        Outcome outcome = Workplace.Run("bench", "adapt", "--programs", _work["c"], "--model", _work.Model, "--only", "gp-rbf", "--peers", _work["none"], "--rows", "8", "--noise", "0.01", "--seeds", "2", "--json");
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        JsonElement[] rows = [.. outcome.Json.GetProperty("rows").EnumerateArray()];
        Assert.Equal(["nsc", "nsc-rows-alone", "random"], rows.Select(r => r.GetProperty("method").GetString()).Distinct().Order(StringComparer.Ordinal));
        double Of(string method, bool isConstant) => rows.Single(r => r.GetProperty("method").GetString() == method && r.GetProperty("isConstant").GetBoolean() == isConstant).GetProperty("nmse").GetDouble();
        Assert.True(Of("nsc", isConstant: true) < 0.1 * Of("random", isConstant: true));
        Assert.Contains(outcome.Json.GetProperty("calibrations").EnumerateArray(), c => c.GetProperty("isFound").GetBoolean());
    }
}
