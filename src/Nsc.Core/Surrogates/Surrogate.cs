// The one type that crosses from learning to everything else: a program and the small network that mimics it.

using System.Collections.Immutable;
using Nsc.Core.Programs;

namespace Nsc.Core.Surrogates;

/// <summary>
/// A neural surrogate of a C function. Input i enters the network as u = (x - middle) / halfWidth of its range, and
/// output k is y = OutputMean[k] + OutputDeviation[k] * network_k(u).
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

    /// <summary>Its errors on rows that it was not trained on; null where nobody measured them.</summary>
    public ConformalErrors? Conformal { get; init; }
}
