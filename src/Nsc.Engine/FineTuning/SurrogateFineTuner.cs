// Fine-tuning a surrogate on samples of its program: split, standardise, calibrate, train, put back together.

using System.Collections.Immutable;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;
using Nsc.Engine.Adapting;
using Nsc.Engine.Teaching;
using Nsc.Engine.Trainers;

namespace Nsc.Engine.FineTuning;

/// <summary>A fine-tuned surrogate and the course of its held-out error (the mean over outputs at each look).</summary>
public sealed record FineTuned(Surrogate Surrogate, double[] HeldOutNmse);

public static class SurrogateFineTuner
{
    // In half widths of an input's range: beyond it a net's sums lose what the other inputs say.
    private const double FurthestInput = 1e6;

    // Beyond it a net that errs by some deviations answers with infinity.
    private const double LargestOutput = 1e300;

    /// <summary>Our own engine for a method.</summary>
    public static INetTrainer Engine(Optimizer optimizer) => optimizer == Optimizer.Adam ? new FusedTrainer() : new LevenbergMarquardt();

    /// <summary>Why a surrogate cannot be fine-tuned on samples, or null when it can.</summary>
    public static string? Objection(Surrogate surrogate, SampleSet samples, Optimizer optimizer = Optimizer.Lm) =>
        ShapeObjection(NetShape.Of(surrogate.Topology), optimizer) ?? SamplesObjection(surrogate, samples);

    /// <summary>Why a method cannot train nets of a shape, or null when it can.</summary>
    public static string? ShapeObjection(NetShape shape, Optimizer optimizer) => optimizer switch
    {
        Optimizer.Lm => shape.Hidden.IsEmpty ? "surrogates without a hidden layer cannot be fine-tuned" : null,
        _ => shape.HasEqualPair ? null
            : $"surrogates with hidden layers of {NetSizes.InWords(shape.Hidden)} cannot be fine-tuned by Adam, which needs two equal hidden layers (--optimizer lm takes any)",
    };

    /// <summary>Why samples cannot be used, or null when they can.</summary>
    public static string? SamplesObjection(Surrogate surrogate, SampleSet samples)
    {
        ProgramSignature signature = surrogate.Signature;
        if (samples.Count < FineTuneOptions.FewestSamples)
        {
            return $"{samples.Count} samples are too few; at least {FineTuneOptions.FewestSamples} are needed";
        }

        for (int k = 0; k < samples.OutputCount; k++)
        {
            double most = samples.Output(k).Max(Math.Abs);
            if (!(most <= LargestOutput))
            {
                return $"output '{signature.Outputs[k].Name}' is as large as {most:R}; beyond {LargestOutput:R} there is no room for a net's error (give another range)";
            }

            if (surrogate.ScaleOf(k).IsLogarithmic && Array.FindIndex(samples.Output(k), y => !(y > 0)) is >= 0 and int row)
            {
                return $"output '{signature.Outputs[k].Name}' is {samples.Outputs(row)[k]:R} in sample {row + 1}; its relative error is learned by its logarithm, which only positive numbers have (--loss squared learns any)";
            }
        }

        return Enumerable.Range(0, samples.OutputCount).All(k => IsConstant(samples, k))
            ? $"output '{signature.Outputs[0].Name}' is {samples.Outputs(0)[0]:R} on all {samples.Count} samples; "
                + "there is nothing to learn from a constant (give another range or more samples)"
            : InputObjection(signature, samples);
    }

    /// <summary>Whether an output is the same on all samples: then it is learned as that constant.</summary>
    public static bool IsConstant(SampleSet samples, int output) => samples.Output(output) is var values && values.AsSpan().IndexOfAnyExcept(values[0]) < 0;

    // A net's inputs are in [-1, 1] within the ranges; its numbers are single precision.
    private static string? InputObjection(ProgramSignature signature, SampleSet samples)
    {
        for (int row = 0; row < samples.Count; row++)
        {
            for (int i = 0; i < samples.InputCount; i++)
            {
                (string name, Interval range) = (signature.Inputs[i].Name, signature.Inputs[i].Range);
                if (!(Math.Abs(range.Unit(samples.Inputs(row)[i])) <= FurthestInput))
                {
                    return $"input '{name}' is {samples.Inputs(row)[i]:R} in sample {row + 1}, too far from its range {range} to learn from";
                }
            }
        }

        return null;
    }

    /// <summary>Fine-tunes one surrogate.</summary>
    /// <param name="trainer">The engine; our own for the optimiser by default.</param>
    public static FineTuned Run(
        Surrogate surrogate, SampleSet samples, FineTuneOptions options,
        IProgress<(int Step, double Error)>? progress = null, CancellationToken cancellationToken = default, INetTrainer? trainer = null, Func<SampleSet, ProgramMean?>? mean = null) =>
        RunAll([(surrogate, samples)], options, progress, cancellationToken, trainer, mean)[0];

    /// <summary>
    /// Fine-tunes many surrogates of one width together. Every pair must have as many samples as the first, and
    /// <see cref="Objection"/> must have found none.
    /// </summary>
    public static FineTuned[] RunAll(
        IReadOnlyList<(Surrogate Surrogate, SampleSet Samples)> pairs, FineTuneOptions options,
        IProgress<(int Step, double Error)>? progress = null, CancellationToken cancellationToken = default, INetTrainer? trainer = null,
        Func<SampleSet, ProgramMean?>? mean = null)
    {
        NetShape shape = NetShape.Of(pairs[0].Surrogate.Topology)
            with { Inputs = pairs.Max(p => p.Surrogate.Topology.Inputs) };
        INetTrainer engine = trainer ?? Engine(options.Optimizer);
        FoldRuns[] turns = [.. pairs.Select(p => FoldRuns.Of(p.Surrogate, p.Samples, shape, options))];
        NetResult[] results = engine.Run([.. turns.SelectMany(t => t.Tasks)], shape, options, progress, cancellationToken);
        int[] first = [0, .. turns.Select(t => t.Tasks.Count())];
        for (int i = 1; i < first.Length; i++)
        {
            first[i] += first[i - 1];
        }

        var tuned = new FineTuned[pairs.Count];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Workers ?? Environment.ProcessorCount, CancellationToken = cancellationToken };
        Parallel.For(0, tuned.Length, parallel, i => tuned[i] = turns[i].Finish(results[first[i]..first[i + 1]], pairs[i].Samples, shape, options, mean));
        return tuned;
    }

    // The runs of one surrogate: one, or with few samples one for each part that is held out.
    private sealed record FoldRuns(PreparedSurrogate All, PreparedSurrogate[] Runs)
    {
        public IEnumerable<NetTask> Tasks => Runs.SelectMany(r => r.Tasks);

        public static FoldRuns Of(Surrogate surrogate, SampleSet samples, NetShape shape, FineTuneOptions options)
        {
            int[] order = [.. Enumerable.Range(0, samples.Count)];
            if (!options.InOrder)
            {
                new Random((int)options.Seed).Shuffle(order);
            }

            // What was trained on before is no judge of when to stop: it goes first, and the parts do not take turns.
            RowFingerprints before = surrogate.Provenance.SeenRows();
            bool[] isSeen = [.. Enumerable.Range(0, samples.Count).Select(row => before.Contains(samples.Inputs(row)))];
            bool hasSeen = isSeen.Contains(true);
            order = hasSeen && !options.InOrder ? [.. order.OrderByDescending(row => isSeen[row])] : order;
            int training = samples.Count - options.HeldOutCount(samples.Count);
            PreparedSurrogate Prepared(int[] rows, int trained) => PreparedSurrogate.Of(surrogate, samples, rows, trained, shape, options);
            if (!hasSeen && Folds.AreTaken(samples.Count, options))
            {
                return new FoldRuns(Prepared(order, order.Length), [.. Folds.Orders(order, options).Select(rows => Prepared(rows, training))]);
            }

            PreparedSurrogate one = Prepared(order, training);
            return new FoldRuns(one, [one]);
        }

        /// <param name="results">Of the runs one after the other, for each output one.</param>
        public FineTuned Finish(NetResult[] results, SampleSet samples, NetShape shape, FineTuneOptions options, Func<SampleSet, ProgramMean?>? mean)
        {
            int outputs = All.Tasks.Length;
            NetResult[] nets = Runs.Length == 1 ? results : [.. Enumerable.Range(0, outputs).Select(k => Folds.Together(
                All.Tasks[k], [.. Runs.Select((run, turn) => All.InItsUnits(results[(turn * outputs) + k], run, k, shape))], shape))];
            if (All.Surrogate.Provenance.Init == Provenance.CompNetInit)
            {
                int judges = Runs.Length == 1 ? options.HeldOutCount(samples.Count) : samples.Count;
                nets = [.. nets.Select((net, k) => Kept(net, All.Tasks[k], judges, shape))];
            }

            bool mayBeTaught = options.IsTaught && !options.Interrupt.IsCancellationRequested && samples.Count <= Distillation.Lessons;
            ProgramMean? program = mayBeTaught ? mean?.Invoke(samples) : null;
            nets = mayBeTaught && (samples.Count <= Distillation.MostSamples || program is not null) ? All.Teach(nets, samples, program, shape, options) : nets;
            return All.Finish(nets, samples, shape, options);
        }

        // A compiled net may be so good that the few rows which judge cannot tell a better one from a worse one: then it stays.
        private static NetResult Kept(NetResult tuned, NetTask task, int judges, NetShape shape)
        {
            int first = task.Targets.Length - judges;
            double before = Folds.MeanSquare(task.Weights, task.From(first, shape.Inputs), shape);
            return tuned.HeldOutError < Chance.LeastGain(judges) * before ? tuned : tuned with { Weights = task.Weights, BestStep = 0, HeldOutError = before };
        }
    }
}
