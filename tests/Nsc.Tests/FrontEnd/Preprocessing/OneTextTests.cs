// A file is preprocessed once. What is checked, what becomes a graph and what is built are this one text, so that nothing can hide from one of them.

using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.FrontEnd;
using Nsc.FrontEnd.Lowering;
using Nsc.FrontEnd.Lowering.Values;
using Nsc.Tests.FrontEnd;
using Nsc.Tests.FrontEnd.Execution;
using Nsc.Tests.FrontEnd.Lowering;

namespace Nsc.Tests.FrontEnd.Preprocessing;

public sealed class OneTextTests(Sandbox sandbox) : IClassFixture<Sandbox>, IDisposable
{
    private const string Secret = "SECRET_WORD";

    private readonly string _folder = Directory.CreateTempSubdirectory("nsc-one-text").FullName;

    private string Own => Path.Combine(_folder, "own");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("#if defined(__OPTIMIZE__) && !defined(NSC_GRAPH)")]
    [InlineData("#ifdef __OPTIMIZE__")]
    [InlineData("#ifdef NSC_GRAPH")]
    [InlineData("#ifndef __NO_INLINE__")]
    [InlineData("#if __has_include(\"unit.c\")")]
    [InlineData("#ifdef __PIC__")]
    [InlineData("#ifdef __clang_analyzer__")]
    public void No_condition_tells_the_check_the_graph_and_the_native_code_apart(string condition)
    {
        CProgram program = ClangTesting.LoadOne($"{condition}\n#define Y 2\n#else\n#define Y 3\n#endif\ndouble f(double x) {{ return x * Y; }}");
        double graph = Evaluate(program, 7);
        ProgramRun native = Run(program, 7);
        Assert.Equal([graph], native.Outputs);
        Assert.Contains(graph == 14 ? "x * 2" : "x * 3", program.Source);
    }

    [Theory]
    [InlineData("#if defined(__OPTIMIZE__) && !defined(NSC_GRAPH)\n", "\n#else\nstatic const char secret[9] = { 0 };\n#endif\n")]
    [InlineData("# 1 \"x\" 1 3\n", "\n# 9 \"<stdin>\" 2\n")]
    [InlineData("#line 1 \"/usr/include/x.h\"\n", "\n")]
    [InlineData("#pragma GCC system_header\n", "\n")]
    [InlineData("#define A __asm__\n", "\n")]
    public void Assembly_that_reads_a_file_never_gets_into_a_unit(string before, string after)
    {
        string source = $"{before}extern const char secret[]; __asm__(\".globl secret\\nsecret: .incbin \\\"/etc/hostname\\\"\");{after}double f(double x) {{ return x + secret[0]; }}\n";
        var (programs, diagnostics) = ClangTesting.Load(source);
        Assert.All(programs, p => Assert.DoesNotContain("incbin", p.UnitSource, StringComparison.Ordinal));
        Assert.True(programs.Length == 1 || diagnostics.HasErrors);
    }

    [Theory]
    [InlineData("#include \"$\"")]
    [InlineData("#inc\\\nlude \"$\"")]
    [InlineData("#include \\\n\"$\"")]
    [InlineData("#include/**/\"$\"")]
    [InlineData("/*\n*/#/*\n*/include \"$\"")]
    [InlineData("int a;\r#include \"$\"")]
    [InlineData("\u00a0#include \"$\"")]
    [InlineData("const char *s = R\"(\n)\";\n#include \"$\"\nconst char *t = R\"(\n)\";")]
    [InlineData("#define H \"$\"\n#include H")]
    [InlineData("#define S(x) #x\n#define H(x) S(x)\n#include \"../secret.h\"")]
    [InlineData("%:include \"$\"")]
    [InlineData("#include_next \"$\"")]
    [InlineData("#import \"$\"")]
    [InlineData("#include <$>")]
    [InlineData("#include \"link.h\"")]
    [InlineData("#include \"folder/../../secret.h\"")]
    [InlineData("static const unsigned char b[] = {\n#embed \"$\"\n};")]
    [InlineData("#include \"own.h\"\n#include FROM_OWN")]
    public void A_file_outside_is_not_read_however_it_is_included(string inclusion)
    {
        string outside = Path.Combine(_folder, "secret.h");
        Directory.CreateDirectory(Path.Combine(Own, "folder"));
        File.WriteAllText(outside, $"#error {Secret}\n{Secret}\n");
        File.WriteAllText(Path.Combine(Own, "own.h"), "#define FROM_OWN \"../secret.h\"\n");
        File.CreateSymbolicLink(Path.Combine(Own, "link.h"), outside);
        var (programs, diagnostics) = ClangTesting.Load(
            $"{inclusion.Replace("$", outside, StringComparison.Ordinal)}\ndouble f(double x) {{ return x; }}\n", path: Path.Combine(Own, "f.c"));
        Assert.Empty(programs);
        Assert.True(diagnostics.HasErrors);
        Assert.DoesNotContain(Secret, string.Join('\n', diagnostics), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/dev/zero")]
    [InlineData("/dev/tty")]
    [InlineData("/proc/self/environ")]
    public void A_header_that_is_no_regular_file_is_refused(string target)
    {
        Directory.CreateDirectory(Own);
        File.CreateSymbolicLink(Path.Combine(Own, "odd.h"), target);
        var (programs, diagnostics) = ClangTesting.Load("#include \"odd.h\"\ndouble f(double x) { return x; }\n", path: Path.Combine(Own, "f.c"));
        Assert.Empty(programs);
        Assert.Contains("foreign-include", ClangTesting.Ids(diagnostics));
    }

    [Fact]
    public async Task A_header_that_is_a_pipe_does_not_hang()
    {
        Directory.CreateDirectory(Own);
        using var mkfifo = System.Diagnostics.Process.Start("mkfifo", Path.Combine(Own, "pipe.h"));
        await mkfifo.WaitForExitAsync(TestContext.Current.CancellationToken);
        var (programs, diagnostics) = ClangTesting.Load("#include \"pipe.h\"\ndouble f(double x) { return x; }\n", path: Path.Combine(Own, "f.c"));
        Assert.Empty(programs);
        Assert.True(diagnostics.HasErrors);
    }

    [Fact]
    public void A_unit_holds_what_the_function_needs_and_nothing_else()
    {
        const string Source = """
            #include <math.h>
            #include <stdlib.h>
            #include <stdio.h>
            #include <string.h>
            typedef struct { double gain; } settings;
            typedef struct { double unused; } other;
            static double helper(settings s, double x) { return s.gain * sqrt(x); }
            void report(double x) { char *t = strdup("x"); printf("%s %f\n", t, x); free(t); }
            #pragma nsc input(x, 0, 4)
            double f(double x) { settings s = { 3 }; return helper(s, x); }
            """;
        CProgram program = ClangTesting.LoadOne(Source, FrontEndOptions.Default with { Functions = ["f"] });
        Assert.All(["sqrt", "settings", "helper"], name => Assert.Contains(name, program.Source, StringComparison.Ordinal));
        Assert.All(["strdup", "printf", "unused", "report", "#include", "#pragma"], name => Assert.DoesNotContain(name, program.Source, StringComparison.Ordinal));
        Assert.InRange(program.Source.Length, 100, 1000);
    }

    [Fact]
    public void A_unit_that_was_stored_gives_the_same_program_again()
    {
        Directory.CreateDirectory(Own);
        File.WriteAllText(Path.Combine(Own, "own.h"), "#include <stdlib.h>\n#define TWICE(x) (2 * (x))\nstatic inline double bent(double v) { return v < 0 ? -v : TWICE(v); }\n");
        CProgram program = ClangTesting.LoadOne(
            "#include <stdio.h>\n#include <string.h>\n#include \"own.h\"\n\n#pragma nsc input(x, 0, 4)\ndouble f(double x) { return bent(x) + abs((int)x); }\n", path: Path.Combine(Own, "f.c"));
        var diagnostics = new DiagnosticBag();
        CProgram again = Assert.Single(ClangFrontEnd.LoadUnit("elsewhere.c", program.Source, FrontEndOptions.For(program.Signature), ClangTesting.Toolchain, diagnostics));
        Assert.Empty(diagnostics);
        Assert.Equal(program.Source, again.Source);
        Assert.Equal(program.EntrySource, again.EntrySource);
        Assert.Equal(program.Signature.Inputs, again.Signature.Inputs);
    }

    [Theory]
    [InlineData("#include <math.h>\n")]
    [InlineData("#define x 3\n")]
    [InlineData("# 1 \"x.h\" 1 3\n")]
    [InlineData("# 12345678\n")]
    [InlineData("#pragma weak f\n")]
    [InlineData("_Pragma(\"weak f\")\n")]
    [InlineData("%:include <math.h>\n")]
    [InlineData("int a; \\\n")]
    [InlineData("int a; // b\n")]
    [InlineData("int a; /* \" */\n#include <math.h>\n/* \" */\n")]
    [InlineData("const char s[] = R\"(\n#include <math.h>\n)\";\n")]
    [InlineData("const char s[] = \"\n")]
    [InlineData("int a;\r#include <math.h>\r\n")]
    [InlineData("[[foo::bar(\"\r)]] static const int t = \r#include \"/etc/passwd\"\r; [[foo::bar(\"\n)]] ")]
    [InlineData("[[foo::bar('\r)]] static const int t = \r#include \"/etc/passwd\"\r; [[foo::bar('\n)]] ")]
    [InlineData("static const char s[] = \"a\\\rb\";\n")]
    public void A_stored_text_that_is_no_unit_is_refused(string before)
    {
        var diagnostics = new DiagnosticBag();
        Assert.Empty(ClangFrontEnd.LoadUnit("f.c", before + "double f(double x) { return x; }\n", FrontEndOptions.Default, ClangTesting.Toolchain, diagnostics));
        Assert.Equal(["unit-form"], ClangTesting.Ids(diagnostics));
    }

    [Theory]
    [InlineData("double f(double x) { extern void *memcpy(void *, const void *, unsigned long) __asm__(\"system\"); char e[2]; memcpy(e, \"x\", 1); return x; }", "attribute")]
    [InlineData("double f(double x) { extern double sin(double) __asm__(\"drand48\"); return sin(x); }", "attribute")]
    [InlineData("double f(double x) { double g(double) __attribute__((weak)); return x + (sizeof(g(x)) ? 0 : 1); }", "attribute")]
    [InlineData("double floor(double x) { return x * 7; }\n#pragma nsc\ndouble f(double x) { return floor(x); }", "reserved-name")]
    [InlineData("float sinf(float x) { return x; }\n#pragma nsc\nfloat f(float x) { return sinf(x); }", "reserved-name")]
    public void What_would_mean_another_function_than_it_says_is_refused(string source, string id)
    {
        var (programs, diagnostics) = ClangTesting.Load(source);
        Assert.Empty(programs);
        Assert.Contains(id, ClangTesting.Ids(diagnostics));
    }

    [Fact]
    public void A_static_function_with_a_library_function_s_name_is_itself()
    {
        CProgram program = ClangTesting.LoadOne("static double floor(double x) { return x * 7; }\n#pragma nsc\ndouble f(double x) { return floor(x); }");
        Assert.Equal(10.5, Evaluate(program, 1.5));
        Assert.Equal([10.5], Run(program, 1.5).Outputs);
    }

    [Theory]
    [InlineData("double f(double α) { return 2 * α; }")]
    [InlineData("typedef struct { double größe; } Maß; double f(Maß m) { return m.größe; }")]
    [InlineData("/* ½ */ static double überall(double x) { return x; } /* größer */ double f(double x) { return überall(x); }")]
    public void Names_may_have_letters_that_are_not_ascii(string source)
    {
        CProgram program = ClangTesting.LoadOne(source, FrontEndOptions.Default with { Functions = ["f"] });
        Assert.Equal([Evaluate(program, 0.75)], Run(program, 0.75).Outputs);
    }

    private static double Evaluate(CProgram program, double input)
    {
        var diagnostics = new DiagnosticBag();
        var graph = GraphBuilder.Build(program, ClangTesting.Toolchain, GraphOptions.Default, diagnostics);
        Assert.Empty(diagnostics);
        return LlvmTest.Evaluate(graph!, input);
    }

    private ProgramRun Run(CProgram program, params double[] inputs)
    {
        var diagnostics = new DiagnosticBag();
        using var native = sandbox.Compile(program, diagnostics);
        Assert.Empty(diagnostics);
        return native!.Run(inputs, TestContext.Current.CancellationToken);
    }
}
