// A unit that is made of two files: each keeps the static functions and variables that it has, whatever the other one calls its own.

using Nsc.Core.Programs;
using Nsc.Core.Surrogates;
using Nsc.FrontEnd;
using Nsc.Tests.Cli;
using Nsc.Tests.FrontEnd.Execution;

namespace Nsc.Tests.FrontEnd;

public sealed class LinkedFilesTests : IDisposable
{
    private const string Header = "static inline double half(double x) { return x / 2; }\ndouble filter(double x);\n";

    private const string Filter = """
        #include "shared.h"
        static const double table[3] = { 10, 20, 30 };
        static double level;
        static int clamp(int i) { return i < 0 ? 0 : i > 2 ? 2 : i; }
        double filter(double x)
        {
            int table_2 = 3;
            level = half(level) + x;
            return table[clamp((int)x)] + level + table_2;
        }
        """;

    private const string Main = """
        #include "shared.h"
        static const double table[2] = { 1, 2 };
        static double level;
        static int clamp(int i) { return i > 1 ? 1 : i < 0 ? 0 : i; }
        #pragma nsc input(x, 0, 4)
        double f(double x)
        {
            level += 1;
            return half(table[clamp((int)x)]) + filter(x) * level;
        }
        """;

    private readonly Workplace _work = new();

    public LinkedFilesTests()
    {
        _work.Write("shared.h", Header);
        _work.Write("filter.c", Filter);
        _work.Write("main.c", Main);
    }

    public void Dispose() => _work.Dispose();

    // As libraries keep their names to themselves: the file that defines the function has the header's word for it.
    [Theory]
    [InlineData("names.h", "names.h")]
    [InlineData("include/names.h", "names.h")]
    public void A_callee_that_a_header_renames_is_found(string header, string included)
    {
        Directory.CreateDirectory(_work["include"]);
        _work.Write(header, "#define gain lib_gain\ndouble gain(double x);\n");
        _work.Write("gain.c", $"#include \"{included}\"\ndouble gain(double x) {{ return 3 * x; }}\n");
        string caller = _work.Write("caller.c", $"#include \"{included}\"\ndouble g(double x) {{ return gain(x) + 1; }}\n");
        Outcome compiled = Workplace.Run("compile", caller, "--with", _work["gain.c"], "-I", _work["include"], "-o", _work["g.surrogate"], "--model", _work.Model);
        Assert.True(compiled.ExitCode == 0, compiled.Error);
        Assert.Contains("lib_gain", SurrogateFile.Load(_work["g.surrogate"]).Program.Source, StringComparison.Ordinal);
    }

    [Fact]
    public void Statics_of_one_name_stay_two()
    {
        Outcome compiled = Compile("main.c", "f");
        Assert.True(compiled.ExitCode == 0, compiled.Error);
        Assert.Contains("filter.c: note: other files have these names too: 'table', 'level' and 'clamp' are called 'table_3', 'level_2' and 'clamp_2' here", compiled.Error, StringComparison.Ordinal);
        ProgramSignature signature = SurrogateFile.Load(_work["f.surrogate"]).Signature;
        Assert.Equal(["x", "level_2", "level"], signature.Inputs.Select(i => i.Name));

        // level_2 = 1 / 2 + 3 and filter's table[2]; level = 1 + 1 and main's table[1].
        double[] answer = Answer("f.surrogate", "3,1,1");
        Assert.Equal([1 + ((30 + 3.5 + 3) * 2), 3.5, 2], answer);
    }

    [Fact]
    public void What_only_another_file_writes_under_a_name_stays_a_constant_here()
    {
        _work.Write("filter.c", "static double level = 3;\nvoid set(double x) { level = x; }\ndouble filter(double x) { return 2 * x; }\n");
        _work.Write("main.c", "double filter(double x);\nstatic double level = 5;\ndouble f(double x) { return filter(x) + level; }\n");
        Assert.Equal(0, Compile("main.c", "f").ExitCode);
        Assert.Equal(["x"], SurrogateFile.Load(_work["f.surrogate"]).Signature.Inputs.Select(i => i.Name));
        Assert.Equal([7], Answer("f.surrogate", "1"));
    }

    [Fact]
    public void A_static_that_has_the_name_of_another_file_s_function_gives_way()
    {
        _work.Write("filter.c", "static double scale(double x) { return 3 * x; }\ndouble filter(double x) { return scale(x); }\n");
        _work.Write("scale.c", "double scale(double x) { return 100 * x; }\n");
        _work.Write("main.c", "double filter(double x);\ndouble scale(double x);\ndouble f(double x) { return filter(x) + scale(x); }\n");
        Assert.Equal(0, Compile("main.c", "f", "--with", _work["scale.c"]).ExitCode);
        Assert.Equal([103], Answer("f.surrogate", "1"));
    }

    [Fact]
    public void Types_of_one_name_stay_two()
    {
        _work.Write("filter.c", """
            struct config { float unused; double gain; };
            typedef struct { struct config config; int mode; } state;
            enum { OFF = 3, ON };
            static double apply(const state *s, double x) { return s->mode == ON ? s->config.gain * x : 0; }
            double filter(double x)
            {
                state s = { { 0, 10 }, ON };
                return apply(&s, x) + sizeof(struct config);
            }
            """);
        _work.Write("main.c", """
            enum { OFF, ON };
            struct config { double offset; };
            typedef struct { struct config config; int mode; } state;
            double filter(double x);
            static double apply(const state *s, double x) { return s->mode == ON ? s->config.offset + x : 0; }
            double f(double x) { state s = { { 5 }, ON }; return filter(x) + 100 * apply(&s, x) + OFF; }
            """);
        Outcome compiled = Compile("main.c", "f");
        Assert.True(compiled.ExitCode == 0, compiled.Error);
        Assert.Contains("'config_2'", compiled.Error, StringComparison.Ordinal);
        Assert.Equal([(10 * 2) + 16 + (100 * 7)], Answer("f.surrogate", "2"));
    }

    [Fact]
    public void A_type_that_two_files_have_alike_is_one()
    {
        _work.Write("filter.c", "typedef struct { double x, y; } pair;\ndouble filter(const pair *p) { return p->x * p->y; }\n");
        _work.Write("main.c", "typedef struct {\n    double x, y;\n} pair;\ndouble filter(const pair *p);\ndouble f(double x) { pair p = { x, 3 }; return filter(&p); }\n");
        Outcome compiled = Compile("main.c", "f");
        Assert.True(compiled.ExitCode == 0, compiled.Error);
        Assert.DoesNotContain("pair_2", compiled.Error, StringComparison.Ordinal);
        Assert.Equal([6], Answer("f.surrogate", "2"));
    }

    private Outcome Compile(string file, string function, params string[] options) => Workplace.Run(
        ["compile", _work[file], "--function", function, "--with", _work["filter.c"], .. options, "-o", _work[function + ".surrogate"], "--init", "random", "--model", _work.Model]);

    private double[] Answer(string surrogate, string inputs) => AnswerOf(_work[surrogate], inputs);

    /// <summary>What the program of a surrogate itself gives.</summary>
    internal static double[] AnswerOf(string surrogate, string inputs)
    {
        using Sandbox sandbox = new();
        Surrogate stored = SurrogateFile.Load(surrogate);
        CProgram program = ClangFrontEnd.LoadUnit("unit.c", stored.Program.Source, FrontEndOptions.For(stored.Signature), sandbox.Toolchain, [])[0];
        using var native = sandbox.Compile(program, []);
        return native!.Run([.. inputs.Split(',').Select(double.Parse)], TestContext.Current.CancellationToken).Outputs;
    }
}
