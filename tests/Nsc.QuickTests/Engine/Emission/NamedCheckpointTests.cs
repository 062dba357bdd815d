using System.Collections.Immutable;
using Nsc.Core.Dataflow;
using Nsc.Core.Surrogates;
using Nsc.Engine.Emission;

namespace Nsc.Tests.Engine.Emission;

/// <summary>The shipped checkpoint names what it holds: what is added later does not make it useless, and what is odd in it is refused.</summary>
public class NamedCheckpointTests
{
    private static readonly TensorContainer s_shipped = TensorContainer.Load(Shipped("compnet"));
    private static readonly CompNetVocabulary s_current = CompNetVocabulary.Of(Architectures.Dataflow);

    [Theory]
    [InlineData("compnet", Architectures.Dataflow)]
    [InlineData("bert-tiny", Architectures.BertTiny)]
    [InlineData("pretrained", Architectures.Pretrained)]
    [InlineData("maml", Architectures.Maml)]
    public void Every_shipped_checkpoint_loads(string name, string architecture) =>
        Assert.Equal(architecture, CompNetCheckpoint.Load(Shipped(name)).Shape.Architecture);

    [Fact]
    public void With_an_opcode_and_features_appended_the_shipped_checkpoint_emits_the_same()
    {
        CompNetVocabulary larger = s_current with
        {
            Opcodes = s_current.Opcodes.Add("FastInverseSquareRoot"), Kinds = s_current.Kinds.Add("Half"), InputFeatures = s_current.InputFeatures.Add("degree 7"),
            Constants = s_current.Constants.Add("is pi"), Directions = s_current.Directions,
        };
        CompNetCheckpoint checkpoint = CompNetCheckpoint.FromContainer(s_shipped, larger);
        Assert.Equal(s_current.Opcodes.Length + 1, Named(checkpoint, "_compose._opcode.weight").Shape[0]);
        Assert.Equal(Emit(CompNetCheckpoint.FromContainer(s_shipped)), Emit(checkpoint));
    }

    [Fact]
    public void A_checkpoint_of_fewer_names_in_another_order_emits_the_same_where_they_are_not_used()
    {
        // As if these had been added after the checkpoint was made, to the front of the lists.
        CompNetVocabulary smaller = s_current with
        {
            Opcodes = [.. s_current.Opcodes.Remove(nameof(Opcode.Gamma)).Reverse()], Scalars = s_current.Scalars.Remove("mean"), Directions = s_current.Directions.Remove("degree 1"),
        };
        var old = new CompNetCheckpoint(
            CompNetCheckpoint.FromContainer(s_shipped).Shape, CompNetCheckpoint.FromContainer(s_shipped).Tensors, ImmutableSortedDictionary<string, string>.Empty);
        string path = Path.Combine(Directory.CreateTempSubdirectory("nsc-test-").FullName, "old.safetensors");
        try
        {
            (old with { Tensors = Shrunk(old, smaller), Vocabulary = smaller }).Save(path);
            CompNetCheckpoint loaded = CompNetCheckpoint.Load(path);
            Assert.All(loaded.Tensors.Zip(Zeroed(old)), t => Assert.Equal(t.Second.Values, t.First.Values));
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        }
    }

    [Theory]
    [InlineData("\"Add\"", "\"Subtract\"", "twice")]
    [InlineData("\"Add\"", "\"Frobnicate\"", "'Frobnicate'")]
    [InlineData("\"Add\"", "\"A\\u0001d\"", "no names")]
    [InlineData("\"Add\"", "\"\"", "no names")]
    [InlineData("\"Add\"", "null", "no names")]
    [InlineData("\"Add\",", "", "not as large")]
    [InlineData("\"Opcodes\"", "\"Opkodes\"", "no names")]
    [InlineData("{", "[", "cannot be read")]
    public void Names_that_are_odd_are_refused(string from, string to, string reason)
    {
        string names = s_shipped.Metadata["names"];
        int at = names.IndexOf(from, StringComparison.Ordinal);
        TensorContainer odd = s_shipped with { Metadata = s_shipped.Metadata.SetItem("names", names[..at] + to + names[(at + from.Length)..]) };
        Assert.Contains(reason, Assert.Throws<ContainerException>(() => CompNetCheckpoint.FromContainer(odd)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_checkpoint_of_another_format_says_what_to_do()
    {
        TensorContainer old = s_shipped with { Metadata = s_shipped.Metadata.SetItem("format", "nsc-compnet-1") };
        Assert.True(CompNetCheckpoint.IsCheckpoint(old));
        Assert.Contains("nsc-compnet-1", Assert.Throws<ContainerException>(() => CompNetCheckpoint.FromContainer(old)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_features_are_as_many_as_their_names()
    {
        Assert.Equal(ConstantEncoding.Size, ConstantEncoding.Names.Length);
        Assert.Equal(ValueFeatures.DirectionCount, FeatureNames.Directions.Length);
        Assert.Equal(ValueFeatures.Count(16), s_current.FeatureCount(16));
    }

    private static string Shipped(string name) => Repository.At($"models/{name}.safetensors");

    private static Tensor Named(CompNetCheckpoint checkpoint, string name) => checkpoint.Tensors.Single(t => t.Name == CompNetCheckpoint.NetPrefix + name);

    // The tensors as a checkpoint of fewer names has them.
    private static ImmutableArray<Tensor> Shrunk(CompNetCheckpoint whole, CompNetVocabulary names) => [.. whole.Tensors.Select(t => t.Name[CompNetCheckpoint.NetPrefix.Length..] switch
    {
        "_compose._opcode.weight" => Rows(t, names.Opcodes.Select(o => s_current.Opcodes.IndexOf(o))),
        "_compose._query.weight" or "_compose._bias.weight" or "_compose._scale.weight" =>
            Rows(t, names.Opcodes.SelectMany(o => Enumerable.Range(0, Opcodes.MaxArity).Select(p => (s_current.Opcodes.IndexOf(o) * Opcodes.MaxArity) + p))),
        "_compose._featuresIn.weight" => Columns(t, 1),
        "_emit.weight" or "_emit.bias" => Rows(t, Enumerable.Range(0, t.Shape[0]).Where(r => !IsOfDegree1(whole, r))),
        _ => t,
    })];

    // The tensors with zeros for what is not named.
    private static ImmutableArray<Tensor> Zeroed(CompNetCheckpoint whole) => [.. whole.Tensors.Select(t => t.Name[CompNetCheckpoint.NetPrefix.Length..] switch
    {
        "_compose._opcode.weight" => Cleared(t, r => r == s_current.Opcodes.IndexOf(nameof(Opcode.Gamma))),
        "_compose._query.weight" or "_compose._bias.weight" or "_compose._scale.weight" =>
            Cleared(t, r => r / Opcodes.MaxArity == s_current.Opcodes.IndexOf(nameof(Opcode.Gamma))),
        "_compose._featuresIn.weight" => t with { Values = [.. t.Values.Select((v, i) => i % t.Shape[1] == 1 ? 0 : v)] },
        "_emit.weight" or "_emit.bias" => Cleared(t, r => IsOfDegree1(whole, r)),
        _ => t,
    })];

    private static bool IsOfDegree1(CompNetCheckpoint whole, int row) =>
        row >= whole.Shape.Nets.WeightCount && (row - whole.Shape.Nets.WeightCount) % ValueFeatures.DirectionCount == 0;

    private static Tensor Rows(Tensor t, IEnumerable<int> rows)
    {
        int stride = t.Values.Length / t.Shape[0];
        float[] values = [.. rows.SelectMany(r => t.Values.AsSpan(r * stride, stride).ToArray())];
        return new Tensor(t.Name, t.Shape.SetItem(0, values.Length / stride), values);
    }

    private static Tensor Columns(Tensor t, int without) =>
        new(t.Name, t.Shape.SetItem(1, t.Shape[1] - 1), [.. t.Values.Where((_, i) => i % t.Shape[1] != without)]);

    private static Tensor Cleared(Tensor t, Func<int, bool> isCleared)
    {
        int stride = t.Values.Length / t.Shape[0];
        return t with { Values = [.. t.Values.Select((v, i) => isCleared(i / stride) ? 0 : v)] };
    }

    // (x - 0.5) sin(2 x y), over two inputs.
    private static float[] Emit(CompNetCheckpoint checkpoint)
    {
        ImmutableArray<Node> nodes =
        [
            Node.ForInput(0, ValueKind.Double), Node.ForInput(1, ValueKind.Double), Node.Floating(0.5), Node.Floating(2),
            new(Opcode.Subtract, ValueKind.Double, 0, 2), new(Opcode.Multiply, ValueKind.Double, 0, 1), new(Opcode.Multiply, ValueKind.Double, 5, 3),
            new(Opcode.Sin, ValueKind.Double, 6), new(Opcode.Multiply, ValueKind.Double, 4, 7),
        ];
        var graph = new DataflowGraph(nodes, 2, [8], []);
        EmittedNet net = new ManagedCompNet(checkpoint).Emit(new CompNetInput(graph, ValueFeatures.Of(graph), [0, 1], []))[0];
        return [.. net.Weights, net.Offset, net.Stretch];
    }
}
