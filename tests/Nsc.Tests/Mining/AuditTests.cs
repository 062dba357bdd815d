using Nsc.Corpus.Mining;
using Nsc.Corpus.Shards;
using Nsc.Tests.FrontEnd.Execution;

namespace Nsc.Tests.Mining;

/// <summary>Graphs of a corpus against the native programs.</summary>
public sealed class AuditTests(Sandbox sandbox) : IClassFixture<Sandbox>
{
    private const string Source = """
        #include <math.h>
        static double gain = 2;
        void set_gain(double g) { gain = g * g; }
        double bend(double x) { return x > 0 ? sqrt(x) * gain : -0.5 * x; }
        """;

    [Fact]
    public void A_graph_that_is_what_the_program_does_is_the_same()
    {
        using var folder = new MiningFolder();
        folder.Mine("real", Source, sandbox.Toolchain);
        ShardRow row = ExeStack.Open(folder.Corpus).Load("real").Single(r => r.Function == "bend");
        Assert.Equal(GraphVerdict.Same, Audit(row).Verdict);
    }

    [Fact]
    public void A_graph_that_says_exact_and_is_not_is_wrong()
    {
        ShardRow row = MiningFolder.Plain("double f(double x) { return x * x + 1; }", sandbox.Toolchain).Single();
        ShardRow other = MiningFolder.Plain("double f(double x) { return x * x + 2; }", sandbox.Toolchain).Single();
        AuditedFunction wrong = Audit(row with { Graph = other.Graph });
        Assert.Equal(GraphVerdict.Wrong, wrong.Verdict);
        Assert.Contains("at worst return is", wrong.Remark, StringComparison.Ordinal);
    }

    [Fact]
    public void A_graph_that_says_approximate_may_differ()
    {
        ShardRow row = MiningFolder.Plain("#include <math.h>\ndouble f(double x) { while (x > 1e-3) x *= 0.9 + 0.01 * sin(x); return x; }", sandbox.Toolchain).Single();
        ShardRow other = MiningFolder.Plain("double f(double x) { return x * x + 2; }", sandbox.Toolchain).Single();
        Assert.Equal(GraphVerdict.Approximate, Audit(row with { Graph = other.Graph }).Verdict);
    }

    [Fact]
    public void A_unit_that_cannot_be_read_is_unusable()
    {
        ShardRow row = MiningFolder.Plain("double f(double x) { return x * x + 1; }", sandbox.Toolchain).Single();
        Assert.Equal(GraphVerdict.Unusable, Audit(row with { Source = "double f(double x) {" }).Verdict);
        Assert.Equal(GraphVerdict.Unusable, Audit(row with { Outputs = 2 }).Verdict);
    }

    private AuditedFunction Audit(ShardRow row) => new GraphAudit(100, 1, sandbox.Toolchain).Audit(row, TestContext.Current.CancellationToken);
}
