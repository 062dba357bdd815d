// Every use of samples has a stream of random inputs of its own.

namespace Nsc.Core.Sampling;

/// <summary>
/// What samples are for. Each purpose has a stream of its own, so that no test sample is ever trained on, and what proves a bound has not
/// decided anything before.
/// </summary>
public enum SamplePurpose
{
    FineTuning = 1,

    /// <summary>What <c>eval</c> and <c>bench</c> measure on.</summary>
    Evaluation = 2,
    Twin = 3,
    Paths = 4,
    Proof = 5,

    /// <summary>What <c>finetune</c> measures its result on.</summary>
    HeldOut = 6,

    /// <summary>What the limit of a guard is chosen on.</summary>
    GuardChoice = 7,

    /// <summary>What <c>export</c> and <c>accelerate</c> bound the error on.</summary>
    Bound = 8,

    /// <summary>Inputs that a teacher answers; the program is not asked.</summary>
    Lessons = 9,

    /// <summary>What the size of a net is chosen on.</summary>
    SizeChoice = 10,

    /// <summary>Points that a search draws.</summary>
    Search = 11,

    /// <summary>Points of the dataflow that batches are drawn from.</summary>
    Batches = 12,
}

public static class SampleSeeds
{
    /// <summary>The seed of a purpose's stream, from the user's seed.</summary>
    // Scrambled, since the generator itself goes on in steps of that odd number: neighbouring seeds would share all samples but one.
    public static ulong For(long seed, SamplePurpose purpose) => SplitMix64.Scramble(unchecked(((ulong)seed * 0x9E3779B97F4A7C15) + (ulong)purpose));
}
