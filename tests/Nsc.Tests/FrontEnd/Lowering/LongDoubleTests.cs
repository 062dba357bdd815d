// long double is double in a graph, which says so where that may make a difference. The program itself keeps its digits.

using Nsc.Core.Dataflow;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.FrontEnd.Execution;
using Nsc.Tests.FrontEnd.Execution;

namespace Nsc.Tests.FrontEnd.Lowering;

public sealed class LongDoubleTests(Sandbox sandbox) : IClassFixture<Sandbox>
{
    private const string Everything = """
        #include <complex.h>
        #include <math.h>
        typedef struct { long double sum, rest; } total;
        static const long double table[] = { 1.0L, 0.5L, -0.1L, 2e-3L };
        long double f(total *t, long double x, float y, int n)
        {
            long double whole, term = x - t->rest, next = t->sum + term, polynomial = 0;
            int exponent;
            t->rest = (next - t->sum) - term;
            t->sum = next;
            for (int i = 3; i >= 0; i--)
                polynomial = polynomial * x + table[i];
            long double _Complex z = (x + 2 + y * I) * (long double _Complex)(n + 1.5L * I);
            return polynomial + powl(fabsl(x) + 1, 1.5L) + modfl(3 * x, &whole) + whole + frexpl(x, &exponent) + exponent + lroundl(x * 8)
                + creall(z) / cimagl(z / (1 + 2 * I)) + hypotl(x, y) + fmaxl(x, n) + copysignl(floorl(4 * x), y) + (isnan(x) ? 1 : 0) + __builtin_fmal(x, x, y);
        }
        """;

    [Fact]
    public void A_graph_is_near_the_program_and_says_that_it_is_approximate()
    {
        CProgram program = LlvmTest.Load(Everything, "f.c");
        DataflowGraph graph = LlvmTest.Build(Everything);
        Assert.Contains("long double", Assert.Single(graph.Approximations), StringComparison.Ordinal);
        Assert.Equal(["t.sum", "t.rest", "x", "y", "n"], program.Signature.Inputs.Select(i => i.Name));

        using NativeProgram native = sandbox.Compile(program, new DiagnosticBag())!;
        double[] inputs = [0.3, 1e-17, 0.7, -0.4, 2, -0.9, 0, -0.123, 0.8, -1];
        double[] expected = native.Run(inputs, TestContext.Current.CancellationToken).Outputs, answers = new GraphEvaluator(graph).EvaluateOutputs(inputs, 2);
        Assert.All(expected.Zip(answers), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
    }

    [Theory]
    [InlineData("double f(double x) { long double y = x; return (double)(y < 0.5L ? -y : y); }", true)]
    [InlineData("double f(int n, float x) { long double y = n; struct { long double z[2]; } s = { { y, x } }; return s.z[n & 1]; }", true)]
    [InlineData("double f(double x) { return x * 0.1L; }", false)]
    [InlineData("#include <math.h>\ndouble f(double x) { return sinl(x); }", false)]
    [InlineData("double f(long n) { return (long double)n / 3; }", false)]
    public void It_is_approximate_where_a_long_double_has_more_digits(string source, bool isExact) => Assert.Equal(isExact, LlvmTest.Build(source).IsExact);
}
