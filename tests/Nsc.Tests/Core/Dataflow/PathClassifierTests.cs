using System.Collections.Immutable;
using Nsc.Core.Dataflow;
using Nsc.Core.Dataflow.Paths;
using Nsc.Core.Programs;
using Nsc.Tests.FrontEnd.Lowering;

namespace Nsc.Tests.Core.Dataflow;

public class PathClassifierTests
{
    private const string Nested = """
        #include <math.h>
        double f(double x, double y)
        {
            if (x > 0.5)
            {
                if (y > 0.25)
                    return exp(y);
                return sin(x);
            }
            return x * y;
        }
        """;

    [Fact]
    public void A_program_without_branches_has_one_path()
    {
        var classifier = new PathClassifier(LlvmTest.Build("double f(double x) { return x * x + 1; }"));
        PathTable table = classifier.Classify([-1, 0, 1]);
        Assert.Empty(classifier.Branches);
        Assert.Equal(3, Assert.Single(table.Paths).Count);
        Assert.Equal([0, 0, 0], table.PathOf);
    }

    [Fact]
    public void A_branch_on_the_way_that_is_not_taken_does_not_count()
    {
        var classifier = new PathClassifier(LlvmTest.Build(Nested));
        PathTable table = classifier.Classify([-1, -1, -1, 1, 0, 0.3, 0.6, 0, 0.7, 0.1, 0.8, 0.9]);
        Assert.Equal([3, 2, 1], table.Paths.Select(p => p.Count));
        Assert.Equal([0, 0, 0, 1, 1, 2], table.PathOf);
        Assert.Equal([1, 2, 2], table.Paths.Select(p => p.Outcomes.Count(o => o is not null)));
    }

    [Fact]
    public void A_path_has_the_same_key_among_other_inputs()
    {
        var classifier = new PathClassifier(LlvmTest.Build(Nested));
        PathTable one = classifier.Classify([0.6, 0]), all = classifier.Classify([-1, -1, 0, 0, 0.7, 0.9, 0.9, 0.2]);
        Assert.Equal(one.Paths[0].Key, all.Paths[all.PathOf[3]].Key);
        Assert.Equal(3, all.Paths.Select(p => p.Key).Distinct().Count());
    }

    [Theory]
    [InlineData("double f(double x) { return x < 0 ? 0 : x; }", 2)]
    [InlineData("double f(double x) { if (x < 0) x = -x; return x; }", 2)]
    [InlineData("int f(double x) { if (x > 0.3) return 1; return 0; }", 2)]
    [InlineData("double f(double x) { int n = 0; while (x < 1) { x *= 2; n++; if (n == 3) break; } return n; }", 4)]
    [InlineData("double f(double x) { switch ((int)(2 * x)) { case 0: return sin(x); case 1: return x; default: return -1; } }", 3)]
    public void Whatever_branches_in_C_branches_in_the_graph(string source, int paths)
    {
        double[] inputs = [.. Enumerable.Range(0, 400).Select(i => (i - 100) / 100.0)];
        inputs[0] = 0.4;
        Assert.Equal(paths, new PathClassifier(LlvmTest.Build("double sin(double);\n" + source)).Classify(inputs).Paths.Length);
    }

    [Fact]
    public void Many_rows_are_taken_in_blocks()
    {
        double[] inputs = [.. Enumerable.Range(0, 5000).Select(i => i % 7 == 0 ? 1.0 : -1.0)];
        PathTable table = new PathClassifier(LlvmTest.Build("#include <math.h>\ndouble f(double x) { return x > 0 ? exp(x) : x; }")).Classify(inputs);
        Assert.Equal([4285, 715], table.Paths.Select(p => p.Count));
        Assert.All(Enumerable.Range(0, inputs.Length), i => Assert.Equal(i % 7 == 0 ? 1 : 0, table.PathOf[i]));
    }

    [Fact]
    public void A_branch_knows_its_line_and_reads_like_the_source()
    {
        DataflowGraph graph = LlvmTest.Build(Nested);
        ImmutableArray<InputVariable> inputs = LlvmTest.Load(Nested).Signature.Inputs;
        var branches = Branches.Of(graph).Select(b => (graph.Lines[b], ConditionText.Of(graph, inputs, b))).Order().ToArray();
        Assert.Equal([(4, "0.5 < x"), (6, "0.25 < y")], branches);
    }

    [Theory]
    [InlineData("double f(double x, double y) { return x < y ? x : y; }", "x < y")]
    [InlineData("double fmin(double, double);\ndouble f(double x, double y) { return fmin(x, y); }", "x <= y")]
    [InlineData("double f(double x, double y) { return fabs(x * y); }", "(x * y) >= 0")]
    [InlineData("double f(double x, double y) { return x * x + y * y < 1 ? x : 2; }", "((y * y) + (x * x)) < 1")] // A sum is in the graph's own order.
    [InlineData("int f(int x, double y) { return x == 3 ? y * y > 0.5 : 7; }", "x == 3")]
    public void A_condition_is_written_as_an_expression(string source, string expected)
    {
        source = "#pragma nsc input(x, 0, 9)\ndouble fabs(double);\n" + source;
        DataflowGraph graph = LlvmTest.Build(source);
        ImmutableArray<InputVariable> inputs = LlvmTest.Load(source).Signature.Inputs;
        Assert.Contains(expected, Branches.Of(graph).Select(b => ConditionText.Of(graph, inputs, b)));
    }

    [Fact]
    public void A_long_condition_is_cut()
    {
        const string Source = "double f(double x, double y) { double s = 0; for (int i = 1; i < 30; i++) s += 1 / (x * i + y * s + 40); return s > 0.4 ? x : y; }";
        DataflowGraph graph = LlvmTest.Build(Source);
        string text = ConditionText.Of(graph, LlvmTest.Load(Source).Signature.Inputs, Assert.Single(Branches.Of(graph)));
        Assert.InRange(text.Length, 10, 60);
        Assert.Contains("...", text);
    }
}
