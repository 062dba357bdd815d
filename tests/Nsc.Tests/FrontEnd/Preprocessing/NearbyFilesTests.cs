// What a function needs of its project's other files is found there though no flag names them, and it is said where.

using Nsc.Core.Surrogates;
using Nsc.Tests.Cli;

namespace Nsc.Tests.FrontEnd.Preprocessing;

public sealed class NearbyFilesTests : IDisposable
{
    private const string Caller = "double gain(double x);\ndouble f(double x) { return gain(x) + 1; }\n";

    private readonly Workplace _work = new();

    public NearbyFilesTests() => Directory.CreateDirectory(_work["project/.git"]);

    public void Dispose() => _work.Dispose();

    [Theory]
    [InlineData("project/src/gain.c")]
    [InlineData("project/src/deep/er/gain.c")]
    [InlineData("project/lib/math/gain.c")]
    public void A_callee_of_the_project_is_found(string definer)
    {
        Write("project/src/f.c", Caller);
        Write(definer, "#include <math.h>\ndouble gain(double x) { return 3 * fabs(x); }\n");
        string said = Compile("project/src/f.c");
        Assert.Contains("'gain' is taken from ", said, StringComparison.Ordinal);
        Assert.Contains($"{Path.GetFileName(definer)}, which is near", said, StringComparison.Ordinal);
        Assert.Equal([7], Answer("-2"));
    }

    [Fact]
    public void A_table_of_the_project_is_found_and_what_the_callee_calls()
    {
        Write("project/src/f.c", "extern const double table[];\ndouble look(const double *t, int i);\ndouble f(double x) { return x * look(table, 1); }\n");
        Write("project/lib/look.c", "int at(int i);\ndouble look(const double *t, int i) { return t[at(i)]; }\n");
        Write("project/lib/at.c", "int at(int i) { return i + 1; }\n");
        Write("project/data/table.c", "const double table[] = { 1, 2, 5 };\n");
        Compile("project/src/f.c");
        Assert.Equal([15], Answer("3"));
    }

    [Fact]
    public void Of_several_the_nearest_is_taken_and_one_that_is_as_near_is_named()
    {
        Write("project/src/f.c", Caller);
        Write("project/test/mock.c", "double gain(double x) { return x; }\n");
        Write("project/src/gain_a.c", "double gain(double x) { return 2 * x; }\n");
        Write("project/src/gain_b.c", "double gain(double x) { return 3 * x; }\n");
        string said = Compile("project/src/f.c");
        Assert.Contains("gain_b.c defines it too: --with names the one that is meant", said, StringComparison.Ordinal);
        Assert.DoesNotContain("mock.c", said, StringComparison.Ordinal);
        Assert.Equal([5], Answer("2"));
        Compile("project/src/f.c", "--with", _work["project/src/gain_b.c"]);
        Assert.Equal([7], Answer("2"));
    }

    [Fact]
    public void What_lies_outside_of_the_project_is_not_read()
    {
        Write("project/src/f.c", Caller);
        Write("gain.c", "double gain(double x) { return x; }\n");
        Outcome refused = Run("project/src/f.c");
        Assert.Equal(3, refused.ExitCode);
        Assert.Contains("unresolved call to 'gain': neither this file nor another of its project defines it", refused.Error, StringComparison.Ordinal);
        Assert.Contains("--with FILE.c", refused.Error, StringComparison.Ordinal);
    }

    // It would be taken for a constant if only the file itself were asked.
    [Theory]
    [InlineData("gain = x;", true)]
    [InlineData("adjust(&gain);", true)]
    [InlineData("if (gain == x) adjust(&x);", false)]
    public void A_variable_that_another_file_of_the_project_writes_is_an_input(string statement, bool isWritten)
    {
        Write("project/src/f.c", "double gain = 2;\ndouble f(double x) { return gain * x; }\n");
        Write("project/app/main.c", $"extern double gain;\nvoid adjust(double *x);\nvoid set(double x) {{ {statement} }}\n");
        Compile("project/src/f.c");
        Assert.Equal(isWritten ? ["x", "gain"] : ["x"], SurrogateFile.Load(_work["f.surrogate"]).Signature.Inputs.Select(i => i.Name));
    }

    [Fact]
    public void What_is_guessed_of_a_file_that_something_is_taken_from_is_said()
    {
        Write("project/src/f.c", Caller);
        Write("project/src/gain.c", "#include \"board.h\"\ndouble gain(double x) { return GAIN * x; }\n");
        string said = Compile("project/src/f.c");
        Assert.Contains("guessed of the headers that are missing: GAIN", said, StringComparison.Ordinal);
        Assert.Equal([13], Answer("3,4"));
    }

    [Fact]
    public void A_table_that_is_included_is_found_as_headers_are()
    {
        Write("project/src/f.c", "static const double table[] = {\n#include <tables/t.inc>\n};\ndouble f(double x) { return x * table[1]; }\n");
        Write("project/data/tables/t.inc", "1, 2, 5\n");
        string said = Compile("project/src/f.c");
        Assert.Contains("'tables/t.inc' is found by no flag, and is read from", said, StringComparison.Ordinal);
        Assert.Equal([6], Answer("3"));
    }

    private void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_work[path])!);
        _work.Write(path, text);
    }

    private Outcome Run(string file, params string[] options) =>
        Workplace.Run(["compile", _work[file], "--function", "f", .. options, "-o", _work["f.surrogate"], "--init", "random", "--model", _work.Model]);

    private string Compile(string file, params string[] options)
    {
        Outcome compiled = Run(file, options);
        Assert.True(compiled.ExitCode == 0, compiled.Error);
        return compiled.Error;
    }

    private double[] Answer(string inputs) => LinkedFilesTests.AnswerOf(_work["f.surrogate"], inputs);
}
