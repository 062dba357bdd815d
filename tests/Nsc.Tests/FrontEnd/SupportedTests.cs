// What the support check must let through: the C that numerical programs are written in.

using System.Diagnostics;
using System.Text;
using Nsc.Core.Diagnostics;
using Nsc.FrontEnd;
using Nsc.FrontEnd.Parsing;
using Nsc.FrontEnd.Sources;

namespace Nsc.Tests.FrontEnd;

public class SupportedTests
{
    [Theory]
    [InlineData("#include <math.h>\ndouble f(double x) { return isnan(x) || isinf(x) ? HUGE_VAL : fmin(sinf((float)x), hypot(x, 2)) + M_PI; }")]
    [InlineData("#include <tgmath.h>\nfloat f(float x) { return sqrt(x) + pow(x, 2.0f); }")]
    [InlineData("#include <math.h>\n#define g(x) _Generic((x), float: sinf, long double: sinl, default: sin)(x)\ndouble f(float x) { return g(x); }")]
    [InlineData("#include <math.h>\nlong double f(long double x) { volatile long double y = x * 2.0L; return fabsl(y) > 1 ? expl(y) : sinl(y); }")]
    [InlineData("int f(int x) { __int128 y = x; return (int)(y * y >> 3); }")]
    [InlineData("#include <string.h>\nunsigned f(float x) { unsigned u; memcpy(&u, &x, sizeof u); return u; }")]
    [InlineData("static const double table[2][2] = {{1, 2}, {3, 4}}; double f(int i, int j) { return table[i & 1][j & 1]; }")]
    [InlineData("static const double t[] = {1, 2}; double f(int i) { static const double *const p = t; return p[i & 1]; }")]
    [InlineData("int f(int x) { again: x /= 2; if (x > 3) goto again; switch (x) { case 1: return 5; default: return ({ int y = x; y * y; }); } }")]
    [InlineData("static inline __attribute__((always_inline)) double sq(double x) { return x * x; } double f(double x) { return sq(x) + sizeof(sq(x)); }")]
    [InlineData("_Static_assert(sizeof(int) == 4, \"int\"); ; int f(int x) { return x; }")]
    [InlineData("static void norm(double v[2]) { v[0] /= 2; v++; *v = 1; } double f(double x) { double v[2] = {x, x}; norm(v); return v[1]; }")]
    [InlineData("struct p { double x, y; }; static void g(struct p *p) { p->x = 0; } double f(struct p a) { g(&a); return a.y; }")]
    [InlineData("struct c { double x; double (*next)(double); union { float f; int i; } u; }; static double g(const struct c *c) { return c->x; } double f(double x) { struct c c = {x}; return g(&c); }")]
    [InlineData("void unused(void); void other(void) { unused(); }\n#pragma nsc\nint f(int x) { return x; }")]
    [InlineData("#include <stdlib.h>\nint f(int x) { int *none = NULL; return none == 0 ? abs(x) : 0; }")]
    [InlineData("__asm__(\".globl surprise\"); int f(int x) { return x; }")]
    [InlineData("__attribute__((constructor)) static void g(void) { } void h(void) { __asm__(\"nop\"); } int f(int x); \n#pragma nsc\nint f(int x) { return x; }")]
    [InlineData("static void (*volatile hook)(int); long double wide; int f(int x) { return x; }")]
    public void A_numerical_program_is_supported(string source) => Assert.Equal("f", ClangTesting.LoadOne(source).Signature.Function);

    [Fact]
    public void Tokens_of_a_function_include_its_callees()
    {
        const string Source = "int other(int x) { return x; }\nstatic int g(int x) { return x; } // what\nint f(int x) { return g(x) + 0x1f; }";
        var diagnostics = new DiagnosticBag();
        var tokens = ClangFrontEnd.Tokenize("program.c", Source, ClangTesting.Toolchain, diagnostics, "f");
        Assert.Empty(diagnostics);
        Assert.Equal("int f ( int x ) { return g ( x ) + 0x1f ; } static int g ( int x ) { return x ; }", string.Join(' ', tokens.Select(t => t.Spelling)));
        Assert.Equal(new SourceToken(SourceTokenKind.Identifier, "f", 3, 5), tokens[1]);
        Assert.Contains(tokens, t => t is { Kind: SourceTokenKind.Literal, Spelling: "0x1f" });
    }

    [Fact]
    public void Tokens_of_a_file_are_all_its_tokens()
    {
        var tokens = ClangFrontEnd.Tokenize("program.c", "int f(int x) { return x; }", ClangTesting.Toolchain, []);
        Assert.Equal(11, tokens.Length);
        Assert.Equal(SourceTokenKind.Keyword, tokens[0].Kind);
    }

    // Eight times as many functions take about eight times as long, and not sixty-four times.
    [Fact]
    public void A_thousand_functions_load_in_one_parse()
    {
        ClangTesting.LoadOne("int f(int x) { return x; }");
        TimeSpan few = TimeToLoad(125), many = TimeToLoad(1000);
        TestContext.Current.TestOutputHelper?.WriteLine($"{few.TotalMilliseconds} ms, {many.TotalMilliseconds} ms");
        Assert.True(many < 24 * few, $"{few} for 125 functions, {many} for 1,000");
    }

    private static TimeSpan TimeToLoad(int count)
    {
        var source = new StringBuilder("#include <math.h>\nstatic double sq(double x) { return x * x; }\n");
        for (int i = 0; i < count; i++)
        {
            source.Append($"#pragma nsc input(x, 0, {i + 1})\ndouble f{i}(double x, double y, double z) {{ double t = x * {i} + sin(y); if (t > z) t = sq(t) - z; for (int k = 0; k < 4; k++) t += k * y; return t / (1 + fabs(z)); }}\n");
        }

        var clock = Stopwatch.StartNew();
        var (programs, diagnostics) = ClangTesting.Load(source.ToString(), FrontEndOptions.Default with { AllFunctions = true });
        Assert.Empty(diagnostics);
        Assert.Equal(count, programs.Select(p => p.EntryName).Distinct().Count());
        return clock.Elapsed;
    }
}
