// The fine-tuning engine: forward pass, backward pass and optimiser of one net in a few kilobytes, many nets at once on all
// cores, and no tensor library.

namespace Nsc.Engine.Trainers;

/// <summary>Adam with a cosine learning rate, on all rows or on batches of neighbours, the best weights of each net kept.</summary>
public sealed class FusedTrainer : INetTrainer
{
    public NetResult[] Run(
        IReadOnlyList<NetTask> tasks, NetShape shape, FineTuneOptions options, IProgress<(int Step, double Error)>? progress, CancellationToken cancellationToken)
    {
        int samples = tasks[0].Targets.Length, heldOut = options.HeldOutCount(samples);
        var results = new NetResult[tasks.Count];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Workers ?? Environment.ProcessorCount, CancellationToken = cancellationToken };
        Parallel.For(
            0, tasks.Count, parallel, () => new FusedNet(shape, samples - heldOut, heldOut),
            (i, _, net) =>
            {
                results[i] = Train(net, tasks[i], options, i == 0 ? progress : null, cancellationToken);
                return net;
            },
            _ => { });
        return results;
    }

    /// <summary>Trains one net in a place that is as large as its rows.</summary>
    internal static NetResult Train(
        FusedNet net, NetTask task, FineTuneOptions options, IProgress<(int Step, double Error)>? progress, CancellationToken cancellationToken)
    {
        net.Begin(task);
        int batch = Math.Min(options.BatchRows ?? net.Training, net.Training);
        var (weights, bestStep, best) = (task.Weights, 0, double.PositiveInfinity);
        var errors = new List<float>();
        for (int step = 0; ; step++)
        {
            if (step % options.CheckEvery == 0 || step == options.Steps)
            {
                cancellationToken.ThrowIfCancellationRequested();
                double error = net.HeldOutError();
                errors.Add((float)error);
                if (error < best)
                {
                    (weights, bestStep, best) = (net.Weights(), step, error);
                }

                progress?.Report((step, best));
                if (options.Interrupt.IsCancellationRequested)
                {
                    errors.AddRange(Enumerable.Repeat(errors[^1], (int)Math.Ceiling((options.Steps - step) / (double)options.CheckEvery)));
                    return new NetResult(weights, bestStep, best, [.. errors]);
                }
            }

            if (step == options.Steps)
            {
                return new NetResult(weights, bestStep, best, [.. errors]);
            }

            net.ComputeGradient((int)((long)step * batch % (net.Training - batch + 1)), batch);
            net.Step(options.RateAt(step));
        }
    }
}
