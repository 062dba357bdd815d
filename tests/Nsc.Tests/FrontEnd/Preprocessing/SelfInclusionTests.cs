// Files on disk that include themselves, and files that define a thing twice: each ends, with a message that says what is wrong.

using Nsc.Tests.Cli;

namespace Nsc.Tests.FrontEnd.Preprocessing;

public sealed class SelfInclusionTests(Workplace place) : IClassFixture<Workplace>
{
    private const string Function = "double f(double x) { return 2 * x; }\n";

    [Fact]
    public void Without_a_guard_the_inclusion_is_the_error()
    {
        Outcome outcome = Compile("bare.c", "#include \"bare.c\"\n" + Function);
        Assert.Equal(3, outcome.ExitCode);
        Assert.Contains("bare.c:1:10: error: #include nested too deeply", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void So_it_is_where_a_header_includes_the_file()
    {
        place.Write("round.h", "#include \"round.c\"\n");
        Outcome outcome = Compile("round.c", "#include \"round.h\"\n" + Function);
        Assert.Equal(3, outcome.ExitCode);
        Assert.Contains("error: #include nested too deeply", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void With_a_guard_the_file_compiles()
    {
        Outcome outcome = Compile("guarded.c", "#ifndef GUARD\n#define GUARD\n#include \"guarded.c\"\n" + Function + "#endif\n");
        Assert.True(outcome.ExitCode == 0, outcome.Error);
    }

    [Fact]
    public void Where_it_is_read_twice_that_is_said()
    {
        Outcome outcome = Compile("once.c", "#pragma once\n#include \"once.c\"\n" + Function);
        Assert.Equal(3, outcome.ExitCode);
        Assert.Contains("once.c:3:8: error: redefinition of 'f'", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("the file includes itself", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("double f(double x) { return x; }\ndouble f(double x) { return 2 * x; }\n", 2, "f")]
    [InlineData("static double h(double x) { return x; }\nstatic double h(double x) { return 2 * x; }\ndouble f(double x) { return h(x); }\n", 2, "h")]
    [InlineData("double f(double x) { return x; }\nstatic double g(double x) { return x; }\nstatic double g(double x) { return 2 * x; }\n", 0, "")]
    public void What_the_function_needs_is_defined_once(string source, int line, string name)
    {
        Outcome outcome = Compile("twice.c", source, "--function", "f");
        Assert.Equal(line == 0 ? 0 : 3, outcome.ExitCode);
        Assert.Equal(line > 0, outcome.Error.Contains($"twice.c:{line}:", StringComparison.Ordinal) && outcome.Error.Contains($"redefinition of '{name}'", StringComparison.Ordinal));
    }

    private Outcome Compile(string name, string source, params string[] options) =>
        Workplace.Run(["compile", place.Write(name, source), "-o", place[name + ".surrogate"], "--init", "random", "--model", place.Model, .. options]);
}
