// An emitted net, held against the dataflow that it was made from: interpreted on some points, which runs nothing of the program, it is a
// sample like any other. What is learned from it is still what the text says.

using Nsc.Core.Dataflow;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;
using Nsc.Engine.FineTuning;
using Nsc.Engine.Trainers;

namespace Nsc.Engine.Refining;

public static class Refinement
{
    /// <summary>
    /// Points that a compilation refines each function on unless asked otherwise. A net costs about 2 ms on 128 of them, with few steps, 12 on 192 and 30 on
    /// 256; clang takes some 40 for a file, however many functions it has.
    /// </summary>
    /// <param name="nets">The outputs of all functions that are compiled together.</param>
    public static int PointsFor(int nets) => nets <= 2 ? 256 : nets <= 4 ? 192 : PointsWithFewSteps;

    // The first steps gain the most: on the idioms the geometric mean of the error is 0.101 before, 0.0071 after 16 steps on 128 points, and 0.0062 after 80.
    private const int PointsWithFewSteps = 128, FewSteps = 16;

    /// <summary>The most points that can be asked for.</summary>
    public const int MostPoints = 1 << 17;

    // More points for the last layer. (Fitting it before the steps too was tried: no better.)
    private const int PointsOfLastLayer = 512;

    /// <summary>Points that a surrogate is judged on.</summary>
    public const int JudgedOn = 256;

    // Values that are interpreted, at most: a long loop has hundreds of thousands at each point.
    private const int MostValues = 1 << 24;
    private const int FewestPoints = 16;

    // Values that are kept at a time.
    private const int ValuesAtATime = 1 << 20;

    /// <summary>The surrogate fine-tuned on points of its dataflow; as it is where those show nothing to learn.</summary>
    /// <param name="graph">The dataflow in the program's own units.</param>
    /// <param name="points">How many points at most; fewer are taken of a large graph.</param>
    public static Surrogate Refine(Surrogate surrogate, DataflowGraph graph, int points, long seed)
    {
        SampleSet all = Interpret(surrogate.Signature, graph, points + PointsOfLastLayer, seed, SamplePurpose.Lessons);
        SampleSet samples = all.Slice(0, Math.Min(points, all.Count)), others = all.Slice(samples.Count, all.Count - samples.Count);
        if (samples.Count < FewestPoints || SurrogateFineTuner.Objection(surrogate, samples) is not null)
        {
            return surrogate;
        }

        var options = new FineTuneOptions(Steps: points <= PointsWithFewSteps ? FewSteps : FineTuneOptions.DefaultSteps(Optimizer.Lm), Seed: seed, Optimizer: Optimizer.Lm);
        Surrogate refined = SurrogateFineTuner.Run(surrogate, samples, options).Surrogate;
        refined = SurrogateFineTuner.Objection(refined, others) is null ? LastLayer.Fit(refined, others) : refined;
        refined = SurrogateFile.Objection(refined) is null ? refined : surrogate;
        return refined with { OutputValues = surrogate.OutputValues, Provenance = surrogate.Provenance with { Refined = samples.Count } };
    }

    /// <summary>
    /// The surrogate with nets that give logarithms, for samples of positive outputs, made from the dataflow as compiled nets are; null where it has none,
    /// and the weights are only where learning begins.
    /// </summary>
    public static Surrogate ByLogarithm(Surrogate surrogate, SampleSet samples, DataflowGraph? graph, long seed)
    {
        Surrogate start = surrogate.WithLogarithms(samples);
        return graph is null ? start : Refine(start with { Provenance = start.Provenance with { Refined = 0 } }, graph, PointsFor(start.Topology.Outputs), seed);
    }

    /// <summary>What other points of the dataflow say of a surrogate's error; null where they are too few.</summary>
    public static ErrorEstimate? Judge(Surrogate surrogate, DataflowGraph graph, long seed)
    {
        SampleSet truth = Interpret(surrogate.Signature, graph, JudgedOn, seed, SamplePurpose.Evaluation);
        return truth.Count < FewestPoints ? null : ErrorEstimate.Of(new JudgedRows(truth, new SurrogateEvaluator(surrogate).Evaluate(truth.X), EstimateMethod.Interpreted));
    }

    // Where the dataflow gives no number, there is nothing to learn.
    private static SampleSet Interpret(ProgramSignature signature, DataflowGraph graph, int points, long seed, SamplePurpose purpose)
    {
        int count = Math.Min(points, MostValues / graph.Nodes.Length), part = Math.Clamp(ValuesAtATime / graph.Nodes.Length, 1, Math.Max(1, count));
        (int inputs, int outputs) = (signature.Inputs.Length, signature.Outputs.Length);
        double[] x = InputSampler.Draw(signature, count, new SplitMix64(SampleSeeds.For(seed, purpose)));
        var y = new double[count * outputs];
        var evaluator = new GraphEvaluator(graph);
        for (int from = 0; from < count; from += part)
        {
            int rows = Math.Min(part, count - from);
            evaluator.EvaluateOutputs(x.AsSpan(from * inputs, rows * inputs), rows).CopyTo(y, from * outputs);
        }

        var all = new SampleSet(inputs, outputs, x, y);
        return all.Take([.. Enumerable.Range(0, count).Where(row => !all.Outputs(row).ContainsAnyExceptFinite())]);
    }

    private static bool ContainsAnyExceptFinite(this ReadOnlySpan<double> values)
    {
        foreach (double value in values)
        {
            if (!double.IsFinite(value))
            {
                return true;
            }
        }

        return false;
    }
}
