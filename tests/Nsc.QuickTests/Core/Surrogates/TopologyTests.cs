// The shape of a surrogate's network.

using Nsc.Core.Surrogates;

namespace Nsc.Tests.Core.Surrogates;

public class TopologyTests
{
    private static readonly Topology s_shape = new(9, [16, 8], 1);

    [Fact]
    public void Layers_lead_from_the_inputs_to_one_value()
    {
        Assert.Equal(3, s_shape.LayerCount);
        Assert.Equal([(16, 9), (8, 16), (1, 8)], Enumerable.Range(0, 3).Select(l => (s_shape.Rows(l), s_shape.Columns(l))));
        Assert.Equal((16 * 10) + (8 * 17) + 9, s_shape.ParametersPerOutput);
        Assert.Equal((1, 1, 9, 10), (new Topology(9, [], 1).LayerCount, new Topology(9, [], 1).Rows(0), new Topology(9, [], 1).Columns(0), new Topology(9, [], 2).ParametersPerOutput));
    }

    [Fact]
    public void It_is_written_for_people()
    {
        Assert.Equal("9-16-8-1 tanh", s_shape.ToString());
        Assert.Equal("9-1 tanh x 2", new Topology(9, [], 2).ToString());
    }

    [Fact]
    public void Two_are_equal_when_all_their_numbers_are()
    {
        Topology same = new(9, [16, 8], 1);
        Assert.Equal(s_shape, same);
        Assert.Equal(s_shape.GetHashCode(), same.GetHashCode());
        Topology[] others = [new(8, [16, 8], 1), new(9, [16, 9], 1), new(9, [16], 1), new(9, [16, 8], 2), s_shape with { Activation = (Activation)1 }];
        Assert.All(others, other => Assert.NotEqual(s_shape, other));
        Assert.False(s_shape.Equals(null));
    }

    [Fact]
    public void A_tensors_elements_are_counted_as_far_as_an_array_holds_them()
    {
        Assert.Equal((1, 6, 5), (Tensor.ElementCount([]), Tensor.ElementCount([2, 3]), Tensor.ElementCount([1, 5, 1])));
        Assert.Equal(Array.MaxLength, Tensor.ElementCount([Array.MaxLength]));
        Assert.All((int[][])[[Array.MaxLength, 2], [0], [3, -1], [-1, -1]], shape => Assert.Null(Tensor.ElementCount([.. shape])));
    }
}
