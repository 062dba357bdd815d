// The held-out rows are looked at now and then; the best weights stay, and the second-order method ends when it gets no better.

using Nsc.Engine;
using Nsc.Engine.FineTuning;
using Nsc.Engine.Trainers;

namespace Nsc.Tests.Engine.FineTuning;

public class EarlyStoppingTests
{
    private static readonly NetShape s_shape = new(2, [4, 4]);

    [Fact]
    public void Adam_looks_at_every_so_many_steps_and_at_the_last_one()
    {
        var steps = new Steps();
        NetResult[] results = new FusedTrainer().Run(
            [Task(1), Task(2)], s_shape, new FineTuneOptions(Steps: 25, CheckEvery: 10, Workers: 1), steps, TestContext.Current.CancellationToken);
        Assert.Equal([0, 10, 20, 25], steps.Seen.Select(s => s.Step)); // Of the first net alone.
        Assert.All(results, r => Assert.Equal(4, r.Errors.Length));
        Assert.Equal(results[0].Errors.Min(), (float)results[0].HeldOutError);
        Assert.Equal(results[0].HeldOutError, steps.Seen[^1].Error);
        Assert.Equal(3, (new FusedTrainer().Run([Task(1)], s_shape, new FineTuneOptions(Steps: 20), null, default)[0]).Errors.Length);
    }

    [Theory]
    [InlineData(Optimizer.Adam)]
    [InlineData(Optimizer.Lm)]
    public void Where_every_step_is_for_the_worse_the_first_weights_stay(Optimizer optimizer)
    {
        // Training rows ask for -1, the held-out ones for what the net gives already.
        NetTask task = Contradictory();
        NetResult result = SurrogateFineTuner.Engine(optimizer).Run([task], s_shape, new FineTuneOptions(Steps: 60, CheckEvery: 5, Optimizer: optimizer), null, default)[0];
        Assert.Equal((0, 0.0), (result.BestStep, result.HeldOutError));
        Assert.Equal(task.Weights, result.Weights);
        Assert.True(result.Errors[^1] > 1e-3);
    }

    [Fact]
    public void The_second_order_method_gives_up_after_fifteen_steps_without_a_better_look()
    {
        var steps = new Steps();
        NetResult result = new LevenbergMarquardt().Run([Contradictory(isNoisy: true)], s_shape, new FineTuneOptions(Steps: 60), steps, default)[0];
        Assert.Equal(61, result.Errors.Length);
        Assert.Equal(Enumerable.Range(0, 16), steps.Seen.Select(s => s.Step));
        Assert.All(result.Errors[15..], e => Assert.Equal(result.Errors[15], e));
    }

    [Theory]
    [InlineData(Optimizer.Adam)]
    [InlineData(Optimizer.Lm)]
    public void Fine_tuning_can_be_cancelled(Optimizer optimizer) => Assert.ThrowsAny<OperationCanceledException>(() =>
    {
        using var source = new CancellationTokenSource();
        SurrogateFineTuner.Engine(optimizer).Run([Task(1)], s_shape, new FineTuneOptions(Steps: 50, CheckEvery: 1), new Cancelling(source), source.Token);
    });

    private static NetTask Task(int seed)
    {
        var random = new Random(seed);
        float Draw() => (float)((2 * random.NextDouble()) - 1);
        float[] weights = [.. Enumerable.Range(0, s_shape.WeightCount).Select(_ => Draw())], inputs = [.. Enumerable.Range(0, 40).Select(_ => Draw())];
        return new NetTask(weights, inputs, [.. Enumerable.Range(0, 20).Select(r => inputs[2 * r] * inputs[(2 * r) + 1])]);
    }

    private static NetTask Contradictory(bool isNoisy = false)
    {
        NetTask task = Task(3);
        float[] targets = [.. Enumerable.Range(0, 20).Select(r => r < 16 ? -1 + (isNoisy ? MathF.Sin(7919 * r) : 0) : 0)];
        var weights = new float[s_shape.WeightCount];
        return new NetTask(isNoisy ? [.. weights.Select((_, i) => i == weights.Length - 1 ? 0 : task.Weights[i] / 100)] : weights, task.Inputs, targets);
    }

    private sealed class Steps : IProgress<(int Step, double Error)>
    {
        public List<(int Step, double Error)> Seen { get; } = [];

        public void Report((int Step, double Error) value) => Seen.Add(value);
    }

    private sealed class Cancelling(CancellationTokenSource source) : IProgress<(int Step, double Error)>
    {
        public void Report((int Step, double Error) value)
        {
            if (value.Step == 2)
            {
                source.Cancel();
            }
        }
    }
}
