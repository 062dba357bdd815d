// Ranges come from the command line, else from '#pragma nsc' before the function, else from the input's type.

using System.Collections.Immutable;
using Nsc.Core.Programs;
using Nsc.FrontEnd.Clang;

namespace Nsc.Tests.Clang;

public class RangeTests
{
    private static readonly FrontEndOptions Options = FrontEndOptions.Default;

    [Theory]
    [InlineData("#pragma nsc input(x, 0, 10)", "[0, 10] [-1, 1] [-1, 1] [-1, 1]")]
    [InlineData("#pragma nsc inputs(-2.5e0, .5f)", "[-2.5, 0.5] [-2.5, 0.5] [-2.5, 0.5] [-2, 0]")]
    [InlineData("#pragma nsc input(p, 2, 3)", "[-1, 1] [2, 3] [2, 3] [-1, 1]")]
    [InlineData("#pragma nsc input(p[1], 2, 3)", "[-1, 1] [-1, 1] [2, 3] [-1, 1]")]
    [InlineData("#pragma nsc input( p [ 1 ] , +2 , 3 )", "[-1, 1] [-1, 1] [2, 3] [-1, 1]")]
    [InlineData("#pragma nsc input(n, -3.9, 8.9)", "[-1, 1] [-1, 1] [-1, 1] [-3, 8]")]
    [InlineData("#pragma nsc input(x, 0, 10)\n#pragma nsc inputs(-3, 3)", "[0, 10] [-3, 3] [-3, 3] [-3, 3]")]
    [InlineData("  # /* spaced */ pragma nsc \\\n input(x, 0, 10) // why", "[0, 10] [-1, 1] [-1, 1] [-1, 1]")]
    [InlineData("#define UNUSED\n#ifndef UNUSED\n#pragma nsc input(x, 0, 10)\n#endif", "[-1, 1] [-1, 1] [-1, 1] [-1, 1]")]
    [InlineData("/*\n#pragma nsc input(x, 0, 10)\n*/", "[-1, 1] [-1, 1] [-1, 1] [-1, 1]")]
    public void A_pragma_sets_the_ranges_that_it_names(string pragma, string ranges)
    {
        CProgram program = ClangTesting.LoadOne($"{pragma}\ndouble f(double x, const float p[2], int n) {{ return x + p[0] + n; }}");
        Assert.Equal(ranges, string.Join(' ', program.Signature.Inputs.Select(i => i.Range)));
    }

    [Fact]
    public void A_pragma_applies_to_the_next_definition_only()
    {
        const string Source = "#pragma nsc inputs(5, 6)\ndouble f(double x) { return x; }\ndouble g(double x) { return x; }";
        var (programs, _) = ClangTesting.Load(Source, Options with { Functions = ["f", "g"] });
        Assert.Equal([new Interval(5, 6), Interval.Default], programs.Select(p => p.Signature.Inputs[0].Range));
    }

    [Fact]
    public void The_command_lines_range_wins()
    {
        var options = Options with { Ranges = ImmutableDictionary<string, Interval>.Empty.Add("x", new Interval(7, 8)) };
        CProgram program = ClangTesting.LoadOne("#pragma nsc inputs(5, 6)\ndouble f(double x) { return x; }", options);
        Assert.Equal(new Interval(7, 8), program.Signature.Inputs[0].Range);
    }

    [Theory]
    [InlineData("y", 0, 1, "--range: error: 'f' has no input 'y' [unknown-input]\n  hint: its inputs are 'x'")]
    [InlineData("x", 1, 0, "--range: error: the range [1, 0] needs a finite lower end below a finite upper end [empty-range]")]
    [InlineData("x", double.NaN, 0, "--range: error: the range [NaN, 0] needs a finite lower end below a finite upper end [empty-range]")]
    public void A_wrong_range_on_the_command_line_is_named(string name, double low, double high, string message)
    {
        var options = Options with { Ranges = ImmutableDictionary<string, Interval>.Empty.Add(name, new Interval(low, high)) };
        var (_, diagnostics) = ClangTesting.Load("double f(double x) { return x; }", options);
        Assert.Equal([message], diagnostics.Select(d => d.ToString()));
    }

    [Fact]
    public void A_boolean_takes_no_more_than_two_values_from_a_range_for_all()
    {
        CProgram program = ClangTesting.LoadOne("#pragma nsc inputs(-4, 4)\nint f(_Bool b, int n) { return b ? n : 0; }");
        Assert.Equal("[0, 1] [-4, 4]", string.Join(' ', program.Signature.Inputs.Select(i => i.Range)));
    }
}
