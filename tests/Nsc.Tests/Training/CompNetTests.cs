using Nsc.Core.Dataflow;
using Nsc.Core.Programs;
using Nsc.Core.Surrogates;
using Nsc.Engine;
using Nsc.Engine.Emission;
using Nsc.Training;
using Nsc.Training.HyperNetworks;
using Nsc.Training.Supervision;
using TorchSharp;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace Nsc.Tests.Training;

[Collection(nameof(TorchCollection))]
public class CompNetTests
{
    private static readonly CompNetOptions s_shape = new(Width: 32, FeedForward: 32, EmissionWidth: 32, SurrogateWidth: 8);

    [Fact]
    public void A_program_is_read_alike_alone_and_in_a_batch_of_others()
    {
        using var net = NewNet();
        (DataflowGraph graph, _) = SmallPrograms.Product();
        var other = SmallPrograms.Random(3);
        float[] alone = EmitLast(net, [Placed(graph, [0, 1])], 0);
        float[] among = EmitLast(net, [Placed(other.Graph, [.. Enumerable.Range(0, other.Inputs.Length)]), Placed(graph, [0, 1])], 1);
        Assert.Equal(alone.Length, among.Length);
        Assert.All(alone.Zip(among), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
    }

    [Fact]
    public void The_order_of_operands_and_the_sign_of_a_constant_change_the_surrogate()
    {
        using var net = NewNet();
        float[] aMinusB = EmitLast(net, [Placed(Binary(0, 1, 2.5), [0, 1])], 0);
        float[] bMinusA = EmitLast(net, [Placed(Binary(1, 0, 2.5), [0, 1])], 0);
        float[] negative = EmitLast(net, [Placed(Binary(0, 1, -2.5), [0, 1])], 0);
        Assert.NotEqual(aMinusB, bMinusA);
        Assert.NotEqual(aMinusB, negative);

        static DataflowGraph Binary(int a, int b, double constant) => new(
            [
                Node.ForInput(0, ValueKind.Double), Node.ForInput(1, ValueKind.Double), Node.Floating(constant),
                new(Opcode.Subtract, ValueKind.Double, a, b), new(Opcode.Multiply, ValueKind.Double, 3, 2),
            ], 2, [4], []);
    }

    [Fact]
    public void A_surrogate_computes_what_the_emitted_net_computes()
    {
        using var net = NewNet();
        (DataflowGraph graph, CProgram program) = SmallPrograms.Product();
        Surrogate surrogate = SurrogateEmitter.Emit(net, program, graph, "m", "h", "1.0.0");
        using var scope = NewDisposeScope();
        float[] weights = NetLayout.FromLayers(surrogate, net.Options.Nets)[0];
        Tensor unit = tensor(new float[] { 0.25f, -0.5f }.Concat(new float[14]).ToArray(), dimensions: [1, 1, 16]);
        double expected = EmittedNets.Forward(tensor(weights, dimensions: [1, weights.Length]), unit, net.Options.Nets).item<float>();
        var actual = new double[1];
        new SurrogateEvaluator(surrogate).Evaluate([0.25, 1.5 + (1.5 * -0.5)], actual);
        Assert.Equal(surrogate.OutputMean[0] + (surrogate.OutputDeviation[0] * expected), actual[0], 1e-5 * Math.Max(1, Math.Abs(actual[0])));
    }

    [Fact]
    public void Layers_and_flat_vectors_convert_into_each_other()
    {
        Surrogate surrogate = SurrogateEmitter.Random(s_shape.Nets, SmallPrograms.Program("f", 3, 2), 7, "1.0.0");
        float[][] flat = NetLayout.FromLayers(surrogate, s_shape.Nets);
        var layers = NetLayout.ToLayers(flat, 3, s_shape.Nets);
        for (int l = 0; l < layers.Length; l++)
        {
            Assert.Equal(surrogate.Layers[l].Weight, layers[l].Weight);
            Assert.Equal(surrogate.Layers[l].Bias, layers[l].Bias);
        }
    }

    [Fact]
    public void Random_weights_depend_on_the_seed_alone()
    {
        CProgram program = SmallPrograms.Program("f", 3, 1);
        Surrogate one = SurrogateEmitter.Random(s_shape.Nets, program, 7, "1.0.0"), same = SurrogateEmitter.Random(s_shape.Nets, program, 7, "1.0.0");
        Assert.Equal(one.Layers[0].Weight, same.Layers[0].Weight);
        Assert.NotEqual(one.Layers[0].Weight, SurrogateEmitter.Random(s_shape.Nets, program, 8, "1.0.0").Layers[0].Weight);
    }

    [Fact]
    public void A_checkpoint_brings_back_the_same_network()
    {
        using var net = NewNet();
        string path = Path.Combine(Directory.CreateTempSubdirectory("nsc-test-").FullName, "net.safetensors");
        TorchCheckpoint.Of(net, System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty.Add("note", "kept")).Save(path);
        CompNetCheckpoint loaded = CompNetCheckpoint.Load(path);
        using HyperNetwork restored = loaded.ToNet();
        Assert.Equal("kept", loaded.Notes["note"]);
        (DataflowGraph graph, _) = SmallPrograms.Product();
        Assert.Equal(EmitLast(net, [Placed(graph, [0, 1])], 0), EmitLast(restored, [Placed(graph, [0, 1])], 0));
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_damaged_checkpoint_is_refused(int seed)
    {
        using var net = NewNet();
        string path = Path.Combine(Directory.CreateTempSubdirectory("nsc-test-").FullName, "net.safetensors");
        TorchCheckpoint.Of(net, System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty).Save(path);
        byte[] whole = File.ReadAllBytes(path);
        var random = new Random(seed);
        for (int i = 0; i < 100; i++)
        {
            byte[] damaged = [.. whole];
            damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(path, damaged);
            Assert.Throws<ContainerException>(() => CompNetCheckpoint.Load(path));
            File.WriteAllBytes(path, whole[..random.Next(whole.Length)]);
            Assert.Throws<ContainerException>(() => CompNetCheckpoint.Load(path));
        }

        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    private static CompNet NewNet() => SeededDraws.From(5, () => new CompNet(s_shape));

    // The library's matrix products round differently when an operand of theirs is not aligned, so each must be.
    [Fact]
    public void Numbers_of_managed_memory_are_aligned_wherever_they_lie()
    {
        using var scope = NewDisposeScope();
        for (int size = 1; size < 64; size++)
        {
            float[] values = new float[size];
            Tensor aligned = values.Aligned(size);
            unsafe
            {
                fixed (byte* address = aligned.bytes)
                {
                    Assert.Equal(0, (nint)address % 64);
                }
            }
        }
    }

    private static CompNetInput Placed(DataflowGraph graph, int[] slots) => new(graph, ValueFeatures.Of(graph), slots, []);

    private static float[] EmitLast(HyperNetwork net, CompNetInput[] programs, int which)
    {
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        var request = new EmissionRequest(programs, [new WantedValue(which, programs[which].Graph.Outputs[0], 0)]);
        return net.Emit(request).Weights.data<float>().ToArray();
    }
}

/// <summary>
/// Tests that use the tensor library's global random state and allocation counters run one after the other, and beside no others: beside them the library once
/// crashed the whole run.
/// </summary>
[CollectionDefinition(nameof(TorchCollection), DisableParallelization = true)]
public sealed class TorchCollection;
