// The file that takes a surrogate in is the user's own: its text stays as it is, and whatever compiled it before still does.

using Nsc.CommandLine;
using Nsc.Core.Surrogates;
using Nsc.Tests.Cli;

namespace Nsc.Tests.Export;

[Trait("speed", "slow")]
public sealed class DropInTests : IDisposable
{
    private const string Source = """
        /* Own header, the system's, a macro and a neighbour: größer. */
        #define _GNU_SOURCE
        #include <math.h>
        #include <stdio.h>
        #include <stdlib.h>
        #include "units.h"
        #if defined(NEVER)
        double bend(double x) { return x; }
        #endif
        	static const double table[] = { 1.0, 2.5 };   // tabs and blanks stay

        static int rounded(double x) { return (int)(x + 0.5); }

        #pragma nsc input(p.x, 0, 2)
        #pragma nsc input(steps, 1, 5)
        double bend(point p, int steps)
        {
            double sum = TWICE(p.x);
            for (int i = 0; i < steps; i++) { /* } */
                sum += table[i & 1] * sin(p.y) + rounded(p.x);
            }
            return sum / 8;
        }

        int main(void) {
            point p = { 1.0, 0.5 };
            printf("%.3f %d\n", bend(p, 3), abs(-2));
            return bend(p, 99) > 1e9;
        }

        """;

    private readonly Workplace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public void The_text_outside_the_function_stays_byte_for_byte()
    {
        string written = Exported("--guard");
        int name = Source.IndexOf("double bend(point", StringComparison.Ordinal) + "double ".Length, end = Source.IndexOf("int main", StringComparison.Ordinal);
        end = Source.LastIndexOf('}', end) + 1;
        int before = written.IndexOf(Source[..name] + "bend_original", StringComparison.Ordinal);
        Assert.True(before > 0);
        Assert.Contains(Source[name..end].Replace("bend(point", "bend_original(point", StringComparison.Ordinal), written, StringComparison.Ordinal);
        Assert.Contains(Source[end..], written, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gcc", "c99")]
    [InlineData("gcc", "c11")]
    [InlineData("gcc", "c17")]
    [InlineData("gcc", "c2x")]
    [InlineData("gcc", "gnu17")]
    [InlineData("clang", "c99")]
    [InlineData("clang", "c17")]
    [InlineData("clang", "c23")]
    public void Compilers_take_the_files_without_a_warning(string compiler, string standard)
    {
        foreach (string options in (string[])["--guard", "--drop-in", "--guard --precision double", "--guard --weights float16"])
        {
            Exported(options.Split(' '));
            (int code, string messages) = Tool.Run(Compiler(compiler), $"-std={standard}", "-Wall", "-Wextra", "-Werror", "-O1", _work["bend.nn.c"], "-lm", "-o", _work["bend"]);
            Assert.Equal("", messages);
            Assert.Equal(0, code);
        }

        (int exit, string said) = Tool.Run(_work["bend"]);
        Assert.Equal(0, exit);
        Assert.EndsWith(" 2\n", said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_C_plus_plus_program_uses_the_surrogate_through_its_header()
    {
        Exported("--guard");
        string user = _work.Write("user.cpp", """
            #include "bend.nn.h"
            #include "bend.nn.h"
            int main() { double in[3] = { 1, 0.5, 3 }, out[1] = { 0 }; bend_surrogate(in, out); bend_surrogate_batch(in, out, 1); return out[0] == out[0] ? 0 : 1; }
            """);
        Assert.Equal((0, ""), Tool.Run("gcc", "-std=c99", "-Wall", "-Wextra", "-Werror", "-Dmain=unused_main", "-c", _work["bend.nn.c"], "-o", _work["bend.o"]));
        Assert.Equal((0, ""), Tool.Run("g++", "-Wall", "-Wextra", "-Werror", user, _work["bend.o"], "-lm", "-o", _work["user"]));
        Assert.Equal((0, ""), Tool.Run(_work["user"]));
    }

    [Fact]
    public void What_compile_takes_all_later_verbs_take()
    {
        string surrogate = Compiled();
        File.Delete(_work["bend.c"]);
        File.Delete(_work["units.h"]);
        foreach (string[] verb in (string[][])[["finetune", "--samples", "32", "--steps", "3"], ["eval", "--samples", "64"], ["eval", "--samples", "64", "--paths"], ["tune", "--minimize", "return"], ["inspect"], ["export"]])
        {
            Outcome outcome = Workplace.Run([verb[0], surrogate, .. verb[1..]]);
            Assert.True(outcome.ExitCode == 0, $"{string.Join(' ', verb)}: {outcome.Error}");
        }
    }

    [Fact]
    public void Without_the_file_the_drop_in_is_what_the_surrogate_carries()
    {
        string surrogate = Compiled();
        File.Delete(_work["bend.c"]);
        Outcome outcome = Workplace.Run("export", surrogate, "--guard", "-o", _work["bend.nn.c"]);
        Assert.Equal(0, outcome.ExitCode);
        Assert.Contains("is not the file that was compiled", outcome.Error, StringComparison.Ordinal);
        string text = File.ReadAllText(_work["bend.nn.c"]);
        Assert.DoesNotContain("printf", text, StringComparison.Ordinal);
        Assert.DoesNotMatch("(?m)^# ", text);
        foreach (string compiler in (string[])["gcc", "clang"])
        {
            Assert.Equal((0, ""), Tool.Run(Compiler(compiler), "-std=c99", "-Wall", "-Wextra", "-Werror", "-c", _work["bend.nn.c"], "-o", _work["bend.o"]));
        }
    }

    [Fact]
    public void A_file_that_has_changed_since_is_not_taken_for_the_program()
    {
        string surrogate = Compiled();
        _work.Write("bend.c", Source.Replace("sum / 8", "sum / 9", StringComparison.Ordinal));
        Outcome outcome = Workplace.Run("export", surrogate, "--drop-in", "-o", _work["bend.nn.c"]);
        Assert.Contains("is not the file that was compiled", outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("sum / 9", File.ReadAllText(_work["bend.nn.c"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Accelerate_keeps_the_file_s_text_too()
    {
        Prepare();
        Outcome outcome = Workplace.Run("accelerate", _work["bend.c"], "--function", "bend", "-o", _work["fast.c"], "--samples", "64", "--held-out", "256", "--steps", "5", "--force", "--model", _work.Model);
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        Assert.Contains("#include \"units.h\"\n#if defined(NEVER)", File.ReadAllText(_work["fast.c"]), StringComparison.Ordinal);
        Assert.Equal((0, ""), Tool.Run("gcc", "-std=c99", "-Wall", "-Wextra", "-Werror", _work["fast.c"], "-lm", "-o", _work["fast"]));
    }

    [Fact]
    public void A_header_that_is_not_ours_is_not_overwritten()
    {
        string surrogate = Compiled();
        Outcome outcome = Workplace.Run("export", surrogate, "-o", _work["units.c"]);
        Assert.Equal((int)ExitCode.Usage, outcome.ExitCode);
        Assert.Contains("TWICE", File.ReadAllText(_work["units.h"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("inline double f(double x) { return 2 * x; }\nextern double f(double x);\nint main(void) { return f(1) > 9; }\n")]
    [InlineData("#define API static inline\nAPI double f(double x) { return 2 * x; }\nint main(void) { return f(1) > 9; }\n")]
    [InlineData("double f(double x);\nint main(void) { return f(1) > 9; }\ndouble\nf (double x) /* K */\n{\n#if 1\n    return 2 * x;\n#else\n    return 3 * x; }\n#endif\n}\n")]
    [InlineData("__inline double f(double x, int u) __attribute__((const));\n#pragma GCC diagnostic ignored \"-Wunused-parameter\"\n__inline double f(double x, int u) { return x; }\ndouble h(double x);\ndouble h(double x) { return f(x, 1); }\nint main(void) { return h(1) > 99; }\n")]
    [InlineData("double f(double nsc_in, double nsc_in_own_in);\ndouble f(double nsc_in, double nsc_in_own_in) { double nsc_result = nsc_in; return nsc_result * nsc_in_own_in; }\nint main(void) { return f(1, 1) > 99; }\n")]
    [InlineData("double _Complex f(double _Complex z, float _Complex *w);\ndouble _Complex f(double _Complex z, float _Complex *w) { *w *= 2; return z * *w; }\nint main(void) { float _Complex w = 1; return __real__ f(1, &w) > 99; }\n")]
    public void Heads_of_every_kind_are_kept(string source)
    {
        string file = _work.Write("f.c", source), surrogate = _work["f.surrogate"];
        Outcome compiled = Workplace.Run("compile", file, "--function", "f", "-o", surrogate, "--init", "random", "--model", _work.Model);
        Assert.True(compiled.ExitCode == 0, compiled.Error);
        Outcome exported = Workplace.Run("export", surrogate, "--guard", "-o", _work["f.nn.c"]);
        Assert.True(exported.ExitCode == 0, exported.Error);
        Assert.DoesNotContain("is not the file", exported.Error, StringComparison.Ordinal);
        Assert.Equal((0, ""), Tool.Run("gcc", "-std=c99", "-Wall", "-Wextra", "-Werror", "-O0", _work["f.nn.c"], "-o", _work["f"]));
        Assert.Equal((0, ""), Tool.Run(_work["f"]));
    }

    [Theory]
    [InlineData("double f(double x)\n#ifdef FOO\n{ return x; }\n#else\n{ return x * 2; }\n#endif\nint main(void) { return f(1) > 9; }\n")]
    [InlineData("#ifdef FAST\ndouble f(float x)\n#else\ndouble f(double x)\n#endif\n{\n#if 1\n    return x * 2; }\n#else\n    return x; }\n#endif\nint main(void) { return f(1) > 9; }\n")]
    [InlineData("#define BODY { return 2 * x; }\ndouble f(double x) BODY\nint main(void) { return f(1) > 9; }\n")]
    public void Where_conditions_or_macros_cut_through_the_definition_the_unit_takes_the_files_place(string source)
    {
        string file = _work.Write("f.c", source), surrogate = _work["f.surrogate"];
        Assert.Equal(0, Workplace.Run("compile", file, "--function", "f", "-o", surrogate, "--init", "random", "--model", _work.Model).ExitCode);
        Outcome exported = Workplace.Run("export", surrogate, "--guard", "-o", _work["f.nn.c"]);
        Assert.True(exported.ExitCode == 0, exported.Error);
        Assert.Equal((0, ""), Tool.Run("gcc", "-std=c99", "-Wall", "-Wextra", "-Werror", "-c", _work["f.nn.c"], "-o", _work["f.o"]));
        Outcome accelerated = Workplace.Run("accelerate", file, "--function", "f", "-o", _work["fast.c"], "--samples", "64", "--held-out", "256", "--steps", "5", "--force", "--model", _work.Model);
        Assert.True(accelerated.ExitCode == 0, accelerated.Error);
        Assert.Contains("cut through it", accelerated.Error, StringComparison.Ordinal);
        Assert.Equal((0, ""), Tool.Run("gcc", "-std=c99", "-Wall", "-Wextra", "-Werror", "-c", _work["fast.c"], "-o", _work["f.o"]));
    }

    [Fact]
    public void The_drop_in_of_a_stranger_s_surrogate_holds_checked_text_only()
    {
        string surrogate = Compiled();
        Surrogate loaded = SurrogateFile.Load(surrogate);
        string stranger = loaded.Program.Source + "static void unasked(void) { __asm__(\"nop\"); }\n";
        SurrogateFile.Save(surrogate, loaded with
        {
            Program = loaded.Program with { Source = stranger }, Provenance = loaded.Provenance with { SourceHash = Provenance.HashOf(stranger) },
        });
        File.Delete(_work["bend.c"]);
        Outcome outcome = Workplace.Run("export", surrogate, "--drop-in", "-o", _work["bend.nn.c"]);
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        Assert.DoesNotContain("unasked", File.ReadAllText(_work["bend.nn.c"]), StringComparison.Ordinal);
    }

    // State of the file is set by the new definition as by the old one.
    private const string Follow = """
        #include <math.h>
        #include <stdio.h>
        static double level = 1;
        double follow(double x);
        double follow(double x)
        {
            level += 0.5 * (sin(x) - level);
            return level * x;
        }
        int main(void)
        {
            double sum = 0;
            for (int i = 0; i < 10; i++)
                sum += follow(0.1 * i);
            printf("%.9f %.9f\n", sum, level);
            return 0;
        }

        """;

    [Fact]
    public void State_of_the_file_lives_on_in_the_rewritten_file()
    {
        string fast = Accelerated(Follow).Fast!;
        double[] exact = Printed(_work["follow.c"]), replaced = Printed(fast);
        Assert.Equal(exact[0], replaced[0], 0.5);
        Assert.Equal(exact[1], replaced[1], 0.2);
        Assert.NotEqual(exact[0], replaced[0]);

        double[] Printed(string file)
        {
            Assert.Equal((0, ""), Tool.Run("gcc", "-std=c99", "-Wall", "-Wextra", "-Werror", file, "-lm", "-o", _work["follow"]));
            return [.. Tool.Run(_work["follow"]).Output.Split(' ').Select(n => double.Parse(n, System.Globalization.CultureInfo.InvariantCulture))];
        }
    }

    [Fact]
    public void State_within_the_function_cannot_be_named_by_another_one_and_that_is_said()
    {
        var (outcome, fast) = Accelerated(Follow.Replace("static double level = 1;\n", "", StringComparison.Ordinal).Replace("    level +=", "    static double level = 1;\n    level +=", StringComparison.Ordinal)
            .Replace("sum, level", "sum, sum", StringComparison.Ordinal));
        Assert.Equal((int)ExitCode.Refused, outcome.ExitCode);
        Assert.Null(fast);
        Assert.Contains("'follow' cannot be replaced in its file: 'level', which keeps its value between calls, stands within a function", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void State_of_another_file_cannot_be_named_either()
    {
        _work.Write("level.c", "static double level = 1;\ndouble next(double x) { level += 0.5 * (x - level); return level; }\n");
        var (outcome, _) = Accelerated("double next(double x);\ndouble follow(double x) { return x * next(x); }\n", "--with", _work["level.c"]);
        Assert.Equal((int)ExitCode.Refused, outcome.ExitCode);
        Assert.Contains("'level', which keeps its value between calls, belongs to", outcome.Error, StringComparison.Ordinal);
    }

    private (Outcome Outcome, string? Fast) Accelerated(string source, params string[] options)
    {
        string file = _work.Write("follow.c", source), fast = _work["follow.nn.c"];
        Outcome outcome = Workplace.Run([
            "accelerate", file, "--function", "follow", "-o", fast, "--samples", "256", "--held-out", "2048", "--max-error", "0.2", "--force", "--model", _work.Model, .. options]);
        return (outcome, File.Exists(fast) ? fast : null);
    }

    private void Prepare()
    {
        _work.Write("units.h", "#ifndef UNITS_H\n#define UNITS_H\n#define TWICE(x) (2 * (x))\ntypedef struct { double x, y; } point;\ndouble bend(point p, int steps);\n#endif\n");
        _work.Write("bend.c", Source);
    }

    private string Compiled()
    {
        Prepare();
        Outcome outcome = Workplace.Run("compile", _work["bend.c"], "--function", "bend", "-o", _work["bend.surrogate"], "--init", "random", "--model", _work.Model);
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        return _work["bend.surrogate"];
    }

    private string Exported(params string[] options)
    {
        string surrogate = File.Exists(_work["bend.surrogate"]) ? _work["bend.surrogate"] : Compiled();
        Outcome outcome = Workplace.Run(["export", surrogate, .. options, "-o", _work["bend.nn.c"]]);
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        return File.ReadAllText(_work["bend.nn.c"]);
    }

    private static string Compiler(string name) => name == "clang" ? Nsc.FrontEnd.Tools.Toolchain.Find()!.ClangPath : name;
}
