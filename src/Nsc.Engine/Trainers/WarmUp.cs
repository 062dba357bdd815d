// Many cheap steps before few dear ones: where a net errs much, Adam's on batches find a valley that second-order steps would not reach.

using Nsc.Core.Sampling;

namespace Nsc.Engine.Trainers;

/// <summary>
/// Mini-batch Adam in single precision. On rows without noise it takes the nets of hard functions further in a given time than second-order steps do, and
/// those of easy ones nowhere near as far: models/SEARCH.md has figures.
/// </summary>
internal static class WarmUp
{
    private const int Rows = 128, Looks = 8;
    private const double PeakRate = 2e-2;
    private const int UsualWidth = 16; // Wider nets take smaller steps.

    // Of the targets' variance: what errs less is left to second-order steps.
    private const double Enough = 3e-4;

    // Over the steps, about what a random net comes to. What errs more after steps on few rows has learned these by heart, and begins anew.
    private const double FreshError = 600;

    /// <summary>The weights after so many steps, where these err less on the held-out rows; as they are for a net that errs little or that Adam's engine cannot train.</summary>
    public static double[] Of(LeastSquaresTask task, FineTuneOptions options, CancellationToken cancellationToken)
    {
        if (!task.Shape.HasEqualPair || task.Training.Roots is not null)
        {
            return task.Weights;
        }

        var net = new FusedNet(task.Shape, task.Training.Targets.Length, task.HeldOut.Targets.Length);
        var rows = new NetTask(Single(task.Weights), Single([.. task.Training.Points, .. task.HeldOut.Points]), Single([.. task.Training.Targets, .. task.HeldOut.Targets]));
        net.Begin(rows);
        double before = net.HeldOutError();
        if (before <= Enough)
        {
            return task.Weights;
        }

        rows = before > FreshError / options.WarmUpSteps ? rows with { Weights = task.Shape.Random(task.Shape.Inputs, new SplitMix64((ulong)options.Seed)) } : rows;
        var steps = new FineTuneOptions(options.WarmUpSteps, PeakRate * Math.Min(1, (double)UsualWidth / task.Shape.PairWidth), CheckEvery: Math.Max(1, options.WarmUpSteps / Looks)) { BatchRows = Rows, Interrupt = options.Interrupt };
        NetResult warm = FusedTrainer.Train(net, rows, steps, null, cancellationToken);
        return warm.HeldOutError < before ? Array.ConvertAll(warm.Weights, w => (double)w) : task.Weights;
    }

    private static float[] Single(double[] values) => Array.ConvertAll(values, v => (float)v);
}
