// Which samples reach training, and what the user is told about the others.

using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.FrontEnd.Execution;
using Nsc.FrontEnd.Sampling;

namespace Nsc.Tests.FrontEnd.Execution;

public class ProgramSamplerTests(Sandbox sandbox) : IClassFixture<Sandbox>
{
    [Fact]
    public void As_many_samples_as_asked_for_hold_the_programs_values()
    {
        var (samples, diagnostics) = Draw("double f(double x, double y) { return x - y; }", 500);
        Assert.Empty(diagnostics);
        Assert.Equal(500, samples.Count);
        Assert.All(Enumerable.Range(0, 500), i => Assert.Equal(samples.Inputs(i)[0] - samples.Inputs(i)[1], samples.Outputs(i)[0]));
        Assert.All(samples.X, x => Assert.InRange(x, -1, 1));
    }

    [Fact]
    public void The_same_seed_gives_the_same_samples_and_another_seed_others()
    {
        const string Source = "#include <math.h>\ndouble f(double x, double y) { return sqrt(x) + y; }";
        SampleSet first = Draw(Source, 100, seed: 5).Samples, second = Draw(Source, 100, seed: 5).Samples, third = Draw(Source, 100, seed: 6).Samples;
        Assert.Equal(first.X, second.X);
        Assert.Equal(first.Y, second.Y);
        Assert.NotEqual(first.X, third.X);
    }

    [Fact]
    public void Bad_samples_are_replaced_and_reported_once_for_each_kind()
    {
        var (samples, diagnostics) = Draw(
            "#include <math.h>\ndouble f(double x, double y) { if (y > 0.8) *(volatile int *)0 = 1; return sqrt(x); }", 200);
        Assert.Equal(200, samples.Count);
        Assert.All(Enumerable.Range(0, 200), i => Assert.True(samples.Inputs(i)[0] >= 0 && samples.Inputs(i)[1] <= 0.8));
        Assert.All(diagnostics, d => Assert.Equal(Severity.Warning, d.Severity));
        Assert.Equal(["sample-crashed", "sample-not-finite"], diagnostics.Select(d => d.Id).Order());
        Assert.Contains("first at x=-0.", diagnostics.Single(d => d.Id == "sample-not-finite").Message);
    }

    [Fact]
    public void A_program_that_always_crashes_gives_no_samples_and_an_error_that_says_so()
    {
        var (samples, diagnostics) = Draw("double f(double x, double y) { return *(volatile double *)8; }", 50);
        Assert.Equal(0, samples.Count);
        Diagnostic error = Assert.Single(diagnostics, d => d.Severity == Severity.Error);
        Assert.Equal("too-few-samples", error.Id);
        Assert.Contains("every sample crashed", error.Message);
        Assert.Contains("bad memory access", error.Hint);
    }

    [Fact]
    public void A_program_that_never_returns_ends_in_an_error_soon()
    {
        var (samples, diagnostics) = Draw("double f(double x, double y) { volatile int go = 1; while (go) { } return x; }", 1000);
        Assert.Equal(0, samples.Count);
        Assert.Contains("took too long", Assert.Single(diagnostics, d => d.Severity == Severity.Error).Message);
    }

    [Fact]
    public void A_function_defined_almost_nowhere_gives_what_there_is_and_an_error()
    {
        var (samples, diagnostics) = Draw("#include <math.h>\ndouble f(double x, double y) { return sqrt(x - 0.99); }", 400);
        Assert.InRange(samples.Count, 1, 399);
        Assert.Contains($"only {samples.Count} of 400", Assert.Single(diagnostics, d => d.Severity == Severity.Error).Message);
    }

    private (SampleSet Samples, DiagnosticBag Diagnostics) Draw(string source, int count, ulong seed = 1)
    {
        var diagnostics = new DiagnosticBag();
        CProgram program = Sandbox.Program(source);
        using NativeProgram native = sandbox.Compile(program, diagnostics)!;
        return (ProgramSampler.Draw(program, native, count, seed, diagnostics, TestContext.Current.CancellationToken), diagnostics);
    }
}
