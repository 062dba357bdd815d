// What is written of a surrogate, and what is promised of it.

using Nsc.Compiler.Evaluation;
using Nsc.Compiler.Sampling;
using Nsc.Core.Surrogates;
using Nsc.Export;
using Nsc.FrontEnd.Projects;

namespace Nsc.Compiler.Exporting;

/// <summary>The choices for an export.</summary>
public sealed record ExportRequest
{
    /// <summary>What is written: C unless another of <see cref="Exporters.All"/> is named.</summary>
    public IExporter Exporter { get; init; } = Exporters.All[0];

    /// <summary>What the file computes in.</summary>
    public Precision Precision { get; init; } = Precision.Single;

    /// <summary>C: how the tables hold the weights.</summary>
    public WeightFormat Weights { get; init; } = WeightFormat.Float32;

    /// <summary>What the names in the file begin with; null for the function.</summary>
    public string? Name { get; init; }

    /// <summary>C: whether inputs, outputs and scaling are floats, for processors that compute with nothing wider.</summary>
    public bool IsSingleThroughout { get; init; }

    /// <summary>C: whether there is a function for many rows.</summary>
    public bool HasBatch { get; init; } = true;

    /// <summary>C: the section where the tables lie; null for the compiler's choice.</summary>
    public string? Section { get; init; }

    /// <summary>C: the processor that it is for; null for any.</summary>
    public Processor? Processor { get; init; }

    /// <summary>C: how many rows to test with the file holds.</summary>
    public int TestRows { get; init; }

    /// <summary>Whether the file gives the derivatives of the outputs by the inputs too.</summary>
    public bool HasJacobian { get; init; }

    /// <summary>C: how the file that was compiled is read again, to replace the function in its text.</summary>
    public ProjectOptions Project { get; init; } = ProjectOptions.None;

    /// <summary>C: the program too, with the function defined by its surrogate.</summary>
    public bool IsDropIn { get; init; }

    /// <summary>C: like <see cref="IsDropIn"/>, and the original is called where an input is out of range.</summary>
    public bool IsGuarded { get; init; }

    /// <summary>A surrogate of the same function made from other samples: where the two disagree too much, the original is called.</summary>
    public Surrogate? Second { get; init; }

    /// <summary>What is to be proved of the error.</summary>
    public ErrorLimit Limit { get; init; } = new();

    /// <summary>The samples that bound the error, when <see cref="Limit"/> has a largest one.</summary>
    public SampleSource Samples { get; init; } = new();

    /// <summary>On how many new random inputs the guard is proved; null for no proof.</summary>
    public int? ProofInputs { get; init; }

    public long Seed { get; init; } = 1;

    /// <summary>Told what goes on.</summary>
    internal Action<string>? Progress { get; init; }
}

/// <summary>An exported file.</summary>
/// <param name="Header">C declarations to lie beside it; null where there are none.</param>
/// <param name="Surrogate">What was written: with weights of few bits not quite the one that was given.</param>
/// <param name="Error">What is known of its error; null where nothing was asked.</param>
/// <param name="Moved">By how many deviations weights of few bits move an output; null for floats.</param>
/// <param name="Miss">What was promised and not kept, in words, or null.</param>
public sealed record Exported(byte[] Content, byte[]? Header, Surrogate Surrogate, BoundedError? Error, Proof? Proof, double? Moved, string? Miss)
{
    /// <summary>What it takes of a machine; null where nothing was asked that small machines need.</summary>
    public Footprint? Footprint { get; init; }
}
