// How the inputs that a surrogate is trained on are laid out. What measures and bounds is drawn independently, whatever the design.

using System.Collections.Immutable;
using Nsc.Core.Programs;

namespace Nsc.Core.Sampling.Designs;

public enum SamplingDesign
{
    /// <summary>Independent draws.</summary>
    Uniform,

    /// <summary>A scrambled Sobol' sequence: see <see cref="SobolSequence"/>.</summary>
    Sobol,

    /// <summary>A Latin hypercube: see <see cref="LatinHypercube"/>.</summary>
    LatinHypercube,

    /// <summary>Independent draws, thinned so that rare paths through the program get more of them than their probability.</summary>
    Paths,

    /// <summary>Batches, each where what is known so far leaves most doubt.</summary>
    Active,
}

public static class SamplingDesigns
{
    /// <summary>All designs with the names that users give them.</summary>
    public static ImmutableArray<(SamplingDesign Design, string Name)> All { get; } =
    [
        (SamplingDesign.Sobol, "sobol"), (SamplingDesign.LatinHypercube, "lhs"), (SamplingDesign.Uniform, "uniform"), (SamplingDesign.Paths, "paths"),
        (SamplingDesign.Active, "active"),
    ];

    /// <summary>How inputs to train on are laid out when nothing is said: what gave the least errors (src/docs/samples.md).</summary>
    public const SamplingDesign Default = SamplingDesign.Sobol;

    /// <summary>Whether the ranges are all that a design needs to know of a program.</summary>
    public static bool NeedsRangesAlone(this SamplingDesign design) => design is not (SamplingDesign.Paths or SamplingDesign.Active);

    /// <summary>The design's name.</summary>
    public static string Name(this SamplingDesign design) => All.First(d => d.Design == design).Name;

    /// <summary>The design of a name; throws <see cref="InvalidOperationException"/> for what is none.</summary>
    public static SamplingDesign Named(string name) => All.First(d => d.Name == name).Design;

    /// <summary>A source of rows of inputs, (count, inputs), row-major, over the signature's ranges. Each call goes on where the last one ended.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The design needs to know more of the program than its ranges.</exception>
    public static Func<int, double[]> Inputs(this SamplingDesign design, ProgramSignature signature, ulong seed)
    {
        int width = signature.Inputs.Length;
        switch (design)
        {
            case SamplingDesign.Uniform:
                var random = new SplitMix64(seed);
                return count => InputSampler.Draw(signature, count, random);
            case SamplingDesign.Sobol:
                var sequence = new SobolSequence(width, seed);
                return count => InRanges(signature, sequence.Next(count));
            case SamplingDesign.LatinHypercube:
                var cube = new LatinHypercube(width, seed);
                return count => InRanges(signature, cube.Next(count));
            default:
                throw new ArgumentOutOfRangeException(nameof(design));
        }
    }

    // In place.
    private static double[] InRanges(ProgramSignature signature, double[] unit)
    {
        for (int i = 0; i < unit.Length; i++)
        {
            unit[i] = InputSampler.At(signature.Inputs[i % signature.Inputs.Length], unit[i]);
        }

        return unit;
    }
}
