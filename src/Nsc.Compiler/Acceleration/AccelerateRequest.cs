// What is asked when a function of a file is to be replaced by an approximation, and what that gains.

using System.Collections.Immutable;
using Nsc.Compiler.Evaluation;
using Nsc.Compiler.Sampling;
using Nsc.Core.Programs;
using Nsc.Core.Surrogates;
using Nsc.Core.Sampling.Designs;
using Nsc.Engine.FineTuning;
using Nsc.Engine.Trainers;
using Nsc.Export.Approximations;

namespace Nsc.Compiler.Acceleration;

/// <summary>The choices for accelerating a function.</summary>
/// <param name="Compile">Which function of the file, over which ranges, by which model.</param>
/// <param name="Samples">Samples to fine-tune on.</param>
/// <param name="HeldOut">Samples that nothing is trained on: one half chooses the guard, the other one bounds the error.</param>
/// <param name="Steps">The most optimiser steps.</param>
/// <param name="Design">How the inputs to train on are laid out.</param>
public sealed record AccelerateRequest(CompileOptions Compile, ErrorLimit Limit, int Samples = 2048, int HeldOut = 16384, int Steps = 0, SamplingDesign Design = SamplingDesigns.Default)
{
    /// <summary>Gives inputs that the function is to be fast and right on, when it is known which inputs it has; null to draw some.</summary>
    public Func<ProgramSignature, InputProfile>? Profile { get; init; }

    /// <summary>Whether the inputs' ranges are widened so that they hold the whole profile.</summary>
    public bool ExtendsRanges { get; init; }

    /// <summary>The error that fine-tuning makes small. What is promised and guarded is the error itself.</summary>
    public OutputLoss Loss { get; init; }

    /// <summary>A name of <see cref="AccelerationMethods"/>, or <see cref="AccelerationMethods.Auto"/> for the fastest that keeps the bound.</summary>
    public string Method { get; init; } = AccelerationMethods.Net;

    /// <summary>The widths of the hidden layers: null for the model's, empty for those of the fastest net that keeps the bound.</summary>
    public ImmutableArray<int>? Hidden { get; init; }

    /// <summary>Whether loops that call the function for each row of arrays stay as they are, rather than have blocks of rows answered.</summary>
    public bool KeepsLoops { get; init; }

    /// <summary>Gives the surrogate and the twin that were tuned before for a program with a size, or has them tuned; null to tune them.</summary>
    internal Func<CProgram, string, Func<Surrogate[]>, Surrogate[]>? Known { get; init; }

    internal bool IsSpread => Design == SamplingDesign.Paths && Profile is null;

    internal FineTuneOptions Tuning => new(
        Steps: Steps > 0 ? Steps : FineTuneOptions.DefaultSteps(Optimizer.Lm), Seed: Compile.Seed, Optimizer: Optimizer.Lm);
}

/// <summary>An approximation that was measured.</summary>
/// <param name="Method">A name of <see cref="AccelerationMethods"/>.</param>
/// <param name="Size">How large it is, in words.</param>
/// <param name="Hidden">The widths of a net's hidden layers; empty for what is no net.</param>
/// <param name="Ns">Nanoseconds a call, guard included.</param>
/// <param name="IsOk">Whether it keeps what was asked and is faster than the original, on what the choice was made on.</param>
/// <param name="IsTaken">Whether it is the one in the file.</param>
public sealed record FrontPoint(string Method, string Size, ImmutableArray<int> Hidden, double Nmse, double Ns, bool IsOk, bool IsTaken);

/// <summary>A file in which a guarded approximation has the function's place, and what was measured on it.</summary>
/// <param name="Text">The file.</param>
/// <param name="OriginalNs">Nanoseconds a call of the original, by clang -O2.</param>
/// <param name="AcceleratedNs">The same of the function in the file.</param>
/// <param name="Error">What new samples say of the error on all inputs.</param>
/// <param name="Miss">What was promised and not kept, in words, or null.</param>
public sealed record Accelerated(
    string Text, string Method, IApproximation Approximation, double Nmse, double OriginalNs, double AcceleratedNs, BoundedError Error, string? Miss)
{
    /// <summary>What was measured to choose from, the fastest of each method; none where there was no choice.</summary>
    public ImmutableArray<FrontPoint> Front { get; init; } = [];

    /// <summary>Lines of the original file where a loop is that now has blocks of rows answered.</summary>
    public ImmutableArray<int> Loops { get; init; } = [];

    public double SpeedUp => OriginalNs / AcceleratedNs;
}
