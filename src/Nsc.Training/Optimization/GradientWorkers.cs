// Data-parallel training with an allreduce of the gradients. Every worker has a replica of CompNet and computes the gradients of its shard on one
// thread, which is faster for many small operations than one worker with many threads. A worker's programs and samples follow from its number in
// the job alone: the same number of workers computes the same gradients in one process or in several.

using Nsc.Core.Ranks;
using Nsc.Training.HyperNetworks;
using Nsc.Training.Objectives;
using Nsc.Training.Supervision;
using TorchSharp;
using static TorchSharp.torch;

namespace Nsc.Training.Optimization;

/// <summary>Computes this process's part of a step's gradients with several threads, and leaves the mean over the job in <see cref="Flat"/>.</summary>
internal sealed class GradientWorkers : IDisposable
{
    private const int FirstWorkerPurpose = 16;
    private readonly HyperNetwork[] _replicas;
    private readonly FlatParameters[] _flat;
    private readonly TrainingOptions _options;
    private readonly IRanks _ranks;
    private readonly int _threadsEach;

    /// <param name="threadsEach">Threads of one worker; more than one only to measure that it is slower.</param>
    public GradientWorkers(HyperNetwork master, TrainingOptions options, IRanks ranks, int threadsEach = 1)
    {
        if (options.Workers % ranks.Count != 0)
        {
            throw new ArgumentException($"{options.Workers} workers cannot be spread evenly over {ranks.Count} processes", nameof(options));
        }

        (_options, _ranks, _threadsEach) = (options, ranks, threadsEach);
        _replicas = [master, .. Enumerable.Range(1, (options.Workers / ranks.Count) - 1).Select(_ => HyperNetwork.Create(master.Options))];
        var first = new FlatParameters(master);
        _flat = [first, .. _replicas.Skip(1).Select(r => new FlatParameters(r, first))];
    }

    /// <summary>The weights, which all replicas share, and after <see cref="Compute"/> their gradients.</summary>
    public FlatParameters Flat => _flat[0];

    /// <summary>Gradients of one step, their mean over the workers of the job, summed in a fixed order.</summary>
    /// <param name="stop">Whether this process was asked to stop; all processes learn of it in the same step.</param>
    public StepOutcome Compute(IReadOnlyList<TrainingProgram> programs, int step, bool stop = false)
    {
        int here = _replicas.Length, first = _ranks.Rank * here;
        Parallel.For(0, here, new ParallelOptions { MaxDegreeOfParallelism = here }, w =>
        {
            set_num_threads(_threadsEach);
            int shard = first + w;
            TrainingProgram[] part = [.. programs.Where((_, i) => i % _options.Workers == shard)];
            ComputePart(_replicas[w], _flat[w], part, SeededRandom.For(_options.Seed, step, FirstWorkerPurpose + shard));
        });
        foreach (FlatParameters other in _flat.Skip(1))
        {
            Flat.Add(other);
        }

        Flat.Stop = stop ? 1 : 0;
        _ranks.Sum(Flat.Exchange);
        using var guard = no_grad();
        Flat.Gradients.mul_(TensorArithmetic.Lasting(1.0 / _options.Workers));
        return new StepOutcome(Flat.Loss / _options.Workers, Flat.Stop > 0);
    }

    public void Dispose()
    {
        foreach (FlatParameters flat in _flat)
        {
            flat.Dispose();
        }

        foreach (HyperNetwork replica in _replicas.Skip(1))
        {
            replica.Dispose();
        }
    }

    // A part without a select, say, has no gradient for the third operand; it stays zero.
    private void ComputePart(HyperNetwork net, FlatParameters flat, TrainingProgram[] part, Random random)
    {
        using var scope = NewDisposeScope();
        flat.Clear();
        SupervisedBatch batch = SupervisedBatch.Draw(part, net.Options, _options, random);
        (Tensor loss, _, _) = CompNetLoss.Compute(net.EmitForTraining(batch), batch, net.Options, _options);
        loss.backward();
        net.AccumulateGradients();
        flat.Loss = loss.item<float>();
    }
}

/// <summary>The mean loss of a step, and whether any process of the job was asked to stop.</summary>
internal sealed record StepOutcome(double Loss, bool Stop);
