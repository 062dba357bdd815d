// Which loops have blocks of rows answered, and which stay as they are.

using Nsc.Core.Programs;
using Nsc.FrontEnd;

namespace Nsc.Tests.FrontEnd.Rewriting;

public class BlockLoopsTests
{
    private const string Function = "double f(double x, double y, int n) { return n > 0 ? x * y : x + y; }\n";
    private const string Head = "int n, double *out, const double *a, const double *b, float *small, int *whole, double (*rows)[8], struct s *s, double k";

    [Theory]
    [InlineData("for (int i = 0; i < n; i++) out[i] = f(a[i], b[i], 1);")]
    [InlineData("for (int i = 3; i <= n; ++i) { out[i] = f(a[i], k, n); }")]
    [InlineData("size_t i; for (i = 0; i != (size_t)n; i += 1) { out[i] = f(a[i], 2 * k - b[i], whole[i]); }")]
    [InlineData("int i = 2; for (; i < n && a[i] > 0; i++) small[i] = (float)f(small[i], -k, sizeof k);")]
    [InlineData("for (long i = 0; i < n; i++) whole[i + 1] = (int)f(a[n + i], b[i - 1], LEVEL);")]
    [InlineData("for (int y = 0; y < 8; y++) for (int i = 0; i < n; i++) rows[y][i] = f(rows[y][i], s->x[i], s->level);")]
    [InlineData("for (int i = 0; i < count; i++) out[i] = f(table[i], gain, *whole);")]
    [InlineData("for (int i = 0; i < n; i++) out[i] = f(a[i], K * a[i], 1);")]
    [InlineData("for (int i = 0; i < n; i++)\n#ifdef NEVER\n        out[i] = 0;\n#else\n        out[i] = f(a[i], b[i], 1);\n#endif\n")]
    [InlineData("for (int i = 0; i < n; i++)\n        /* of a row */\n        out[i] = f(a[i], // the first\n            b[i], 1);")]
    [InlineData("for (int i = 0; i < n; i++) s->x[i] = f(i * k, i, i);")]
    public void A_loop_over_arrays_that_does_nothing_but_call_is_found(string loop) => Assert.Equal([8], Loops(loop));

    [Theory]
    [InlineData("for (int i = 0; i < n; i++) { out[i] = f(a[i], b[i], 1); count++; }")]
    [InlineData("for (int i = 0; i < n; i++) out[i] += f(a[i], b[i], 1);")]
    [InlineData("for (int i = 0; i < n; i++) k = f(a[i], k, 1);")]
    [InlineData("for (int i = 0; i < n; i++) out[0] = f(a[i], b[i], 1);")]
    [InlineData("for (int i = 0; i < n; i++) out[i] = 2 * f(a[i], b[i], 1);")]
    [InlineData("for (int i = 0; i < n; i++) out[i] = f(a[i], b[n - i], 1);")]
    [InlineData("for (int i = 0; i < n; i++) out[i] = f(a[2 * i], b[i], 1);")]
    [InlineData("for (int i = 0; i < n; i++) rows[i][0] = f(a[i], b[i], 1);")]
    [InlineData("for (int i = 0; i < n; i += 2) out[i] = f(a[i], b[i], 1);")]
    [InlineData("for (int i = n; i > 0; i--) out[i] = f(a[i], b[i], 1);")]
    [InlineData("for (unsigned char i = 0; i < n; i++) out[i] = f(a[i], b[i], 1);")]
    [InlineData("for (int i = 0; i < n; i++) out[i] = f(a[i], noise(), 1);")]
    [InlineData("for (int i = 0; i < n; i++) out[i] = f(a[i], *b++, 1);")]
    [InlineData("for (int i = 0; i < n--; i++) out[i] = f(a[i], b[i], 1);")]
    [InlineData("for (int i = 0; i < n; i++) out[i] = f(a[i], live, 1);")]
    [InlineData("for (int i = 0; i < n; i++) out[i] = g(a[i], b[i], 1);")]
    [InlineData("for (int i = 0; i < n; i++) out[i] = f(a[i], s->flag, 1);")]
    [InlineData("int i, *p = &i; for (i = 0; i < n; i++) whole[i] = f(a[i], *p, 1);")]
    [InlineData("for (int i = 0; i < n; i++) f(a[i], b[i], 1);")]
    [InlineData("EACH(i, n) out[i] = f(a[i], b[i], 1);")]
    [InlineData("ALL(n, out[i] = f(a[i], b[i], 1));")]
    [InlineData("\n#pragma omp parallel for\n    for (int i = 0; i < n; i++) out[i] = f(a[i], b[i], 1);")]
    [InlineData("for (int i = 0; i < n; i++) out[i] = f(a[i],\n#ifdef NEVER\n        a[i],\n#else\n        b[i],\n#endif\n        1);")]
    public void Another_one_stays(string loop) => Assert.Empty(Loops(loop));

    [Theory]
    [InlineData("void f(double x, double *y) { *y = 2 * x; }", "f(a[i], &out[i]);", true)]
    [InlineData("int f(double x, double *y) { *y = 2 * x; return x > 0; }", "whole[i] = f(a[i], &out[i]);", true)]
    [InlineData("int f(double x, double *y) { *y = 2 * x; return x > 0; }", "f(a[i], &(out[i + 1]));", true)]
    [InlineData("void f(double x, double *y) { *y += 2 * x; }", "f(a[i], &out[i]);", false)]
    [InlineData("void f(double x, double *y) { *y = 2 * x; }", "f(a[i], &k);", false)]
    [InlineData("double f(double x) { return level * x; }", "out[i] = f(a[i]);", false)]
    [InlineData("double f(const double *x) { return x[0] + x[1]; }", "out[i] = f(&a[i]);", false)]
    public void Answers_may_go_out_through_pointers(string function, string statement, bool isFound) =>
        Assert.Equal(isFound ? [8] : [], Loops($"for (int i = 0; i < n; i++) {statement}", "double level = 1; " + function + " void set(void) { level = 2; }\n"));

    [Fact]
    public void Loops_are_found_in_other_functions_before_and_after_but_not_in_those_that_others_get_inline()
    {
        const string Loop = "{ for (int i = 0; i < n; i++) out[i] = f(a[i], a[i], 1); }\n", Source =
            "double f(double x, double y, int n);\nvoid before(int n, double *out, const double *a) " + Loop + Function
            + "static void after(int n, double *out, const double *a) " + Loop + "inline void shared(int n, double *out, const double *a) " + Loop
            + "void user(double *out) { after(3, out, out); }\n";
        DropIn file = ClangTesting.LoadOne(Source, FrontEndOptions.Default with { Functions = ["f"] }).DropIn!;
        Assert.Equal([(2, true), (4, false)], file.Loops.Select(l => (l.Line, l.IsBefore)));
        DropIn blocks = file.ByBlocks();
        Assert.Equal(2, Count(blocks.Before + blocks.After, "f_answers_block("));
        Assert.Equal(0, Count(file.Before + file.After, "f_answers_block("));
        Assert.Contains("inline void shared(int n, double *out, const double *a) " + Loop, blocks.After, StringComparison.Ordinal);

        static int Count(string text, string part) => text.Split(part).Length - 1;
    }

    // The loop stands in line 8.
    private static IEnumerable<int> Loops(string loop, string function = Function)
    {
        string source = "#include <stddef.h>\n#define EACH(i, n) for (int i = 0; i < n; i++)\n#define ALL(n, body) for (int i = 0; i < n; i++) body\n#define K 0.5\n"
            + "enum { LEVEL = 3 }; struct s { double x[8]; int level; int flag : 3; }; static const double table[8] = { 1 }; static double gain = 2; int count = 8; volatile double live = 1; double noise(void);\n"
            + $"double g(double x, double y, int n);\n{function}void use({Head}) {{ {loop} gain += 1; (void)n, (void)out, (void)a, (void)b, (void)small, (void)whole, (void)rows, (void)s, (void)k; }}\n";
        return ClangTesting.Load(source, FrontEndOptions.Default with { Functions = ["f"] }).Programs.Single().DropIn!.Loops.Select(l => l.Line);
    }
}
