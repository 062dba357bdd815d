// A program under test, and where each arm starts on it.

using System.Collections.Immutable;
using Nsc.Core.Dataflow;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;
using Nsc.Engine;
using Nsc.Engine.Emission;

namespace Nsc.Bench;

/// <summary>The mean and the deviation of each output as the moment analysis predicts them, before any sample.</summary>
public sealed record OutputScale(ImmutableArray<double> Mean, ImmutableArray<double> Deviation)
{
    /// <param name="graph">A program's dataflow in its own units.</param>
    public static OutputScale Of(DataflowGraph graph, ProgramSignature signature)
    {
        DataflowGraph normalised = graph.OverNormalisedInputs(signature.Inputs);
        ValueFeatures known = ValueFeatures.Of(normalised);
        return new OutputScale([.. normalised.Outputs.Select(known.Mean)], [.. normalised.Outputs.Select(known.Deviation)]);
    }
}

/// <summary>A program under test.</summary>
/// <param name="Graph">Its dataflow in its own units.</param>
/// <param name="Scale">
/// What every start but the dataflow network's takes for the scale of the outputs: without samples, arms then differ by their weights. (In the
/// program's own units a mean of 0 and a deviation of 1 mean nothing, and everything would look good beside them.)
/// </param>
/// <param name="Starts">Its surrogate before any sample for each model; a random start is drawn anew for each seed.</param>
/// <param name="Pools">For each seed, the samples that training draws from; the first n are taken.</param>
/// <param name="Test">The samples that every arm is judged on.</param>
public sealed record BenchProgram(
    string Name, CProgram Program, DataflowGraph Graph, string ToolVersion, OutputScale Scale, IReadOnlyDictionary<string, Surrogate> Starts,
    IReadOnlyList<SampleSet> Pools, SampleSet Test)
{
    /// <summary>What the dataflow network emits when points of the dataflow have corrected the moments that it sees; null for what the text alone gives.</summary>
    public Lazy<Surrogate>? Interpreted { get; init; }

    /// <summary>Where an arm starts.</summary>
    public Surrogate Start(BenchArm arm, NetShape shape, int seed)
    {
        shape = shape.With(Program.Signature.Inputs.Length);
        if (arm.Start == Architectures.Dataflow)
        {
            // In the program's scale and active subspace as it was emitted.
            Treatment[] treatments = [.. arm.Treatments.Where(t => t.IsOfAllStarts)];
            Surrogate emitted = treatments.Length > 0 && Interpreted is not null ? Interpreted.Value : Starts[arm.Start];
            return treatments.Aggregate(emitted, (treated, treatment) => treatment.Start!(treated, this, shape));
        }

        Surrogate start = arm.Start == DataEfficiency.RandomArm ? SurrogateEmitter.Random(shape, Program, seed + 1, ToolVersion) : Starts[arm.Start];
        start = start with { OutputMean = Scale.Mean, OutputDeviation = Scale.Deviation };
        return arm.Treatments.Aggregate(start, (treated, treatment) => treatment.Start?.Invoke(treated, this, shape) ?? treated);
    }

    /// <summary>A start whose first layer looks along the program's active subspace alone; as it is where the graph is not exact.</summary>
    public Surrogate InActiveSubspace(Surrogate start, NetShape shape)
    {
        if (!Graph.IsExact)
        {
            return start;
        }

        DataflowGraph normalised = Graph.OverNormalisedInputs(Program.Signature.Inputs);
        int inputs = start.Topology.Inputs;
        float[][] nets = NetLayout.FromLayers(start, shape);
        for (int k = 0; k < nets.Length; k++)
        {
            FirstLayerSubspace.Project(nets[k], ActiveSubspace.Basis(normalised, normalised.Outputs[k]), inputs, shape);
        }

        return start with { Layers = NetLayout.ToLayers(nets, inputs, shape) };
    }
}
