// A program that reality has left behind: a constant or an operator of it is another one, and what is measured of that has noise.

using System.Collections.Immutable;
using Nsc.Core.Dataflow;
using Nsc.Core.Sampling;
using Nsc.Engine.Adapting;

namespace Nsc.Bench.Adapting;

/// <summary>A bench's program of one output with a change.</summary>
/// <param name="Original">What the text says; its graph is exact.</param>
/// <param name="Measured">The same program with pools, with noise, and test points, without, of the changed one.</param>
/// <param name="Residual">What the text's program leaves of these: a model of it is residual kriging.</param>
/// <param name="Constant">The constant that is another one; null where an operator is.</param>
/// <param name="Value">Its value.</param>
public sealed record ChangedProgram(BenchProgram Original, BenchProgram Measured, BenchProgram Residual, ProgramConstant? Constant, double Value)
{
    private const int Attempts = 40;

    // A change that hardly shows, or that leaves nothing of the program, asks for nothing or for too much.
    private const double LeastChange = 0.003, MostChange = 2;

    private static readonly (Opcode From, Opcode To)[] s_swaps =
    [
        (Opcode.Add, Opcode.Subtract), (Opcode.Subtract, Opcode.Add), (Opcode.Multiply, Opcode.Add), (Opcode.Sin, Opcode.Cos), (Opcode.Cos, Opcode.Sin),
    ];

    /// <summary>The share of the measured variance that the text's program leaves: of residuals' errors to errors.</summary>
    public double ResidualShare => Math.Pow(ErrorMetrics.Scale(Residual.Test, 0) / ErrorMetrics.Scale(Measured.Test, 0), 2);

    /// <summary>A change drawn by a seed: every other one is of an operator. Null where the program has none that shows.</summary>
    /// <param name="noise">In deviations of the output.</param>
    public static ChangedProgram? Of(BenchProgram program, double noise, ulong seed)
    {
        if (!program.Graph.IsExact || program.Test.OutputCount != 1)
        {
            return null;
        }

        var random = new SplitMix64(SplitMix64.Scramble(seed));
        var constants = ProgramConstants.Of(program.Graph);
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            (DataflowGraph Graph, ProgramConstant? Constant, double Value)? change = seed % 2 == 0 ? OfConstant(constants, random) : OfOperator(program.Graph, random);
            if (change is var (graph, constant, value) && Shows(program, graph))
            {
                BenchProgram measured = With(program, rows => Answers(graph, rows.X)), noisy = measured with { Pools = [.. measured.Pools.Select(p => Noisy(p, noise, random))] };
                BenchProgram residual = noisy with { Pools = [.. noisy.Pools.Select(p => Less(p, program.Graph))], Test = Less(noisy.Test, program.Graph) };
                return new ChangedProgram(program, noisy, residual, constant, value);
            }
        }

        return null;
    }

    private static (DataflowGraph, ProgramConstant?, double)? OfConstant(ProgramConstants constants, SplitMix64 random)
    {
        ProgramConstant[] single = [.. constants.All.Where(c => c.Nodes.Length == 1 && c.Value != 0)];
        if (single.Length == 0)
        {
            return null;
        }

        ProgramConstant constant = single[random.NextInt(single.Length)];
        double value = constant.Value * Math.Pow(2, (2 * random.NextDouble()) - 1);
        return (constants.With([(constant, value)]), constant, value);
    }

    private static (DataflowGraph, ProgramConstant?, double)? OfOperator(DataflowGraph graph, SplitMix64 random)
    {
        (int Node, Opcode To)[] swaps = [.. graph.Nodes.Select((n, i) => (n, i)).Where(n => n.n.Kind == ValueKind.Double).SelectMany(n => s_swaps.Where(s => s.From == n.n.Opcode).Select(s => (n.i, s.To)))];
        if (swaps.Length == 0)
        {
            return null;
        }

        (int node, Opcode to) = swaps[random.NextInt(swaps.Length)];
        return (graph with { Nodes = graph.Nodes.SetItem(node, graph.Nodes[node] with { Opcode = to }) }, null, 0);
    }

    private static bool Shows(BenchProgram program, DataflowGraph changed)
    {
        double[] before = program.Test.Y, after = Answers(changed, program.Test.X);
        if (!after.All(double.IsFinite) || program.Pools.Any(p => !Answers(changed, p.X).All(double.IsFinite)))
        {
            return false;
        }

        double scale = ErrorMetrics.Scale(new SampleSet(program.Test.InputCount, 1, program.Test.X, after), 0);
        return scale > 0 && before.Zip(after, (b, a) => (a - b) * (a - b)).Average() / (scale * scale) is >= LeastChange and <= MostChange;
    }

    private static BenchProgram With(BenchProgram program, Func<SampleSet, double[]> outputs)
    {
        SampleSet Of(SampleSet rows) => new(rows.InputCount, 1, rows.X, outputs(rows));
        return program with { Pools = [.. program.Pools.Select(Of)], Test = Of(program.Test) };
    }

    private static SampleSet Noisy(SampleSet rows, double noise, SplitMix64 random)
    {
        double scale = noise * ErrorMetrics.Scale(rows, 0);
        return new SampleSet(rows.InputCount, 1, rows.X, [.. rows.Y.Select(y => y + (scale * random.NextGaussian()))]);
    }

    private static SampleSet Less(SampleSet rows, DataflowGraph graph) => new(rows.InputCount, 1, rows.X, [.. rows.Y.Zip(Answers(graph, rows.X), (y, g) => y - g)]);

    private static double[] Answers(DataflowGraph graph, double[] inputs) => new GraphEvaluator(graph).EvaluateOutputs(inputs, inputs.Length / graph.InputCount);
}
