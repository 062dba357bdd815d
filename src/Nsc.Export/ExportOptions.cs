// What an export computes in, and what it holds beside the network.

using System.Collections.Immutable;
using Nsc.Core.Programs;
using Nsc.Core.Surrogates;
using Nsc.Export.Writing;

namespace Nsc.Export;

/// <summary>The type of an exported network's sums and activations.</summary>
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
/// <param name="Weights">How the tables hold the weights; all surrogates must be rounded to it already.</param>
/// <param name="Notes">Sentences for the head of the file, such as what is known about the error.</param>
/// <param name="HasJacobian">Whether the file gives the derivatives of the outputs by the inputs too.</param>
/// <param name="Domain">With a guard: where the program gives a number; null to trust the ranges.</param>
public sealed record ExportOptions(
    DropIn? DropIn = null, SurrogateGuard? Guard = null, Precision Precision = Precision.Single, WeightFormat Weights = WeightFormat.Float32, ImmutableArray<string> Notes = default,
    DomainGuard? Domain = null, bool HasJacobian = false)
{
    /// <summary>What the names in the file begin with, an identifier; null for the program's function.</summary>
    public string? Name { get; init; }

    /// <summary>C: whether inputs, outputs and the scaling are floats, for processors that compute with nothing wider; with <see cref="Precision.Single"/> only.</summary>
    public bool IsSingleThroughout { get; init; }

    /// <summary>C: whether there is a function for many rows.</summary>
    public bool HasBatch { get; init; } = true;

    /// <summary>C: the section of the object file where the tables lie; null for the compiler's choice.</summary>
    public string? Section { get; init; }

    /// <summary>C: how many rows to test with the file holds.</summary>
    public int TestRows { get; init; }

    /// <summary>C: whether nothing of the surrogate can be called from other files, because the function that it stands for cannot.</summary>
    public bool IsPrivate => DropIn is { IsStatic: true };

    /// <summary>What the names of a surrogate's file begin with.</summary>
    public string NameFor(Surrogate surrogate) => CommentText.Identifier(Name ?? surrogate.Signature.Function);
}
