// The pseudo-random numbers that everything generated depends on.

using Nsc.Core.Sampling;

namespace Nsc.Tests.Corpus;

public class SplitMix64Tests
{
    [Fact]
    public void The_bits_are_those_of_the_published_algorithm()
    {
        var random = new SplitMix64(0);
        Assert.Equal(0xE220A8397B1DCDAFUL, random.Next());
        Assert.Equal(0x6E789E6AA1B965F4UL, random.Next());
    }

    [Fact]
    public void Gaussians_have_mean_0_and_deviation_1()
    {
        var random = new SplitMix64(4);
        double[] draws = [.. Enumerable.Range(0, 20_000).Select(_ => random.NextGaussian())];
        Assert.InRange(draws.Average(), -0.03, 0.03);
        Assert.InRange(draws.Average(d => d * d), 0.97, 1.03);
    }
}
