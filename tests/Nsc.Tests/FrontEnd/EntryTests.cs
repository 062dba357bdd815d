// The generated entry compiles without a warning after any unit.

using System.Diagnostics;
using Nsc.Core.Programs;
using Nsc.FrontEnd;
using Nsc.FrontEnd.Projects;
using Nsc.FrontEnd.Preprocessing;

namespace Nsc.Tests.FrontEnd;

public class EntryTests
{
    [Theory]
    [InlineData("double f(double x) { return x; }")]
    [InlineData("static float f(float x, _Bool b, unsigned char c, long n) { return b ? x : (float)(c + n); }")]
    [InlineData("typedef struct { float x, y; } vec; vec f(vec a, const vec *b) { vec r = {a.x + b->x, a.y + b->y}; return r; }")]
    [InlineData("struct s { struct { int a[2]; } in; const long b; }; struct s f(const struct s v[2]) { return v[1]; }")]
    [InlineData("void f(const double m[2][3], double *y, long t[2], float out[2][2]) { *y = m[1][2]; t[0] = t[1] = 1; out[0][0] = out[0][1] = out[1][0] = out[1][1] = 2; }", "left-out")]
    [InlineData("enum e { a, b = 5 }; void f(enum e x, enum e *y, _Bool *z) { *y = x; *z = x == b; }")]
    [InlineData("typedef struct { double in; } box; void f(double x, box *out) { out->in = x; }\n#define in 3\n#define out 4\n#define double float\n#define f(x) g(x)\n#define box int\n#define const static")]
    [InlineData("#define N 3\n#include <math.h>\n#include <stdint.h>\nint16_t f(const int32_t p[N], uint64_t u) { return (int16_t)(fabs((double)p[N - 1]) + (double)u); }")]
    [InlineData("double f(const double **m, double **y) { y[0][0] = m[0][1]; y[1][0] = 2; return m[1][0]; }", "extent-by-use", "left-out")]
    [InlineData("struct s { int (*read)(unsigned char, const void *); double x; }; double f(const struct s *p) { return p->read ? p->x : 0; }", "handles")]
    public void An_entry_compiles_without_warnings(string source, params string[] notes)
    {
        var (programs, diagnostics) = ClangTesting.Load(source);
        Assert.Equal(notes, ClangTesting.Ids(diagnostics));
        CProgram program = Assert.Single(programs);
        Assert.Equal("", Compile(program.UnitSource));
    }

    [Fact]
    public void Entries_of_one_unit_compile_together()
    {
        var options = FrontEndOptions.Default with { AllFunctions = true };
        var (programs, _) = ClangTesting.Load("double f(double x) { return x; } double g(double x) { return -x; }", options);
        Assert.Equal(["nsc_entry_f", "nsc_entry_g"], programs.Select(p => p.EntryName));
        Assert.Equal("", Compile(programs[0].Source + "\n" + string.Concat(programs.Select(p => p.EntrySource))));
    }

    [Fact]
    public void Output_buffers_begin_as_what_out_holds_and_are_numbered_through()
    {
        string entry = ClangTesting.LoadOne("double f(double x, double y[2]) { y[0] = y[1] = x; return x; }").EntrySource;
        Assert.Contains("double nsc_a1[2] = { (double)nsc_out[1], (double)nsc_out[2] };", entry);
    }

    [Fact]
    public void A_unit_with_local_headers_becomes_self_contained()
    {
        string folder = Directory.CreateTempSubdirectory("nsc-entry").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "half.h"), "#define HALF(x) ((x) / 2)\nstatic double half(double x) { return HALF(x); }\n");
            const string Source = "#include \"half.h\"\n#pragma nsc input(x, 0, 4)\ndouble f(double x) { return half(x); }\n";
            CProgram program = ClangTesting.LoadOne(Source, path: Path.Combine(folder, "program.c"));
            Assert.DoesNotContain("half.h", program.Source);
            Assert.Equal(new Interval(0, 4), program.Signature.Inputs[0].Range);
            Assert.Equal("", Compile(program.UnitSource));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Arguments_are_compiled_into_the_source()
    {
        CProgram program = ClangTesting.LoadOne("double f(double x) { return SCALE * x; }", FrontEndOptions.Default with { Project = ProjectOptions.None with { Flags = ["-DSCALE=3"] } });
        Assert.Contains("return 3 * x;", program.Source);
    }

    [Theory]
    [InlineData("-fplugin=evil.so")]
    [InlineData("-include/etc/passwd")]
    [InlineData("-Wl,-z,now")]
    [InlineData("-Xclang", "-load")]
    [InlineData("other.c")]
    public void What_is_no_flag_about_the_text_never_reaches_clang(params string[] arguments)
    {
        var (programs, diagnostics) = ClangTesting.Load(
            "double f(double x) { return x; }", FrontEndOptions.Default with { Project = ProjectOptions.None with { Flags = [.. arguments] } });
        Assert.Single(programs);
        Assert.Empty(diagnostics);
    }

    /// <summary>Compiles with all warnings as errors.</summary>
    /// <returns>The compiler's messages.</returns>
    private static string Compile(string source)
    {
        string[] all = ["-x", "cpp-output", "-std=gnu17", "-fsyntax-only", "-Wall", "-Wextra", "-Werror", "-"];
        var start = new ProcessStartInfo(ClangTesting.Toolchain.ClangPath, all) { RedirectStandardInput = true, RedirectStandardError = true };
        using Process clang = Process.Start(start)!;
        clang.StandardInput.Write(source);
        clang.StandardInput.Close();
        string messages = clang.StandardError.ReadToEnd();
        clang.WaitForExit();
        return messages;
    }
}
