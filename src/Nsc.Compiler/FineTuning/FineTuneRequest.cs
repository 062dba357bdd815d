// What is asked of a fine-tuning, and what comes of it.

using System.Collections.Immutable;
using Nsc.Compiler.Evaluation;
using Nsc.Compiler.Sampling;
using Nsc.Core.Sampling;
using Nsc.Core.Sampling.Designs;
using Nsc.Core.Surrogates;
using Nsc.Engine.Adapting;
using Nsc.Engine.FineTuning;
using Nsc.Engine.Trainers;

namespace Nsc.Compiler.FineTuning;

/// <summary>The choices for fine-tuning.</summary>
public sealed record FineTuneRequest
{
    /// <summary>How many samples are drawn when no number is given.</summary>
    public const int DefaultSamples = 128;

    /// <summary>The samples to train on.</summary>
    public SampleSource Samples { get; init; } = new();

    /// <summary>Whether rows outside of the ranges widen these, in place of being trained on as they are.</summary>
    public bool ExtendsRanges { get; init; }

    /// <summary>How the inputs to train on are laid out.</summary>
    public SamplingDesign Design { get; init; } = SamplingDesigns.Default;

    /// <summary>Whether they are spread over the program's paths.</summary>
    internal bool IsSpread => Design == SamplingDesign.Paths;

    /// <summary>Samples that nothing is trained on; null for a number that depends on the program and on the promise.</summary>
    public int? HeldOut { get; init; }

    /// <summary>What is to be promised of the error.</summary>
    public ErrorLimit Limit { get; init; } = new();

    /// <summary>The optimiser's numbers and the seed.</summary>
    public FineTuneOptions Options { get; init; } = new(Steps: FineTuneOptions.DefaultSteps(Optimizer.Lm), Seed: 1, Optimizer: Optimizer.Lm) { IsTaught = true };

    /// <summary>The error that is made small; null for what the surrogate was made for.</summary>
    public OutputLoss? Loss { get; init; }

    /// <summary>The widths of the hidden layers: null for those that the surrogate has, empty for the smallest that will do.</summary>
    public ImmutableArray<int>? Hidden { get; init; }

    /// <summary>The time in which samples and size grow for as long as that helps; null for the number of samples that is given.</summary>
    public TimeSpan? Budget { get; init; }

    /// <summary>What trains; null for our own engine.</summary>
    internal INetTrainer? Trainer { get; init; }
}

/// <summary>A fine-tuned surrogate, and what is known of its error.</summary>
/// <param name="Course">The mean error over outputs on the rows that decide when to stop, at each look.</param>
/// <param name="Training">What it was trained on.</param>
/// <param name="HeldOut">What nothing was trained on; null where there is nothing.</param>
/// <param name="NmseBefore">The error before on the same held-out samples.</param>
/// <param name="NmseAfter">The error now on them.</param>
/// <param name="Error">What they say of all inputs.</param>
/// <param name="Miss">What was promised and not kept, in words, or null.</param>
public sealed record FineTuneResult(
    Surrogate Surrogate, double[] Course, SampleSet Training, SampleSet? HeldOut, double? NmseBefore, double? NmseAfter, BoundedError? Error, string? Miss)
{
    // Fewer rows tell less of the error than cross-validation of those that were trained on.
    internal const int FewestForEstimate = 64;

    /// <summary>How often each output's answer on the held-out samples is another one than the program's; null for what is not one of few values.</summary>
    public ImmutableArray<MissRate?> Misses { get; init; } = [];

    /// <summary>For each output that is learned by its logarithm or spans decades, its relative error on rows that it has not seen; else null.</summary>
    public ImmutableArray<RelativeError?> Relative { get; init; } = [];

    /// <summary>The sizes that were tried, smallest first; none where one was given.</summary>
    public ImmutableArray<TriedSize> Tried { get; init; } = [];

    /// <summary>The rounds of a budget; null without one.</summary>
    public Budgeted? Budgeted { get; init; }

    /// <summary>The program with the constants that explain measured rows; null where rows are the program's own, or it has no dataflow.</summary>
    public ProgramMean? Program { get; init; }

    /// <summary>The error on rows that fine-tuning has not seen, with its interval; null where nobody could measure it.</summary>
    public ErrorEstimate? Estimate => Surrogate.Provenance.Estimate;

    /// <summary>Whether the surrogate was better before, as far as enough samples tell.</summary>
    public bool IsWorse => HeldOut is { Count: >= FewestForEstimate } && NmseBefore < Estimate!.Nmse && OutputLosses.LossOf(Surrogate) == OutputLoss.Squared;
}
