// Messages point into the file that a person wrote, whatever preprocessing made of it.

using Nsc.Core.Diagnostics;
using Nsc.FrontEnd.Preprocessing;
using Nsc.Tests.FrontEnd;

namespace Nsc.Tests.FrontEnd.Preprocessing;

public sealed class PlaceTests
{
    [Theory]
    [InlineData("double f(double x) { return [g](x); }")]
    [InlineData("#include <math.h>\n\ndouble f(double x)\n{\n    /* g */ return sin(x) + [g](x); // g(x)\n}")]
    [InlineData("#define TWICE(v) ((v) + (v))\ndouble f(double x) { return TWICE(x) + [g](x); }")]
    [InlineData("#define CALL(v) g(v)\ndouble f(double x) { double y = x; return y * [CALL](x); }")]
    [InlineData("#define EMPTY\nEMPTY double f(double x) EMPTY {\n\treturn EMPTY [g](x); }")]
    [InlineData("double f(double x) { const char *s = \"g(x) /* \"; return s[0] + [g](x); }")]
    [InlineData("#if 0\ndouble f(double x) { return g(x); }\n#else\ndouble f(double x) { return 1 + \\\n [g](x); }\n#endif")]
    [InlineData("#define MUL(a, b) ((a) * (b))\ndouble f(double x)\n{\n    return MUL(x + 1,\n               [g](x));\n}")]
    [InlineData("static double größe(double x) { return x; }\ndouble f(double x) { return größe(x) + [g](x); }")]
    public void A_message_points_to_what_was_written(string marked)
    {
        int at = marked.IndexOf('[', StringComparison.Ordinal);
        at = marked.IndexOf("[g]", StringComparison.Ordinal) is >= 0 and var g ? g : marked.IndexOf("[CALL]", StringComparison.Ordinal);
        string source = marked.Remove(at, 1);
        source = source.Remove(source.IndexOf(']', at), 1);
        int line = source[..at].Count(c => c == '\n') + 1, column = at - source[..at].LastIndexOf('\n');
        var (_, diagnostics) = ClangTesting.Load("double g(double);\n" + source, Nsc.FrontEnd.FrontEndOptions.Default with { Functions = ["f"] });
        Diagnostic diagnostic = Assert.Single(diagnostics, d => d.Id == "unresolved-call");
        Assert.Equal((line + 1, column), (diagnostic.Location.Line, diagnostic.Location.Column));
        Assert.Equal(source.Split('\n')[line - 1].TrimEnd().Replace('\t', ' '), diagnostic.SourceLine!);
    }

    [Fact]
    public void A_message_about_a_header_names_it_and_quotes_its_line()
    {
        string folder = Directory.CreateTempSubdirectory("nsc-places").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "own.h"), "double g(double);\nstatic double h(double x) { return g(x); }\n");
            var (_, diagnostics) = ClangTesting.Load("#include \"own.h\"\ndouble f(double x) { return h(x); }\n", path: Path.Combine(folder, "f.c"));
            Diagnostic diagnostic = Assert.Single(diagnostics);
            Assert.Equal(new SourceLocation(Path.Combine(folder, "own.h"), 2, 36), diagnostic.Location);
            Assert.Equal("static double h(double x) { return g(x); }", diagnostic.SourceLine);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_file_that_names_another_as_its_source_is_believed()
    {
        var (_, diagnostics) = ClangTesting.Load("double g(double);\n#line 40 \"model.slx\"\ndouble f(double x)\n{\n    return g(x);\n}\n");
        Assert.Equal(("model.slx", 42), (Assert.Single(diagnostics).Location.File, diagnostics.Single().Location.Line));
    }

    [Fact]
    public void A_file_that_is_only_named_is_not_quoted()
    {
        var (_, diagnostics) = ClangTesting.Load("double g(double);\n#line 1 \"/etc/passwd\"\ndouble f(double x) { return g(x); }\n");
        Diagnostic diagnostic = Assert.Single(diagnostics);
        Assert.Equal("/etc/passwd", diagnostic.Location.File);
        Assert.Null(diagnostic.SourceLine);
    }

    [Theory]
    [InlineData("return g(x);", 7, "return g(x);", 7, true)]
    [InlineData("return ((x) + (x));", 7, "return SUM(x);", 7, false)]
    [InlineData("a = 1 + (2 + 3);", 8, "a = 1 + THREE;", 8, false)]
    [InlineData("", 0, "", 0, false)]
    [InlineData("x", 0, "", 0, false)]
    public void Columns_are_found_by_the_longest_common_subsequence_of_tokens(string expanded, int column, string written, int expected, bool isExact) =>
        Assert.Equal((expected, isExact), TokenAlignment.Find(expanded, column, written));
}
