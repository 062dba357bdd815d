using System.Collections.Immutable;
using Nsc.Core.Dataflow;
using Nsc.Core.Dataflow.Moments;
using Nsc.Engine.Emission;
using Nsc.Tests.Training;
using Nsc.Training.HyperNetworks;
using Nsc.Training.Supervision;

namespace Nsc.Tests.Core.Dataflow;

/// <summary>The static analysis against integrals known in closed form, and against averages over many samples.</summary>
public class MomentAnalysisTests
{
    [Fact]
    public void A_bilinear_function_is_known_exactly()
    {
        // 3 + 2x - y + xy/2; Var u = 1/3.
        Expansion value = Last(
            2, Node.Floating(3), Node.Floating(2), Node.Floating(0.5),
            Binary(Opcode.Multiply, 0, 3), Binary(Opcode.Multiply, 0, 1), Binary(Opcode.Multiply, 6, 4),
            Binary(Opcode.Add, 5, 2), Binary(Opcode.Subtract, 8, 1), Binary(Opcode.Add, 9, 7));
        Assert.Equal(3, value.Mean, 1e-12);
        Assert.Equal((4 / 3.0) + (1 / 3.0) + (0.25 / 9), value.Variance, 1e-12);
        Assert.Equal(2 / Math.Sqrt(3), value.Linear![0], 1e-12);
        Assert.Equal(-1 / Math.Sqrt(3), value.Linear[1], 1e-12);
        Assert.Equal(0.5 * 0.5 / 3, value.Pairs![1], 1e-12);
    }

    [Fact]
    public void A_function_of_one_input_is_integrated_as_by_quadrature()
    {
        // sin(exp(x)) * x
        Expansion value = Last(1, Unary(Opcode.Exp, 0), Unary(Opcode.Sin, 1), Binary(Opcode.Multiply, 2, 0));
        double[] points = [.. Enumerable.Range(0, 200_000).Select(i => ((i + 0.5) / 100_000) - 1).Select(u => Math.Sin(Math.Exp(u)) * u)];
        double mean = points.Average();
        Assert.Equal(mean, value.Mean, 1e-6);
        Assert.Equal(points.Average(p => (p - mean) * (p - mean)), value.Variance, 1e-6);
    }

    [Fact]
    public void The_distance_from_the_origin_bends_along_both_axes()
    {
        // sqrt(x^2 + y^2): E = (sqrt 2 + asinh 1) / 3, E r^2 = 2/3
        Expansion value = Last(
            2, Binary(Opcode.Multiply, 0, 0), Binary(Opcode.Multiply, 1, 1), Binary(Opcode.Add, 2, 3), Unary(Opcode.SquareRoot, 4));
        double mean = (Math.Sqrt(2) + Math.Asinh(1)) / 3;
        Assert.Equal(mean, value.Mean, 0.01);
        Assert.Equal((2 / 3.0) - (mean * mean), value.Variance, 0.02);
        Assert.All(value.Linear!, c => Assert.Equal(0, c, 1e-9));
        Assert.True(value.Bends![0] > 0.1);
        Assert.Equal(value.Bends[0], value.Bends[1], 1e-9);
    }

    [Fact]
    public void A_value_times_a_multiple_of_itself_is_a_square()
    {
        // exp(-50 s s) and s / (3 + s), where s = x + y is triangular on [-2, 2]
        Expansion bell = Last(
            2, Node.Floating(-50), Binary(Opcode.Add, 0, 1), Binary(Opcode.Multiply, 2, 3), Binary(Opcode.Multiply, 4, 3), Unary(Opcode.Exp, 5));
        Assert.InRange(bell.Mean, 0, 0.5);
        Assert.InRange(bell.High, 0.9, 1.0001);
        Expansion ratio = Last(2, Node.Floating(3), Binary(Opcode.Add, 0, 1), Binary(Opcode.Add, 2, 3), Binary(Opcode.Divide, 3, 4));
        double[] sums = [.. Enumerable.Range(0, 1000).SelectMany(i => Enumerable.Range(0, 1000).Select(j => ((i + j + 1) / 500.0) - 2))];
        Assert.Equal(sums.Average(s => s / (3 + s)), ratio.Mean, 0.01);
    }

    [Fact]
    public void Moments_agree_with_averages_over_samples_for_most_random_programs()
    {
        int close = 0, all = 0;
        for (int seed = 0; seed < 200; seed++)
        {
            TrainingProgram program = SmallPrograms.Random(seed);
            int output = program.Graph.Outputs[0];
            double[] column = new GraphEvaluator(program.Graph)
                .Evaluate(program.DrawNormalisedInputs(4000, new Random(seed)), 4000).Column(output);
            double mean = column.Average(), deviation = Math.Sqrt(column.Average(v => (v - mean) * (v - mean)));
            if (deviation > 0)
            {
                Expansion value = MomentAnalysis.Of(program.Graph)[output];
                all++;
                close += Math.Abs(value.Mean - mean) < 0.15 * deviation && Math.Abs(Math.Log(value.Deviation / deviation)) < 0.2 ? 1 : 0;
            }
        }

        Assert.True(all > 150, $"only {all} programs vary");
        Assert.True(close > 0.9 * all, $"{close} of {all} are close");
    }

    [Theory]
    [InlineData(Opcode.Log)]
    [InlineData(Opcode.SquareRoot)]
    [InlineData(Opcode.Gamma)]
    [InlineData(Opcode.Acosh)]
    [InlineData(Opcode.Tan)]
    public void A_function_that_is_not_finite_everywhere_still_has_finite_features(Opcode opcode)
    {
        DataflowGraph graph = Graph(
            1, Node.Floating(1e200), Binary(Opcode.Multiply, 0, 1), Unary(Opcode.Exp, 2), Unary(opcode, 0),
            Binary(Opcode.Divide, 4, 0), Binary(Opcode.Multiply, 5, 3), Binary(Opcode.Power, 6, 6));
        ValueFeatures features = ValueFeatures.Of(graph);
        for (int i = 0; i < graph.Nodes.Length; i++)
        {
            var numbers = new float[ValueFeatures.Count(16) + (ValueFeatures.DirectionCount * 16)];
            features.WriteFeatures(i, numbers, [3], 16);
            features.WriteDirections(i, numbers.AsSpan(ValueFeatures.Count(16)), [3], 16);
            Assert.True(double.IsFinite(features.Mean(i)) && double.IsFinite(features.Deviation(i)) && features.Deviation(i) > 0);
            Assert.All(numbers, f => Assert.True(float.IsFinite(f)));
        }
    }

    [Fact]
    public void Every_opcode_can_be_analysed()
    {
        foreach (Opcode opcode in Enum.GetValues<Opcode>().Where(o => o is not (Opcode.Input or Opcode.Constant)))
        {
            foreach (ValueKind kind in new[] { ValueKind.Boolean, ValueKind.Int32, ValueKind.Double })
            {
                if (opcode is Opcode.And or Opcode.Or or Opcode.Xor or Opcode.Not && kind == ValueKind.Double)
                {
                    continue;
                }

                DataflowGraph graph = new(
                    [Node.ForInput(0, kind), Node.ForInput(1, kind), Node.ForInput(2, kind), Of(opcode, kind)], 3, [3], []);
                Assert.True(double.IsFinite(MomentAnalysis.Of(graph)[3].Mean));
            }
        }

        static Node Of(Opcode opcode, ValueKind kind) => new(opcode, kind, 0, opcode.Arity() > 1 ? 1 : -1, opcode.Arity() > 2 ? 2 : -1);
    }

    [Fact]
    public void An_eigenvector_of_each_eigenvalue_is_found()
    {
        double[] matrix = [2, 1, 0, 1, 2, 0, 0, 0, -3];
        (double[] values, double[] vectors) = SymmetricEigen.Decompose(matrix, 3);
        Assert.Equal([-3, 1, 3], values.Order().Select(v => Math.Round(v, 9)));
        for (int k = 0; k < 3; k++)
        {
            for (int i = 0; i < 3; i++)
            {
                double image = Enumerable.Range(0, 3).Sum(j => matrix[(i * 3) + j] * vectors[(k * 3) + j]);
                Assert.Equal(values[k] * vectors[(k * 3) + i], image, 1e-9);
            }
        }
    }

    private static Expansion Last(int inputs, params Node[] nodes) => MomentAnalysis.Of(Graph(inputs, nodes))[^1];

    private static DataflowGraph Graph(int inputs, params Node[] nodes)
    {
        ImmutableArray<Node> all = [.. Enumerable.Range(0, inputs).Select(i => Node.ForInput(i, ValueKind.Double)), .. nodes];
        return new DataflowGraph(all, inputs, [all.Length - 1], []);
    }

    private static Node Unary(Opcode opcode, int a) => new(opcode, ValueKind.Double, a);

    private static Node Binary(Opcode opcode, int a, int b) => new(opcode, ValueKind.Double, a, b);
}
