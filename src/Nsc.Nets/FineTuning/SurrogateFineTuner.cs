// Fine-tuning a surrogate on samples of its program: split, standardise, calibrate, train, put back together.

using System.Collections.Immutable;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;

namespace Nsc.Nets.FineTuning;

/// <summary>A fine-tuned surrogate and the course of its held-out error (the mean over outputs at each look).</summary>
public sealed record FineTuned(Surrogate Surrogate, double[] HeldOutNmse);

public static class SurrogateFineTuner
{
    /// <summary>Our own engine for a method.</summary>
    public static INetTrainer Engine(Optimizer optimizer) => optimizer == Optimizer.Adam ? new FusedTrainer() : new LevenbergMarquardt();

    /// <summary>Why samples cannot be used, or null when they can.</summary>
    public static string? Objection(Surrogate surrogate, SampleSet samples)
    {
        if (NetShape.Of(surrogate.Topology) is null)
        {
            return $"surrogates of topology {surrogate.Topology} cannot be fine-tuned; two equal hidden tanh layers are needed";
        }

        if (samples.Count < FineTuneOptions.FewestSamples)
        {
            return $"{samples.Count} samples are too few; at least {FineTuneOptions.FewestSamples} are needed";
        }

        for (int k = 0; k < samples.OutputCount; k++)
        {
            double first = samples.Outputs(0)[k];
            if (Enumerable.Range(0, samples.Count).All(row => samples.Outputs(row)[k] == first))
            {
                return $"output '{surrogate.Signature.Outputs[k].Name}' is {first:R} on all {samples.Count} samples; "
                    + "there is nothing to learn from a constant (give another range or more samples)";
            }
        }

        return null;
    }

    /// <summary>Fine-tunes one surrogate.</summary>
    /// <param name="trainer">The engine; our own for the optimiser by default.</param>
    public static FineTuned Run(
        Surrogate surrogate, SampleSet samples, FineTuneOptions options,
        IProgress<(int Step, double Error)>? progress = null, CancellationToken cancellationToken = default, INetTrainer? trainer = null) =>
        RunAll([(surrogate, samples)], options, progress, cancellationToken, trainer)[0];

    /// <summary>
    /// Fine-tunes many surrogates of one width together. Every pair must have as many samples as the first, and
    /// <see cref="Objection"/> must have found none.
    /// </summary>
    public static FineTuned[] RunAll(
        IReadOnlyList<(Surrogate Surrogate, SampleSet Samples)> pairs, FineTuneOptions options,
        IProgress<(int Step, double Error)>? progress = null, CancellationToken cancellationToken = default, INetTrainer? trainer = null)
    {
        NetShape shape = NetShape.Of(pairs[0].Surrogate.Topology)!
            with { Inputs = pairs.Max(p => p.Surrogate.Topology.Inputs) };
        PreparedSurrogate[] prepared = [.. pairs.Select(p => PreparedSurrogate.Of(p.Surrogate, p.Samples, shape, options))];
        INetTrainer engine = trainer ?? Engine(options.Optimizer);
        NetTask[] tasks = [.. prepared.SelectMany(p => p.Tasks)];
        NetResult[] results = Folds.AreTaken(pairs[0].Samples.Count, options)
            ? Folds.Run(engine, tasks, shape, options, progress, cancellationToken)
            : engine.Run(tasks, shape, options, progress, cancellationToken);
        var tuned = new FineTuned[pairs.Count];
        int next = 0;
        for (int i = 0; i < tuned.Length; i++)
        {
            int outputs = pairs[i].Surrogate.Topology.Outputs;
            tuned[i] = prepared[i].Finish(results.AsSpan(next, outputs).ToArray(), shape, options, pairs[i].Samples.Count);
            next += outputs;
        }

        return tuned;
    }

    // A surrogate with its samples in the units of its nets: inputs in [-1, 1], outputs standardised on the training rows.
    // A compiled net is trained in the coordinates of the space that its first layer spans.
    private sealed record PreparedSurrogate(
        Surrogate Surrogate, NetTask[] Tasks, double[]?[] Bases, ImmutableArray<double> Mean, ImmutableArray<double> Deviation)
    {
        public static PreparedSurrogate Of(Surrogate surrogate, SampleSet samples, NetShape shape, FineTuneOptions options)
        {
            int[] order = [.. Enumerable.Range(0, samples.Count)];
            if (!options.InOrder)
            {
                new Random((int)options.Seed).Shuffle(order);
            }

            int training = Folds.AreTaken(samples.Count, options) ? samples.Count : samples.Count - options.HeldOutCount(samples.Count);
            float[] inputs = UnitInputs(surrogate.Signature, samples, order, shape.Inputs);
            float[][] nets = NetLayout.FromLayers(surrogate, shape);
            int outputs = surrogate.Topology.Outputs;
            var tasks = new NetTask[outputs];
            var bases = new double[]?[outputs];
            double[] mean = new double[outputs], deviation = new double[outputs];
            for (int k = 0; k < outputs; k++)
            {
                double[] values = Array.ConvertAll(order, row => samples.Outputs(row)[k]);
                (mean[k], deviation[k]) = Moments(values.AsSpan(0, training), surrogate.OutputDeviation[k]);
                (double m, double d) = (mean[k], deviation[k]);
                float[] targets = Array.ConvertAll(values, v => (float)((v - m) / d));
                if (options.Calibrates ?? surrogate.Provenance.Init == Provenance.CompNetInit)
                {
                    nets[k] = Calibration.Apply(
                        nets[k], inputs, targets, training, surrogate.OutputDeviation[k] / d, (surrogate.OutputMean[k] - m) / d, shape);
                }

                tasks[k] = new NetTask(nets[k], inputs, targets);
                if (options.KeepsSubspace ?? surrogate.Provenance.Init == Provenance.CompNetInit)
                {
                    (tasks[k], bases[k]) = InOwnSpace(tasks[k], surrogate.Topology.Inputs, shape);
                }
            }

            return new PreparedSurrogate(surrogate, tasks, bases, [.. mean], [.. deviation]);
        }

        private static (NetTask Task, double[]? Basis) InOwnSpace(NetTask task, int inputs, NetShape shape)
        {
            double[] basis = FirstLayerSpace.Basis(task.Weights, inputs, shape);
            int rank = basis.Length / inputs, columns = shape.Inputs;
            if (rank == inputs)
            {
                return (task, null);
            }

            float[] net = [.. task.Weights], coordinates = FirstLayerSpace.ToCoordinates(net, basis, inputs, shape);
            for (int row = 0; row < shape.Width; row++)
            {
                net.AsSpan(row * columns, columns).Clear();
                coordinates.AsSpan(row * rank, rank).CopyTo(net.AsSpan(row * columns));
            }

            var located = new float[task.Inputs.Length];
            for (int start = 0; start < located.Length; start += columns)
            {
                FirstLayerSpace.Locate(task.Inputs.AsSpan(start, inputs), basis, located.AsSpan(start, rank));
            }

            return (new NetTask(net, located, task.Targets), basis);
        }

        private float[] InInputs(float[] tuned, double[]? basis, NetShape shape)
        {
            if (basis is null)
            {
                return tuned;
            }

            int inputs = Surrogate.Topology.Inputs, rank = basis.Length / inputs;
            float[] coordinates = [.. Enumerable.Range(0, shape.Width)
                .SelectMany(row => tuned.AsSpan(row * shape.Inputs, rank).ToArray())];
            float[] net = [.. tuned];
            FirstLayerSpace.FromCoordinates(net, coordinates, basis, inputs, shape);
            return net;
        }

        public FineTuned Finish(NetResult[] results, NetShape shape, FineTuneOptions options, int samples)
        {
            double validation = results.Average(r => r.HeldOutError);
            Provenance provenance = Surrogate.Provenance with
            {
                Seed = options.Seed, Samples = samples, Steps = options.Steps, BestStep = results.Max(r => r.BestStep),
                ValidationNmse = validation,
            };
            Surrogate tuned = Surrogate with
            {
                Layers = NetLayout.ToLayers([.. results.Select((r, k) => InInputs(r.Weights, Bases[k], shape))], Surrogate.Topology.Inputs, shape),
                OutputMean = Mean, OutputDeviation = Deviation, Provenance = provenance,
            };
            double[] course = [.. Enumerable.Range(0, results[0].Errors.Length).Select(i => (double)results.Average(r => r.Errors[i]))];
            return new FineTuned(tuned, course);
        }

        private static float[] UnitInputs(ProgramSignature signature, SampleSet samples, int[] order, int columns)
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

        private static (double Mean, double Deviation) Moments(ReadOnlySpan<double> values, double fallback)
        {
            double mean = 0, square = 0;
            foreach (double value in values)
            {
                mean += value / values.Length;
            }

            foreach (double value in values)
            {
                square += (value - mean) * (value - mean) / values.Length;
            }

            // The training rows may all be equal when only a held-out row differs.
            return (mean, square > 0 ? Math.Sqrt(square) : fallback);
        }
    }
}
