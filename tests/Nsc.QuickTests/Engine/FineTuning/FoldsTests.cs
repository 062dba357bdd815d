// Few samples take turns at being held out.

using Nsc.Engine;
using Nsc.Engine.FineTuning;
using Nsc.Engine.Trainers;

namespace Nsc.Tests.Engine.FineTuning;

public class FoldsTests
{
    private static readonly NetShape s_shape = new(2, [4, 4]);
    private static readonly FineTuneOptions s_options = new(Steps: 10);

    private static NetTask Task(int samples) => new(
        new float[s_shape.WeightCount], [.. Enumerable.Range(0, samples * s_shape.Inputs).Select(i => (float)i)], [.. Enumerable.Range(0, samples).Select(i => (float)i)]);

    private static float[] Constant(float answer)
    {
        var weights = new float[s_shape.WeightCount];
        weights[^1] = answer;
        return weights;
    }

    private static NetResult Run(float[] weights, double heldOut) => new(weights, 3, heldOut, [1, (float)heldOut]);

    [Fact]
    public void Every_sample_is_held_out_once()
    {
        int[] order = [3, 1, 4, 0, 5, 9, 2, 6, 8, 7];
        int[][] turns = [.. Folds.Orders(order, s_options)];
        Assert.Equal(5, turns.Length);
        Assert.Equal(Enumerable.Range(0, 10), turns.SelectMany(t => t[^2..]).Order());
        Assert.All(turns, turn => Assert.Equal(Enumerable.Range(0, 10), turn.Order()));
    }

    [Fact]
    public void Runs_of_one_valley_become_their_average()
    {
        // Constants near the mean of the targets, 4.5: the mean square error is a parabola in them.
        NetResult result = Folds.Together(Task(10), [Run(Constant(4), 2), Run(Constant(5), 4), Run(Constant(5), 3)], s_shape);
        Assert.Equal(14.0 / 3, result.Weights[^1], 1e-6);
        Assert.Equal(3, result.HeldOutError, 1e-6);
    }

    [Fact]
    public void Of_runs_that_went_different_ways_the_first_one_stands()
    {
        // tanh(tanh(x)) and tanh(-tanh(-x)) are one function, and nets halfway between them are another one.
        float[] inputs = [.. Enumerable.Range(0, 20).Select(i => (i / 10f) - 1)];
        float[] targets = [.. Enumerable.Range(0, 10).Select(row => (float)Math.Tanh(Math.Tanh(inputs[2 * row])))];
        NetResult result = Folds.Together(new NetTask(Signed(0), inputs, targets), [Run(Signed(1), 1), Run(Signed(-1), 1)], s_shape);
        Assert.Equal(Signed(1), result.Weights);
    }

    // One unit in each hidden layer; the sign does not matter.
    private static float[] Signed(float sign)
    {
        var weights = new float[s_shape.WeightCount];
        weights[0] = sign;
        weights[s_shape.BiasStart(0) + s_shape.Rows(0)] = sign;
        weights[s_shape.WeightCount - s_shape.LastWidth - 1] = 1;
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

    [Theory]
    [InlineData(10, 5)]
    [InlineData(11, 4)] // Three at a time: the last turn holds out two of them and one of the first again.
    [InlineData(4, 4)]
    public void There_are_as_many_turns_as_parts_and_each_holds_out_as_many(int samples, int turns)
    {
        int[] order = [.. Enumerable.Range(0, samples)];
        int heldOut = s_options.HeldOutCount(samples);
        int[][] orders = [.. Folds.Orders(order, s_options)];
        Assert.Equal(turns, orders.Length);
        Assert.All(orders, o => Assert.Equal(order, o.Order()));
        Assert.Equal(order, orders.SelectMany(o => o[^heldOut..]).Distinct().Order());
        Assert.Equal(order[heldOut..], orders[1][..^heldOut]);
    }

    [Fact]
    public void The_last_of_the_best_steps_and_the_mean_of_the_courses_are_told()
    {
        NetResult one = new(Constant(4), 3, 2, [5, 1]), two = new(Constant(5), 9, 4, [7, 2]);
        NetResult result = Folds.Together(Task(10), [one, two], s_shape);
        Assert.Equal(9, result.BestStep);
        Assert.Equal([6f, 1.5f], result.Errors);

        // One run is its own average.
        Assert.Equal(one.Weights, Folds.Together(Task(10), [one, one], s_shape).Weights);
    }

    [Fact]
    public void What_decides_when_to_stop_is_said()
    {
        Assert.Equal("which take turns, 2 at a time, at being held out to decide when to stop", Folds.InWords(10, s_options));
        Assert.Equal("13 of them held out to decide when to stop", Folds.InWords(65, s_options));
        Assert.Equal("2 of them held out to decide when to stop", Folds.InWords(10, s_options with { InOrder = true }));
    }
}
