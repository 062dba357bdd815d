// The last arrow of a compilation: from a program's dataflow, or from nothing, to a surrogate.

using System.Collections.Immutable;
using Nsc.Core.Dataflow;
using Nsc.Core.Dataflow.Building;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;

namespace Nsc.Engine.Emission;

/// <summary>Makes surrogates, either with a CompNet or at random, for comparison.</summary>
public static class SurrogateEmitter
{
    /// <summary>The analyses of a program whose graph is <paramref name="graph"/> (over the program's own units), as a network is shown them.</summary>
    /// <param name="diagnostics">Takes what the moments say against mimicking the outputs; an error means that a surrogate would be worthless.</param>
    public static ProgramAnalysis Analyse(IEmitter net, CProgram program, DataflowGraph graph, DiagnosticBag? diagnostics = null)
    {
        DataflowGraph overUnit = graph.Canonical().OverUnitInputs(program.Signature.Inputs);
        bool isDataflow = net.Options.Architecture == Architectures.Dataflow;
        ValueFeatures known = isDataflow ? ValueFeatures.Of(overUnit) : ValueFeatures.Unknown(overUnit);
        diagnostics?.ReportOutputRanges(program, known.OutputRanges);
        var placed = new PlacedProgram(
            overUnit, known, [.. Enumerable.Range(0, program.Signature.Inputs.Length)], TokenVocabulary.WithRanges(program.Signature.Inputs, program.Tokens));
        return new ProgramAnalysis(program, placed, graph.IsExact, isDataflow && graph.IsExact);
    }

    /// <summary>Emits the surrogate of a program from its analyses.</summary>
    public static Surrogate Emit(IEmitter net, ProgramAnalysis analysis, string modelName, string modelHash, string toolVersion)
    {
        (CProgram program, DataflowGraph overUnit, ValueFeatures known) = (analysis.Program, analysis.Placed.Graph, analysis.Placed.Features);
        int inputs = program.Signature.Inputs.Length;
        EmittedNet[] emitted = net.Emit(analysis.Placed);
        float[][] weights = Array.ConvertAll(emitted, e => e.Weights);
        for (int k = 0; analysis.HasSubspace && k < weights.Length; k++)
        {
            FirstLayerSpace.Project(weights[k], ActiveSubspace.Basis(overUnit, overUnit.Outputs[k]), inputs, net.Options.Nets);
        }

        return new Surrogate(
            program,
            net.Options.Nets.TopologyOf(inputs, weights.Length),
            NetLayout.ToLayers(weights, inputs, net.Options.Nets),
            [.. emitted.Zip(overUnit.Outputs, (e, o) => known.Mean(o) + (e.Offset * known.Deviation(o)))],
            [.. emitted.Zip(overUnit.Outputs, (e, o) => Math.Exp(Math.Clamp(e.Stretch, -40, 40)) * known.Deviation(o))],
            Untrained(net.Options.Architecture == Architectures.Dataflow ? Provenance.CompNetInit : net.Options.Architecture, program, toolVersion) with
            {
                Model = modelName, ModelHash = modelHash, IsGraphExact = analysis.IsGraphExact,
            });
    }

    /// <summary>The analyses of a program and its surrogate in one call.</summary>
    public static Surrogate Emit(
        IEmitter net, CProgram program, DataflowGraph graph, string modelName, string modelHash, string toolVersion, DiagnosticBag? diagnostics = null) =>
        Emit(net, Analyse(net, program, graph, diagnostics), modelName, modelHash, toolVersion);

    /// <summary>A surrogate with random weights, as for training from scratch.</summary>
    public static Surrogate Random(NetShape shape, CProgram program, long seed, string toolVersion)
    {
        int inputs = program.Signature.Inputs.Length, outputs = program.Signature.Outputs.Length;
        var random = new SplitMix64((ulong)seed);
        float[][] nets = [.. Enumerable.Range(0, outputs).Select(_ => RandomNet(shape, inputs, random))];
        return new Surrogate(
            program,
            shape.TopologyOf(inputs, outputs),
            NetLayout.ToLayers(nets, inputs, shape),
            [.. Enumerable.Repeat(0.0, outputs)],
            [.. Enumerable.Repeat(1.0, outputs)],
            Untrained(Provenance.RandomInit, program, toolVersion) with { Seed = seed });
    }

    // Uniform within 1/sqrt(fan-in), biases too, as for training from scratch.
    private static float[] RandomNet(NetShape shape, int inputs, SplitMix64 random)
    {
        int width = shape.Width, first = width * (shape.Inputs + 1);
        return [.. Enumerable.Range(0, shape.WeightCount).Select(i =>
            (float)(((2 * random.NextDouble()) - 1) / Math.Sqrt(i < first ? inputs : width)))];
    }

    private static Provenance Untrained(string init, CProgram program, string toolVersion) => new(
        init, Model: null, ModelHash: null, Provenance.HashOf(program.Source), Seed: 0, Samples: 0, Steps: 0, BestStep: 0,
        Estimate: null, TrainedRows: "", IsGraphExact: true, toolVersion);
}
