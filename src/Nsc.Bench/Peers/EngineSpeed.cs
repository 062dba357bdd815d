// How many steps a second the engines take, all of Adam (or what a peer has in its place) on one core at one batch size, and how ours scales.

using System.Diagnostics;
using Nsc.Engine;
using Nsc.Engine.Trainers;
using Nsc.Training.Reference;

namespace Nsc.Bench.Peers;

/// <summary>An engine's best speed of all rounds.</summary>
public sealed record EngineSpeed(string Engine, double StepsPerSecond);

/// <summary>Steps a second of all nets together.</summary>
public sealed record EngineScaling(int Nets, int Workers, double StepsPerSecond);

public static class EngineSpeeds
{
    /// <summary>The rows of the batch.</summary>
    public const int Batch = 128;

    public const string Fused = "nsc, fused", TorchSharp = "TorchSharp, eager";
    private const int FusedSteps = 20_000, OtherSteps = 500, ScalingSteps = 2_000;
    private static readonly int[] s_netsAtOnce = [1, 8, 64];

    /// <summary>Measures the engines by turns, so that a disturbance hits all of them alike. Peers that fail are left out.</summary>
    public static List<EngineSpeed> Measure(NetShape shape, IReadOnlyList<PeerMethod> peers, Func<PeerMethod, PeerProblem, PeerAnswer?> ask, int rounds, CancellationToken cancellationToken)
    {
        NetTask task = Task(shape);
        var problem = new PeerProblem(shape, Batch, 0, OtherSteps, Doubles(task.Inputs[..(Batch * shape.Inputs)]), Doubles(task.Targets[..Batch]), []);
        var best = new Dictionary<string, double>();
        for (int round = 0; round < rounds; round++)
        {
            Note(Fused, StepsPerSecond(new FusedTrainer(), [task], shape, FusedSteps, 1, cancellationToken));
            Note(TorchSharp, StepsPerSecond(new TorchTrainer(), [task], shape, OtherSteps, 1, cancellationToken));
            foreach (PeerMethod peer in peers)
            {
                if (ask(peer, problem) is { } answer)
                {
                    Note(peer.Name, answer.Steps / answer.Seconds);
                }
            }
        }

        return [.. best.Select(b => new EngineSpeed(b.Key, b.Value))];

        void Note(string engine, double speed) => best[engine] = Math.Max(speed, best.GetValueOrDefault(engine));
    }

    /// <summary>Measures our engine with several nets at once on 1, 2, 4... cores, up to all of them.</summary>
    public static List<EngineScaling> MeasureScaling(NetShape shape, int cores, int rounds, CancellationToken cancellationToken)
    {
        NetTask task = Task(shape);
        int[] workers = [.. Enumerable.Range(0, 31).Select(i => 1 << i).TakeWhile(w => w < cores), cores];
        return
        [
            .. s_netsAtOnce.SelectMany(nets => workers.Select(w => new EngineScaling(nets, w, Enumerable.Range(0, rounds).Max(_ =>
                StepsPerSecond(new FusedTrainer(), [.. Enumerable.Repeat(task, nets)], shape, ScalingSteps, w, cancellationToken))))),
        ];
    }

    private static double[] Doubles(float[] values) => Array.ConvertAll(values, v => (double)v);

    // Of processor time on one core; of time on several.
    private static double StepsPerSecond(INetTrainer trainer, NetTask[] tasks, NetShape shape, int steps, int workers, CancellationToken cancellationToken)
    {
        int heldOut = tasks[0].Targets.Length - Batch;
        var options = new FineTuneOptions(Steps: steps, HoldOut: (heldOut - 0.5) / tasks[0].Targets.Length, CheckEvery: steps, Workers: workers);
        var clock = Stopwatch.StartNew();
        TimeSpan used = ProcessorTime.Of(() => trainer.Run(tasks, shape, options, null, cancellationToken));
        return tasks.Length * (double)steps / (workers == 1 && tasks.Length == 1 ? used : clock.Elapsed).TotalSeconds;
    }

    // A batch, and one held-out row, of a smooth function.
    private static NetTask Task(NetShape shape)
    {
        var random = new Random(1);
        float[] inputs = Draw((Batch + 1) * shape.Inputs);
        return new NetTask(Draw(shape.WeightCount), inputs, [.. inputs.Chunk(shape.Inputs).Select(row => MathF.Sin(3 * row[0]) + (row[^1] * row[^1]))]);

        float[] Draw(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)((2 * random.NextDouble()) - 1))];
    }
}
