using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using Nsc.CommandLine;

namespace Nsc.Tests.Cli;

/// <summary>The whole way from a C file to a faster one.</summary>
[Trait("speed", "slow")]
public sealed class AccelerateTests : IDisposable
{
    private const string Slow = """
        #include <math.h>
        static double settle(double x, double rate);
        double twice(double x, double rate) { return 2 * settle(x, rate); }
        #pragma nsc input(x, -1, 1)
        #pragma nsc input(rate, 0.5, 1)
        static double settle(double x, double rate)
        {
            static const double trim[2000] = { 1e-9, 0, 1e-9 };
            for (int i = 0; i < 3000; i++)
                x -= rate / 3000 * sin(x + i * 0.001);
            return x + trim[(int)(1999 * rate) % 2000];
        }
        """;

    private readonly Workplace _work = new();

    private delegate double Binary(double x, double y);

    public void Dispose() => _work.Dispose();

    [Fact]
    public void An_expensive_function_is_replaced_wherever_it_is_called()
    {
        string source = _work.Write("slow.c", Slow), output = _work["slow.nn.c"];
        Outcome outcome = Accelerate(source, "--function", "settle", "--max-error", "0.1", "-o", output, "--json");
        Assert.Equal((int)ExitCode.Success, outcome.ExitCode);
        Assert.Contains("a computed index selects among more than 1024 elements: it starts from random weights", outcome.Error);
        JsonElement json = outcome.Json, error = json.GetProperty("error");
        Assert.Equal("random", json.GetProperty("init").GetString());
        Assert.True(json.GetProperty("speedUp").GetDouble() > 2);
        Assert.InRange(error.GetProperty("bounds")[0].GetProperty("maxError").GetDouble(), 1e-9, 0.1);

        Binary exact = Twice(source), fast = Twice(output);
        var random = new Random(1);
        double[] inside = [.. Enumerable.Range(0, 2000).Select(_ => (X: (2 * random.NextDouble()) - 1, Rate: 0.5 + (random.NextDouble() / 2)))
            .Select(p => Math.Abs(exact(p.X, p.Rate) - fast(p.X, p.Rate)))];
        Assert.InRange(inside.Count(e => e > 2 * 0.1), 0, 40);
        Assert.Contains(inside, e => e > 0);
        Assert.All(Enumerable.Range(0, 50), i => Assert.Equal(exact(1.1 + i, 0.7), fast(1.1 + i, 0.7)));
        Assert.Equal(exact(0, 3), fast(0, 3));
    }

    [Fact]
    public void A_cheap_function_is_kept_unless_the_user_insists()
    {
        string source = _work.Write("cheap.c", "double cheap(double x) { return 0.5 * x; }\n"), output = _work["cheap.nn.c"];
        Outcome refused = Accelerate(source, "-o", output);
        Assert.Equal((int)ExitCode.QualityMissed, refused.ExitCode);
        Assert.Contains("the program itself is faster", refused.Error);
        Assert.False(File.Exists(output));
        Assert.Contains("of them ask the original", Accelerate(source, "-o", output, "--max-error", "1e-12").Error);
        Assert.Equal(0, Accelerate(source, "-o", output, "--force").ExitCode);
        Assert.Contains("cheap_original", File.ReadAllText(output));
    }

    [Fact]
    public void A_profile_may_widen_the_ranges_and_small_values_may_count_as_much_as_large_ones()
    {
        string source = _work.Write("grow.c", "#include <math.h>\n#pragma nsc input(x, 0, 1)\ndouble grow(double x) { return exp(8 * x); }\n"), output = _work["grow.nn.c"];
        string profile = _work.Write("mine.csv", "x,y\n,1\n" + string.Concat(Enumerable.Range(0, 301).Select(i => FormattableString.Invariant($"{i / 200.0},1\n"))));
        Outcome outcome = Accelerate(source, "--inputs", profile, "--missing", "skip", "--extend-ranges", "--loss", "relative", "-o", output, "--force");
        Assert.Equal(0, outcome.ExitCode);
        Assert.Contains("1 row of 'mine.csv' has a missing cell", outcome.Error);
        Assert.DoesNotContain("outside of the ranges", outcome.Error);
        string text = File.ReadAllText(output);
        Assert.Matches(@"_within\(in \+ 0, 0\.0\d*, 1\.(4\d*|5)\)", text); // What the rows cover that were trained on.
        Assert.Contains("grow_surrogate_exp(", text);
    }

    [Fact]
    public void What_the_front_end_refuses_is_refused()
    {
        string source = _work.Write("bad.c", "int getpid(void);\ndouble f(double x) { return x + getpid(); }\n");
        Outcome outcome = Accelerate(source, "-o", _work["bad.nn.c"]);
        Assert.Equal((int)ExitCode.Refused, outcome.ExitCode);
        Assert.Contains("getpid", outcome.Error);
    }

    private Outcome Accelerate(string source, params string[] options) => Workplace.Run(
        ["accelerate", source, "--model", _work.Model, "--samples", "512", "--steps", "40", "--held-out", "2048", .. options]);

    private static Binary Twice(string source)
    {
        string library = Path.ChangeExtension(source, ".so");
        using Process process = Process.Start("gcc", ["-O2", "-shared", "-fPIC", source, "-lm", "-o", library]);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return Marshal.GetDelegateForFunctionPointer<Binary>(NativeLibrary.GetExport(NativeLibrary.Load(library), "twice"));
    }
}
