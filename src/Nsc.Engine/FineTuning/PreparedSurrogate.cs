// A surrogate and samples in the units in which nets are trained, and back.

using System.Collections.Immutable;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;
using Nsc.Engine.Adapting;
using Nsc.Engine.Teaching;
using Nsc.Engine.Trainers;

namespace Nsc.Engine.FineTuning;

/// <summary>
/// A surrogate with its samples in the units of its nets: inputs in [-1, 1], outputs standardised on the training rows alone. A compiled net is trained
/// in the coordinates of the space that its first layer spans, and of the inputs that were not compiled.
/// </summary>
internal sealed record PreparedSurrogate(
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
        (int count, var random) = (Distillation.LessonsFor(program), new SplitMix64(SampleSeeds.For(options.Seed, SamplePurpose.Lessons)));
        double[] drawn = program?.Draw(Surrogate.Signature, count, random) ?? InputSampler.Draw(Surrogate.Signature, count, random);
        float[] inputs = Normalised(drawn, shape);
        (double[]? onSamples, double[]? onLessons) = (program?.At(samples.Take(Order).X), program?.At(drawn));
        return [.. nets.Select((net, k) =>
        {
            float[] located = Located(inputs, Bases[k], Surrogate.Topology.Inputs, shape);
            (double[] Samples, double[] Lessons)[] ofProgram = [.. OfProgram(k, onSamples, onLessons)];
            return Distillation.Improve(Tasks[k], net, located, shape, [.. OfNet(k, located, shape), .. ofProgram], ofProgram.Length > 0 ? program : null, options);
        })];
    }

    /// <summary>For each net what a teacher learns from the samples, and other inputs, (m, inputs) row-major, in its coordinates, with what the models say of them.</summary>
    public IEnumerable<(LessonSet Pupils, double[] Asked, double[][] Means)> Lessons(double[] others, NetShape shape)
    {
        float[] inputs = Normalised(others, shape);
        return Tasks.Select((task, k) =>
        {
            float[] located = Located(inputs, Bases[k], Surrogate.Topology.Inputs, shape);
            (double[] Samples, double[] Others)[] means = [.. OfNet(k, located, shape)];
            (LessonSet pupils, double[] asked) = LessonSet.Of(task, located, shape, means);
            return (pupils, asked, Array.ConvertAll(means, m => m.Others));
        });
    }

    private float[] Normalised(double[] inputs, NetShape shape)
    {
        var rows = new SampleSet(Surrogate.Signature.Inputs.Length, 0, inputs, []);
        return NormalisedInputs(Surrogate.Signature, rows, [.. Enumerable.Range(0, rows.Count)], shape.Inputs);
    }

    // What the compiled net says; a random one says nothing.
    private IEnumerable<(double[] Samples, double[] Lessons)> OfNet(int output, float[] lessons, NetShape shape)
    {
        double[] Of(float[] inputs) => Array.ConvertAll(NetAnswers.Of(Tasks[output].Weights, inputs, inputs.Length / shape.Inputs, shape), p => (double)p);
        return Surrogate.Provenance.Init == Provenance.CompNetInit ? [(Of(Tasks[output].Inputs), Of(lessons))] : [];
    }

    // What the program says, in the units of the net; nothing where those are logarithms and an answer has none.
    private IEnumerable<(double[] Samples, double[] Lessons)> OfProgram(int output, double[]? samples, double[]? lessons)
    {
        int outputs = Tasks.Length;
        double[] Own(double[] values) => [.. values.Where((_, i) => i % outputs == output)];
        double[] Of(double[] values) => [.. Own(values).Select(v => Standard(Scales[output].OnLine(v), Scales[output].Mean, Scales[output].Deviation))];
        return samples is null || lessons is null || (Scales[output].IsLogarithmic && Own(lessons).Any(v => v <= 0)) ? [] : [(Of(samples), Of(lessons))];
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
        if (SurrogateFineTuner.IsConstant(samples, output))
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
