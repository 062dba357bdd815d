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
    private const int FirstWorkerPurpose = 16;
    private readonly HyperNetwork[] _replicas;
    private readonly Parameter[][] _parameters;
    private readonly TrainingOptions _options;

    public GradientWorkers(HyperNetwork master, TrainingOptions options)
    {
        _options = options;
        _replicas = [master, .. Enumerable.Range(1, options.Workers - 1).Select(_ => HyperNetwork.Create(master.Options))];
        _parameters = Array.ConvertAll(_replicas, r => r.parameters().ToArray());
        Broadcast();
    }

    /// <summary>Gradients of one step; returns the mean loss and the results' NMSE, in a fixed order.</summary>
    public StepOutcome Compute(IReadOnlyList<TrainingProgram> programs, int step)
    {
        int workers = _replicas.Length;
        var outcomes = new StepOutcome[workers];
        Parallel.For(0, workers, new ParallelOptions { MaxDegreeOfParallelism = workers }, w =>
        {
            set_num_threads(1);
            TrainingProgram[] part = [.. programs.Where((_, i) => i % workers == w)];
            var random = SeededRandom.For(_options.Seed, step, FirstWorkerPurpose + w);
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
        foreach (HyperNetwork replica in _replicas.Skip(1))
        {
            replica.Dispose();
        }
    }

    private StepOutcome ComputePart(HyperNetwork net, TrainingProgram[] part, Random random)
    {
        using var scope = NewDisposeScope();
        net.zero_grad();
        SupervisedBatch batch = SupervisedBatch.Draw(part, net.Options, _options, random);
        (Tensor loss, Tensor nmse, _) = CompNetLoss.Compute(net.EmitForTraining(batch), batch, net.Options);
        loss.backward();
        net.AccumulateGradients();
        return new StepOutcome(loss.item<float>(), nmse.data<float>().ToArray());
    }

    private void SumGradients()
    {
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        for (int i = 0; i < _parameters[0].Length; i++)
        {
            // A part without a select, say, has no gradient for the third operand: that is a zero, not nothing, or the
            // optimiser would count its steps differently for each parameter.
            _parameters[0][i].grad ??= zeros_like(_parameters[0][i]);
            Tensor sum = _parameters[0][i].grad!;
            foreach (Parameter[] replica in _parameters.Skip(1))
            {
                if (replica[i].grad is { } part)
                {
                    sum.add_(part);
                }
            }

            sum.div_(_replicas.Length);
        }
    }
}

/// <summary>The loss of a step and the NMSE of each supervised value.</summary>
internal sealed record StepOutcome(double Loss, float[] Nmse);
