using Nsc.Engine.Arithmetic;
using Nsc.Engine;
using Nsc.Engine.Trainers;

namespace Nsc.Tests.Engine.Trainers;

/// <summary>The second-order method, and the linear systems it solves.</summary>
public class LevenbergMarquardtTests
{
    private static readonly NetShape s_shape = new(3, [5, 5]);

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(16)]
    [InlineData(75)]
    public void A_positive_definite_system_is_solved(int unknowns)
    {
        var random = new Random(unknowns);
        var system = new PositiveDefiniteSystem(unknowns);
        var rows = new double[2 * unknowns * system.Stride];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = i % system.Stride < unknowns ? random.NextDouble() - 0.5 : 0;
        }

        system.AddOuterProducts(rows, 2 * unknowns);
        var rightHandSide = new double[system.Stride];
        rightHandSide.AsSpan(0, unknowns).Fill(1);
        double[] x = [.. rightHandSide];
        Assert.True(system.Solve(0.1, x));
        for (int i = 0; i < unknowns; i++)
        {
            double left = 0.1 * x[i];
            for (int r = 0; r < 2 * unknowns; r++)
            {
                ReadOnlySpan<double> row = rows.AsSpan(r * system.Stride, system.Stride);
                left += row[i] * PositiveDefiniteSystem.Dot(row, x);
            }

            Assert.Equal(1, left, 1e-9);
        }
    }

    [Fact]
    public void A_system_that_is_not_positive_definite_is_refused()
    {
        var system = new PositiveDefiniteSystem(4);
        system.Matrix[0] = -1;
        Assert.False(system.Solve(0.5, new double[system.Stride]));
        system.Matrix[0] = double.NaN;
        Assert.False(system.Solve(0.5, new double[system.Stride]));
    }

    [Fact]
    public void Its_gradient_is_that_of_the_fused_engine()
    {
        NetTask task = NewTask(s_shape, 43, seed: 1);
        var fused = new FusedNet(s_shape, 40, 3);
        fused.Begin(task);
        fused.ComputeGradient(0, 40);
        LeastSquaresNet net = Problem(task, 40);
        net.Linearise();
        Assert.All(fused.Gradient().Zip(net.Gradient), g => Assert.Equal(g.First, g.Second * 2 / 40, 1e-5));
    }

    // The rows' system serves fewer rows than there are weights, the weights' system more; both must foretell the same change of the errors.
    [Theory]
    [InlineData(20)]
    [InlineData(130)]
    public void A_step_solves_the_normal_equations(int rows)
    {
        NetTask task = NewTask(s_shape, rows, seed: 2);
        LeastSquaresNet net = Problem(task, rows);
        net.Linearise();
        double[] weights = Weights(task), gradient = net.Gradient;
        const double Damping = 0.3, Small = 1e-6;
        double[] step = net.Step(Damping)!;

        // J d by a difference quotient; then (Jt J + damping) d = -g, tested along the step and along the gradient.
        double[] moved = Moved(step), alongGradient = Moved(gradient);
        Assert.Equal(-PositiveDefiniteSystem.Dot(step, gradient), PositiveDefiniteSystem.Dot(moved, moved) + (Damping * PositiveDefiniteSystem.Dot(step, step)), 1e-4);
        double expected = -PositiveDefiniteSystem.Dot(gradient, gradient);
        Assert.Equal(1, (PositiveDefiniteSystem.Dot(alongGradient, moved) + (Damping * PositiveDefiniteSystem.Dot(gradient, step))) / expected, 1e-3);

        double[] Moved(double[] direction)
        {
            double[] ahead = ErrorsAt([.. weights.Zip(direction, (w, d) => w + (Small * d))]);
            double[] behind = ErrorsAt([.. weights.Zip(direction, (w, d) => w - (Small * d))]);
            return [.. ahead.Zip(behind, (a, b) => (a - b) / (2 * Small))];
        }

        double[] ErrorsAt(double[] at)
        {
            net.Try(at);
            net.Accept();
            return net.Errors.ToArray();
        }
    }

    [Fact]
    public void The_hyperbolic_tangent_is_exact_to_the_last_digits_and_keeps_what_is_no_number()
    {
        double[] x = [.. Enumerable.Range(0, 4001).Select(i => (i - 2000) / 80.0), double.PositiveInfinity, double.NegativeInfinity, double.NaN];
        var values = new double[DoubleKernels.Padded(x.Length)];
        x.CopyTo(values, 0);
        DoubleKernels.Tanh(values);
        Assert.All(x.Zip(values), v => Assert.Equal(Math.Tanh(v.First), v.Second, 2e-15));
    }

    // 128 rows lead at first, then more; a net that had only the first rows would be as bad elsewhere as one that never saw the rest.
    [Fact]
    public void Rows_after_the_first_ones_are_learned_from_too()
    {
        var shape = new NetShape(3, [8, 8]);
        NetTask many = NewTask(shape, 1000, seed: 7);
        var options = new FineTuneOptions(Steps: 60, HoldOut: 0.2);
        NetResult all = Run(new LevenbergMarquardt(), many, options, 8);
        float[] inputs = [.. many.Inputs.Take(128 * 3), .. many.Inputs.Skip(800 * 3)], targets = [.. many.Targets.Take(128), .. many.Targets.Skip(800)];
        NetResult few = Run(new LevenbergMarquardt(), new NetTask(many.Weights, inputs, targets), options with { HoldOut = 199.5 / 328 }, 8);
        Assert.True(all.HeldOutError < few.HeldOutError / 3, $"{all.HeldOutError} against {few.HeldOutError}");
        Assert.Equal(all.Weights, Run(new LevenbergMarquardt(), many, options, 8).Weights);
    }

    // How many nets are trained at once, and on how many threads, changes none of them.
    [Fact]
    public void A_net_is_the_same_whatever_is_trained_beside_it()
    {
        var shape = new NetShape(3, [8, 8]);
        NetTask[] tasks = [.. Enumerable.Range(10, 5).Select(seed => NewTask(shape, 400, seed))];
        var options = new FineTuneOptions(Steps: 25);
        NetResult[] together = new LevenbergMarquardt().Run(tasks, shape, options with { Workers = 4 }, null, TestContext.Current.CancellationToken);
        Assert.All(tasks.Zip(together), t => Assert.Equal(Run(new LevenbergMarquardt(), t.First, options with { Workers = 1 }, 8).Weights, t.Second.Weights));
    }

    [Fact]
    public void It_gets_much_further_than_Adam_on_many_samples()
    {
        NetTask task = NewTask(new NetShape(3, [8, 8]), 300, seed: 3);
        NetResult adam = Run(new FusedTrainer(), task, new FineTuneOptions(), 8), ours = Run(new LevenbergMarquardt(), task, new FineTuneOptions(Steps: 60), 8);
        Assert.True(ours.HeldOutError < adam.HeldOutError / 5, $"{ours.HeldOutError} against {adam.HeldOutError}");
    }

    [Fact]
    public void It_keeps_the_best_weights_and_looks_after_every_step()
    {
        NetTask task = NewTask(s_shape, 30, seed: 4);
        var options = new FineTuneOptions(Steps: 40);
        NetResult result = Run(new LevenbergMarquardt(), task, options, 5);
        Assert.Equal(options.Steps + 1, result.Errors.Length);
        Assert.Equal(result.Errors.Min(), (float)result.HeldOutError);
        Assert.Equal(result.Errors[result.BestStep], (float)result.HeldOutError);
        Assert.Equal(result.Weights, Run(new LevenbergMarquardt(), task, options, 5).Weights);
    }

    [Fact]
    public void Weights_of_inputs_that_are_never_used_stay_as_they_were()
    {
        var wide = new NetShape(6, [5, 5]);
        NetTask task = NewTask(wide, 40, seed: 5);
        for (int i = 0; i < task.Inputs.Length; i++)
        {
            task.Inputs[i] = i % wide.Inputs < 4 ? task.Inputs[i] : 0;
        }

        NetResult result = Run(new LevenbergMarquardt(), task, new FineTuneOptions(Steps: 10), 5, wide);
        Assert.True(result.BestStep > 0);
        for (int i = 0; i < wide.FirstWidth * wide.Inputs; i++)
        {
            Assert.Equal(i % wide.Inputs >= 4, task.Weights[i] == result.Weights[i]);
        }
    }

    [Fact]
    public void Samples_that_are_no_numbers_leave_the_weights_alone()
    {
        NetTask task = NewTask(s_shape, 20, seed: 6);
        task.Inputs[0] = float.NaN;
        NetResult result = Run(new LevenbergMarquardt(), task, new FineTuneOptions(Steps: 20), 5);
        Assert.Equal((0, 21), (result.BestStep, result.Errors.Length));
        Assert.Equal(task.Weights, result.Weights);
    }

    private static NetResult Run(INetTrainer trainer, NetTask task, FineTuneOptions options, int width, NetShape? shape = null) =>
        trainer.Run([task], shape ?? s_shape with { Hidden = [width, width] }, options, null, TestContext.Current.CancellationToken)[0];

    // A problem at the task's weights.
    private static LeastSquaresNet Problem(NetTask task, int rows)
    {
        var samples = new SampleRows(
            s_shape.Inputs, [.. task.Inputs.Take(rows * s_shape.Inputs).Select(x => (double)x)], [.. task.Targets.Take(rows).Select(t => (double)t)]);
        var net = new LeastSquaresNet(s_shape, samples, rows);
        net.Try(Weights(task));
        net.Accept();
        return net;
    }

    private static double[] Weights(NetTask task) => Array.ConvertAll(task.Weights, w => (double)w);

    private static NetTask NewTask(NetShape shape, int rows, int seed)
    {
        var random = new Random(seed);
        float Draw() => (float)((2 * random.NextDouble()) - 1);
        float[] weights = [.. Enumerable.Range(0, shape.WeightCount).Select(_ => Draw())];
        float[] inputs = [.. Enumerable.Range(0, rows * shape.Inputs).Select(_ => Draw())];
        return new NetTask(weights, inputs, [.. Enumerable.Range(0, rows).Select(r => MathF.Sin(3 * inputs[r * shape.Inputs]) * inputs[(r * shape.Inputs) + 1])]);
    }
}
