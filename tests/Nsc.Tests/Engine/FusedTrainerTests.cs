using Nsc.Engine.Arithmetic;
using Nsc.Engine;
using Nsc.Engine.Trainers;
using Nsc.Training.HyperNetworks;
using Nsc.Training.Reference;
using Nsc.Tests.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Nsc.Tests.Engine;

/// <summary>The fused engine against the readable one on TorchSharp.</summary>
[Collection(nameof(TorchCollection))]
public class FusedTrainerTests
{
    // Widths that fill a vector, that do not, and that need two; rows that fill a block, and that do not.
    public static TheoryData<int, int, int> Shapes => new() { { 9, 16, 102 }, { 1, 8, 7 }, { 16, 24, 64 }, { 3, 32, 33 }, { 5, 1, 1 } };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Its_gradient_is_that_of_autograd(int inputs, int width, int rows)
    {
        var shape = new NetShape(inputs, [width, width]);
        NetTask task = NewTask(shape, rows + 3, seed: 1);
        var net = new FusedNet(shape, rows, 3);
        net.Begin(task);
        net.ComputeGradient(0, rows);
        using var scope = NewDisposeScope();
        Tensor weights = tensor(task.Weights, dimensions: [1, shape.WeightCount]).requires_grad_();
        Tensor x = tensor(task.Inputs, dimensions: [1, rows + 3, inputs]), y = tensor(task.Targets, dimensions: [1, rows + 3]);
        (EmittedNets.Forward(weights, x, shape) - y).narrow(1, 0, rows).square().mean().backward();
        AssertClose(weights.grad!.data<float>().ToArray(), net.Gradient(), 2e-6);
        double heldOut = (EmittedNets.Forward(weights, x, shape) - y).narrow(1, rows, 3).square().mean().item<float>();
        Assert.Equal(heldOut, net.HeldOutError(), 1e-6 * Math.Max(1, heldOut));
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void It_takes_the_steps_of_the_reference(int inputs, int width, int rows)
    {
        var shape = new NetShape(inputs, [width, width]);
        NetTask[] tasks = [NewTask(shape, rows + 3, seed: 1), NewTask(shape, rows + 3, seed: 2)];
        var options = new FineTuneOptions(Steps: 20, HoldOut: 0.1);
        NetResult[] fused = new FusedTrainer().Run(tasks, shape, options, null, TestContext.Current.CancellationToken);
        NetResult[] reference = new TorchTrainer().Run(tasks, shape, options, null, TestContext.Current.CancellationToken);
        foreach ((NetResult ours, NetResult theirs) in fused.Zip(reference))
        {
            Assert.Equal(theirs.BestStep, ours.BestStep);
            AssertClose(theirs.Errors, ours.Errors, 1e-4);
            AssertClose(theirs.Weights, ours.Weights, 2e-4);
        }
    }

    [Fact]
    public void Many_nets_at_once_get_the_weights_that_each_gets_alone()
    {
        var shape = new NetShape(4, [16, 16]);
        NetTask[] tasks = [.. Enumerable.Range(0, 9).Select(i => NewTask(shape, 40, i))];
        var options = new FineTuneOptions(Steps: 50);
        NetResult[] together = new FusedTrainer().Run(tasks, shape, options with { Workers = 3 }, null, TestContext.Current.CancellationToken);
        for (int i = 0; i < tasks.Length; i++)
        {
            NetResult alone = new FusedTrainer().Run([tasks[i]], shape, options, null, TestContext.Current.CancellationToken)[0];
            Assert.Equal(alone.Weights, together[i].Weights);
            Assert.Equal(alone.Errors, together[i].Errors);
        }
    }

    [Fact]
    public void A_net_that_diverges_keeps_its_best_weights()
    {
        var shape = new NetShape(2, [16, 16]);
        NetTask task = NewTask(shape, 20, 1);
        task.Inputs[0] = float.NaN;
        NetResult result = new FusedTrainer().Run([task], shape, new FineTuneOptions(Steps: 20), null, TestContext.Current.CancellationToken)[0];
        Assert.Equal(0, result.BestStep);
        Assert.Equal(task.Weights, result.Weights);
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(1e-20f)]
    [InlineData(-1e-4f)]
    [InlineData(0.3f)]
    [InlineData(-2.5f)]
    [InlineData(8.9f)]
    [InlineData(-1e30f)]
    public void The_vectors_tanh_is_a_tanh(float x)
    {
        float[] values = [.. Enumerable.Repeat(x, 16)];
        FloatKernels.Tanh(values);
        Assert.All(values, v => Assert.Equal(Math.Tanh(x), v, 1.5e-7));
    }

    private static NetTask NewTask(NetShape shape, int rows, int seed)
    {
        var random = new Random(seed);
        float Draw() => (float)((2 * random.NextDouble()) - 1);
        float[] weights = [.. Enumerable.Range(0, shape.WeightCount).Select(_ => Draw())];
        float[] inputs = [.. Enumerable.Range(0, rows * shape.Inputs).Select(_ => Draw())];
        return new NetTask(weights, inputs, [.. Enumerable.Range(0, rows).Select(r => MathF.Sin(3 * inputs[r * shape.Inputs]) + Draw())]);
    }

    private static void AssertClose(float[] expected, float[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        double scale = Math.Max(1, expected.Max(Math.Abs));
        Assert.All(expected.Zip(actual), p => Assert.Equal(p.First, p.Second, tolerance * scale));
    }
}
