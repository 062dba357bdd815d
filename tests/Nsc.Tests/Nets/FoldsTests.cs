// Few samples take turns at being held out.

using Nsc.Nets;
using Nsc.Nets.FineTuning;

namespace Nsc.Tests.Nets;

public class FoldsTests
{
    private static readonly NetShape s_shape = new(2, 4);
    private static readonly FineTuneOptions s_options = new(Steps: 10);

    // Answers with what it is asked, so that a test sees the turns; the weights of a run are a function of its first target.
    private sealed class Recorder(Func<NetTask, float[]> weights) : INetTrainer
    {
        public List<NetTask> Seen { get; } = [];

        public NetResult[] Run(
            IReadOnlyList<NetTask> tasks, NetShape shape, FineTuneOptions options, IProgress<(int Step, double Error)>? progress, CancellationToken cancellationToken)
        {
            Seen.AddRange(tasks);
            return [.. tasks.Select(t => new NetResult(weights(t), 3, t.Targets[^1], [1, t.Targets[^1]]))];
        }
    }

    private static NetTask Task(int samples) => new(
        new float[s_shape.WeightCount], [.. Enumerable.Range(0, samples * s_shape.Inputs).Select(i => (float)i)], [.. Enumerable.Range(0, samples).Select(i => (float)i)]);

    private static float[] Constant(float answer)
    {
        var weights = new float[s_shape.WeightCount];
        weights[^1] = answer;
        return weights;
    }

    [Fact]
    public void Every_sample_is_held_out_once_and_keeps_its_inputs()
    {
        var trainer = new Recorder(t => t.Weights);
        Folds.Run(trainer, [Task(10)], s_shape, s_options, null, TestContext.Current.CancellationToken);
        Assert.Equal(5, trainer.Seen.Count);
        Assert.Equal(Enumerable.Range(0, 10).Select(i => (float)i), trainer.Seen.SelectMany(t => t.Targets[^2..]).Order());
        foreach (NetTask turn in trainer.Seen)
        {
            Assert.Equal(Enumerable.Range(0, 10).Select(i => (float)i), turn.Targets.Order());
            Assert.All(Enumerable.Range(0, 10), row => Assert.Equal(2 * turn.Targets[row], turn.Inputs[2 * row]));
        }
    }

    [Fact]
    public void Runs_of_one_valley_become_their_average()
    {
        // Constants near the mean of the targets, 4.5: the mean square error is a parabola in them.
        var trainer = new Recorder(t => Constant(t.Targets[0] < 5 ? 4 : 5));
        NetResult result = Folds.Run(trainer, [Task(10)], s_shape, s_options, null, TestContext.Current.CancellationToken)[0];
        Assert.Equal(trainer.Seen.Average(t => t.Targets[0] < 5 ? 4f : 5f), result.Weights[^1], 1e-6);
        Assert.Equal(trainer.Seen.Average(t => t.Targets[^1]), result.HeldOutError, 1e-6);
    }

    [Fact]
    public void Of_runs_that_went_different_ways_the_first_one_stands()
    {
        // tanh(tanh(x)) and tanh(-tanh(-x)) are one function, and nets halfway between them are another one.
        float[] inputs = [.. Enumerable.Range(0, 20).Select(i => (i / 10f) - 1)];
        float[] targets = [.. Enumerable.Range(0, 10).Select(row => (float)Math.Tanh(Math.Tanh(inputs[2 * row])))];
        var trainer = new Recorder(t => Signed(t.Targets[0] == targets[0] ? 1 : -1));
        NetResult result = Folds.Run(trainer, [new NetTask(Signed(0), inputs, targets)], s_shape, s_options, null, TestContext.Current.CancellationToken)[0];
        Assert.Equal(Signed(1), result.Weights);
    }

    // One unit in each hidden layer; the sign does not matter.
    private static float[] Signed(float sign)
    {
        var weights = new float[s_shape.WeightCount];
        weights[0] = sign;
        weights[s_shape.Width * (s_shape.Inputs + 1)] = sign;
        weights[s_shape.WeightCount - s_shape.Width - 1] = 1;
        return weights;
    }

    [Fact]
    public void Samples_take_turns_only_where_they_are_few_and_in_no_given_order()
    {
        Assert.True(Folds.AreTaken(8, s_options));
        Assert.True(Folds.AreTaken(Folds.MostSamples, s_options));
        Assert.False(Folds.AreTaken(Folds.MostSamples + 1, s_options));
        Assert.False(Folds.AreTaken(8, s_options with { InOrder = true }));
    }
}
