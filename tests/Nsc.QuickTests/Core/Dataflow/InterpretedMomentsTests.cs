using Nsc.Core.Dataflow;
using Nsc.Core.Dataflow.Building;
using Nsc.Core.Dataflow.Moments;

namespace Nsc.Tests.Core.Dataflow;

/// <summary>Long iterations, which an analysis of one operation after the other loses: points of the graph keep it right.</summary>
public class InterpretedMomentsTests
{
    [Fact]
    public void An_integration_of_400_steps_has_the_mean_deviation_and_main_effects_of_its_values()
    {
        DataflowGraph graph = Spring(400);
        Expansion found = MomentAnalysis.Of(graph, interprets: true)[graph.Outputs[0]];
        var random = new Random(1);
        const int Count = 4096;
        double[] points = [.. Enumerable.Range(0, 2 * Count).Select(_ => (2 * random.NextDouble()) - 1)];
        double[] values = new GraphEvaluator(graph).EvaluateOutputs(points, Count);
        double mean = values.Average(), deviation = Math.Sqrt(values.Average(v => (v - mean) * (v - mean)));
        Assert.Equal(mean, found.Mean, 0.3 * deviation);
        Assert.InRange(found.Deviation / deviation, 0.7, 1.4);
        for (int i = 0; i < 2; i++)
        {
            double slope = Enumerable.Range(0, Count).Average(s => values[s] * Math.Sqrt(3) * points[(2 * s) + i]);
            Assert.Equal(slope, found.Linear![i], 0.3 * deviation);
        }
    }

    [Fact]
    public void After_10_000_steps_all_is_finite()
    {
        DataflowGraph graph = Spring(10_000);
        Expansion found = MomentAnalysis.Of(graph, interprets: true)[graph.Outputs[0]];
        Assert.InRange(found.Mean, -2, 2);
        Assert.InRange(found.Deviation, 1e-6, 2);
        Assert.False(found.Overflows);
        Assert.All(found.Effects!, e => Assert.InRange(e, -10, 10));
    }

    [Fact]
    public void What_the_text_alone_tells_right_stays_as_it_is()
    {
        var graph = new ValueGraph(Arithmetic.Real);
        int x = graph.Input(0, ValueKind.Double, default), y = graph.Input(1, ValueKind.Double, default);
        int product = graph.Apply(Opcode.Multiply, ValueKind.Double, x, y);
        var (nodes, outputs, _) = graph.Extract([graph.Apply(Opcode.Sin, ValueKind.Double, product)]);
        var program = new DataflowGraph(nodes, 2, outputs, []);
        Expansion text = MomentAnalysis.Of(program)[outputs[0]], interpreted = MomentAnalysis.Of(program, interprets: true)[outputs[0]];
        Assert.Equal((text.Mean, text.Variance), (interpreted.Mean, interpreted.Variance));
    }

    // A weight on a hardening spring, by small steps: x and its rate are 3 times the inputs at first.
    private static DataflowGraph Spring(int steps)
    {
        var graph = new ValueGraph(Arithmetic.Real);
        int three = graph.Floating(3), step = graph.Floating(0.02);
        int x = Times(graph.Input(0, ValueKind.Double, default), three), rate = Times(graph.Input(1, ValueKind.Double, default), three);
        for (int i = 0; i < steps; i++)
        {
            int force = Plus(x, Times(x, Times(x, x)));
            rate = Plus(rate, Times(graph.Floating(-0.02), Plus(force, Times(graph.Floating(0.1), rate))));
            x = Plus(x, Times(step, rate));
        }

        var (nodes, outputs, _) = graph.Extract([x]);
        return new DataflowGraph(nodes, 2, outputs, []);

        int Plus(int a, int b) => graph.Apply(Opcode.Add, ValueKind.Double, a, b);
        int Times(int a, int b) => graph.Apply(Opcode.Multiply, ValueKind.Double, a, b);
    }
}
