using System.Collections.Immutable;
using Nsc.Core.Dataflow;
using Nsc.Core.Dataflow.Moments;

namespace Nsc.Tests.Core.Dataflow;

/// <summary>Which values' moments the analysis knows exactly, and that it says so of no others.</summary>
public class ProductMomentsTests
{
    private static readonly Dictionary<string, Func<Formula, int>> s_exact = new()
    {
        ["(x+y)(x-y)"] = f => f.Times(f.Plus(0, 1), f.Minus(0, 1)),
        ["(xyz)(xy(z+w))"] = f => f.Times(f.Times(f.Times(0, 1), 2), f.Times(f.Times(0, 1), f.Plus(2, 3))),
        ["(x+y+z+w)^4"] = f => f.Squared(f.Squared(f.Plus(f.Plus(0, 1), f.Plus(2, 3)))),
        ["(xy+z)(xz-w)"] = f => f.Times(f.Plus(f.Times(0, 1), 2), f.Minus(f.Times(0, 2), 3)),
        ["(1+x+y)^3 - xyz"] = f => f.Minus(f.Times(f.Squared(f.Plus(f.Number(1), f.Plus(0, 1))), f.Plus(f.Plus(0, f.Number(1)), 1)), f.Times(f.Times(0, 1), 2)),
        ["x + yzw"] = f => f.Plus(0, f.Times(f.Times(1, 2), 3)),
        ["x^2 (1 + yzw)"] = f => f.Times(f.Times(0, 0), f.Plus(f.Number(1), f.Times(f.Times(1, 2), 3))),
        ["xyz + 2xyz"] = f => f.Plus(f.Times(f.Times(0, 1), 2), f.Times(f.Number(2), f.Times(f.Times(2, 1), 0))),
        ["xyzw (x+1) - xyzw"] = f => f.Minus(f.Times(f.Times(f.Times(0, 1), f.Times(2, 3)), f.Plus(0, f.Number(1))), f.Times(f.Times(0, 1), f.Times(2, 3))),
        ["1000 + xyz/1000"] = f => f.Plus(f.Number(1000), f.Times(f.Times(0, 1), f.Times(2, f.Number(0.001)))),
        ["x sin(y) + exp(z) / (w+2)"] = f => f.Plus(f.Times(0, f.Of(Opcode.Sin, 1)), f.Over(f.Of(Opcode.Exp, 2), f.Shifted(3))),
        ["sqrt((x+2)(y+2))"] = f => f.Of(Opcode.SquareRoot, f.Times(f.Shifted(0), f.Shifted(1))),
        ["pow((x+2)(y+2), 1.5)"] = f => f.Apply(Opcode.Power, f.Times(f.Shifted(0), f.Shifted(1)), f.Number(1.5)),
        ["log((x+2)(y+2)) y"] = f => f.Times(f.Of(Opcode.Log, f.Times(f.Shifted(0), f.Shifted(1))), 1),
        ["log10(3 (x+2)(y+2)) z"] = f => f.Times(f.Of(Opcode.Log10, f.Times(f.Times(f.Number(3), f.Shifted(0)), f.Shifted(1))), 2),
        ["exp(x - 2y + z)"] = f => f.Of(Opcode.Exp, f.Plus(f.Minus(0, f.Times(f.Number(2), 1)), 2)),
        ["expm1(x + y)"] = f => f.Of(Opcode.ExpMinus1, f.Plus(0, 1)),
        ["sin(x + 2y - z) x"] = f => f.Times(f.Of(Opcode.Sin, f.Minus(f.Plus(0, f.Times(f.Number(2), 1)), 2)), 0),
        ["cos(x - y) cos(x + y)"] = f => f.Times(f.Of(Opcode.Cos, f.Minus(0, 1)), f.Of(Opcode.Cos, f.Plus(0, 1))),
        ["|xy| - cbrt(xyz)"] = f => f.Minus(f.Of(Opcode.Absolute, f.Times(0, 1)), f.Of(Opcode.CubeRoot, f.Times(f.Times(0, 1), 2))),
        ["(x+2) / ((x+2)(y+2)) + z / (x+2)"] = f => f.Plus(f.Over(f.Shifted(0), f.Times(f.Shifted(0), f.Shifted(1))), f.Over(2, f.Shifted(0))),
        ["(x < 0 ? y : z) w"] = f => f.Times(f.Choose(f.Apply(Opcode.Less, 0, f.Number(0)), 1, 2), 3),
    };

    public static TheoryData<string> ExactFormulas => [.. s_exact.Keys];

    [Fact]
    public void The_moments_of_products_of_sums_are_those_of_their_integrals()
    {
        Expansion squares = Formula.Analyse(2, s_exact["(x+y)(x-y)"]), products = Formula.Analyse(4, s_exact["(xyz)(xy(z+w))"]);
        Assert.Equal(0, squares.Mean, 1e-15);
        Assert.Equal(8 / 45.0, squares.Variance, 1e-15);
        Assert.Equal(1 / 27.0, products.Mean, 1e-15);
        Assert.Equal((1 / 125.0) + (1 / 225.0) - (1 / 729.0), products.Variance, 1e-15);
    }

    [Theory]
    [MemberData(nameof(ExactFormulas))]
    public void A_sum_of_products_of_functions_of_single_inputs_has_the_moments_of_quadrature_in_all_inputs(string formula)
    {
        DataflowGraph graph = Formula.Graph(4, s_exact[formula]);
        Expansion value = MomentAnalysis.Of(graph)[^1];
        Assert.True(value.IsExact);
        Tensor truth = Tensor.Of(graph);
        double scale = Math.Sqrt(truth.Variance);
        Assert.Equal(truth.Mean, value.Mean, (1e-9 * scale) + (1e-14 * Math.Abs(truth.Mean)));
        Assert.Equal(truth.Variance, value.Variance, 1e-9 * truth.Variance);
        for (int i = 0; i < 4; i++)
        {
            Assert.Equal(truth.Linear(i), value.Linear?[i] ?? 0, 1e-9 * scale);
            for (int j = 0; j < i; j++)
            {
                Assert.Equal(truth.Pair(i, j) / 2, value.Pairs?[(i * 4) + j] ?? 0, 1e-9 * scale);
            }
        }
    }

    [Fact]
    public void Every_polynomial_of_few_terms_is_exact()
    {
        for (int seed = 0; seed < 30; seed++)
        {
            var random = new Random(seed);
            DataflowGraph graph = Formula.Graph(3, f => Enumerable.Range(0, 20).Aggregate(f.Number(1), (sum, _) => f.Plus(
                f.Times(f.Number(random.NextDouble() - 0.5), Enumerable.Range(0, random.Next(1, 9)).Aggregate(f.Number(1), (p, _) => f.Times(p, random.Next(3)))), sum)));
            Expansion value = MomentAnalysis.Of(graph)[^1];
            Tensor truth = Tensor.Of(graph);
            Assert.True(value.IsExact);
            Assert.Equal(truth.Mean, value.Mean, 1e-12);
            Assert.Equal(truth.Variance, value.Variance, 1e-12);
        }
    }

    [Fact]
    public void The_square_of_a_product_of_many_sums_agrees_with_a_dense_average()
    {
        // (x + y)(y + z)(z + w), its square, and the square of x - y + zw, over 400,000 seeded points.
        DataflowGraph graph = Formula.Graph(4, f => f.Plus(
            f.Squared(f.Times(f.Times(f.Plus(0, 1), f.Plus(1, 2)), f.Plus(2, 3))), f.Squared(f.Plus(f.Minus(0, 1), f.Times(2, 3)))));
        var random = new Random(1);
        double[] points = [.. Enumerable.Range(0, 1_600_000).Select(_ => (2 * random.NextDouble()) - 1)];
        double[] outputs = new GraphEvaluator(graph).EvaluateOutputs(points, 400_000);
        double mean = outputs.Average(), variance = outputs.Average(v => (v - mean) * (v - mean));
        Expansion value = MomentAnalysis.Of(graph)[^1];
        Assert.True(value.IsExact);
        Assert.Equal(mean, value.Mean, 0.01 * Math.Sqrt(variance));
        Assert.Equal(variance, value.Variance, 0.03 * variance);
    }

    [Fact]
    public void What_is_no_such_sum_is_said_to_be_an_estimate()
    {
        Func<Formula, int>[] estimates =
        [
            f => f.Of(Opcode.SquareRoot, f.Plus(f.Squared(0), f.Squared(1))),
            f => f.Apply(Opcode.Maximum, f.Times(0, 1), 2),
            f => f.Over(0, f.Plus(f.Shifted(1), f.Shifted(2))),
            f => f.Over(0, f.Times(1, 2)),
            f => f.Of(Opcode.Tanh, f.Plus(0, 1)),
            f => f.Of(Opcode.Sin, f.Times(0, 1)),
            f => f.Of(Opcode.SquareRoot, f.Times(0, 1)),
            f => f.Choose(f.Apply(Opcode.Less, 0, 1), 2, 3),
            f => f.Times(f.Of(Opcode.Tanh, f.Plus(0, 1)), 2),
        ];
        Assert.All(estimates, e => Assert.False(Formula.Analyse(4, e).IsExact));
    }

    [Fact]
    public void A_function_of_what_has_no_main_effects_is_no_constant()
    {
        // exp(yz) has variance 0.133 (by Monte Carlo over y and z).
        Assert.Equal(0.133, Formula.Analyse(3, f => f.Of(Opcode.Exp, f.Times(1, 2))).Variance, 0.02);

        // tanh(xyz) is near xyz, whose variance is 1/27.
        Expansion value = Formula.Analyse(3, f => f.Of(Opcode.Tanh, f.Times(f.Times(0, 1), 2)));
        Assert.False(value.IsExact);
        Assert.Equal(1 / 27.0, value.Variance, 0.01);
    }

    [Fact]
    public void More_than_64_products_are_an_estimate()
    {
        // The pairs of n inputs: 11 have 55, 12 have 66.
        Assert.True(Formula.Analyse(11, Pairs(11)).IsExact);
        Assert.False(Formula.Analyse(12, Pairs(12)).IsExact);
        Assert.False(Formula.Analyse(17, f => f.Times(0, 1)).IsExact);

        static Func<Formula, int> Pairs(int n) => f => (
            from i in Enumerable.Range(0, n)
            from j in Enumerable.Range(0, i)
            select f.Times(i, j)).ToArray().Aggregate(f.Plus);
    }

    [Fact]
    public void A_large_program_stops_being_followed_and_still_has_moments()
    {
        // Products of sums of sixteen inputs, 4,000 values of them, each different.
        Expansion[] values = MomentAnalysis.Of(Formula.Graph(16, f =>
        {
            int[] sums = [.. Enumerable.Range(0, 8).Select(i => f.Plus(i, i + 8))];
            int last = f.Plus(0, 1);
            for (int i = 0; i < 1000; i++)
            {
                int product = f.Times(f.Plus(sums[i % 8], f.Number(i)), f.Plus(sums[(i + 3) % 8], sums[(i + 5) % 8]));
                last = f.Plus(f.Times(f.Number(0.5), last), product);
            }

            return last;
        }));
        Assert.False(values[^1].IsExact);
        Assert.All(values, v => Assert.True(double.IsFinite(v.Mean) && double.IsFinite(v.Variance) && v.Variance >= 0));
    }

    [Fact]
    public void A_value_that_leaves_all_bounds_overflows_and_a_bounded_function_of_it_does_not()
    {
        DataflowGraph graph = Formula.Graph(1, f =>
        {
            int v = 0;
            for (int i = 0; i < 9; i++)
            {
                v = f.Plus(f.Times(f.Number(3), f.Times(f.Times(v, v), v)), f.Number(1));
            }

            return v;
        });
        Expansion diverging = MomentAnalysis.Of(graph)[^1];
        Assert.True(diverging.Overflows);
        DataflowGraph bounded = graph with { Nodes = graph.Nodes.Add(new Node(Opcode.Tanh, ValueKind.Double, graph.Nodes.Length - 1)) };
        Assert.False(MomentAnalysis.Of(bounded)[^1].Overflows);
        Assert.True(Formula.Analyse(1, f => f.Of(Opcode.Exp, f.Of(Opcode.Exp, f.Times(f.Number(10), 0)))).Overflows);
        Assert.True(Formula.Analyse(1, f => f.Plus(f.Number(double.PositiveInfinity), 0)).Overflows);
        Assert.False(Formula.Analyse(1, f => f.Apply(Opcode.Minimum, f.Number(double.PositiveInfinity), 0)).Overflows);
        Assert.False(Formula.Analyse(1, f => f.Of(Opcode.Log, f.Of(Opcode.Absolute, 0))).Overflows);
        Assert.False(Formula.Analyse(1, f => f.Times(f.Number(1e44), f.Shifted(0))).Overflows);
    }

    [Fact]
    public void The_least_of_infinity_and_a_value_is_the_value()
    {
        Expansion least = Formula.Analyse(1, f => f.Apply(Opcode.Minimum, f.Number(double.PositiveInfinity), f.Shifted(0)));
        Assert.Equal(2, least.Mean, 1e-12);
        Assert.Equal(1 / 3.0, least.Variance, 1e-12);
    }

    [Theory]
    [InlineData(30, 12, 20)]
    [InlineData(5, 0, 4)]
    public void Decades_tell_how_much_larger_the_largest_values_are_than_a_third_of_them(double rate, double least, double most)
    {
        // exp(rate * x), and times y + 2
        Assert.InRange(Decades(f => f.Of(Opcode.Exp, f.Times(f.Number(rate), 0))), least, most);
        Assert.InRange(Decades(f => f.Times(f.Of(Opcode.Exp, f.Times(f.Number(rate), 0)), f.Shifted(1))), least, most);
    }

    [Fact]
    public void Steps_ramps_and_zeros_cover_no_decades()
    {
        Assert.InRange(Decades(f => f.Apply(Opcode.Less, f.Number(0.9), 0)), 0, 0);
        Assert.InRange(Decades(f => f.Apply(Opcode.Maximum, f.Number(0), 0)), 0, 1);
        Assert.InRange(Decades(f => 0), 0, 1);
        Assert.InRange(Decades(f => f.Minus(0, f.Number(GaussLegendre.Nodes[6] * (1 + 1e-14)))), 0, 1);
        Assert.InRange(Decades(f => f.Plus(f.Of(Opcode.Sin, f.Times(f.Number(9), 0)), f.Times(1, 2))), 0, 1);
        Assert.InRange(Decades(f => f.Times(1, 2)), 0, 0);
    }

    private static double Decades(Func<Formula, int> formula) => DynamicRange.Of(Formula.Analyse(3, formula)).Decades;

    /// <summary>Writes a graph, value by value; the inputs are the first ones.</summary>
    private sealed class Formula(int inputs)
    {
        private readonly List<Node> _nodes = [.. Enumerable.Range(0, inputs).Select(i => Node.ForInput(i, ValueKind.Double))];

        public static DataflowGraph Graph(int inputs, Func<Formula, int> write)
        {
            var formula = new Formula(inputs);
            int last = write(formula);
            return new DataflowGraph([.. formula._nodes.Take(Math.Max(inputs, last + 1))], inputs, [last], []);
        }

        public static Expansion Analyse(int inputs, Func<Formula, int> write)
        {
            DataflowGraph graph = Graph(inputs, write);
            return MomentAnalysis.Of(graph)[graph.Outputs[0]];
        }

        public int Number(double value) => Append(Node.Floating(value));

        public int Of(Opcode opcode, int a) => Append(new Node(opcode, ValueKind.Double, a));

        public int Apply(Opcode opcode, int a, int b) => Append(new Node(opcode, opcode.IsComparison() ? ValueKind.Boolean : ValueKind.Double, a, b));

        public int Plus(int a, int b) => Apply(Opcode.Add, a, b);

        public int Minus(int a, int b) => Apply(Opcode.Subtract, a, b);

        public int Times(int a, int b) => Apply(Opcode.Multiply, a, b);

        public int Over(int a, int b) => Apply(Opcode.Divide, a, b);

        public int Squared(int a) => Times(a, a);

        public int Shifted(int a) => Plus(a, Number(2));

        public int Choose(int condition, int a, int b) => Append(new Node(Opcode.Select, ValueKind.Double, condition, a, b));

        private int Append(Node node)
        {
            _nodes.Add(node);
            return _nodes.Count - 1;
        }
    }

    /// <summary>Quadrature over all inputs at once: exact for degree 8 in each input, its square included.</summary>
    private sealed class Tensor(double[] points, double[] weights, double[] values, int inputs)
    {
        public double Mean { get; } = values.Zip(weights, (v, w) => v * w).Sum();

        public double Variance => values.Zip(weights, (v, w) => w * (v - Mean) * (v - Mean)).Sum();

        public static Tensor Of(DataflowGraph graph)
        {
            int n = graph.InputCount, count = (int)Math.Pow(GaussLegendre.Size, n);
            double[] points = new double[count * n], weights = new double[count];
            Array.Fill(weights, 1);
            for (int p = 0; p < count; p++)
            {
                for (int i = 0, rest = p; i < n; i++, rest /= GaussLegendre.Size)
                {
                    points[(p * n) + i] = GaussLegendre.Nodes[rest % GaussLegendre.Size];
                    weights[p] *= GaussLegendre.Weights[rest % GaussLegendre.Size];
                }
            }

            return new Tensor(points, weights, new GraphEvaluator(graph).EvaluateOutputs(points, count), n);
        }

        public double Linear(int i) => Project(p => T(p, i));

        public double Pair(int i, int j) => Project(p => T(p, i) * T(p, j));

        private double T(int point, int input) => Math.Sqrt(3) * points[(point * inputs) + input];

        private double Project(Func<int, double> basis) => values.Select((v, p) => weights[p] * v * basis(p)).Sum();
    }
}
