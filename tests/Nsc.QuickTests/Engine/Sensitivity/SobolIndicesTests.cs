// Sobol' indices of functions whose indices are known.

using System.Collections.Immutable;
using Nsc.Core.Programs;
using Nsc.Core.Surrogates;
using Nsc.Engine.Sensitivity;
using Nsc.Tests.Core.Surrogates;

namespace Nsc.Tests.Engine.Sensitivity;

public class SobolIndicesTests
{
    [Fact]
    public void A_sum_owes_each_input_the_square_of_its_slope()
    {
        Surrogate sum = SampleSurrogates.Linear([5], [2], 1, 2, 0);
        ImmutableArray<InputSensitivity> indices = Assert.Single(SobolIndices.Of(sum)).Inputs;
        Assert.All(indices.Zip([0.2, 0.8, 0.0]), p => Assert.Equal(p.Second, p.First.First, 5e-3));
        Assert.All(indices, i => Assert.Equal(i.First, i.Total, 5e-3));
        Assert.Equal(sum.Signature.Inputs.Select(i => i.Name), indices.Select(i => i.Input));
    }

    // tanh(9 x) * y, nearly sign(x) * y, by 2 tanh(a) about its steps: what neither input explains alone is owed to both together.
    [Fact]
    public void What_two_inputs_do_together_is_in_the_totals_alone()
    {
        Surrogate any = SampleSurrogates.Linear([0], [1], 1, 1);
        Surrogate product = any with
        {
            Topology = new Topology(2, [2], 1),
            Layers = [new Layer([3, 3, 3, -3], [0, 0]), new Layer([1, -1], [0])], // tanh(3 (x + y)) - tanh(3 (x - y)): odd in y, even in x, and of x's square.
        };
        ImmutableArray<InputSensitivity> indices = Assert.Single(SobolIndices.Of(product)).Inputs;
        Assert.Equal(0, indices[0].First, 5e-3);
        Assert.True(indices[0].Total > 0.1);
        Assert.Equal(1, indices[1].Total, 5e-3);
        Assert.Equal(1, indices[1].First + indices[0].Total, 5e-3);
    }

    [Fact]
    public void An_output_that_does_not_vary_has_none_and_the_same_seed_gives_the_same()
    {
        Surrogate constant = SampleSurrogates.Linear([1, 0], [1, 1], 0, 0, 1, 1);
        ImmutableArray<OutputSensitivity> found = SobolIndices.Of(constant, seed: 3);
        Assert.Empty(found[0].Inputs);
        Assert.Equal(found[1].Inputs, SobolIndices.Of(constant, seed: 3)[1].Inputs);
        Assert.NotEqual(found[1].Inputs, SobolIndices.Of(constant, seed: 4)[1].Inputs);
    }

    [Fact]
    public void A_logarithmic_range_counts_by_its_logarithm()
    {
        Surrogate sum = SampleSurrogates.Linear([0], [1], 1, 1);
        sum = sum with { Program = sum.Program with { Signature = sum.Signature with { Inputs = [sum.Signature.Inputs[0] with { Range = new Interval(1, 1e6) { IsLogarithmic = true } }, sum.Signature.Inputs[1]] } } };
        Assert.All(SobolIndices.Of(sum)[0].Inputs, i => Assert.Equal(0.5, i.First, 5e-3));
    }
}
