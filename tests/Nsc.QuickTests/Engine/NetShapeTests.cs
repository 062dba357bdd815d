using Nsc.Core.Surrogates;
using Nsc.Engine;
using Nsc.Engine.Emission;
using Nsc.Engine.FineTuning;
using Nsc.Engine.Trainers;
using Nsc.Tests.Training;

namespace Nsc.Tests.Engine;

/// <summary>Nets of any hidden layers.</summary>
public class NetShapeTests
{
    public static TheoryData<int[]> Shapes() => [.. new int[][] { [], [7], [5, 5], [8, 3], [4, 6, 2], [3, 3, 3, 3] }];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Layers_and_flat_vectors_convert_into_each_other(int[] hidden)
    {
        var shape = new NetShape(6, [.. hidden]);
        Surrogate surrogate = SurrogateEmitter.Random(shape, SmallPrograms.Program("f", 3, 2), 7, "1.0.0");
        Assert.Equal(hidden, surrogate.Topology.Hidden);
        float[][] flat = NetLayout.FromLayers(surrogate, shape);
        Assert.All(flat, net => Assert.Equal(shape.WeightCount, net.Length));
        Layer[] layers = [.. NetLayout.ToLayers(flat, 3, shape)];
        Assert.All(surrogate.Layers.Zip(layers), l => Assert.Equal(l.First.Weight, l.Second.Weight));
        Assert.All(surrogate.Layers.Zip(layers), l => Assert.Equal(l.First.Bias, l.Second.Bias));
        var answers = new double[2];
        new SurrogateEvaluator(surrogate).Evaluate([0.5, 0.5, 0.5], answers);
        Assert.All(answers, a => Assert.True(double.IsFinite(a)));
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Offsets_are_those_of_a_flat_vector_layer_by_layer(int[] hidden)
    {
        var shape = new NetShape(6, [.. hidden]);
        Assert.Equal(shape.TopologyOf(6, 1).ParametersPerOutput, shape.WeightCount);
        Assert.Equal(shape, NetShape.Of(shape.TopologyOf(6, 3)));
        Assert.Equal(shape.WeightCount - 1 - shape.LastWidth, shape.LayerStart(shape.LayerCount - 1));
    }

    [Fact]
    public void The_engine_of_Adam_says_which_nets_it_is_written_for()
    {
        var shape = new NetShape(2, [4, 3, 2]);
        NetTask task = new(new float[shape.WeightCount], [.. Enumerable.Repeat(1f, 40)], new float[20]);
        Exception error = Assert.ThrowsAny<Exception>(() => new FusedTrainer().Run([task], shape, new FineTuneOptions(Steps: 2), null, TestContext.Current.CancellationToken));
        Exception inner = error is AggregateException all ? all.InnerExceptions[0] : error;
        Assert.Contains("two hidden layers of one width, not for 2-4-3-2-1", Assert.IsType<NotSupportedException>(inner).Message, StringComparison.Ordinal);
        Surrogate surrogate = SurrogateEmitter.Random(shape, SmallPrograms.Program("f", 2, 1), 1, "1.0.0");
        Assert.Contains("two equal hidden layers", SurrogateFineTuner.Objection(surrogate, new(2, 1, new double[40], new double[20]), Optimizer.Adam), StringComparison.Ordinal);
    }
}
