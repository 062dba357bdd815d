// A program as training sees it, and how its inputs are drawn.

using System.Collections.Immutable;
using Nsc.Core.Dataflow;
using Nsc.Core.Dataflow.Building;
using Nsc.Core.Programs;
using Nsc.Core.Tokens;
using Nsc.Engine.Emission;
using Nsc.Training.HyperNetworks;

namespace Nsc.Training.Supervision;

/// <summary>A program of the training corpus.</summary>
/// <param name="Graph">Its dataflow over unit inputs.</param>
/// <param name="Features">What the moment analysis says of the graph's nodes.</param>
/// <param name="Inputs">Its inputs; only kinds and ranges matter here.</param>
/// <param name="Tokens">Its ranges and tokens, as <see cref="TokenVocabulary"/> numbers them.</param>
public sealed record TrainingProgram(
    DataflowGraph Graph, ValueFeatures Features, ImmutableArray<InputVariable> Inputs, ImmutableArray<short> Tokens)
{
    /// <param name="graph">The program's dataflow over its own units.</param>
    /// <param name="tokens">Its tokens, without the ranges.</param>
    /// <param name="architecture">What is to be trained on it: only the dataflow network sees the moment analysis.</param>
    public static TrainingProgram From(
        DataflowGraph graph, ImmutableArray<InputVariable> inputs, ImmutableArray<short> tokens, string architecture = Architectures.Dataflow)
    {
        DataflowGraph normalised = graph.Canonical().OverNormalisedInputs(inputs);
        return architecture == Architectures.Dataflow
            ? new TrainingProgram(normalised, ValueFeatures.Of(normalised), inputs, [])
            : new TrainingProgram(normalised, ValueFeatures.Unknown(normalised), inputs, TokenVocabulary.WithRanges(inputs, tokens));
    }

    /// <summary>Draws inputs (count, inputs) in [-1, 1], row-major: uniform, on the grid of whole numbers for integer inputs.</summary>
    public double[] DrawNormalisedInputs(int count, Random random)
    {
        var drawn = new double[count * Inputs.Length];
        for (int i = 0; i < drawn.Length; i++)
        {
            InputVariable input = Inputs[i % Inputs.Length];
            drawn[i] = input.Kind.IsInteger() ? DrawInteger(input.Range, random) : (2 * random.NextDouble()) - 1;
        }

        return drawn;
    }

    private static double DrawInteger(Interval range, Random random)
    {
        double low = Math.Ceiling(range.Low), count = Math.Floor(range.High) - low + 1;
        double value = low + Math.Floor(random.NextDouble() * count);
        return range.Unit(value);
    }
}
