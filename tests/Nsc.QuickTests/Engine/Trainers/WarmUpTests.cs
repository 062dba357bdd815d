// Mini-batch Adam before second-order steps.

using Nsc.Core.Sampling;
using Nsc.Engine;
using Nsc.Engine.Trainers;

namespace Nsc.Tests.Engine.Trainers;

public class WarmUpTests
{
    private const int Rows = 4096;
    private static readonly NetShape s_shape = new(3, [16, 16]);
    private static readonly FineTuneOptions s_options = new(Optimizer: Optimizer.Lm, InOrder: true) { WarmUpSteps = 4000 };

    [Fact]
    public void A_net_that_errs_much_errs_far_less_after_it_and_by_the_seed_alone()
    {
        LeastSquaresTask task = TaskOf((x, y, z) => Math.Sin(3 * x * y) + Math.Cos(4 * y * z), s_shape);
        double[] warm = WarmUp.Of(task, s_options, TestContext.Current.CancellationToken);
        Assert.InRange(ErrorOf(warm, task), 0, 0.05 * ErrorOf(task.Weights, task));
        Assert.Equal(warm, WarmUp.Of(task, s_options, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void What_is_good_enough_stays()
    {
        LeastSquaresTask task = TaskOf((_, _, _) => 0, s_shape);
        LeastSquaresTask good = task with { Weights = new double[task.Weights.Length] };
        Assert.Same(good.Weights, WarmUp.Of(good, s_options, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Steps_that_lead_to_a_greater_error_on_the_held_out_rows_are_not_taken()
    {
        LeastSquaresTask task = TaskOf((x, y, z) => x + y - z, s_shape);
        SampleRows held = task.HeldOut;
        float[] answers = NetAnswers.Of(Array.ConvertAll(task.Weights, w => (float)w), Array.ConvertAll(held.Points, p => (float)p), held.Targets.Length, s_shape);
        LeastSquaresTask contrary = task with { HeldOut = new SampleRows(3, held.Points, Array.ConvertAll(answers, a => a + 0.05)) };
        Assert.Same(contrary.Weights, WarmUp.Of(contrary, s_options, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Nets_of_other_layers_and_rows_that_count_differently_are_left_to_second_order_steps()
    {
        LeastSquaresTask one = TaskOf((x, y, z) => x * y * z, new NetShape(3, [8])), two = TaskOf((x, y, z) => x * y * z, s_shape);
        Assert.Same(one.Weights, WarmUp.Of(one, s_options, TestContext.Current.CancellationToken));
        SampleRows rows = two.Training;
        LeastSquaresTask weighted = two with { Training = new SampleRows(3, rows.Points, rows.Targets, [.. rows.Targets.Select(_ => 0.5)]) };
        Assert.Same(weighted.Weights, WarmUp.Of(weighted, s_options, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void The_gradient_of_a_batch_is_that_of_its_rows()
    {
        LeastSquaresTask task = TaskOf((x, y, z) => x * y * z, s_shape);
        float[] points = Array.ConvertAll(task.Training.Points, p => (float)p), targets = Array.ConvertAll(task.Training.Targets, t => (float)t), weights = Array.ConvertAll(task.Weights, w => (float)w);
        var all = new FusedNet(s_shape, targets.Length, 0);
        all.Begin(new NetTask(weights, points, targets));
        all.ComputeGradient(37, 70);
        var few = new FusedNet(s_shape, 70, 0);
        few.Begin(new NetTask(weights, points[(37 * 3)..(107 * 3)], targets[37..107]));
        few.ComputeGradient(0, 70);
        Assert.Equal(few.Gradient(), all.Gradient());
    }

    private static LeastSquaresTask TaskOf(Func<double, double, double, double> function, NetShape shape)
    {
        var random = new SplitMix64(5);
        float[] points = [.. Enumerable.Range(0, Rows * 3).Select(_ => (float)((2 * random.NextDouble()) - 1))];
        float[] targets = [.. Enumerable.Range(0, Rows).Select(r => (float)function(points[3 * r], points[(3 * r) + 1], points[(3 * r) + 2]))];
        return LeastSquaresTask.Of(new NetTask(shape.Random(3, random), points, targets), shape, s_options);
    }

    private static double ErrorOf(double[] weights, LeastSquaresTask task)
    {
        var passes = new NetPasses(task.Shape);
        passes.Load(weights);
        return passes.Forward(task.HeldOut, 0, new Activations(task.HeldOut.Targets.Length, task.Shape)) / task.HeldOut.Targets.Length;
    }
}
