// Two held-out samples of eight are a poor judge of when to stop. Where there are few, all take turns: each part of them is held
// out from one run, and the nets of the runs, which began with the same weights, become one.

using Nsc.Engine.Trainers;

namespace Nsc.Engine.FineTuning;

/// <summary>Fine-tuning in as many runs as the samples have parts, each part held out once.</summary>
public static class Folds
{
    /// <summary>With more samples than this, the part that is held out judges well enough, and one run is done sooner.</summary>
    public const int MostSamples = 64;

    /// <summary>Whether the samples take turns. Where their order says which ones are held out, they do not.</summary>
    public static bool AreTaken(int samples, FineTuneOptions options) => samples <= MostSamples && !options.InOrder;

    /// <summary>What decides when to stop, to follow "n samples, ".</summary>
    public static string InWords(int samples, FineTuneOptions options)
    {
        int heldOut = options.HeldOutCount(samples);
        return AreTaken(samples, options)
            ? $"which take turns, {heldOut} at a time, at being held out to decide when to stop"
            : $"{heldOut} of them held out to decide when to stop";
    }

    /// <summary>For each run the rows, those that it holds out last: a rotation of the given order.</summary>
    public static IEnumerable<int[]> Orders(int[] order, FineTuneOptions options)
    {
        int heldOut = options.HeldOutCount(order.Length), runs = (order.Length + heldOut - 1) / heldOut;
        return Enumerable.Range(0, runs).Select(run => (int[])[.. order[(run * heldOut)..], .. order[..(run * heldOut)]]);
    }

    // Nets that stayed near their common start can be averaged: in a valley, the average is no worse than what it is made of. Runs
    // that went different ways show it by an average that fits the samples worse; then the first run stands.

    /// <summary>One net of the runs' nets; its held-out error is the mean over the runs, each on the samples that it has not seen.</summary>
    /// <param name="task">All samples, in the units of the runs' nets.</param>
    internal static NetResult Together(NetTask task, NetResult[] runs, NetShape shape)
    {
        float[] average = Average([.. runs.Select(r => r.Weights)]);
        bool isOneValley = MeanSquare(average, task, shape) <= runs.Average(r => MeanSquare(r.Weights, task, shape));
        return new NetResult(
            isOneValley ? average : runs[0].Weights, runs.Max(r => r.BestStep), runs.Average(r => r.HeldOutError), Average([.. runs.Select(r => r.Errors)]));
    }

    private static float[] Average(float[][] vectors) =>
        [.. Enumerable.Range(0, vectors[0].Length).Select(i => vectors.Average(v => v[i]))];

    internal static double MeanSquare(float[] weights, NetTask task, NetShape shape) => NetAnswers
        .Of(weights, task.Inputs, task.Targets.Length, shape).Zip(task.Targets, (p, t) => ((double)p - t) * ((double)p - t)).Select((square, row) => (task.RowWeights?[row] ?? 1) * square).Average();
}
