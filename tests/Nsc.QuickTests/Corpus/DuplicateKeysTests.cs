// What is compared of two functions: their tokens, the graph of an output, its values on the probes.

using Nsc.Core.Dataflow;
using Nsc.Core.Dataflow.Building;
using Nsc.Core.Programs;
using Nsc.Corpus.Mining.Duplicates;

namespace Nsc.Tests.Corpus;

public class DuplicateKeysTests
{
    private const string Text = "double f(double a, double b) { return a * exp(0.5 * b) - 3.0; }";

    [Theory]
    [InlineData("/* Another author's. */ double response(const double gain,\n  double level)\n{ return gain * exp(.50 * level) - 3e0; }")]
    [InlineData("#pragma nsc inputs(0, 7)\nstatic inline double f(double a, double b) { return a * exp(0.5f * b) - 3.0L; }")]
    [InlineData("extern double f(register double a, volatile double b) { return a * exp(0.5 * b) - 3; }")]
    public void Names_layout_storage_classes_and_the_spelling_of_numbers_do_not_change_the_tokens(string other) =>
        Assert.Equal(TokenKey.Of(Text), TokenKey.Of(other));

    [Theory]
    [InlineData("double f(double a, double b) { return a * exp(0.5 * b) - 3.5; }")]
    [InlineData("double f(double a, double b) { return a * exp(0.5 * a) - 3.0; }")]
    [InlineData("double f(double a, double b) { return a * sin(0.5 * b) - 3.0; }")]
    [InlineData("double f(double a, double b) { return a * exp(0.5 * b) + 3.0; }")]
    [InlineData("float f(double a, double b) { return a * exp(0.5 * b) - 3.0; }")]
    [InlineData("double f(double a, double b) { while (a * exp(0.5 * b) - 3.0); }")]
    public void Anything_else_does(string other) => Assert.NotEqual(TokenKey.Of(Text), TokenKey.Of(other));

    [Fact]
    public void A_cone_is_what_an_output_depends_on()
    {
        DataflowGraph graph = Term.Graphed(3, x => [x[0] + x[1], (x[1] * x[2]).Of(Opcode.Sin), x[1].Below(0, x[0], x[2])]);
        DataflowGraph sum = OutputCone.Of(graph, 0), wave = OutputCone.Of(graph, 1), choice = OutputCone.Of(graph, 2);
        Assert.Equal([Opcode.Input, Opcode.Input, Opcode.Add], sum.Nodes.Select(n => n.Opcode));
        Assert.Equal([Opcode.Input, Opcode.Input, Opcode.Multiply, Opcode.Sin], wave.Nodes.Select(n => n.Opcode));
        Assert.All((DataflowGraph[])[sum, wave, choice], cone => Assert.Equal(cone.Nodes.Length - 1, Assert.Single(cone.Outputs)));
        double[] x = [0.5, -2, 7, 0.5, 3, 7];
        Assert.Equal([-1.5, 3.5], new GraphEvaluator(sum).EvaluateOutputs(x, 2));
        Assert.Equal([Math.Sin(-14), Math.Sin(21)], new GraphEvaluator(wave).EvaluateOutputs(x, 2));
        Assert.Equal([0.5, 7], new GraphEvaluator(choice).EvaluateOutputs(x, 2));
    }

    [Fact]
    public void The_order_of_inputs_and_of_commutative_operands_does_not_change_a_cone()
    {
        ConeKey key = Key(2, x => (x[0] * (0.5 * x[1]).Of(Opcode.Exp)) - (3 * x[1]));
        Assert.True(key.IsLike(Key(2, x => ((0.5 * x[0]).Of(Opcode.Exp) * x[1]) - (3 * x[0])), 0));
        Assert.Equal([0.5, 3], key.Constants.Order());
    }

    // A graph has operands in the order in which they were made; both must be found again behind other inputs.
    [Fact]
    public void Operands_of_a_product_are_in_no_order()
    {
        Assert.True(Key(2, x => x[0].Of(Opcode.Exp) * x[1].Of(Opcode.Sin)).IsLike(Key(2, x => x[0].Of(Opcode.Sin) * x[1].Of(Opcode.Exp)), 0));
        Assert.True(Key(2, x => (x[0] * x[1]) + x[0].Of(Opcode.Tanh)).IsLike(Key(2, x => (x[0] * x[1]) + x[1].Of(Opcode.Tanh)), 0));
    }

    // Each input is twice an operand: in a circle once the first and once the second, else one is always the first.
    [Fact]
    public void Operands_of_a_quotient_have_their_places()
    {
        ConeKey circle = Key(3, x => (x[0] / x[1]).Of(Opcode.Sin) * (x[1] / x[2]).Of(Opcode.Sin) * (x[2] / x[0]).Of(Opcode.Sin));
        ConeKey ranked = Key(3, x => (x[0] / x[1]).Of(Opcode.Sin) * (x[1] / x[2]).Of(Opcode.Sin) * (x[0] / x[2]).Of(Opcode.Sin));
        Assert.False(circle.IsLike(ranked, 0));
    }

    [Fact]
    public void A_rounding_to_float_is_not_seen()
    {
        ConeKey Rounded(bool isRounded)
        {
            var graph = new ValueGraph();
            int x = graph.Input(0, ValueKind.Double, default), y = graph.Input(1, ValueKind.Double, default), sum = graph.Apply(Opcode.Subtract, ValueKind.Double, x, y);
            int operand = isRounded ? graph.Apply(Opcode.RoundToFloat, ValueKind.Float, sum) : sum;
            var (nodes, outputs, _) = graph.Extract([graph.Apply(Opcode.Add, ValueKind.Double, graph.Apply(Opcode.Sin, ValueKind.Double, operand), x)]);
            return ConeKey.Of(new DataflowGraph(nodes, 2, outputs, []));
        }

        Assert.Equal(Rounded(false).Skeleton, Rounded(true).Skeleton);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Another_structure_is_another_cone(int which)
    {
        Func<Term[], Term>[] others =
        [
            x => (3 * x[1]) - (x[0] * (0.5 * x[1]).Of(Opcode.Exp)), // The operands of a difference have an order.
            x => (x[0] * (0.5 * x[1]).Of(Opcode.Exp)) - (3 * x[0]),
            x => (x[0] * (0.5 * x[1]).Of(Opcode.Sin)) - (3 * x[1]),
            x => (x[0] * (0.5 * x[1]).Of(Opcode.Exp)) + (3 * x[1]),
            x => (x[0] * (0.5 * x[1]).Of(Opcode.Exp)) - (3 * x[1] * x[1]),
        ];
        Assert.False(Key(2, x => (x[0] * (0.5 * x[1]).Of(Opcode.Exp)) - (3 * x[1])).IsLike(Key(2, others[which]), 10));
    }

    [Theory]
    [InlineData(2, 2.19, 0.1, true)]
    [InlineData(2, 2.25, 0.1, false)]
    [InlineData(2.25, 2, 0.1, false)]
    [InlineData(1, 2, 0.5, true)]
    [InlineData(2, 1, 0.5, true)]
    [InlineData(-2, -2.1, 0.1, true)]
    [InlineData(-2, 2, 0.1, false)]
    [InlineData(double.NaN, double.NaN, 0, true)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity, 0.1, true)]
    public void Constants_agree_up_to_a_share_of_the_larger_one(double one, double other, double tolerance, bool isLike) =>
        Assert.Equal(isLike, new ConeKey(1, [one]).IsLike(new ConeKey(1, [other]), tolerance));

    [Fact]
    public void Every_constant_counts_and_so_does_their_number()
    {
        Assert.False(new ConeKey(1, [1, 2]).IsLike(new ConeKey(1, [1, 3]), 0.1));
        Assert.False(new ConeKey(1, [1, 2]).IsLike(new ConeKey(1, [1]), 0.1));
        Assert.False(new ConeKey(1, [1]).IsLike(new ConeKey(2, [1]), 0.1));
    }

    [Fact]
    public void A_column_of_the_probes_is_a_latin_hypercubes()
    {
        for (int input = 0; input < 64; input++)
        {
            Assert.All((double[][])[ProbeDesign.Base(input), ProbeDesign.Moved(input), ProbeDesign.Free(input)], column => Assert.Equal(
                Enumerable.Range(0, ProbeDesign.Count), column.Select(u => (int)Math.Floor((u + 1) / 2 * ProbeDesign.Count)).Order()));
        }

        double[][] columns = [ProbeDesign.Base(0), ProbeDesign.Base(1), ProbeDesign.Moved(0), ProbeDesign.Free(0), ProbeDesign.Base(63)];
        Assert.All(
            from a in Enumerable.Range(0, columns.Length) from b in Enumerable.Range(0, a) select (columns[a], columns[b]),
            pair => Assert.InRange(ProbeDesign.Nmse(pair.Item1, pair.Item2), 0.94, 1));
        Assert.NotEqual(ProbeDesign.Base(0).Order(), ProbeDesign.Base(0));
    }

    [Fact]
    public void Every_input_has_columns_of_its_own()
    {
        double[][] all = [.. Enumerable.Range(0, 64).SelectMany(i => (double[][])[ProbeDesign.Base(i), ProbeDesign.Moved(i), ProbeDesign.Free(i)])];
        Assert.Equal(192, all.DistinctBy(column => column[0]).Count());
    }

    [Fact]
    public void A_column_is_drawn_from_all_strata_in_an_order_of_its_own()
    {
        double[] one = ProbeDesign.Draw(3), other = ProbeDesign.Draw(4);
        Assert.Equal(ProbeDesign.Base(3), one);
        Assert.All([one, other], column => Assert.Equal(
            Enumerable.Range(0, ProbeDesign.Count), column.Select(u => (int)Math.Floor((u + 1) / 2 * ProbeDesign.Count)).Order()));
        Assert.InRange(ProbeDesign.Nmse(one, other), 0.95, 1);
        Assert.InRange(ProbeDesign.Nmse(one, [.. Enumerable.Range(0, ProbeDesign.Count)]), 0.95, 1); // Shuffled.
        Assert.True(Math.Abs(one[0] - one.Min()) > 1e-9 || Math.Abs(one[^1] - one.Max()) > 1e-9);
    }

    [Fact]
    public void The_error_of_a_prediction_is_what_the_best_affine_map_leaves()
    {
        double[] a = [1, 2, 3, 4];
        Assert.Equal(0, ProbeDesign.Nmse(a, [7, 5, 3, 1]), 1e-12);

        // The correlation of (1, 2, 3, 4) with (1, 3, 2, 4) is 0.8.
        Assert.Equal(0.36, ProbeDesign.Nmse(a, [1, 3, 2, 4]), 1e-12);
        Assert.Equal(1, ProbeDesign.Nmse(a, [5, 5, 5, 5]));

        // What is not usable is the mean of the rest.
        Assert.Equal(ProbeDesign.Nmse(a, [1, 2.5, 4, 2.5]), ProbeDesign.Nmse(a, [1, double.NaN, 4, double.PositiveInfinity]), 1e-12);
        Assert.Equal(ProbeDesign.Nmse(a, [1, 2.5, 4, 2.5]), ProbeDesign.Nmse(a, [1, 2e100, 4, -2e100]), 1e-12);
        Assert.Equal((true, true, false, false), (ProbeDesign.IsUsable(1e100), ProbeDesign.IsUsable(-1e100), ProbeDesign.IsUsable(1.01e100), ProbeDesign.IsUsable(double.NaN)));
    }

    [Fact]
    public void Probes_are_mapped_to_the_ranges_and_whole_numbers_to_whole_ones()
    {
        DataflowGraph graph = Term.Graphed(2, x => [x[0], x[1]]);
        double[][] at = ProbeDesign.Evaluate(
            graph, [new InputVariable("x", ScalarKind.Double, new Interval(10, 30)), new InputVariable("n", ScalarKind.Int32, new Interval(0, 4))],
            [[-1, 0, 0.5, 1], [-1, 0.1, 0.3, 1]], 4);
        Assert.Equal([10.0, 20, 25, 30], at[0]);
        Assert.Equal([0.0, 2, 3, 4], at[1]);
    }

    [Fact]
    public void A_profile_says_which_inputs_matter_how_much_and_in_which_direction()
    {
        ResponseProfile profile = Profile(4, x => (3 * x[2]) - x[0] + (0.9 * x[3] * x[3]));
        Assert.True(profile.IsTelling);
        Assert.Equal([2, 0, 3], profile.Effects.Select(e => e.Input));
        Assert.True(profile.Effects[0].Slope > 0.8 && profile.Effects[1].Slope < -0.2);
        Assert.InRange(Math.Abs(profile.Effects[2].Slope), 0, 0.1);
        Assert.True(profile.Effects[2].Curvature > 2 * Math.Abs(profile.Effects[0].Curvature));

        // Of a sum the squares of the importances are the shares of the variance: near 3/4 and 1/4 where nothing is squashed much.
        ResponseProfile sum = Profile(2, x => (1.7320508 * x[0]) + x[1]);
        Assert.Equal(0.75, sum.Effects[0].Importance * sum.Effects[0].Importance, 0.08);
        Assert.Equal(0.25, sum.Effects[1].Importance * sum.Effects[1].Importance, 0.08);
        Assert.Equal(sum.Effects[0].Importance, sum.Effects[0].Slope, 0.08);
        Assert.Equal(32, sum.Quantiles.Length);
        Assert.Equal(0, sum.Quantiles.Average(), 1e-5);
        Assert.Equal(1, sum.Quantiles.Average(q => q * q), 0.02);
        Assert.Equal(sum.Quantiles.Order(), sum.Quantiles);
    }

    [Fact]
    public void Straight_lines_constants_and_what_is_seldom_a_number_tell_nothing()
    {
        Assert.True(Profile(2, x => (3 * x[0]) + 1).IsStraight);
        Assert.True(Profile(2, x => x[0] + (0.01 * x[1] * x[1])).IsStraight);
        Assert.False(Profile(2, x => x[0] + (0.3 * x[1])).IsStraight);
        Assert.False(Profile(2, x => x[0] * x[0]).IsStraight);
        Assert.Empty(Profile(1, x => 0 * x[0]).Values);
        Assert.Empty(Profile(1, x => (x[0] + -0.1).Of(Opcode.SquareRoot)).Values); // A number in 45 of 100.
        Assert.NotEmpty(Profile(1, x => (x[0] + 0.1).Of(Opcode.SquareRoot)).Values);
        Assert.False(Profile(1, x => (x[0] + -0.1).Of(Opcode.SquareRoot)).IsTelling);
        Assert.False(Profile(2, x => (3 * x[0]) + 1).IsTelling);
    }

    [Fact]
    public void A_line_with_little_beside_it_is_straight_and_half_the_points_are_enough()
    {
        ResponseProfile line = Profile(2, x => x[0] + (0.03 * x[1]));
        Assert.Equal((2, true), (line.Effects.Length, line.IsStraight));
        ResponseProfile root = Profile(1, x => x[0].Of(Opcode.SquareRoot)); // A number in the 128 strata above 0.
        Assert.Equal(128, root.Values.Count(double.IsFinite));
        Assert.All(root.Quantiles, q => Assert.True(float.IsFinite(q)));
        Assert.True(double.IsFinite(Assert.Single(root.Effects).Importance));
        Assert.False(Profile(1, x => 0 * x[0]).IsStraight);
    }

    [Fact]
    public void What_hardly_differs_from_its_median_is_a_constant()
    {
        Assert.Empty(Profile(1, x => x[0].Of(Opcode.Sin) + 1e12).Values);
        Assert.NotEmpty(Profile(1, x => x[0].Of(Opcode.Sin) + 1e6).Values);
        Assert.NotEmpty(Profile(1, x => x[0].Of(Opcode.Sin) + -1e6).Values);
        Assert.Empty(Profile(1, x => 1e-120 * x[0].Of(Opcode.Sin)).Values);
        Assert.NotEmpty(Profile(1, x => 1e-80 * x[0].Of(Opcode.Sin)).Values);
    }

    private static ConeKey Key(int inputs, Func<Term[], Term> formula) => ConeKey.Of(Term.Graphed(inputs, x => [formula(x)]));

    private static ResponseProfile Profile(int inputs, Func<Term[], Term> formula) => Assert.Single(ResponseProfile.Of(
        Term.Graphed(inputs, x => [formula(x)]), [.. Enumerable.Range(0, inputs).Select(i => new InputVariable($"x{i}", ScalarKind.Double, new Interval(-1, 1)))]));
}
