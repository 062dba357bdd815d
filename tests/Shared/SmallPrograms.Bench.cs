// Small programs as the bench and the training of a CompNet take them.

using System.Collections.Immutable;
using Nsc.Bench;
using Nsc.Core.Dataflow;
using Nsc.Core.Programs;
using Nsc.Core.Surrogates;
using Nsc.Engine;
using Nsc.Engine.Emission;
using Nsc.Engine.FineTuning;
using Nsc.Engine.Trainers;
using Nsc.Training.HyperNetworks;
using Nsc.Training.Supervision;

namespace Nsc.Tests.Training;

internal static partial class SmallPrograms
{
    /// <summary>That program on the bench, with an arm that starts from the solution.</summary>
    public static BenchProgram SolvedProduct(NetShape shape, int samples, int seeds)
    {
        (DataflowGraph graph, CProgram program) = Product();
        Surrogate solved = SurrogateFineTuner.Run(
            SurrogateEmitter.Random(shape, program, 1, "1.0.0"), Sample(graph, program.Signature, 512, 9), new FineTuneOptions(),
            null, TestContext.Current.CancellationToken).Surrogate;
        return new BenchProgram(
            "product", program, graph, "1.0.0", OutputScale.Of(graph, program.Signature), new Dictionary<string, Surrogate> { [Architectures.Dataflow] = solved },
            [.. Enumerable.Range(1, seeds).Select(seed => Sample(graph, program.Signature, samples, seed))], Sample(graph, program.Signature, 256, 3));
    }

    /// <summary>sin(x - 3 y) on the bench, over [-1, 1] and [0, 3], for one arm that starts at random.</summary>
    public static BenchProgram Wave(int samples) => RandomlyStarted(samples, inputs: 2,
    [
        Node.ForInput(0, ValueKind.Double), Node.ForInput(1, ValueKind.Double), Node.Floating(3), new(Opcode.Multiply, ValueKind.Double, 1, 2),
        new(Opcode.Subtract, ValueKind.Double, 0, 3), new(Opcode.Sin, ValueKind.Double, 4),
    ]);

    /// <summary>1000 + x on the bench, the same.</summary>
    public static BenchProgram Shifted(int samples) =>
        RandomlyStarted(samples, inputs: 1, [Node.ForInput(0, ValueKind.Double), Node.Floating(1000), new(Opcode.Add, ValueKind.Double, 0, 1)]);

    private static BenchProgram RandomlyStarted(int samples, int inputs, ImmutableArray<Node> nodes)
    {
        CProgram program = Program("f", inputs, 1);
        var graph = new DataflowGraph(nodes, inputs, [nodes.Length - 1], []);
        return new BenchProgram(
            "f", program, graph, "1.0.0", OutputScale.Of(graph, program.Signature), new Dictionary<string, Surrogate>(),
            [.. Enumerable.Range(1, 2).Select(seed => Sample(graph, program.Signature, samples, seed))], Sample(graph, program.Signature, 256, 3));
    }

    /// <summary>Training from scratch and the arm that starts from the solution, as it is.</summary>
    public static readonly BenchArm[] SolvedArms = [BenchArm.Random, new(Architectures.Dataflow)];

    /// <summary>A random straight-line program, deterministic for its seed.</summary>
    public static TrainingProgram Random(int seed, string architecture = Architectures.Dataflow)
    {
        var random = new Random(seed);
        int inputs = random.Next(1, 5);
        var nodes = ImmutableArray.CreateBuilder<Node>();
        for (int i = 0; i < inputs; i++)
        {
            nodes.Add(Node.ForInput(i, ValueKind.Double));
        }

        nodes.Add(Node.Floating(Math.Round(random.NextDouble() * 4, 2) - 2));
        Opcode[] binary = [Opcode.Add, Opcode.Subtract, Opcode.Multiply, Opcode.Maximum], unary = [Opcode.Sin, Opcode.Tanh, Opcode.Negate];
        for (int i = 0; i < 8; i++)
        {
            int a = random.Next(nodes.Count), b = random.Next(nodes.Count);
            nodes.Add(random.Next(4) == 0 ? new Node(unary[random.Next(3)], ValueKind.Double, a) : new Node(binary[random.Next(4)], ValueKind.Double, a, b));
        }

        nodes.Add(new Node(Opcode.Add, ValueKind.Double, nodes.Count - 1, 0));
        var graph = new DataflowGraph(nodes.ToImmutable(), inputs, [nodes.Count - 1], []);
        return TrainingProgram.From(graph, [.. Enumerable.Range(0, inputs).Select(i => new InputVariable($"x{i}", ScalarKind.Double, Interval.Default))], [.. Enumerable.Range(0, 20).Select(i => (short)(10 + ((seed + i) % 30)))], architecture);
    }
}
