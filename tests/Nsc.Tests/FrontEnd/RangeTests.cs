// Ranges come from the command line, else from '#pragma nsc' before the function, else from the input's type.

using System.Collections.Immutable;
using Nsc.Core.Programs;
using Nsc.FrontEnd;
using Nsc.FrontEnd.Parsing;

namespace Nsc.Tests.FrontEnd;

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

    [Fact]
    public void A_pragma_before_a_helper_is_meant_for_the_function_after_it_and_a_note_says_so()
    {
        const string Source = "#pragma nsc inputs(0, 10)\nstatic double half(double x) { return x / 2; }\nstatic double more(double x) { return x + 1; }\ndouble f(double x) { return half(more(x)); }";
        var (programs, diagnostics) = ClangTesting.Load(Source, Options with { Functions = ["f"] });
        Assert.Equal(new Interval(0, 10), Assert.Single(programs).Signature.Inputs[0].Range);
        Assert.Equal(["pragma-of-helper"], ClangTesting.Ids(diagnostics));
        Assert.Equal(4, diagnostics.Single().Location.Line);
    }

    [Theory]
    [InlineData("#pragma nsc inputs(0, 10)\nstatic double half(double v) { return v / 2; }\ndouble f(double x) { return half(x); }", "f")]
    [InlineData("#pragma nsc\nstatic double half(double v) { return v / 2; }\ndouble f(double x) { return half(x); }", "half")]
    [InlineData("#pragma nsc inputs(0, 10)\nstatic double half(double v) { return v / 2; }", "half")]
    public void Ranges_before_a_helper_choose_the_function_after_it_and_a_mark_chooses_what_is_next(string source, string function) =>
        Assert.Equal(function, Assert.Single(ClangTesting.Load(source).Programs).Signature.Function);

    [Fact]
    public void A_pragma_in_a_header_does_not_keep_the_file_s_function_from_being_chosen()
    {
        string folder = Directory.CreateTempSubdirectory("nsc-ranges").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "own.h"), "#pragma nsc input(a, 2, 5)\nstatic inline double sq(double a) { return a * a; }\n");
            var (programs, diagnostics) = ClangTesting.Load("#include \"own.h\"\ndouble usesq(double a) { return sq(a); }\n", path: Path.Combine(folder, "main.c"));
            Assert.Equal("usesq", Assert.Single(programs).Signature.Function);
            Assert.False(diagnostics.HasErrors);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("#pragma nsc inputs(0, 10)\nstatic double half(double x) { return x / 2; }\n#pragma nsc inputs(2, 3)\ndouble f(double x) { return half(x); }", 2, 3)]
    [InlineData("#pragma nsc inputs(0, 10)\ndouble g(double x) { return x / 2; }\nstatic double half(double x) { return x / 2; }\ndouble f(double x) { return half(x); }", -1, 1)]
    public void A_function_s_own_pragma_wins_and_another_function_s_is_its_own(string source, double low, double high)
    {
        var (programs, diagnostics) = ClangTesting.Load(source, Options with { Functions = ["f"] });
        Assert.Empty(diagnostics);
        Assert.Equal(new Interval(low, high), Assert.Single(programs).Signature.Inputs[0].Range);
    }

    [Theory]
    [InlineData("#pragma nsc input(y, 2, 3)\ndouble g(double x) { return x / 2; }\ndouble f(double y) { return y; }")] // At the top of the file.
    [InlineData("#pragma nsc input(y, 2, 3)\nstatic double g(double x) { return x / 2; }\nstatic double h(double y) { return y; }\ndouble f(double x, double y) { return g(x) + h(y); }\n")]
    [InlineData("#pragma nsc input(y, 2, 3)\n#pragma nsc fix(n, 4)\ndouble g(double y) { return y; }\ndouble f(int n, double y) { return y * n; }")]
    public void Pragmas_are_about_the_only_function_with_the_inputs_that_they_name(string source)
    {
        var (programs, _) = ClangTesting.Load(source, Options with { Functions = ["f"] });
        Assert.Equal(new Interval(2, 3), Assert.Single(programs).Signature.Inputs[^1].Range);
    }

    [Fact]
    public void State_is_an_input_that_a_pragma_names()
    {
        CProgram program = ClangTesting.LoadOne(
            "static double level;\nstatic double add(double x) { return level += x; }\n#pragma nsc input(level, 2, 3)\ndouble f(double x) { return add(x); }\ndouble g(double level) { return level; }", Options with { Functions = ["f"] });
        Assert.Equal(new Interval(2, 3), program.Signature.Inputs.Single(i => i.Name == "level").Range);
    }

    [Fact]
    public void A_pragma_that_no_function_can_mean_is_an_error_where_it_stands()
    {
        var (_, diagnostics) = ClangTesting.Load("#pragma nsc input(z, 2, 3)\ndouble f(double x) { return x; }\ndouble g(double y) { return y; }", Options with { Functions = ["f"] });
        Assert.Equal("unknown-input 1", string.Join(' ', diagnostics.Select(d => $"{d.Id} {d.Location.Line}")));
    }

    [Fact]
    public void A_pragma_makes_a_range_logarithmic()
    {
        var wide = new Interval(1, 1e6) { IsLogarithmic = true };
        CProgram program = ClangTesting.LoadOne("#pragma nsc input(x, 1, 1e6, log)\n#pragma nsc input(n, 1.5, 1e6 , log )\ndouble f(double x, int n) { return x * n; }");
        Assert.Equal([wide, wide with { Low = 2 }], program.Signature.Inputs.Select(i => i.Range));
        Assert.Equal(["empty-range"], ClangTesting.Ids(ClangTesting.Load("#pragma nsc input(x, 0, 10, log)\ndouble f(double x) { return x; }").Diagnostics));
        Assert.Equal(["malformed-pragma"], ClangTesting.Ids(ClangTesting.Load("#pragma nsc input(x, 1, 10, lin)\ndouble f(double x) { return x; }").Diagnostics));
    }

    [Fact]
    public void A_header_s_function_can_be_named_and_keeps_its_pragma()
    {
        string folder = Directory.CreateTempSubdirectory("nsc-ranges").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "own.h"), "#pragma nsc inputs(3, 4)\nstatic inline double bent(double v) { return v * v; }\n");
            CProgram program = ClangTesting.LoadOne("#include \"own.h\"\ndouble f(double x) { return bent(x); }\n", Options with { Functions = ["bent"] }, Path.Combine(folder, "f.c"));
            Assert.Equal(new Interval(3, 4), program.Signature.Inputs[0].Range);
            Assert.Equal("bent", program.Signature.Function);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
