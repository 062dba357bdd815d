// What may be done with the samples beside taking steps. A new treatment is a line in the table; names of arms, options and help follow from it.

using System.Collections.Immutable;
using Nsc.Core.Surrogates;
using Nsc.Engine.Refining;
using Nsc.Engine;
using Nsc.Engine.Emission;
using Nsc.Engine.Trainers;

namespace Nsc.Bench;

/// <summary>A use of the samples that an arm may have or not.</summary>
/// <param name="Name">As it stands in the arm's name, after a plus sign.</param>
/// <param name="Options">Fine-tuning with it.</param>
/// <param name="Start">What becomes of a start; null for nothing. A start of the dataflow network is emitted that way already.</param>
public sealed record Treatment(string Name, Func<FineTuneOptions, FineTuneOptions> Options, Func<Surrogate, BenchProgram, NetShape, Surrogate>? Start = null)
{
    /// <summary>Whether the arm that stands for our fine-tuning by the paper's protocol has it.</summary>
    public bool IsOfProtocol { get; init; }

    /// <summary>Whether the dataflow network's start has it too.</summary>
    public bool IsOfAllStarts { get; init; }

    /// <summary>Whether the dataflow is interpreted, which text alone is not.</summary>
    public bool Interprets { get; init; }

    /// <summary>All treatments, in the order in which names have them. A report is about the arm that has the first ones of them.</summary>
    public static ImmutableArray<Treatment> All { get; } =
    [
        new("interpreted", options => options, (start, program, _) => Refinement.Refine(start, program.Graph, RefinementEffort.For(start.Topology.Outputs), seed: 1)) { IsOfAllStarts = true, Interprets = true }, // As compile does, on points of the dataflow.
        new("calibration", options => options with { Calibrates = true }) { IsOfProtocol = true }, // The last layer is scaled and shifted to fit the samples before the first step.
        new("subspace", options => options with { KeepsSubspace = true }, (start, program, shape) => program.InActiveSubspace(start, shape)) { IsOfProtocol = true }, // The first layer stays in it.
        new("teacher", options => options with { IsTaught = true }), // Gaussian processes that know the samples teach the net.
    ];
}
