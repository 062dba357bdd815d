// The numbers of a fine-tuning run; the defaults are the ones every measurement uses, for all inits alike.

namespace Nsc.Engine.Trainers;

/// <summary>What takes the steps.</summary>
public enum Optimizer
{
    /// <summary>Adam with a cosine learning rate.</summary>
    Adam,

    /// <summary>Levenberg and Marquardt's method, which ends by itself when it gets no further.</summary>
    Lm,
}

/// <summary>How a net is fine-tuned: on all rows at once unless batches are asked for, with early stopping.</summary>
/// <param name="Steps">Optimiser steps. Each is an epoch, except Adam's on batches.</param>
/// <param name="LearningRate">Peak learning rate of Adam.</param>
/// <param name="HoldOut">Share of the samples that decides when to stop, and is not trained on.</param>
/// <param name="CheckEvery">Steps of Adam between two looks at the held-out samples; see <see cref="StepsBetweenLooks"/>.</param>
/// <param name="InOrder">Whether the last samples are the held-out ones, instead of some drawn by the seed.</param>
/// <param name="Workers">Threads; null for one on each core.</param>
/// <param name="Optimizer">What takes the steps; the learning rate is Adam's.</param>
public sealed record FineTuneOptions(int Steps = 1000, double LearningRate = 3e-3, double HoldOut = 0.2, int CheckEvery = 10, long Seed = 1, bool InOrder = false, int? Workers = null, Optimizer Optimizer = Optimizer.Adam)
{
    /// <summary>Whether the last layer is scaled and shifted to fit the samples before the first step; null for a compiled net's alone.</summary>
    public bool? Calibrates { get; init; }

    /// <summary>Whether the first layer stays in the space that its rows span; null for a compiled net's alone.</summary>
    public bool? KeepsSubspace { get; init; }

    /// <summary>Whether Gaussian processes that know the samples teach the net.</summary>
    public bool IsTaught { get; init; }

    /// <summary>Rows of a batch; null for all rows at once, by the second-order method until they and the weights are too many for that.</summary>
    public int? BatchRows { get; init; }

    /// <summary>Steps of Adam before batches of the second-order method, for nets that err much.</summary>
    public int WarmUpSteps { get; init; }

    /// <summary>Ends training early, with the best weights so far.</summary>
    public CancellationToken Interrupt { get; init; }

    /// <summary>The fewest samples that can be split into training and held-out ones.</summary>
    public const int FewestSamples = 4;

    /// <summary>The steps that a method is given unless asked otherwise.</summary>
    public static int DefaultSteps(Optimizer optimizer) => optimizer == Optimizer.Adam ? 1000 : 80;

    /// <summary>Steps between two looks at the held-out samples: the second-order method looks after each.</summary>
    public int StepsBetweenLooks => Optimizer == Optimizer.Lm ? 1 : CheckEvery;

    /// <summary>How many of <paramref name="samples"/> are held out: the share, rounded up, at least one.</summary>
    public int HeldOutCount(int samples) => Math.Max(1, (int)Math.Ceiling(HoldOut * samples));

    /// <summary>The learning rate of a step: half a cosine from the peak to zero.</summary>
    public double RateAt(int step) => LearningRate * 0.5 * (1 + Math.Cos(Math.PI * step / Steps));
}
