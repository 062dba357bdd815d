// Dense supervision: every intermediate value of a program is a program of its own, with samples of its own.

using Nsc.Core.Dataflow;
using Nsc.Engine.Emission;
using Nsc.Training.HyperNetworks;
using static TorchSharp.torch;

namespace Nsc.Training.Supervision;

/// <summary>
/// A batch of P programs with V supervised values and S samples each. The tensors belong to the caller's dispose scope.
/// </summary>
/// <param name="Request">The programs and the V supervised values.</param>
/// <param name="Programs">(V) which program a value belongs to.</param>
/// <param name="Inputs">(P, S, I) inputs in [-1, 1] in their slots; zero in unused slots.</param>
/// <param name="Targets">(V, S) the values, standardised.</param>
/// <param name="Offset">(V) how far each value's mean lies above the one of the moment analysis, in the latter's deviations.</param>
/// <param name="Stretch">(V) logarithm of its standard deviation over the analysis's.</param>
/// <param name="Weights">(V) weights of the loss; they sum to 1.</param>
/// <param name="IsResult">(V) whether the value is a result of its program.</param>
public sealed record SupervisedBatch(
    EmissionRequest Request, Tensor Programs, Tensor Inputs, Tensor Targets, Tensor Offset, Tensor Stretch, Tensor Weights, bool[] IsResult)
{
    /// <summary>
    /// Draws samples, slots and values for the programs; everything follows from <paramref name="random"/>. Intermediate
    /// values and random slots are for the network that follows the dataflow; the others could not know of them.
    /// </summary>
    public static SupervisedBatch Draw(
        IReadOnlyList<TrainingProgram> programs, CompNetOptions shape, TrainingOptions options, Random random)
    {
        int samples = options.SamplesPerProgram, slots = shape.CoveringInputs;
        bool isDataflow = shape.Architecture == Architectures.Dataflow;
        var placed = new List<CompNetInput>(programs.Count);
        var inputs = new float[programs.Count * samples * slots];
        var chosen = new List<Supervised>();
        for (int p = 0; p < programs.Count; p++)
        {
            TrainingProgram program = programs[p];
            int[] slotOf = isDataflow ? ChooseSlots(program.Inputs.Length, slots, random) : [.. Enumerable.Range(0, program.Inputs.Length)];
            double[] drawn = program.DrawNormalisedInputs(samples, random);
            placed.Add(new CompNetInput(program.Graph, program.Features, slotOf, program.Tokens));
            for (int i = 0; i < drawn.Length; i++)
            {
                int sample = i / slotOf.Length;
                inputs[(((p * samples) + sample) * slots) + slotOf[i % slotOf.Length]] = (float)drawn[i];
            }

            GraphValues values = new GraphEvaluator(program.Graph).Evaluate(drawn, samples);
            chosen.AddRange(ChooseValues(p, program, values, options, isDataflow, random));
        }

        float totalWeight = chosen.Sum(v => v.Weight);
        return new SupervisedBatch(
            new EmissionRequest(placed, chosen.ConvertAll(v => new WantedValue(v.Program, v.Node, programs[v.Program].Graph.Outputs.IndexOf(v.Node)))),
            tensor(chosen.ConvertAll(v => (long)v.Program).ToArray()),
            inputs.Aligned(programs.Count, samples, slots),
            chosen.SelectMany(v => v.Standardised).ToArray().Aligned(chosen.Count, samples),
            chosen.ConvertAll(v => v.Offset).ToArray().Aligned(chosen.Count),
            chosen.ConvertAll(v => v.Stretch).ToArray().Aligned(chosen.Count),
            chosen.ConvertAll(v => v.Weight / totalWeight).ToArray().Aligned(chosen.Count),
            [.. chosen.Select(v => v.IsResult)]);
    }

    /// <summary>Random distinct slots: a program's inputs take other slots each time, so that every slot is trained.</summary>
    public static int[] ChooseSlots(int inputs, int slots, Random random)
    {
        int[] all = [.. Enumerable.Range(0, slots)];
        random.Shuffle(all);
        return all[..inputs];
    }

    private static IEnumerable<Supervised> ChooseValues(
        int index, TrainingProgram program, GraphValues values, TrainingOptions options, bool withIntermediate, Random random)
    {
        DataflowGraph graph = program.Graph;
        var results = graph.Outputs.Distinct().ToArray();
        int[] others = [.. Enumerable.Range(0, graph.Nodes.Length)
            .Where(i => withIntermediate && graph.Nodes[i].Opcode != Opcode.Constant && !results.Contains(i))];
        random.Shuffle(others);
        int room = options.ValuesPerProgram;
        foreach (int node in results.Concat(others))
        {
            if (room == 0)
            {
                yield break;
            }

            bool isResult = results.Contains(node);
            if (Standardise(index, node, program.Features, values.Column(node), isResult ? (float)options.ResultWeight : 1, isResult) is { } value)
            {
                room--;
                yield return value;
            }
        }
    }

    // A value that is constant or not finite on the samples teaches nothing.
    private static Supervised? Standardise(int program, int node, ValueFeatures known, double[] column, float weight, bool isResult)
    {
        double mean = column.Average();
        double variance = column.Sum(v => (v - mean) * (v - mean)) / column.Length;
        double deviation = Math.Sqrt(variance);
        if (!double.IsFinite(deviation) || deviation < 1e-12 || deviation < 1e-7 * Math.Abs(mean) || deviation > 1e15)
        {
            return null;
        }

        return new Supervised(
            program, node, Array.ConvertAll(column, v => (float)((v - mean) / deviation)),
            (float)Math.Clamp((mean - known.Mean(node)) / known.Deviation(node), -1e6, 1e6),
            (float)Math.Clamp(Math.Log(deviation / known.Deviation(node)), -30, 30), weight, isResult);
    }

    private sealed record Supervised(int Program, int Node, float[] Standardised, float Offset, float Stretch, float Weight, bool IsResult);
}
