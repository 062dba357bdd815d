// The last arrow of a compilation: from a program's dataflow, or from nothing, to a surrogate.

using System.Collections.Immutable;
using Nsc.Core.Dataflow;
using Nsc.Core.Dataflow.Building;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;
using Nsc.Core.Tokens;

namespace Nsc.Engine.Emission;

/// <summary>Makes surrogates, either with a CompNet or at random, for comparison.</summary>
public static class SurrogateEmitter
{
    /// <summary>
    /// The analyses of a program whose graph is <paramref name="graph"/> (over the program's own units), as a network is shown them. They do not depend on the order of
    /// its inputs.
    /// </summary>
    /// <param name="interprets">Whether points of the graph may correct the moments; else they follow from its text alone. See <see cref="ValueFeatures.Of"/>.</param>
    /// <param name="diagnostics">Takes what the moments say against mimicking the outputs; an error means that a surrogate would be worthless.</param>
    public static ProgramAnalysis Analyse(IEmitter net, CProgram program, DataflowGraph graph, bool interprets, DiagnosticBag? diagnostics = null)
    {
        ImmutableArray<InputVariable> inputs = program.Signature.Inputs;
        bool isDataflow = net.Options.Architecture == Architectures.Dataflow;
        DataflowGraph canonical = graph.Canonical();
        ImmutableArray<int> order = isDataflow ? InputOrder.Of(canonical, inputs) : [.. Enumerable.Range(0, inputs.Length)];
        DataflowGraph whole = canonical.InOrder(order).OverNormalisedInputs([.. order.Select(i => inputs[i])]);
        ImmutableArray<int> chosen = InputChoice.Of(whole, net.Options.Nets.Inputs);
        DataflowGraph normalised = whole.Restricted(chosen);
        chosen = [.. chosen.Select(i => order[i])];
        diagnostics?.ReportInputsLeftForLater(program, chosen);
        ValueFeatures known = isDataflow ? ValueFeatures.Of(normalised, interprets) : ValueFeatures.Unknown(normalised);
        diagnostics?.ReportOutputRanges(program, known.OutputRanges);
        var shown = new CompNetInput(
            normalised, known, [.. Enumerable.Range(0, chosen.Length)], TokenVocabulary.WithRanges(inputs, program.Tokens));
        return new ProgramAnalysis(program, shown, chosen, graph.IsExact, isDataflow && graph.IsExact);
    }

    /// <summary>Emits the surrogate of a program from its analyses.</summary>
    public static Surrogate Emit(IEmitter net, ProgramAnalysis analysis, string modelName, string modelHash, string toolVersion)
    {
        (CProgram program, DataflowGraph normalised, ValueFeatures known) = (analysis.Program, analysis.Shown.Graph, analysis.Shown.Features);
        int inputs = program.Signature.Inputs.Length;
        EmittedNet[] emitted = net.Emit(analysis.Shown);
        float[][] weights = Array.ConvertAll(emitted, e => e.Weights);
        for (int k = 0; analysis.HasSubspace && k < weights.Length; k++)
        {
            FirstLayerSubspace.Project(weights[k], ActiveSubspace.Basis(normalised, normalised.Outputs[k]), analysis.Chosen.Length, net.Options.Nets);
        }

        ImmutableArray<Layer> layers = NetLayout.ToLayers(weights, analysis.Chosen.Length, net.Options.Nets);
        return new Surrogate(
            program,
            net.Options.Nets.TopologyOf(inputs, weights.Length),
            layers.SetItem(0, InputChoice.Widened(layers[0], analysis.Chosen, inputs)),
            [.. emitted.Zip(normalised.Outputs, (e, o) => known.Mean(o) + (e.Offset * known.Deviation(o)))],
            [.. emitted.Zip(normalised.Outputs, (e, o) => Math.Exp(Math.Clamp(e.Stretch, -40, 40)) * known.Deviation(o))],
            Untrained(net.Options.Architecture == Architectures.Dataflow ? Provenance.CompNetInit : net.Options.Architecture, program, toolVersion) with
            {
                Model = modelName, ModelHash = modelHash, IsGraphExact = analysis.IsGraphExact,
            });
    }

    /// <summary>The analyses of a program and its surrogate in one call, from its text alone.</summary>
    public static Surrogate Emit(
        IEmitter net, CProgram program, DataflowGraph graph, string modelName, string modelHash, string toolVersion, DiagnosticBag? diagnostics = null) =>
        Emit(net, Analyse(net, program, graph, interprets: false, diagnostics), modelName, modelHash, toolVersion);

    /// <summary>A surrogate with random weights, as for training from scratch.</summary>
    public static Surrogate Random(NetShape shape, CProgram program, long seed, string toolVersion)
    {
        int inputs = program.Signature.Inputs.Length, outputs = program.Signature.Outputs.Length;
        shape = shape.With(inputs);
        var random = new SplitMix64((ulong)seed);
        float[][] nets = [.. Enumerable.Range(0, outputs).Select(_ => shape.Random(inputs, random))];
        return new Surrogate(
            program,
            shape.TopologyOf(inputs, outputs),
            NetLayout.ToLayers(nets, inputs, shape),
            [.. Enumerable.Repeat(0.0, outputs)],
            [.. Enumerable.Repeat(1.0, outputs)],
            Untrained(Provenance.RandomInit, program, toolVersion) with { Seed = seed });
    }

    private static Provenance Untrained(string init, CProgram program, string toolVersion) => new(
        init, Model: null, ModelHash: null, Provenance.HashOf(program.Source), Seed: 0, Samples: 0, Steps: 0, BestStep: 0,
        Estimate: null, TrainedRows: "", IsGraphExact: true, toolVersion);
}
