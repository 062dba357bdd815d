// What is asked when the samples themselves are the result, and what comes of it.

using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Core.Sampling.Designs;
using Nsc.FrontEnd;

namespace Nsc.Compiler.Sampling;

/// <summary>The choices for sampling a function.</summary>
/// <param name="Count">How many samples that the function answers; null for <see cref="DefaultCount"/>, or all rows of the profile.</param>
/// <param name="Design">How inputs are laid out.</param>
/// <param name="Seed">The same seed gives the same samples: those that fine-tuning with it trains on.</param>
public sealed record SampleRequest(int? Count = null, SamplingDesign Design = SamplingDesigns.Default, long Seed = 1)
{
    public const int DefaultCount = 1024;

    /// <summary>Gives inputs to run the function on, in place of drawn ones, when it is known which inputs it has.</summary>
    public Func<ProgramSignature, InputProfile>? Profile { get; init; }

    /// <summary>Which function of a C file, over which ranges.</summary>
    public FrontEndOptions Reading { get; init; } = FrontEndOptions.Default;
}

/// <summary>A function's samples.</summary>
public sealed record Sampled(ProgramSignature Signature, SampleSet Rows);
