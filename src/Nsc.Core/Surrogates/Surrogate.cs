// The one type that crosses from learning to everything else: a program and the small network that mimics it.

using System.Collections.Immutable;
using Nsc.Core.Programs;

namespace Nsc.Core.Surrogates;

/// <summary>
/// A neural surrogate of a C function. Input i enters the network as u = (x - middle) / halfWidth of its range, and
/// output k is y = OutputMean[k] + OutputDeviation[k] * network_k(u), or as <see cref="OutputLogarithms"/> says.
/// </summary>
/// <param name="Program">
/// The program that is mimicked, with its text, so that fine-tuning and evaluation need no file. Read from a file, it is
/// as untrusted as any C source: check it again before anything is executed.
/// </param>
/// <param name="Layers">The network's layers, first to last, shaped as <paramref name="Topology"/> says.</param>
/// <param name="OutputMean">For each output, its mean over samples, or CompNet's prediction of it; in the output's units.</param>
/// <param name="OutputDeviation">For each output, its standard deviation likewise; positive.</param>
public sealed record Surrogate(
    CProgram Program, Topology Topology, ImmutableArray<Layer> Layers,
    ImmutableArray<double> OutputMean, ImmutableArray<double> OutputDeviation, Provenance Provenance)
{
    /// <summary>The program's name, inputs and outputs.</summary>
    public ProgramSignature Signature => Program.Signature;

    /// <summary>For each output the only values that it takes, ascending, or none where it may take any of its type; empty for none of them all.</summary>
    public ImmutableArray<ImmutableArray<double>> OutputValues { get; init; } = [];

    /// <summary>For each output that its network gives the logarithm of, the scale of that, or null; empty where no network does.</summary>
    public ImmutableArray<LogarithmScale?> OutputLogarithms { get; init; } = [];

    /// <summary>How what the network of an output gives becomes the output.</summary>
    public NetScale ScaleOf(int output) => !OutputLogarithms.IsEmpty && OutputLogarithms[output] is { } logarithm
        ? new(logarithm.Mean, logarithm.Deviation, IsLogarithmic: true)
        : new(OutputMean[output], OutputDeviation[output], IsLogarithmic: false);

    /// <summary>For each input the part of its range that the rows of a user hold which it was trained on; empty where that is the whole range.</summary>
    public ImmutableArray<Interval> Covered { get; init; } = [];

    /// <summary>For each input where it is believed: the whole range, or what it was trained on.</summary>
    public ImmutableArray<Interval> Believed => Covered.IsEmpty ? [.. Signature.Inputs.Select(i => i.Range)] : Covered;

    /// <summary>Its errors on rows that it was not trained on; null where nobody measured them.</summary>
    public ConformalErrors? Conformal { get; init; }
}

/// <summary>The mean and the standard deviation, positive, of an output's logarithm.</summary>
public sealed record LogarithmScale(double Mean, double Deviation);

/// <summary>From what a network gives, which is standardised, to an output in its units and back.</summary>
/// <param name="Mean">In the output's units, or of its logarithm.</param>
/// <param name="Deviation">Likewise; positive.</param>
/// <param name="IsLogarithmic">Whether the network gives the output's logarithm: its squared error is then that of ratios.</param>
public readonly record struct NetScale(double Mean, double Deviation, bool IsLogarithmic)
{
    /// <summary>Beyond these a logarithm is no finite number's, or no normal one's.</summary>
    public const double LeastLogarithm = -708, GreatestLogarithm = 709;

    /// <summary>The output for what the network gives.</summary>
    public double InUnits(double standard) => Mean + (Deviation * standard) is var value && IsLogarithmic ? Exponential(value) : value;

    /// <summary>The derivative of the output by what the network gives.</summary>
    public double Slope(double standard) => IsLogarithmic ? Deviation * InUnits(standard) : Deviation;

    /// <summary>Where an output lies on the line that is learned.</summary>
    public double OnLine(double value) => IsLogarithmic ? Math.Log(Math.Max(value, Interval.LeastPositive)) : value;

    /// <summary>The exponential of a logarithm, as every export has it.</summary>
    public static double Exponential(double logarithm) => Math.Exp(Math.Clamp(logarithm, LeastLogarithm, GreatestLogarithm));
}
