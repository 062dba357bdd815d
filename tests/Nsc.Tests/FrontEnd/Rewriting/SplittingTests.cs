using Nsc.FrontEnd.Rewriting;

namespace Nsc.Tests.FrontEnd.Rewriting;

public class SplittingTests
{
    [Theory]
    [InlineData("return x * y + 1;")]
    [InlineData("double a[2] = { x, y }; return a[0] * a[1] / 3;")]
    [InlineData("const struct pair *p = &(struct pair){ x, y }; return sqrt(p->s * p->s + p->t * p->t);")]
    [InlineData("float a = x, b = y; return a * b - a / 3;")]
    [InlineData("short i = (short)(x * 3); unsigned char j = 200; return i * j + (j << 1);")]
    [InlineData("double a = SCALE * x - y; return a > 0 ? a * y : twice(x) * y;")]
    [InlineData("double a = 0; for (int i = 0; i < 4; i++) a += i * x + y; return a;")]
    public void An_expression_moves_into_a_helper_and_the_function_stays(string body)
    {
        string source = $$"""
            #include <math.h>
            #define SCALE 2.5
            struct pair { double s, t; };
            static double twice(double v) { return v + v; }
            #pragma nsc input(x, -2, 2)
            double f(double x, double y) { {{body}} }
            """;
        RewrittenUnit split = RewritingTesting.Rewrite("splitting", source);
        Assert.Contains("f", split.Touched);
        Assert.Matches(@"static (double|float|int) [a-z]_\d+\([^)]*\);\ndouble f\(", split.Source);
        RewritingTesting.AssertKept("splitting", source);
    }

    [Theory]
    [InlineData("return x;")]
    [InlineData("return x > y;")]
    [InlineData("return bits.low;")]
    [InlineData("int n = 2; return (n++) + (double)sizeof(x * y);")]
    public void Nothing_moves_where_nothing_can(string body)
    {
        string source = $$"""
            #define SQUARE(v) ((v) * (v))
            struct pair { unsigned low : 3, high : 5; };
            double f(double x, double y) { struct pair bits = { 1, 2 }; {{body}} }
            """;
        Assert.Equal(RewritingTesting.UnitOf(source), RewritingTesting.Rewrite("splitting", source).Source);
    }
}
