// The readable fine-tuner: many nets at once as batched tensors, full-batch Adam, the best weights of each net kept.

using Nsc.Engine;
using Nsc.Engine.Trainers;
using Nsc.Training.HyperNetworks;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Nsc.Training.Reference;

/// <summary>The reference that the fused engine is held to.</summary>
public sealed class TorchTrainer : INetTrainer
{
    // So many samples of all nets together still fit into a core's cache with what the backward pass needs of them.
    private const int SamplesTogether = 1 << 16;

    public NetResult[] Run(
        IReadOnlyList<NetTask> tasks, NetShape shape, FineTuneOptions options,
        IProgress<(int Step, double Error)>? progress, CancellationToken cancellationToken)
    {
        NetTask[][] parts = [.. tasks.Chunk(Math.Max(1, SamplesTogether / tasks[0].Targets.Length))];
        if (parts.Length == 1)
        {
            return RunTogether(tasks, shape, options, progress, cancellationToken);
        }

        var results = new NetResult[parts.Length][];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Workers ?? Environment.ProcessorCount, CancellationToken = cancellationToken };
        Parallel.For(0, parts.Length, parallel, p => results[p] = RunTogether(parts[p], shape, options, null, cancellationToken));
        return [.. results.SelectMany(r => r)];
    }

    private static NetResult[] RunTogether(
        IReadOnlyList<NetTask> tasks, NetShape shape, FineTuneOptions options,
        IProgress<(int Step, double Error)>? progress, CancellationToken cancellationToken)
    {
        int samples = tasks[0].Targets.Length, heldOut = options.HeldOutCount(samples), training = samples - heldOut;
        set_num_threads(1); // Tensors this small lose more to the hand-over between threads than they gain.
        using var scope = NewDisposeScope();
        Tensor inputs = tasks.SelectMany(t => t.Inputs).ToArray().Aligned(tasks.Count, samples, shape.Inputs);
        Tensor targets = tasks.SelectMany(t => t.Targets).ToArray().Aligned(tasks.Count, samples);
        Tensor trainInputs = inputs.narrow(1, 0, training), trainTargets = targets.narrow(1, 0, training);
        Tensor heldInputs = inputs.narrow(1, training, heldOut), heldTargets = targets.narrow(1, training, heldOut);
        using var weights = new Parameter(tasks.SelectMany(t => t.Weights).ToArray().Aligned(tasks.Count, shape.WeightCount));
        using var optimiser = new FlatAdamW(weights);
        var kept = new BestWeights(tasks.Count, shape.WeightCount);
        for (int step = 0; ; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var stepScope = NewDisposeScope();
            if (step % options.CheckEvery == 0 || step == options.Steps)
            {
                using var guard = no_grad();
                Tensor errors = EmittedNets.Forward(weights, heldInputs, shape).Minus(heldTargets).Squared().mean([1]);
                double best = kept.Offer(step, weights, errors);
                progress?.Report((step, best));
            }

            if (step == options.Steps)
            {
                return kept.Results();
            }

            weights.grad = null;
            EmittedNets.Forward(weights, trainInputs, shape).Minus(trainTargets).Squared().mean([1]).sum().backward();
            optimiser.Step(weights.grad!, options.RateAt(step));
        }
    }

    // Keeps, for each net, the weights with the least held-out error so far.
    private sealed class BestWeights(int nets, int size)
    {
        private readonly float[] _weights = new float[nets * size];
        private readonly double[] _error = [.. Enumerable.Repeat(double.PositiveInfinity, nets)];
        private readonly int[] _step = new int[nets];
        private readonly List<float>[] _errors = [.. Enumerable.Range(0, nets).Select(_ => new List<float>())];

        /// <summary>Takes over what improved; returns the mean of the best errors.</summary>
        public double Offer(int step, Tensor weights, Tensor errors)
        {
            float[] now = errors.data<float>().ToArray();
            float[]? current = null;
            for (int i = 0; i < nets; i++)
            {
                _errors[i].Add(now[i]);
                if (now[i] < _error[i])
                {
                    current ??= weights.data<float>().ToArray();
                    current.AsSpan(i * size, size).CopyTo(_weights.AsSpan(i * size));
                    (_error[i], _step[i]) = (now[i], step);
                }
            }

            return _error.Average();
        }

        public NetResult[] Results() => [.. Enumerable.Range(0, nets).Select(i => new NetResult(
            _weights.AsSpan(i * size, size).ToArray(), _step[i], _error[i], [.. _errors[i]]))];
    }
}
