// Data parallelism inside one process: every worker has a replica of CompNet and computes the gradients of its part of a
// step on one thread. For these many small operations that is faster than one worker with many threads.

using Nsc.Neural.CompNets;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Nsc.Neural.Training;

/// <summary>Computes the gradients of a step with several threads and leaves their mean in the first replica.</summary>
internal sealed class GradientWorkers : IDisposable
{
    private readonly CompNet[] _replicas;
    private readonly Parameter[][] _parameters;
    private readonly TrainingOptions _options;

    public GradientWorkers(CompNet master, TrainingOptions options)
    {
        _options = options;
        _replicas = [master, .. Enumerable.Range(1, options.Workers - 1).Select(_ => new CompNet(master.Options))];
        _parameters = Array.ConvertAll(_replicas, r => r.parameters().ToArray());
        Broadcast();
    }

    /// <summary>Gradients of one step; returns the mean loss and the results' NMSE, in a fixed order.</summary>
    public StepOutcome Compute(IReadOnlyList<TrainingProgram> programs, int step)
    {
        int workers = _replicas.Length, share = (programs.Count + workers - 1) / workers;
        var outcomes = new StepOutcome[workers];
        Parallel.For(0, workers, new ParallelOptions { MaxDegreeOfParallelism = workers }, w =>
        {
            set_num_threads(1);
            var part = programs.Skip(w * share).Take(share).ToArray();
            var random = new Random(HashCode(step, w));
            outcomes[w] = ComputePart(_replicas[w], part, random);
        });
        SumGradients();
        return new StepOutcome(outcomes.Average(o => o.Loss), [.. outcomes.SelectMany(o => o.Nmse)]);
    }

    /// <summary>Copies the first replica's weights to the others.</summary>
    public void Broadcast()
    {
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        foreach (Parameter[] replica in _parameters.Skip(1))
        {
            for (int i = 0; i < replica.Length; i++)
            {
                replica[i].copy_(_parameters[0][i]);
            }
        }
    }

    public void Dispose()
    {
        foreach (CompNet replica in _replicas.Skip(1))
        {
            replica.Dispose();
        }
    }

    private StepOutcome ComputePart(CompNet net, TrainingProgram[] part, Random random)
    {
        using var scope = NewDisposeScope();
        net.zero_grad();
        SupervisedBatch batch = SupervisedBatch.Draw(part, net.Options, _options, random);
        (Tensor loss, Tensor nmse) = CompNetLoss.Compute(net, batch);
        loss.backward();
        return new StepOutcome(loss.item<float>(), nmse.data<float>().ToArray());
    }

    private void SumGradients()
    {
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        for (int i = 0; i < _parameters[0].Length; i++)
        {
            if (_parameters[0][i].grad is not { } sum)
            {
                continue;
            }

            foreach (Parameter[] replica in _parameters.Skip(1))
            {
                sum.add_(replica[i].grad!);
            }

            sum.div_(_replicas.Length);
        }
    }

    // Not System.HashCode, which is seeded anew in every process.
    private int HashCode(int step, int worker) =>
        unchecked((int)((((ulong)_options.Seed * 0x9E3779B97F4A7C15) + ((ulong)step * 0xBF58476D1CE4E5B9) + ((ulong)worker * 0x94D049BB133111EB)) >> 31));
}

/// <summary>The loss of a step and the NMSE of each supervised value.</summary>
internal sealed record StepOutcome(double Loss, float[] Nmse);
