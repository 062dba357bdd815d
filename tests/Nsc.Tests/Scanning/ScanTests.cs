// nsc scan on small projects: what is found, in which order, and that no file brings the others down.

using System.Text.Json;
using Nsc.Tests.Cli;

namespace Nsc.Tests.Scanning;

public sealed class ScanTests : IDisposable
{
    private const string Maths = """
        #include <math.h>
        #include <stdio.h>
        #pragma nsc input(x, 0, 2)
        double cheap(double x, double y) { return x * y + 1; }
        double expensive(double x) { double s = 0; for (int i = 0; i < 300; i++) s += sin(x * i) / (1 + i); return s; }
        double mean(const double *p, int n) { double s = 0; for (int i = 0; i < n; i++) s += p[i]; return s / n; }
        void hello(void) { puts("hello"); }
        """;

    private readonly Workplace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public void What_gains_most_comes_first_and_a_refusal_has_its_place()
    {
        string file = _work.Write("maths.c", Maths);
        Outcome outcome = Workplace.Run("scan", file, "--json");
        Assert.Equal(0, outcome.ExitCode);
        JsonElement expensive = outcome.Json.GetProperty("functions")[0], cheap = outcome.Json.GetProperty("functions")[1], mean = Assert.Single(outcome.Json.GetProperty("refused").EnumerateArray());

        Assert.Equal(("expensive", "cheap"), (Name(expensive), Name(cheap)));
        Assert.Equal(("exact", "exact"), (expensive.GetProperty("graph").GetString(), cheap.GetProperty("graph").GetString()));
        Assert.True(expensive.GetProperty("nanoseconds").GetDouble() > cheap.GetProperty("nanoseconds").GetDouble()); // By a thousand, where nothing else runs.
        Assert.True(expensive.GetProperty("speedUp").GetDouble() > 1);
        Assert.True(cheap.GetProperty("speedUp").GetDouble() < 1);
        Assert.Equal(1, cheap.GetProperty("usable").GetDouble());

        JsonElement x = cheap.GetProperty("inputs")[0], y = cheap.GetProperty("inputs")[1];
        Assert.Equal((0, 2, false), (x.GetProperty("low").GetDouble(), x.GetProperty("high").GetDouble(), x.GetProperty("guessed").GetBoolean()));
        Assert.Equal((-1, 1, true), (y.GetProperty("low").GetDouble(), y.GetProperty("high").GetDouble(), y.GetProperty("guessed").GetBoolean()));

        Assert.Equal(("mean", "missing-extent"), (Name(mean), mean.GetProperty("id").GetString()));
        Assert.Equal($"{file}:6:27", mean.GetProperty("at").GetString());
    }

    [Fact]
    public void The_shape_of_the_JSON_is_a_contract()
    {
        JsonElement json = Workplace.Run("scan", _work.Write("maths.c", Maths), "--json").Json;
        Assert.Equal(
            ["files", "scanned", "withoutNumbers", "functions", "refused", "otherFunctions", "troubles", "net", "cancelled", "elapsedMs"], Names(json));
        Assert.Equal(
            ["function", "file", "line", "inputs", "outputs", "graph", "usable", "nanoseconds", "netNanoseconds", "speedUp", "remark"], Names(json.GetProperty("functions")[0]));
        Assert.Equal(["function", "file", "line", "id", "message", "hint", "at"], Names(json.GetProperty("refused")[0]));
    }

    [Fact]
    public void A_table_has_the_functions_the_refusals_and_the_sums()
    {
        _work.Write("maths.c", Maths);
        _work.Write("talk.c", "#include <stdio.h>\nvoid talk(const char *text) { puts(text); }\n");
        Outcome outcome = Workplace.Run("scan", _work[""]);
        Assert.Equal(0, outcome.ExitCode);
        Assert.True(outcome.Output.IndexOf("expensive", StringComparison.Ordinal) < outcome.Output.IndexOf("cheap", StringComparison.Ordinal));
        Assert.Contains("how many elements 'p' has is not known [missing-extent]", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("2 of 2 files, 1 of them without a function that computes numbers; 3 functions that do: 2 can be compiled, 1 cannot", outcome.Output, StringComparison.Ordinal);
    }

    // What a function is that does not compute numbers.
    private static readonly (string Text, string Reason)[] s_others =
    [
        ("void f(void) { }", "takes nothing"),
        ("double f(double x, ...) { return x; }", "takes any number of arguments"),
        ("double f(const char *text) { return text[0]; }", "takes text"),
        ("double f(void *p) { return p != 0; }", "takes a pointer to anything"),
        ("double f(double (*g)(double), double x) { return g(x); }", "takes a function"),
        ("struct S; double f(struct S *s, double x) { return s != 0 ? x : 0; }", "takes a handle: a structure without numbers, or unknown here"),
        ("#include <stdio.h>\ndouble f(FILE *file, double x) { return file ? x : 0; }", "takes a handle: a structure without numbers, or unknown here"),
        ("void f(double x) { (void)x; }", "returns and writes nothing"),
        ("double *f(double *x) { return x; }", "returns a pointer"),
        ("int main(int n, char **a) { return n + (a != 0); }", "it is main()"),
    ];

    private static readonly string[] s_numbers =
    [
        "struct S { double v; char *name; }; double f0(struct S *s) { return s->v; }",
        "typedef enum { A, B } E; E f1(E e) { return e == A ? B : A; }",
        "void f2(const double in[3], double out[3]) { for (int i = 0; i < 3; i++) out[i] = 2 * in[i]; }",
        "unsigned char f3(unsigned char x, signed char y) { return x + y; }",
    ];

    [Fact]
    public void Functions_that_do_not_compute_numbers_are_counted_by_their_reasons_and_the_others_compiled()
    {
        string[] files = [.. s_others.Select((o, i) => _work.Write($"other{i}.c", o.Text)), .. s_numbers.Select((text, i) => _work.Write($"f{i}.c", text))];
        Outcome outcome = Workplace.Run(["scan", .. files, "--json"]);
        JsonElement reasons = outcome.Json.GetProperty("otherFunctions");
        Assert.Equal(
            s_others.GroupBy(o => o.Reason).ToDictionary(g => g.Key, g => g.Count()).OrderBy(r => r.Key),
            reasons.EnumerateObject().ToDictionary(r => r.Name, r => r.Value.GetInt32()).OrderBy(r => r.Key));
        Assert.Equal((s_others.Length, 0), (outcome.Json.GetProperty("withoutNumbers").GetInt32(), outcome.Json.GetProperty("refused").GetArrayLength()));
        Assert.Equal(["f0", "f1", "f2", "f3"], Functions(outcome).Order());
    }

    [Fact]
    public void A_file_that_clang_cannot_read_is_told_and_the_others_are_scanned()
    {
        _work.Write("broken.c", "double broken(double x { return x; }\n");
        _work.Write("good.c", "double good(double x) { return x * x; }\n");
        Outcome outcome = Workplace.Run("scan", _work[""], "--json");
        Assert.Equal(0, outcome.ExitCode);
        Assert.Equal(["good"], Functions(outcome));
        JsonElement trouble = Assert.Single(outcome.Json.GetProperty("troubles").EnumerateArray());
        Assert.Equal(_work["broken.c"], trouble.GetProperty("file").GetString());
        Assert.Contains("broken.c:1:", trouble.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Files_that_are_none_to_read_are_told()
    {
        _work.Write("huge.c", new string(' ', 5 << 20) + "double huge(double x) { return x; }\n");
        _work.Write("nul.c", "double nul(double x) { return x; }\0\n");
        _work.Write("good.c", "double good(double x) { return x * x; }\n");
        Outcome outcome = Workplace.Run("scan", _work[""], "--json");
        Assert.Equal(["good"], Functions(outcome));
        string[] troubles = [.. outcome.Json.GetProperty("troubles").EnumerateArray().Select(t => Path.GetFileName(t.GetProperty("file").GetString()!))];
        Assert.Equal(["huge.c", "nul.c"], troubles);
    }

    [Fact]
    [Trait("speed", "slow")]
    public void A_file_that_takes_too_long_is_left_and_what_it_gave_by_then_is_kept()
    {
        // Every call of each of them takes longer than the sandbox allows: minutes for all, on any machine.
        string[] endless = [.. Enumerable.Range(0, 64).Select(i => $"double g{i}(double x) {{ for (int i = 0; i < 2000000000; i++) x += i; return x; }}\n")];
        _work.Write("endless.c", "double refused(const double *p, int n) { return p[n]; }\n" + string.Concat(endless));
        _work.Write("good.c", "double good(double x) { return x * x; }\n");
        Outcome outcome = Workplace.Run("scan", _work[""], "--json", "--limit", "8");
        Assert.Contains("good", Functions(outcome));
        JsonElement trouble = Assert.Single(outcome.Json.GetProperty("troubles").EnumerateArray());
        Assert.Equal("it took more than 8 s", trouble.GetProperty("message").GetString());
        Assert.True(trouble.GetProperty("leftOut").GetInt32() > 0);
        Assert.Contains("refused", outcome.Json.GetProperty("refused").EnumerateArray().Select(Name));
    }

    [Fact]
    public void A_folder_without_a_database_is_one_project()
    {
        Directory.CreateDirectory(_work["include/shapes"]);
        Directory.CreateDirectory(_work["src/other"]);
        _work.Write("include/shapes/ring.h", "double ring(double r);\n");
        _work.Write("src/ring.c", "#include <shapes/ring.h>\ndouble ring(double r) { return 3 * r; }\n");
        _work.Write("src/area.c", "#include <shapes/ring.h>\ndouble area(double r) { return ring(r) * r; }\n");
        _work.Write("src/other/ring.c", "double ring(double r) { static double *p; return *p + r; }\n");
        Outcome outcome = Workplace.Run("scan", _work[""], "--json");
        Assert.Contains("headers are looked for in", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("area", Functions(outcome)); // By the ring beside it.
    }

    [Fact]
    public void A_variable_of_another_file_may_be_declared_there_without_a_value()
    {
        _work.Write("gain.h", "extern double gain;\n");
        _work.Write("gain.c", "#include \"gain.h\"\ndouble gain;\n");
        _work.Write("use.c", "#include \"gain.h\"\ndouble amplified(double x) { return gain * x; }\n");
        Assert.Equal(["amplified"], Functions(Workplace.Run("scan", _work[""], "--json")));
    }

    [Fact]
    public void A_pointer_that_is_subscripted_is_refused_as_such()
    {
        string file = _work.Write("f.c", "void f(double *l, double *x, int n) { double r = l[n] * l[1]; x[0] = r; x[1] = -r; }\n");
        Assert.Equal("subscripted-scalar", Workplace.Run("scan", file, "--json").Json.GetProperty("refused")[0].GetProperty("id").GetString());
    }

    [Fact]
    public void A_database_names_the_files_and_their_flags()
    {
        Directory.CreateDirectory(_work["inc"]);
        _work.Write("inc/scale.h", "double scale(double x);\n");
        _work.Write("a.c", "#include \"scale.h\"\ndouble a(double x) { return scale(x) + SHIFT; }\n");
        _work.Write("b.c", "#include \"scale.h\"\ndouble scale(double x) { return 2 * x; }\n");
        _work.Write("unnamed.c", "double unnamed(double x) { return x; }\n");
        string Entry(string file) => $$"""{"directory": "{{_work[""].TrimEnd('/')}}", "file": "{{file}}", "command": "cc -Iinc -DSHIFT=3 -c {{file}}"}""";
        _work.Write("compile_commands.json", $"[{Entry("a.c")}, {Entry("b.c")}]");
        Assert.Equal(["a", "scale"], Functions(Workplace.Run("scan", "-p", _work[""], "--json")).Order());
        Assert.Equal(["a", "scale"], Functions(Workplace.Run("scan", _work[""], "--json")).Order());
    }

    [Fact]
    public void Functions_of_one_file_come_out_as_each_does_alone()
    {
        string[] each = [.. Enumerable.Range(0, 20).Select(i => $"double f{i}(double x, double *y) {{ *y = shared(x) + {i}; return x - {i}; }}\n")];
        const string Shared = "static double shared(double x) { return x > 0 ? x : -x; }\n";
        _work.Write("all.c", Shared + string.Concat(each));
        JsonElement all = Workplace.Run("scan", _work["all.c"], "--json").Json, alone = Workplace.Run("scan", _work.Write("one.c", Shared + each[7]), "--json").Json;
        JsonElement Of(JsonElement json) => json.GetProperty("functions").EnumerateArray().Single(f => Name(f) == "f7");
        Assert.Equal(21, all.GetProperty("functions").GetArrayLength());
        foreach (string part in (string[])["inputs", "outputs", "graph", "usable"])
        {
            Assert.Equal(Of(alone).GetProperty(part).ToString(), Of(all).GetProperty(part).ToString());
        }
    }

    [Fact]
    public void A_folder_without_C_files_is_refused()
    {
        Outcome outcome = Workplace.Run("scan", Directory.CreateDirectory(_work["empty"]).FullName);
        Assert.Equal((int)Nsc.CommandLine.ExitCode.Refused, outcome.ExitCode);
        Assert.Contains("there is no C file", outcome.Error, StringComparison.Ordinal);
    }

    private static string[] Functions(Outcome outcome) => [.. outcome.Json.GetProperty("functions").EnumerateArray().Select(Name)];

    private static string Name(JsonElement function) => function.GetProperty("function").GetString()!;

    private static string[] Names(JsonElement json) => [.. json.EnumerateObject().Select(p => p.Name)];
}
