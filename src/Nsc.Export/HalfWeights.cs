// Quantisation to half precision (IEEE 754 binary16). Weights are rounded before anything is measured, so that a bound holds for the file that is written.

using System.Collections.Immutable;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;

namespace Nsc.Export;

public static class HalfWeights
{
    /// <summary>The inputs that <see cref="Moved"/> looks at.</summary>
    public const int Probes = 4096;

    /// <summary>The surrogate with every weight and bias rounded to a 16-bit float; null when one is too large to be any (65,504 is the largest).</summary>
    public static Surrogate? Round(Surrogate surrogate)
    {
        ImmutableArray<Layer> layers = [.. surrogate.Layers.Select(l => new Layer(Round(l.Weight), Round(l.Bias)))];
        return layers.All(l => l.Weight.All(float.IsFinite) && l.Bias.All(float.IsFinite)) ? surrogate with { Layers = layers } : null;
    }

    /// <summary>How far the two are apart at most, in deviations of the output, on random inputs within the ranges.</summary>
    public static double Moved(Surrogate surrogate, Surrogate rounded, long seed)
    {
        double[] inputs = InputSampler.Draw(surrogate.Signature, Probes, new SplitMix64((ulong)seed));
        double[] before = new SurrogateEvaluator(surrogate).Evaluate(inputs), after = new SurrogateEvaluator(rounded).Evaluate(inputs);
        return before.Zip(after, (b, a) => Math.Abs(b - a)).Select((d, i) => d / surrogate.OutputDeviation[i % surrogate.Topology.Outputs]).Max();
    }

    private static ImmutableArray<float> Round(ImmutableArray<float> weights) => [.. weights.Select(w => (float)(Half)w)];
}
