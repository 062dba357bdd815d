// The last arrow of a compilation: from a program's dataflow, or from nothing, to a surrogate.

using System.Collections.Immutable;
using Nsc.Core.Dataflow;
using Nsc.Core.Programs;
using Nsc.Core.Surrogates;
using Nsc.Nets;
using Nsc.Neural.Training;
using TorchSharp;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace Nsc.Neural.CompNets;

/// <summary>Makes surrogates, either with a CompNet or at random, for comparison.</summary>
public static class SurrogateEmitter
{
    /// <summary>Emits the surrogate of a program whose graph is <paramref name="graph"/> (over the program's own units).</summary>
    public static Surrogate Emit(HyperNetwork net, CProgram program, DataflowGraph graph, string modelName, string modelHash, string toolVersion)
    {
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        int inputs = program.Signature.Inputs.Length;
        DataflowGraph overUnit = graph.OverUnitInputs(program.Signature.Inputs);
        bool isDataflow = net.Options.Architecture == Architectures.Dataflow;
        ValueFeatures known = isDataflow ? ValueFeatures.Of(overUnit) : ValueFeatures.Unknown(overUnit);
        var placed = new PlacedProgram(
            overUnit, known, [.. Enumerable.Range(0, inputs)], TokenVocabulary.WithRanges(program.Signature.Inputs, program.Tokens));
        Emission emission = net.Emit(new EmissionRequest([placed], [.. overUnit.Outputs.Select((o, k) => new WantedValue(0, o, k))]));
        float[][] weights = [.. emission.Weights.data<float>().ToArray().Chunk(net.Options.Nets.WeightCount)];
        for (int k = 0; isDataflow && graph.IsExact && k < weights.Length; k++)
        {
            FirstLayerSpace.Project(weights[k], ActiveSubspace.Basis(overUnit, overUnit.Outputs[k]), inputs, net.Options.Nets);
        }

        return new Surrogate(
            program,
            net.Options.Nets.TopologyOf(inputs, weights.Length),
            NetLayout.ToLayers(weights, inputs, net.Options.Nets),
            [.. emission.Offset.data<float>().ToArray().Zip(overUnit.Outputs, (offset, o) => known.Mean(o) + (offset * known.Deviation(o)))],
            [.. emission.Stretch.data<float>().ToArray().Zip(overUnit.Outputs, (stretch, o) => Math.Exp(Math.Clamp(stretch, -40, 40)) * known.Deviation(o))],
            Untrained(isDataflow ? Provenance.CompNetInit : net.Options.Architecture, program, toolVersion) with
            {
                Model = modelName, ModelHash = modelHash, IsGraphExact = graph.IsExact,
            });
    }

    /// <summary>A surrogate with random weights, as for training from scratch.</summary>
    public static Surrogate Random(NetShape shape, CProgram program, long seed, string toolVersion)
    {
        using var scope = NewDisposeScope();
        int inputs = program.Signature.Inputs.Length, outputs = program.Signature.Outputs.Length;
        using var generator = new Generator((ulong)seed);
        Tensor weights = EmittedNets.RandomWeights(outputs, shape, inputs, generator);
        float[][] nets = [.. weights.data<float>().ToArray().Chunk(shape.WeightCount)];
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
        ValidationNmse: null, IsGraphExact: true, toolVersion);
}
