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
    // Batches are not worth their time where the points that they are drawn from are fewer. On the other half of the idioms they take the geometric mean of the error from 0.0025 to
    // 0.0004: steps on the same few points learn those by heart where a function has many inputs or many turns.
    private const int FewestPointsOfBatches = 512;
    private const double Enough = 1e-5;

    // More points for the last layer. (Fitting it before the steps too was tried: no better.)
    private const int PointsOfLastLayer = 512;

    /// <summary>Points that a surrogate is judged on.</summary>
    public const int JudgedOn = 256;

    // Values that are interpreted, at most: a long loop has hundreds of thousands at each point.
    private const int MostValues = 1 << 24, MostValuesOfBatches = 1 << 22;
    private const int FewestPoints = 16;

    // Values that are kept at a time.
    private const int ValuesAtATime = 1 << 20;

    /// <summary>The surrogate fine-tuned on points of its dataflow; as it is where those show nothing to learn.</summary>
    /// <param name="graph">The dataflow in the program's own units.</param>
    /// <param name="effort">Fewer points are taken of a large graph.</param>
    public static Surrogate Refine(Surrogate surrogate, DataflowGraph graph, RefinementEffort effort, long seed)
    {
        SampleSet all = Interpret(surrogate.Signature, graph, effort.Points + PointsOfLastLayer, seed, SamplePurpose.Lessons);
        SampleSet samples = all.Slice(0, Math.Min(effort.Points, all.Count)), others = all.Slice(samples.Count, all.Count - samples.Count);
        if (samples.Count < FewestPoints || SurrogateFineTuner.Objection(surrogate, samples) is not null)
        {
            return surrogate;
        }

        var options = new FineTuneOptions(effort.Steps, Seed: seed, Optimizer: Optimizer.Lm);
        Surrogate refined = Refined(SurrogateFineTuner.Run(surrogate, samples, options).Surrogate, samples.Count);
        if (SurrogateFineTuner.Objection(refined, others) is null)
        {
            refined = LastLayer.Fit(InBatches(refined, graph, others, effort, options), others);
        }

        return SurrogateFile.Objection(refined) is null ? refined : Refined(surrogate, samples.Count);

        Surrogate Refined(Surrogate net, int points) => net with { OutputValues = surrogate.OutputValues, Provenance = surrogate.Provenance with { Refined = points } };
    }

    // The better of a net and what batches of further points make of it, by the points that judge.
    private static Surrogate InBatches(Surrogate refined, DataflowGraph graph, SampleSet judges, RefinementEffort effort, FineTuneOptions options)
    {
        int count = Math.Min(effort.BatchPoints, MostValuesOfBatches / graph.Nodes.Length);
        double before = OutputLosses.Error(refined, judges);
        if (effort.Rounds == 0 || count < FewestPointsOfBatches || before < Enough)
        {
            return refined;
        }

        SampleSet points = Interpret(refined.Signature, graph, count, options.Seed, SamplePurpose.Batches);
        if (points.Count < FewestPointsOfBatches || SurrogateFineTuner.Objection(refined, points) is not null)
        {
            return refined;
        }

        Surrogate learned = SurrogateFineTuner.Run(refined, points, options with { Steps = effort.Rounds, BatchRows = effort.BatchRows, WarmUpSteps = effort.WarmUpSteps }).Surrogate;
        return OutputLosses.Error(learned, judges) < before
            ? learned with { OutputValues = refined.OutputValues, Provenance = refined.Provenance with { Refined = refined.Provenance.Refined + points.Count } } : refined;
    }

    /// <summary>
    /// The surrogate with nets that give logarithms, for samples of positive outputs, made from the dataflow as compiled nets are; null where it has none,
    /// and the weights are only where learning begins.
    /// </summary>
    public static Surrogate ByLogarithm(Surrogate surrogate, SampleSet samples, DataflowGraph? graph, long seed)
    {
        Surrogate start = surrogate.WithLogarithms(samples);
        return graph is null ? start : Refine(start with { Provenance = start.Provenance with { Refined = 0 } }, graph, RefinementEffort.For(start.Topology.Outputs), seed);
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
