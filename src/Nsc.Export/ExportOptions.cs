// What an export computes in, and what it holds beside the network.

using System.Collections.Immutable;
using Nsc.Core.Programs;
using Nsc.Core.Surrogates;

namespace Nsc.Export;

/// <summary>The type of an exported network's sums and activations; its inputs and outputs are doubles either way.</summary>
public enum Precision
{
    /// <summary>Fast. The large weights of a fine-tuned net carry its rounding to some millionths of the output's deviation.</summary>
    Single,

    /// <summary>As nsc itself computes.</summary>
    Double,
}

/// <summary>What the file of a surrogate holds beside the network. An exporter that cannot hold some of it is not asked to.</summary>
/// <param name="DropIn">The program's file with the function defined by its surrogate, from the front end; null to leave it out.</param>
/// <param name="Guard">When that calls the original function instead; null for never.</param>
/// <param name="Precision">What the network computes in.</param>
/// <param name="HalfWeights">Whether the tables hold 16-bit floats; all surrogates must be rounded to them already.</param>
/// <param name="Notes">Sentences for the head of the file, such as what is known about the error.</param>
/// <param name="HasJacobian">Whether the file gives the derivatives of the outputs by the inputs too.</param>
/// <param name="Domain">With a guard: where the program gives a number; null to trust the ranges.</param>
public sealed record ExportOptions(
    DropIn? DropIn = null, SurrogateGuard? Guard = null, Precision Precision = Precision.Single, bool HalfWeights = false, ImmutableArray<string> Notes = default,
    DomainGuard? Domain = null, bool HasJacobian = false);
