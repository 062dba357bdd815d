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

            nets = options.IsTaught && !options.Interrupt.IsCancellationRequested && samples.Count <= Distillation.MostSamples ? All.Teach(nets, samples, mean?.Invoke(samples), shape, options) : nets;
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

    // A surrogate with its samples in the units of its nets: inputs in [-1, 1], outputs standardised on the training rows alone.
    // A compiled net is trained in the coordinates of the space that its first layer spans, and of the inputs that were not compiled.
    private sealed record PreparedSurrogate(
        Surrogate Surrogate, int[] Order, NetTask[] Tasks, double[]?[] Bases, ImmutableArray<NetScale> Scales)
    {
        /// <param name="order">The rows, the held-out ones last.</param>
        /// <param name="training">How many of them are trained on.</param>
        public static PreparedSurrogate Of(Surrogate surrogate, SampleSet samples, int[] order, int training, NetShape shape, FineTuneOptions options)
        {
            float[] inputs = NormalisedInputs(surrogate.Signature, samples, order, shape.Inputs);
            float[][] nets = NetLayout.FromLayers(surrogate, shape);
            int[] left = InputChoice.NotCompiled(nets, surrogate.Topology.Inputs, shape);
            float[]? rowWeights = samples.Weights is null ? null : Array.ConvertAll(order, row => (float)samples.Weights[row]);
            int outputs = surrogate.Topology.Outputs;
            var tasks = new NetTask[outputs];
            var bases = new double[]?[outputs];
            var scales = new NetScale[outputs];
            for (int k = 0; k < outputs; k++)
            {
                NetScale before = surrogate.ScaleOf(k);
                double[] values = Array.ConvertAll(order, row => before.OnLine(samples.Outputs(row)[k]));
                (double m, double d) = Moments(values.AsSpan(0, training), before.Deviation);
                scales[k] = before with { Mean = m, Deviation = d };
                float[] targets = Array.ConvertAll(values, v => (float)Standard(v, m, d));
                double factor = before.Deviation / d, shift = (before.Mean - m) / d;
                if (options.Calibrates ?? surrogate.Provenance is { Init: Provenance.CompNetInit, Refined: 0 })
                {
                    nets[k] = Calibration.Apply(nets[k], inputs, targets, training, factor, shift, shape, rowWeights);
                }
                else if (options.Calibrates is null && surrogate.Provenance is ({ Refined: > 0 } or { Samples: > 0 }))
                {
                    nets[k] = WithOutput(nets[k], factor, shift, shape); // It has its scale from its dataflow or from samples: what it says, it says in other units.
                }

                tasks[k] = new NetTask(nets[k], inputs, targets) { RowWeights = rowWeights };
                if (options.KeepsSubspace ?? surrogate.Provenance.Init == Provenance.CompNetInit)
                {
                    (tasks[k], bases[k]) = InOwnSpace(tasks[k], left, surrogate.Topology.Inputs, shape);
                }
            }

            return new PreparedSurrogate(surrogate, order, tasks, bases, [.. scales]);
        }

        private static (NetTask Task, double[]? Basis) InOwnSpace(NetTask task, int[] left, int inputs, NetShape shape)
        {
            double[] basis = [.. FirstLayerSubspace.Basis(task.Weights, inputs, shape), .. left.SelectMany(i => FirstLayerSubspace.Axis(i, inputs))];
            int rank = basis.Length / inputs, columns = shape.Inputs;
            if (rank == inputs)
            {
                return (task, null);
            }

            float[] net = [.. task.Weights], coordinates = FirstLayerSubspace.ToCoordinates(net, basis, inputs, shape);
            for (int row = 0; row < shape.FirstWidth; row++)
            {
                net.AsSpan(row * columns, columns).Clear();
                coordinates.AsSpan(row * rank, rank).CopyTo(net.AsSpan(row * columns));
            }

            return (task with { Weights = net, Inputs = Located(task.Inputs, basis, inputs, shape) }, basis);
        }

        // Points in the coordinates of a basis; as they are without one.
        private static float[] Located(float[] points, double[]? basis, int inputs, NetShape shape)
        {
            if (basis is null)
            {
                return points;
            }

            var located = new float[points.Length];
            for (int start = 0; start < located.Length; start += shape.Inputs)
            {
                FirstLayerSubspace.Locate(points.AsSpan(start, inputs), basis, located.AsSpan(start, basis.Length / inputs));
            }

            return located;
        }

        private float[] InInputs(float[] tuned, double[]? basis, NetShape shape)
        {
            if (basis is null)
            {
                return tuned;
            }

            int inputs = Surrogate.Topology.Inputs, rank = basis.Length / inputs;
            float[] coordinates = [.. Enumerable.Range(0, shape.FirstWidth)
                .SelectMany(row => tuned.AsSpan(row * shape.Inputs, rank).ToArray())];
            float[] net = [.. tuned];
            FirstLayerSubspace.FromCoordinates(net, coordinates, basis, inputs, shape);
            return net;
        }

        /// <summary>A run's result as if it had been in the units of this one: a net's last layer is linear.</summary>
        public NetResult InItsUnits(NetResult result, PreparedSurrogate run, int output, NetShape shape)
        {
            (NetScale from, NetScale to) = (run.Scales[output], Scales[output]);
            double ratio = from.Deviation / to.Deviation, shift = (from.Mean - to.Mean) / to.Deviation;
            return result with { Weights = WithOutput(result.Weights, ratio, shift, shape), HeldOutError = result.HeldOutError * ratio * ratio, Errors = Array.ConvertAll(result.Errors, e => (float)(e * ratio * ratio)) };
        }

        // What a net gives times a factor and shifted; as it is where single precision has no room for that.
        private static float[] WithOutput(float[] net, double factor, double shift, NetShape shape)
        {
            float[] changed = [.. net];
            for (int i = net.Length - shape.LastWidth - 1; i < net.Length; i++)
            {
                changed[i] *= (float)factor;
            }

            changed[^1] += (float)shift;
            return Array.TrueForAll(changed, float.IsFinite) ? changed : net;
        }

        /// <summary>What a teacher adds to fine-tuned nets.</summary>
        public NetResult[] Teach(NetResult[] nets, SampleSet samples, ProgramMean? program, NetShape shape, FineTuneOptions options)
        {
            ProgramSignature signature = Surrogate.Signature;
            double[] drawn = InputSampler.Draw(signature, Distillation.Lessons, new SplitMix64(SampleSeeds.For(options.Seed, SamplePurpose.Lessons)));
            var lessons = new SampleSet(signature.Inputs.Length, 0, drawn, []);
            float[] inputs = NormalisedInputs(signature, lessons, [.. Enumerable.Range(0, Distillation.Lessons)], shape.Inputs);
            (double[]? onSamples, double[]? onLessons) = (program?.At(samples.Take(Order).X), program?.At(drawn));
            return [.. nets.Select((net, k) =>
            {
                float[] located = Located(inputs, Bases[k], signature.Inputs.Length, shape);
                return Distillation.Improve(Tasks[k], net, located, shape, [.. OfNet(k, located, shape), .. OfProgram(k, onSamples, onLessons)], hasProgram: onSamples is not null && onLessons is not null, options);
            })];
        }

        // What the compiled net says; a random one says nothing.
        private IEnumerable<(double[] Samples, double[] Lessons)> OfNet(int output, float[] lessons, NetShape shape)
        {
            double[] Of(float[] inputs) => Array.ConvertAll(NetAnswers.Of(Tasks[output].Weights, inputs, inputs.Length / shape.Inputs, shape), p => (double)p);
            return Surrogate.Provenance.Init == Provenance.CompNetInit ? [(Of(Tasks[output].Inputs), Of(lessons))] : [];
        }

        // What the program says, in the units of the net.
        private IEnumerable<(double[] Samples, double[] Lessons)> OfProgram(int output, double[]? samples, double[]? lessons)
        {
            int outputs = Tasks.Length;
            double[] Of(double[] values) => [.. values.Where((_, i) => i % outputs == output).Select(v => Standard(Scales[output].OnLine(v), Scales[output].Mean, Scales[output].Deviation))];
            return samples is null || lessons is null ? [] : [(Of(samples), Of(lessons))];
        }

        public FineTuned Finish(NetResult[] results, SampleSet samples, NetShape shape, FineTuneOptions options)
        {
            RowFingerprints before = Surrogate.Provenance.SeenRows();
            Provenance provenance = Surrogate.Provenance with
            {
                TuningSeed = options.Seed, Samples = samples.Count, Steps = options.Steps, BestStep = results.Max(r => r.BestStep),
                Estimate = null, TrainedRows = before.Union(RowFingerprints.Of(samples)).ToString(),
            };

            // In the output's own units, whatever the network gives.
            (double Mean, double Deviation)[] moments = [.. Scales.Select((s, k) => s.IsLogarithmic ? Moments(samples.Output(k), Surrogate.OutputDeviation[k]) : (s.Mean, s.Deviation))];
            Surrogate tuned = Surrogate with
            {
                Layers = NetLayout.ToLayers([.. results.Select((r, k) => Answering(InInputs(r.Weights, Bases[k], shape), samples, k, shape))], Surrogate.Topology.Inputs, shape),
                OutputMean = [.. moments.Select(m => m.Mean)], OutputDeviation = [.. moments.Select(m => m.Deviation)], Provenance = provenance,
                OutputLogarithms = Scales.Any(s => s.IsLogarithmic) ? [.. Scales.Select(s => s.IsLogarithmic ? new LogarithmScale(s.Mean, s.Deviation) : null)] : [],
                OutputValues = [.. Surrogate.Signature.Outputs.Select((output, k) => OutputAnswer.Observed(
                    output.Kind, samples.Output(k), Surrogate.OutputValues.IsEmpty ? [] : Surrogate.OutputValues[k]))],
            };
            double[] course = [.. Enumerable.Range(0, results[0].Errors.Length).Select(i => (double)results.Average(r => r.Errors[i]))];
            return new FineTuned(tuned, course);
        }

        // A net whose last layer is 0 answers with the mean.
        private static float[] Answering(float[] net, SampleSet samples, int output, NetShape shape)
        {
            if (IsConstant(samples, output))
            {
                net = [.. net];
                net.AsSpan(net.Length - shape.LastWidth - 1).Clear();
            }

            return net;
        }

        private static float[] NormalisedInputs(ProgramSignature signature, SampleSet samples, int[] order, int columns)
        {
            var inputs = new float[order.Length * columns];
            for (int s = 0; s < order.Length; s++)
            {
                ReadOnlySpan<double> row = samples.Inputs(order[s]);
                for (int i = 0; i < row.Length; i++)
                {
                    inputs[(s * columns) + i] = (float)signature.Inputs[i].Range.Unit(row[i]);
                }
            }

            return inputs;
        }

        // Of numbers near the largest that there is, a difference need not be one.
        private static double Standard(double value, double mean, double deviation)
        {
            double difference = value - mean;
            return double.IsFinite(difference) ? difference / deviation : ((value / 2) - (mean / 2)) / (deviation / 2);
        }

        private static (double Mean, double Deviation) Moments(ReadOnlySpan<double> values, double fallback)
        {
            double mean = 0, square = 0, largest = 0;
            foreach (double value in values)
            {
                mean += value / values.Length;
                largest = Math.Max(largest, Math.Abs(value));
            }

            mean = values.IndexOfAnyExcept(values[0]) < 0 ? values[0] : mean; // Exactly, where all are equal.

            // A power of two, which rounds nothing, keeps squares from overflowing and from vanishing.
            int exponent = largest > 0 ? Math.ILogB(largest) : 0;
            double centre = Math.ScaleB(mean, -exponent);
            foreach (double value in values)
            {
                double difference = Math.ScaleB(value, -exponent) - centre;
                square += difference * difference / values.Length;
            }

            // The training rows may all be equal when only a held-out row differs.
            double deviation = Math.ScaleB(Math.Sqrt(square), exponent);
            return (mean, deviation > 0 ? deviation : fallback);
        }
    }
}
