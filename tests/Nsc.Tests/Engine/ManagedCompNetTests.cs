using System.Collections.Immutable;
using Nsc.Core.Dataflow;
using Nsc.Core.Programs;
using Nsc.Core.Surrogates;
using Nsc.Engine.Emission;
using Nsc.Training;
using Nsc.Training.HyperNetworks;
using Nsc.Tests.Training;
using static TorchSharp.torch;

namespace Nsc.Tests.Engine;

/// <summary>The forward pass that compiles, against the network that is trained.</summary>
[Collection(nameof(TorchCollection))]
public class ManagedCompNetTests
{
    private static readonly CompNetOptions s_shape = new(Width: 48, Heads: 3, FeedForward: 40, EmissionWidth: 24, CoveringInputs: 6, SurrogateWidth: 8);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void It_emits_what_the_trained_network_emits(int seed)
    {
        using var net = SeededDraws.From(seed, () => new CompNet(s_shape));
        var managed = new ManagedCompNet(TorchCheckpoint.Of(net, ImmutableSortedDictionary<string, string>.Empty));
        DataflowGraph graph = RandomGraph(seed);
        var program = new CompNetInput(graph, ValueFeatures.Of(graph), [4, 0, 2], []);
        foreach ((EmittedNet expected, EmittedNet actual) in net.Emit(program).Zip(managed.Emit(program)))
        {
            Assert.All(expected.Weights.Zip(actual.Weights), w => Assert.Equal(w.First, w.Second, 1e-5));
            Assert.Equal(expected.Offset, actual.Offset, 1e-5);
            Assert.Equal(expected.Stretch, actual.Stretch, 1e-5);
        }
    }

    [Fact]
    public void A_checkpoint_whose_tensors_do_not_fit_is_refused()
    {
        using var net = SeededDraws.From(1, () => new CompNet(s_shape));
        CompNetCheckpoint checkpoint = TorchCheckpoint.Of(net, ImmutableSortedDictionary<string, string>.Empty);
        Assert.Throws<ContainerException>(() => new ManagedCompNet(checkpoint with { Shape = s_shape with { Width = 36 } }));
        Assert.Throws<ContainerException>(() => new ManagedCompNet(checkpoint with { Tensors = checkpoint.Tensors.RemoveAt(3) }));
    }

    // Three inputs, two constants and operations of every arity.
    private static DataflowGraph RandomGraph(int seed)
    {
        var random = new Random(seed);
        var nodes = new List<Node>
        {
            Node.ForInput(0, ValueKind.Double), Node.ForInput(1, ValueKind.Double), Node.ForInput(2, ValueKind.Double), Node.Floating(-0.7), Node.Floating(2),
        };
        Opcode[] operations = [Opcode.Add, Opcode.Subtract, Opcode.Multiply, Opcode.Sin, Opcode.Tanh, Opcode.Maximum, Opcode.Absolute];
        for (int i = 0; i < 12; i++)
        {
            int Any() => random.Next(nodes.Count);
            Opcode opcode = operations[random.Next(operations.Length)];
            (int a, int b, int x, int y) = (Any(), Any(), Any(), Any());
            nodes.Add(new Node(opcode, ValueKind.Double, a, opcode.Arity() > 1 ? b : -1));
            nodes.Add(new Node(Opcode.Less, ValueKind.Boolean, a, b));
            nodes.Add(new Node(Opcode.Select, ValueKind.Double, nodes.Count - 1, x, y));
        }

        return new DataflowGraph([.. nodes], 3, [nodes.Count - 1, nodes.Count - 3], []);
    }
}
