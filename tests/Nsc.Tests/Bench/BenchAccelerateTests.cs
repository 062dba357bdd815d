// The comparison of every approximation of a program, and what is advised.

using System.Text.Json;
using Nsc.Bench.Accelerating;
using Nsc.CommandLine;
using Nsc.Core.Programs;
using Nsc.Tests.Cli;

namespace Nsc.Tests.Bench;

[Trait("speed", "slow")]
public sealed class BenchAccelerateTests : IDisposable
{
    private readonly Workplace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public void Every_method_is_measured_beside_the_program_and_the_advice_is_judged()
    {
        Directory.CreateDirectory(_work["c"]);
        _work.Write("c/decay.c", """
            #include <math.h>
            #pragma nsc input(x, 0, 2)
            double decay(double x)
            {
                double sum = 0;
                for (int i = 1; i < 100; i++)
                    sum += exp(-x * i) / i / i;
                return sum;
            }
            """);
        Outcome outcome = Workplace.Run("bench", "accelerate", "--programs", _work["c"], "--model", _work.Model, "--samples", "64", "--steps", "10", "--held-out", "1024", "--json");
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        JsonElement[] rows = [.. outcome.Json.GetProperty("rows").EnumerateArray()];
        string[] methods = [.. rows.Select(r => r.GetProperty("method").GetString()!).Distinct()];
        Assert.Equal(["-Ofast", "chebyshev", "float -Ofast", "net", "polynomial", "program", "table"], methods.Order(StringComparer.Ordinal));
        JsonElement[] Of(string method) => [.. rows.Where(r => r.GetProperty("method").GetString() == method)];
        double Nmse(string method) => Of(method).Min(r => r.GetProperty("nmse").GetDouble());
        Assert.Equal(0, Nmse("program"));
        Assert.InRange(Nmse("-Ofast"), 0, 1e-24);
        Assert.InRange(Nmse("float -Ofast"), 1e-18, 1e-10);
        Assert.InRange(Nmse("chebyshev"), 0, 1e-12);
        JsonElement advice = outcome.Json.GetProperty("advice")[0];
        Assert.True(advice.GetProperty("advisedNs").GetDouble() < advice.GetProperty("originalNs").GetDouble());
        Assert.Contains(rows, r => r.GetProperty("isOnFront").GetBoolean() && r.GetProperty("ns").GetDouble() == rows.Min(o => o.GetProperty("ns").GetDouble()));
    }

    [Fact]
    public void Applications_that_are_missing_are_named()
    {
        Directory.CreateDirectory(_work["none"]);
        Outcome outcome = Workplace.Run("bench", "accelerate", "--programs", _work["none"], "--applications", _work["none"]);
        Assert.Equal((int)ExitCode.Refused, outcome.ExitCode);
        Assert.Contains("has no develop.c, orbit.c, pricing.c", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_in_single_precision_has_its_literals_and_functions_in_it_too()
    {
        var signature = new ProgramSignature("f", "double f(double x);", [], []);
        CProgram single = SinglePrecision.Of(new CProgram("f.c", "double sin(double);\nstatic const double a1e5 = 1e-3;\nint n = 12;\ndouble f(double x) { return 0.5 * sin(x) + a1e5 + .25e2 + x1.e; }", "", signature));
        Assert.Equal("float sinf(float);\nstatic const float a1e5 = 1e-3f;\nint n = 12;\nfloat f(float x) { return 0.5f * sinf(x) + a1e5 + .25e2f + x1.e; }", single.Source);
    }
}
