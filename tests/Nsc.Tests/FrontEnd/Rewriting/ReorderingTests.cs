using Nsc.FrontEnd.Rewriting;

namespace Nsc.Tests.FrontEnd.Rewriting;

public class ReorderingTests
{
    [Theory]
    [InlineData("double a = x * 2; double b = y + 1; return a / (b * b + 1);")]
    [InlineData("double a, b; a = x * 2; b = sin(y); return a - b;")]
    [InlineData("struct pair { double s, t; } p = { x, y }; double q = y * y; double v = p.s * 3; return q - v;")]
    [InlineData("double a[2], b[2]; a[0] = x; b[0] = y; a[1] = y; b[1] = 2; return a[0] * b[1] - a[1] / (b[0] * b[0] + 1);")]
    [InlineData("double a = x, b = y; for (int i = 0; i < 3; i++) a *= x; if (y > 0) { b = 2; }\n b++; return a - b;")]
    [InlineData("double a = x, b = y; if (x > 0) a = 1; else { a = 2; } ; b = 3 * y; do { b += y; } while (b < 0.5 && b > 0); return a - b;")]
    [InlineData("double a, b; if (x > y) { return x; } a = x; b = y * 2; return a - b;")]
    public void Independent_neighbours_change_places_and_the_function_stays(string body)
    {
        string source = $"#include <math.h>\ndouble f(double x, double y) {{ {body} }}\n";
        RewrittenUnit reordered = RewritingTesting.Rewrite("reordering", source);
        Assert.NotEqual(source, reordered.Source);
        Assert.Equal(RewritingTesting.UnitOf(source).Order(), reordered.Source.Order());
        RewritingTesting.AssertKept("reordering", source);
    }

    [Theory]
    [InlineData("double a = x; double b = a * y; return b;")]
    [InlineData("double a = x; a = a + y; a = a * y; return a;")]
    [InlineData("double a = 1; double *p = &a; *p = x; y = a; return y;")]
    [InlineData("double a[2] = { 0, 0 }; set(a, x); y = a[0]; return y;")]
    [InlineData("if (x > 0) return y; y = 2; return y;")]
    [InlineData("y = x++; x = 3; return x - y;")]
    [InlineData("typedef double real; real a = x; return a;")]
    [InlineData("SWAP(x, y) return x - 2 * y;")]
    public void Statements_that_depend_on_each_other_stay(string body)
    {
        string source = $$"""
            #define SWAP(a, b) { double t = a; a = b; b = t; }
            static void set(double *p, double v) { *p = v; }
            double f(double x, double y) { {{body}} }
            """;
        Assert.All(Enumerable.Range(1, 5), seed => Assert.Equal(RewritingTesting.UnitOf(source), RewritingTesting.Rewrite("reordering", source, (ulong)seed).Source));
    }

    [Fact]
    public void A_function_is_touched_when_one_that_it_calls_is()
    {
        RewrittenUnit reordered = RewritingTesting.Rewrite("reordering", """
            static double inner(double x) { double a = x; double b = 2 * x; return a * b; }
            double outer(double x) { return inner(x) + 1; }
            double other(double x) { return x; }
            """);
        Assert.Equal(["inner", "outer"], reordered.Touched.Order());
    }
}
