// The second-order method: each step solves a damped linear least-squares problem, and the damping follows how well the linear
// problem foretold what the step did.

namespace Nsc.Engine.Trainers;

/// <summary>Each net's <see cref="IDescent"/>, its best weights kept. A look follows every step.</summary>
public sealed class LevenbergMarquardt : INetTrainer
{
    // Steps on all rows without a better held-out error after which a net is done.
    private const int Patience = 15;

    public NetResult[] Run(
        IReadOnlyList<NetTask> tasks, NetShape shape, FineTuneOptions options, IProgress<(int Step, double Error)>? progress, CancellationToken cancellationToken)
    {
        var results = new NetResult[tasks.Count];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Workers ?? Environment.ProcessorCount, CancellationToken = cancellationToken };
        Parallel.For(0, tasks.Count, parallel, i => results[i] = Train(tasks[i], shape, options, i == 0 ? progress : null, cancellationToken));
        return results;
    }

    private static NetResult Train(
        NetTask task, NetShape shape, FineTuneOptions options, IProgress<(int Step, double Error)>? progress, CancellationToken cancellationToken)
    {
        LeastSquaresTask problem = LeastSquaresTask.Of(task, shape, options);
        IDescent descent = (options.BatchRows ?? MiniBatchDescent.RowsFor(problem)) is { } rows
            ? new MiniBatchDescent(problem, rows, options, cancellationToken) : new Descent(problem);
        var passes = new NetPasses(problem.Shape);
        var activations = new Activations(problem.HeldOut.Targets.Length, problem.Shape);
        double[] best = problem.Weights;
        double bestError = double.PositiveInfinity;
        int bestStep = 0, sinceBetter = 0;
        var looks = new List<float>();
        for (int step = 0; ; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            passes.Load(descent.Weights);
            double heldOut = passes.Forward(problem.HeldOut, 0, activations) / activations.Rows;
            looks.Add((float)heldOut);
            sinceBetter = descent.IsOnAllRows ? sinceBetter + 1 : 0;
            if (heldOut < bestError)
            {
                (best, bestStep, bestError, sinceBetter) = (descent.Weights, step, heldOut, 0);
            }

            progress?.Report((step, bestError));
            if (step == options.Steps || options.Interrupt.IsCancellationRequested || sinceBetter >= Patience || !descent.Advance())
            {
                looks.AddRange(Enumerable.Repeat(looks[^1], options.Steps - step));
                return new NetResult(bestStep == 0 ? task.Weights : problem.Flat(best, shape, task.Weights), bestStep, bestError, [.. looks]);
            }
        }
    }
}
