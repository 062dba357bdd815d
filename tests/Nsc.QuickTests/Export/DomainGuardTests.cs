// The conditions under which a program's operations have finite values, from its formulas.

using Nsc.Core.Dataflow;
using Nsc.Core.Dataflow.Building;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Export;

namespace Nsc.Tests.Export;

public class DomainGuardTests
{
    // Over [-2, 2] each operation leaves its domain; just inside and just outside of that.
    [Theory]
    [InlineData(Opcode.SquareRoot, "in[0] >= 0", 0, -1e-300)]
    [InlineData(Opcode.Log, "in[0] > 0", 1e-300, 0)]
    [InlineData(Opcode.Log2, "in[0] > 0", 1e-300, 0)]
    [InlineData(Opcode.Log10, "in[0] > 0", 1e-300, 0)]
    [InlineData(Opcode.Log1Plus, "in[0] > -1", -0.999999, -1)]
    [InlineData(Opcode.Asin, "in[0] * in[0] <= 1", -1, 1.000001)]
    [InlineData(Opcode.Acos, "in[0] * in[0] <= 1", 1, -1.000001)]
    [InlineData(Opcode.Atanh, "in[0] * in[0] < 1", 0.999999, 1)]
    [InlineData(Opcode.Acosh, "in[0] >= 1", 1, 0.999999)]
    public void An_operation_has_the_condition_of_its_domain(Opcode opcode, string condition, double inside, double outside)
    {
        DomainGuard guard = Of(1, x => [x[0].Of(opcode)]);
        DomainCondition only = Assert.Single(guard.Conditions);
        Assert.Equal((condition, 0), (only.InC, only.Operand));
        Assert.Equal((true, false), (only.Holds(inside), only.Holds(outside)));
        Assert.True(double.IsFinite(new GraphEvaluator(guard.Graph!).EvaluateOutputs([inside], 1)[0]));
        Assert.False(double.IsFinite(new GraphEvaluator(guard.Graph!).EvaluateOutputs([outside], 1)[0]));
    }

    [Theory]
    [InlineData(Opcode.Divide)]
    [InlineData(Opcode.Remainder)]
    public void A_divisor_must_not_be_zero(Opcode opcode)
    {
        // As a whole number, which meets zero.
        DataflowGraph graph = Term.Graphed(2, x => [x[0].Apply(opcode, x[1].Of(Opcode.Floor)), x[1].Of(Opcode.Log)]);
        Assert.Single(DomainGuard.Of(graph, Signature(2)).Conditions); // floor is no arithmetic: the divisor's condition is left out.
        DataflowGraph plain = Term.Graphed(2, x => [x[0].Apply(opcode, x[1].Apply(Opcode.Maximum, x[1].Number(0)))]);
        DomainCondition only = Assert.Single(DomainGuard.Of(plain, Signature(2)).Conditions);
        Assert.Equal("(in[1] > 0.0 ? in[1] : 0.0) != 0", only.InC);
        Assert.Equal((false, true, true), (only.Holds(0), only.Holds(1e-300), only.Holds(-1)));
    }

    [Fact]
    public void A_power_must_have_no_negative_base()
    {
        DomainCondition only = Assert.Single(Of(1, x => [x[0].Apply(Opcode.Power, x[0].Number(0.37))]).Conditions);
        Assert.Equal(("in[0] >= 0", true, false), (only.InC, only.Holds(0), only.Holds(-1e-9)));
    }

    [Fact]
    public void An_operand_is_written_as_a_formula_of_the_inputs()
    {
        string Root(Func<Term[], Term> operand) => Assert.Single(Of(2, x => [operand(x).Of(Opcode.SquareRoot)]).Conditions).InC;
        Assert.Equal("(in[0] + in[1]) >= 0", Root(x => x[0] + x[1]));
        Assert.Equal("(in[0] - in[1]) >= 0", Root(x => x[0] - x[1]));
        Assert.Equal("(in[0] * in[1]) >= 0", Root(x => x[0] * x[1]));
        Assert.Equal("(in[0] / in[1]) >= 0", Root(x => x[0] / x[1]));
        Assert.Equal("(-in[0]) >= 0", Root(x => x[0].Of(Opcode.Negate)));
        Assert.Equal("(in[0] < in[1] ? in[0] : in[1]) >= 0", Root(x => x[0].Apply(Opcode.Minimum, x[1])));
        Assert.Equal("(in[0] > in[1] ? in[0] : in[1]) >= 0", Root(x => x[0].Apply(Opcode.Maximum, x[1])));
        Assert.Equal("((in[0] < 0 ? -in[0] : in[0]) + -0.5) >= 0", Root(x => x[0].Of(Opcode.Absolute) + -0.5));
    }

    [Fact]
    public void An_operand_in_single_precision_is_rounded_as_the_program_does()
    {
        var graph = new ValueGraph();
        int x = graph.Input(0, ValueKind.Float, default), sum = graph.Apply(Opcode.Add, ValueKind.Float, x, graph.Floating(0.5));
        Assert.Equal("(double)(float)(in[0] + 0.5) >= 0", RootsOf(graph, ValueKind.Float, sum));
    }

    [Fact]
    public void A_whole_number_is_taken_as_it_is_and_what_is_computed_with_whole_numbers_has_no_condition()
    {
        var graph = new ValueGraph();
        int n = graph.Input(0, ValueKind.Int32, default);
        Assert.Equal("in[0] >= 0", RootsOf(graph, ValueKind.Double, graph.Apply(Opcode.IntegerToFloat, ValueKind.Double, n)));
        int tripled = graph.Apply(Opcode.Multiply, ValueKind.Int32, n, graph.Integer(3, ValueKind.Int32));
        Assert.Null(RootsOf(graph, ValueKind.Double, graph.Apply(Opcode.IntegerToFloat, ValueKind.Double, tripled)));
    }

    [Fact]
    public void A_program_that_always_gives_a_number_has_no_conditions()
    {
        Assert.Equal(DomainGuard.None, Of(1, x => [(x[0] * x[0]).Of(Opcode.SquareRoot)]));
        Assert.Equal(DomainGuard.None, Of(1, x => [x[0].Below(0, x[0], x[0].Of(Opcode.SquareRoot))])); // The branch keeps it out.
        Assert.Null(DomainGuard.None.Graph);
    }

    [Fact]
    public void An_operation_that_a_branch_guards_counts_only_where_nothing_else_explains_a_failure()
    {
        // The root fails by itself; the logarithm only where y is above 0, which the branch asks.
        DomainGuard guard = Of(2, x => [x[0].Of(Opcode.SquareRoot), x[1].Below(0, x[1], x[1].Of(Opcode.Log))]);
        Assert.Equal(["in[0] >= 0"], guard.Conditions.Select(c => c.InC));

        // A logarithm of y that counts where x is below 0, and that nothing else explains.
        DomainGuard partly = Of(2, x => [x[0].Below(0, x[1].Of(Opcode.Log), x[0])]);
        Assert.Equal(["in[1] > 0"], partly.Conditions.Select(c => c.InC));
    }

    [Fact]
    public void A_long_operand_has_no_condition()
    {
        Term Sum(Term[] x, int terms) => Enumerable.Range(1, terms).Aggregate(x[0], (sum, i) => sum + (x[1].Number(i) * x[1]));
        Assert.Single(Of(2, x => [Sum(x, 8).Of(Opcode.Negate).Of(Opcode.SquareRoot)]).Conditions); // Seven products in a sum of nine, negated: 32 values.
        Assert.Empty(Of(2, x => [(Sum(x, 8) + x[0]).Of(Opcode.SquareRoot)]).Conditions); // 33
        Assert.Empty(Of(2, x => [(x[0].Of(Opcode.Sin) + x[1]).Of(Opcode.SquareRoot)]).Conditions);
    }

    [Fact]
    public void Failures_that_the_conditions_find_are_none_of_the_guards_concern()
    {
        DomainGuard guard = Of(2, x => [x[0].Of(Opcode.SquareRoot) + x[1].Of(Opcode.Log)]);
        var samples = new SampleSet(2, 1, [1, 1], [1]) { Failed = new FailedInputs(5, [-1, 1, 0.5, 2, 1, 0, 0, 1]) };
        SampleSet others = guard.Without(samples);
        Assert.Equal([0.5, 2, 0, 1], others.Failed!.X); // (-1, 1) and (1, 0) are outside.
        Assert.Equal((5, samples.X), (others.Failed.Drawn, others.X));
        Assert.Same(samples, DomainGuard.None.Without(samples));
        SampleSet plain = samples with { Failed = null };
        Assert.Same(plain, guard.Without(plain));
        SampleSet none = samples with { Failed = new FailedInputs(1, []) };
        Assert.Same(none, guard.Without(none));
    }

    // The condition of the square root of a value; null when there is none.
    private static string? RootsOf(ValueGraph graph, ValueKind kind, int operand)
    {
        var (nodes, outputs, _) = graph.Extract([graph.Apply(Opcode.SquareRoot, kind, operand)]);
        return DomainGuard.Of(new DataflowGraph(nodes, 1, outputs, []), Signature(1)).Conditions.SingleOrDefault()?.InC;
    }

    private static DomainGuard Of(int inputs, Func<Term[], Term[]> formulas) => DomainGuard.Of(Term.Graphed(inputs, formulas), Signature(inputs));

    private static ProgramSignature Signature(int inputs) => new(
        "f", "double f(...)", [.. Enumerable.Range(0, inputs).Select(i => new InputVariable($"x{i}", ScalarKind.Double, new Interval(-2, 2)))],
        [new OutputVariable("return", ScalarKind.Double)]);
}
