// A compiler's flags on nsc's own command line, spelled as compilers let them be spelled.

namespace Nsc.Tests.Cli;

public sealed class ProjectFlagsTests : IClassFixture<Workplace>
{
    private readonly Workplace _place;

    public ProjectFlagsTests(Workplace place)
    {
        _place = place;
        Directory.CreateDirectory(_place["include/deep"]);
        Directory.CreateDirectory(_place["src"]);
        _place.Write("include/deep/scale.h", "static const double scale = SCALE;\n");
        _place.Write("src/f.c", "#include \"scale.h\"\n#include \"../common.h\"\ndouble f(double x) { return scale * x + OFFSET; }\n");
        _place.Write("common.h", "#ifndef OFFSET\n#define OFFSET 7\n#endif\n");
    }

    [Theory]
    [InlineData("-Iinclude/deep", "-DSCALE=3", "-DOFFSET=5")]
    [InlineData("-I", "include/deep", "-D", "SCALE=3", "-D", "OFFSET=5")]
    [InlineData("-isystem", "include/deep", "-DSCALE=3", "-DOFFSET=5")]
    [InlineData("--", "-O2", "-Iinclude/deep", "-DSCALE=3", "-DOFFSET=4", "-UOFFSET", "-DOFFSET=5", "-o", "f.o", "-c")]
    public void Flags_say_what_the_text_means(params string[] flags)
    {
        string[] absolute = [.. flags.Select(f => f.Replace("include/deep", _place["include/deep"], StringComparison.Ordinal))];
        Outcome outcome = Workplace.Run([
            "graph", _place["src/f.c"], "--root", Path.GetDirectoryName(_place["src"])!, .. absolute]);
        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
        Assert.Contains("3", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("5", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_its_folder_a_header_of_the_project_is_read_from_where_it_is()
    {
        Outcome outcome = Workplace.Run("graph", _place["src/f.c"], "-DSCALE=3", "--root", Path.GetDirectoryName(_place["src"])!);
        Assert.Equal(0, outcome.ExitCode);
        Assert.Contains("'scale.h' is found by no flag, and is read from", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_that_is_nowhere_is_read_as_empty_and_what_the_function_lacks_is_an_error()
    {
        Directory.CreateDirectory(_place["other"]);
        string file = _place.Write("other/f.c", "#include \"scale.h\"\ndouble f(double x) { return scale * x; }\n");
        Outcome outcome = Workplace.Run("graph", file, "--root", _place["other"]);
        Assert.Equal(3, outcome.ExitCode);
        Assert.Contains("'scale.h' is not found and is read as empty", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("undeclared identifier 'scale'", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_above_the_project_stays_closed()
    {
        Directory.CreateDirectory(_place["src/.git"]);
        Outcome outcome = Workplace.Run("graph", _place["src/f.c"], "-I", _place["include/deep"], "-DSCALE=1");
        Directory.Delete(_place["src/.git"]);
        Assert.Equal(3, outcome.ExitCode);
        Assert.Contains("foreign-include", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("--root", outcome.Error, StringComparison.Ordinal);
    }

    // What one file declares, another defines and a third writes: only what something writes is state.
    [Fact]
    public void Of_other_files_variables_those_that_nothing_writes_are_constants()
    {
        string file = _place.Write("src/state.c", "extern double gain, level;\ndouble step(double u) { level += u * gain; return level; }\n");
        string other = _place.Write("src/defined.c", "double level = 1, gain = 4.5, unused;\ndouble get(void) { return gain + unused; }\n");
        Outcome outcome = Workplace.Run("graph", file, "--with", other, "--json");
        Assert.Equal(0, outcome.ExitCode);
        Assert.Contains("4.5", outcome.Output, StringComparison.Ordinal);
        Assert.Equal(2, outcome.Output.Split("\"Input\"").Length - 1);
    }
}
