// What has no graph: each reason is a diagnostic at its place, never an exception.

using Nsc.Core.Diagnostics;
using Nsc.FrontEnd.Lowering;
using Nsc.FrontEnd.Lowering.Values;

namespace Nsc.Tests.FrontEnd.Lowering;

public sealed class GraphRefusalTests
{
    [Fact]
    public void A_table_that_is_too_large_for_selects_is_refused_at_its_line()
    {
        string table = string.Join(", ", Enumerable.Range(0, 2000));
        Diagnostic error = Assert.Single(LlvmTest.Refuse(
            $"static const double t[2000] = {{ {table} }};\n#pragma nsc input(i, 0, 1999)\ndouble f(int i, double x) {{\n    return t[i] * x;\n}}\n"));
        Assert.Equal(("table-too-large", 4), (error.Id, error.Location.Line));
        Assert.Contains("more than 1024 elements", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_graph_that_is_too_large_is_refused() => AssertRefused(
        "double f(double x) { double s = x; for (int i = 0; i < 3000; i++) s = s * x + 1; return s; }",
        "too-large", "'f' needs more than 4,096 values after unrolling");

    [Fact]
    public void An_explosion_of_operations_ends_early() => AssertRefused(
        "double f(double x) { double s = x; for (long i = 0; i < 1000000000; i++) s = s * x + i; return s; }",
        "too-large", "'f' needs more than 4,096 values after unrolling");

    [Fact]
    public void An_endless_constant_loop_ends_early() => Assert.Equal(
        "too-long", Assert.Single(LlvmTest.Refuse(LlvmTest.Unchecked("double f(double x) { unsigned i = 1; while (i) i |= 1; return x; }"))).Id);

    [Fact]
    public void A_program_that_never_returns_is_refused() => Assert.Equal(
        "no-return", Assert.Single(LlvmTest.Refuse(LlvmTest.Unchecked("double f(double x) { __builtin_unreachable(); }"))).Id);

    [Fact]
    public void Recursion_that_survives_is_refused() => Assert.Contains(
        LlvmTest.Refuse(LlvmTest.Unchecked("double f(double x) { return x > 1 ? f(x - 1) * x : 1; }")), d => d.Id == "recursion");

    [Fact]
    public void A_call_through_a_pointer_is_refused() => Assert.Contains(
        LlvmTest.Refuse(LlvmTest.Unchecked("double g(double x); double (*p)(double); double f(double x) { return p(x); }")), d => d.Id == "indirect-call");

    [Fact]
    public void An_unknown_function_is_refused_by_name() => Assert.Contains(
        LlvmTest.Refuse(LlvmTest.Unchecked("double bessel(double); double f(double x) { return bessel(x); }")),
        d => d.Message.Contains("'bessel'", StringComparison.Ordinal));

    [Fact]
    public void A_chain_of_5000_calls_is_lowered_in_few_copies()
    {
        string chain = string.Concat(Enumerable.Range(1, 5000).Select(i => $"static double g{i}(double x) {{ return g{i - 1}(x) + {i}.0 * x; }}\n"));
        Assert.Contains(
            LlvmTest.Refuse(LlvmTest.Unchecked("static double g0(double x) { return x; }\n" + chain + "double f(double x) { return g5000(x); }\n"), GraphOptions.Short),
            d => d.Id == "too-large");
    }

    [Theory]
    [InlineData("double f(double x) { double s = x; for (int i = 0; i < 1000000; i++) s = s * x + 1; return s; }", "too-long", true)]
    [InlineData("double g(int n, double x) { return n ? g(n - 1, x) * g(n - 1, x + n) + x : x; } double f(double x) { return g(70, x); }", "call-depth", true)]
    [InlineData("static const char t[1999] = { 1, 2 }; double f(double x) { return t[(int)(x * 400 + 450)]; }", "table-too-large", true)]
    [InlineData("double f(double x) { int n = (int)(x + 3); double v[n]; v[0] = x; v[n - 1] = 2; return v[0]; }", "variable-size", true)]
    [InlineData("double (*p)(double); double f(double x) { return p(x); }", "indirect-call", true)]
    [InlineData("double bessel(double); double f(double x) { return bessel(x); }", "unsupported-call", true)]
    [InlineData("double f(double x) { __int128 y = (__int128)x; return (double)(y * y); }", "unsupported-type", true)]
    [InlineData("double f(double x) { return x > 1 ? f(x - 1) * x : 1; }", "recursion", false)]
    [InlineData("static const double t[2] = { 1, 2 }; double f(double x) { return t[(x > 0) + 4]; }", "out-of-bounds", false)]
    [InlineData("double f(double x) { __builtin_unreachable(); }", "no-return", false)]
    public void A_refusal_is_about_the_graph_alone_or_about_the_program(string source, string id, bool isOfGraphAlone)
    {
        IReadOnlyList<Diagnostic> errors = LlvmTest.Refuse(LlvmTest.Unchecked(source));
        Assert.Equal(id, errors[0].Id);
        Assert.Equal(isOfGraphAlone, GraphLimits.IsOfGraphAlone(errors));
    }

    [Fact]
    public void All_reasons_are_reported_at_once() => Assert.Equal(
        [("unsupported-call", 3), ("unsupported-call", 4)],
        LlvmTest.Refuse(LlvmTest.Unchecked("double a(double), b(double);\ndouble f(double x) {\n  double y = a(x);\n  return y + b(x);\n}\n"))
            .Select(d => (d.Id, d.Location.Line)));

    [Theory]
    [InlineData("double f(double x) { return *(double *)0 + x; }")]
    [InlineData("double f(double x) { double v[2] = {x, 1}; return v[5]; }")]
    [InlineData("double f(double x) { double v[2] = {x, 1}; return ((double *)(long)x)[1] + v[0]; }")]
    [InlineData("double f(double x) { __int128 y = (__int128)x; return (double)(y * y); }")]
    [InlineData("double f(double x) { int n = (int)x; double v[n + 1]; v[0] = x; return v[0]; }")]
    [InlineData("double f(double x) { volatile int i; double v[1] = {x}; return (double)(long)(v + i); }")]
    [InlineData("double f(double x) { __asm__(\"nop\"); return x * 2; }")]
    [InlineData("double f(double x) { double y; __asm__(\"\" : \"=x\"(y) : \"0\"(x)); return y; }")]
    [InlineData("double f(double x) { void *p[] = {&&a, &&b}; goto *p[x > 0]; a: return 1; b: return x; }")]
    [InlineData("this is no C at all")]
    [InlineData("double f(int, ...);")]
    public void Hostile_code_never_throws(string source)
    {
        var diagnostics = new DiagnosticBag();
        GraphBuilder.Build(LlvmTest.Unchecked(source), LlvmTest.Toolchain, GraphOptions.Default, diagnostics);
        Assert.All(diagnostics, d => Assert.Equal(Severity.Error, d.Severity));
    }

    private static void AssertRefused(string source, string id, string message)
    {
        Diagnostic error = Assert.Single(LlvmTest.Refuse(source, GraphOptions.Short));
        Assert.Equal((id, message), (error.Id, error.Message));
    }
}
